"""The text of a cell to an amount: a value, blank, a placeholder or unreadable, and never one taken for another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from reportlint.document import Place, Span, maker
from reportlint.report import Amount, Cells, State
from reportlint.text import fold, lazily

_VALUE = lazily(r"^([+\-−–]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(元|万元|亿元|件|宗|项|条|个|份|次)?$")
_PLACEHOLDER = lazily(r"^(?:[/\\\-—–―_~*]+|无|零|暂无|没有|不涉及)$")


_amount = maker(Amount)


def state_of(text: str) -> State:
    """What the folded text of a cell is."""
    if not text:
        return "blank"
    if _VALUE.match(text):
        return "value"
    return "placeholder" if _PLACEHOLDER.match(text) else "unreadable"


def amount(key: str, table: str, text: str, span: Span, place: Place | None = None) -> Amount:
    """The amount that a cell with this text holds."""
    if text.isascii() and text.isdigit():
        # Nearly every cell: made without the call that names the fields.
        return _amount((key, table, "value", text, span, int(text), "", place))
    folded = fold(text) if text else ""
    if not folded:
        return _amount((key, table, "blank", "", span, None, "", place))
    found = _VALUE.match(folded)
    if found is None:
        return Amount(key, table, state_of(folded), text.strip(), span, place=place)
    sign, digits, fraction, unit = found.groups()
    number: int | Decimal
    number = Decimal(digits.replace(",", "") + fraction) if fraction else int(digits.replace(",", ""))
    if sign and sign != "+":
        number = -number
    return Amount(key, table, "value", text.strip(), span, number, unit or "", place)


def cells_of(table: str, texts: Mapping[str, str], where: Callable[[str], tuple[Span, Place | None]]) -> Cells:
    """The cells of a table, from the text of each by key, and where it stands when that is asked for.

    `where` gives the place of the text, and that of the cell itself in terms of its kind of file.
    """
    return Cells(texts, where, lambda key, text, span, place: amount(key, table, text, span, place))
