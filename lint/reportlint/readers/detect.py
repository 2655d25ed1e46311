"""What kind of file the bytes are. The content decides; the name only where text could be several things."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from reportlint.errors import Unreadable, Words, words
from reportlint.text import lazily

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The mark of the compound files of Word, Excel and WPS before 2007, and of encrypted ones since."""

_OTHER_OFFICE = words(
    "不支持的 Office 文件；请另存为 docx 或 pdf", "kind of Office file not supported; save it as docx or pdf"
)
_ODS = words("不支持 ods 表格；请另存为 xlsx", "ods workbooks are not supported; save it as xlsx")
_PICTURE = words(
    "这是一张图片（扫描件或截图），没有文字；请提供有文字的原文件，或先做文字识别（OCR）",
    "this is a picture (a scan or a screenshot) without text; give the original file, or run OCR first",
)
_ARCHIVE = words("这是一个压缩包；请解压后检查里面的文件", "this is an archive; unpack it and check the files in it")
_SHEET_97 = words("不支持旧的 xls 表格；请另存为 xlsx", "old xls workbooks are not supported; save it as xlsx")
_SLIDES = words("这是演示文稿，不是年度报告", "this is a slide show, not a report")
_OFD = words("不支持 OFD；请另存为 pdf 或 docx", "OFD is not supported; save it as pdf or docx")
_LOCKED = words(
    "文件设有打开密码；请去掉密码后再检查", "the file asks for a password to open; remove the password and check again"
)

_UNSUPPORTED: tuple[tuple[bytes, Words], ...] = (
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM\x00", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
)

_PARTS: tuple[tuple[bytes, str | Words], ...] = (
    (b"word/document", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "office"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", _ODS),
    (b"ppt/presentation", _SLIDES),
    (b"OFD.xml", _OFD),
)
"""What the names of the parts of a zip say. Names are stored as they are, so that a truncated zip tells them too."""

_STREAMS: tuple[tuple[str, str | Words], ...] = (
    ("WordDocument", "office"),
    ("Workbook", _SHEET_97),
    ("Book", _SHEET_97),
    ("PowerPoint Document", _SLIDES),
)
"""What the names of the streams of a compound file say."""

_BINARY_SUFFIXES = {".docx": "docx", ".xlsx": "xlsx", ".doc": "office", ".wps": "office", ".odt": "office"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml"}

_MARKUP = lazily(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|link|style|script|base|table|tbody|thead|tr|div|p|span|center|font"
    r"|section|article|main|header|h[1-6]|b|strong|br|ul|ol)\b[^<]*>)",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = lazily(r"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)


def kind_of(name: str, data: bytes) -> str:
    """The kind of the file: txt, md, html, docx, pdf, xlsx, or office (what LibreOffice reads).

    Raises Unreadable: RL002 for kinds that are known but not read, RL003 for an encrypted Office file, RL001 where
    a file is not what its name says and no text either.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zipped(suffix, data)
    if data.startswith(OLE):
        return _compound(suffix, data)
    for mark, says in _UNSUPPORTED:
        if data.startswith(mark):
            raise Unreadable("RL002", says)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise Unreadable("RL002", _PICTURE)
    if data.startswith(b"{\\rtf"):
        return "office"
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and (suffix == ".pdf" or b"\0" in data)):
        return "pdf"
    return _text(suffix, data)


def _zipped(suffix: str, data: bytes) -> str:
    for part, says in _PARTS:
        if part in data:
            return _known(says)
    if suffix in _BINARY_SUFFIXES and b"[Content_Types].xml" in data:
        return _BINARY_SUFFIXES[suffix]
    raise Unreadable("RL002", _ARCHIVE)


def _compound(suffix: str, data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("RL003", _LOCKED)
    for stream, says in _STREAMS:
        # The name fills its field of 64 bytes from the left; two zero bytes end it.
        if (stream + "\0").encode("utf-16-le") in data:
            return _known(says)
    if _BINARY_SUFFIXES.get(suffix) == "office":
        return "office"
    raise Unreadable("RL002", _OTHER_OFFICE)


def _known(says: str | Words) -> str:
    if isinstance(says, Words):
        raise Unreadable("RL002", says)
    return says


def _text(suffix: str, data: bytes) -> str:
    head = _head(data)
    if suffix == ".txt":
        return "txt"
    if suffix in (".md", ".markdown"):
        return "md"
    if 'progid="Word.Document"' in head or "<pkg:package" in head or "<w:wordDocument" in head:
        return "office"
    if _MARKUP.match(head) or _MHTML.match(head) or suffix in _HTML_SUFFIXES:
        return "html"
    if suffix in (".pdf", ".docx", ".xlsx", ".doc", ".wps", ".odt") and _is_binary(data):
        raise Unreadable(
            "RL001",
            words(
                f"名为 {suffix} 的文件，内容却不是（文件已损坏，或改过扩展名）",
                f"named {suffix}, but its content is none (damaged, or renamed)",
            ),
        )
    return "txt"


def _head(data: bytes) -> str:
    """The first characters as far as markup goes: what is not ASCII is noise here."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:4096].decode("utf-16", "ignore")
    return data[3 if data.startswith(b"\xef\xbb\xbf") else 0 : 4096].decode("latin-1")


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
