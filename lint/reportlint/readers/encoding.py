"""Bytes to text: a byte order mark decides, then strict UTF-8, then GB18030. Nothing is decoded with replacement."""

from __future__ import annotations

import codecs

from reportlint.errors import Unreadable, words

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
# gb2312 and gbk pages hold characters that only GB18030 has; it contains both.
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding, line ends as `\\n`.

    `declared` is what the file says of itself (a `<meta charset>`); it is tried after the byte order mark.
    Raises Unreadable (RL001) for empty files, binary rubbish and bytes that no encoding explains.
    """
    if not data.strip():
        raise Unreadable("RL001", words("文件是空的", "the file is empty"))
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :], codec), name
    candidates = ["utf-8", "gb18030"]
    if declared:
        wanted = _ALIASES.get(declared.strip().lower(), declared.strip().lower())
        candidates = [wanted, *(name for name in candidates if name != wanted)]
    if b"\0" in data[:4096]:
        raise Unreadable(
            "RL001",
            words(
                "不是文本文件（含有二进制内容，或是没有字节顺序标记的 UTF-16）",
                "not a text file (binary, or UTF-16 without a byte order mark)",
            ),
        )
    for name in candidates:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name == "gb18030" and not declared and not _plausible(text):
            continue
        # In these no character but the control characters themselves has their bytes, which are quick to look for.
        plain = name in ("utf-8", "gb18030") and b"\0" not in data and b"\r" not in data
        return (text if plain else _checked(text)), name
    raise Unreadable(
        "RL001",
        words(
            "编码无法识别：既不是 UTF-8，也不是 GB18030；请另存为 UTF-8",
            "unknown encoding: neither UTF-8 nor GB18030; save it as UTF-8",
        ),
    )


def _text(data: bytes, codec: str) -> str:
    try:
        return _checked(data.decode(codec))
    except UnicodeDecodeError as error:
        raise Unreadable(
            "RL001",
            words(
                f"字节顺序标记说是 {codec.upper()}，第 {error.start + 1} 个字节却不合这种编码",
                f"the byte order mark says {codec.upper()}, but byte {error.start + 1} is none of that encoding",
            ),
        ) from error


def _checked(text: str) -> str:
    """The text with line ends as `\\n`; control characters that no text has are refused."""
    if "\0" in text:
        raise Unreadable("RL001", words("不是文本文件（含有空字符）", "not a text file (it holds null characters)"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _plausible(text: str) -> bool:
    """Whether text decoded as GB18030 reads like Chinese; damaged UTF-8 decodes to rare and private characters."""
    wide = [char for char in text if char > "\x7f"]
    if not wide:
        return True
    # The 6,763 characters of GB 2312 and full-width punctuation are what Chinese text is made of.
    common = 0
    for char in wide:
        try:
            common += len(char.encode("gb2312")) == 2
        except UnicodeEncodeError:
            continue
    return common >= 0.97 * len(wide) and not any("\ue000" <= char <= "\uf8ff" for char in wide)
