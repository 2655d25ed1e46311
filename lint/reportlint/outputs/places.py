"""Places in the words of the kind of file they are in."""

from __future__ import annotations

from reportlint.document import Place


def native(place: Place | None, lang: str) -> str:
    """A place in terms of its own kind of file: 第2个表格第7行第10列; empty where that says nothing."""
    if place is None:
        return ""
    parts = [
        (place.page, "第{}页", "page {}"),
        (place.sheet, "工作表“{}”", "sheet “{}”"),
        (place.paragraph if place.table is None else None, "第{}段", "paragraph {}"),
        (place.table, "第{}个表格", "table {}"),
        (place.row, "第{}行", "row {}"),
        (place.column, "第{}列", "column {}"),
    ]
    said = [(en if lang == "en" else zh).format(value) for value, zh, en in parts if value is not None]
    return ", ".join(said) if lang == "en" else "".join(said)
