"""What is said of data that a schema forbids: in both languages, with the nearest known word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlint.errors import Words, words

if TYPE_CHECKING:
    from reportlint.validation import Violation

_KINDS = {
    "string": ("文字", "a text"),
    "array": ("列表（写在 [ ] 里）", "a list (in [ ])"),
    "object": ("表", "a table"),
    "integer": ("整数", "an integer"),
    "number": ("数", "a number"),
    "boolean": ("true 或 false", "true or false"),
    "null": ("空", "nothing"),
}


def says(found: Violation) -> Words:
    """The violation in words, without its place."""
    name = _name(found.path)
    value = _short(found.value)
    wanted = found.wanted
    if found.keyword == "additionalProperties":
        zh, en = _nearest(str(found.value), wanted)
        if not zh and wanted:
            zh, en = f"，可以写的有：{'、'.join(wanted)}", f", known are: {', '.join(wanted)}"
        return words(f"不认识的键 {found.value}{zh}", f"unknown key {found.value}{en}")
    if found.keyword == "required":
        return words(f"{name}缺少 {wanted}", f"{name}{wanted} is missing")
    if found.keyword == "type":
        kinds = [wanted] if isinstance(wanted, str) else list(wanted)
        zh = "或".join(_KINDS[kind][0] for kind in kinds)
        en = " or ".join(_KINDS[kind][1] for kind in kinds)
        return words(f"{name}应为{zh}，现在是 {value}", f"{name}must be {en}, it is {value}")
    if found.keyword == "enum":
        zh, en = _nearest(str(found.value), [str(item) for item in wanted])
        options = [str(item) for item in wanted]
        return words(
            f"{name}只能是 {'、'.join(options)}，现在是 {value}{zh}",
            f"{name}must be one of {', '.join(options)}, it is {value}{en}",
        )
    if found.keyword in ("minimum", "maximum"):
        zh, en = ("小于", "at least") if found.keyword == "minimum" else ("大于", "at most")
        return words(f"{name}不能{zh} {wanted}，现在是 {value}", f"{name}must be {en} {wanted}, it is {value}")
    if found.keyword in ("minItems", "minProperties"):
        return words(f"{name}至少要有 {wanted} 项", f"{name}must have at least {wanted} entries")
    if found.keyword == "uniqueItems":
        return words(f"{name}重复了 {value}", f"{name}holds {value} twice")
    if found.keyword == "pattern":
        return words(
            f"{name}的写法不对：{value}（应符合 {wanted}）", f"{name}is not written so: {value} (must match {wanted})"
        )
    return words(f"{name}的写法不对：{value}", f"{name}is not as it must be: {value}")


def nearest(word: str, known: Any) -> str:
    """The nearest known word, or an empty string."""
    from difflib import get_close_matches

    folded = {str(item).lower().replace("_", "-"): str(item) for item in known}
    near = get_close_matches(word.lower().replace("_", "-"), list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else ""


def _nearest(word: str, known: Any) -> tuple[str, str]:
    near = nearest(word, known)
    return (f"，是不是想写 {near}？", f", did you mean {near}?") if near else ("", "")


def _name(path: tuple[str | int, ...]) -> str:
    """A key with the keys above it: overrides[2].year."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return f"{text} " if text else ""


def _short(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
