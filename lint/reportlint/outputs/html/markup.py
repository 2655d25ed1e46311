"""Text to markup: escaped, in one of two languages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from reportlint.errors import Words
from reportlint.outputs.terminal import plain
from reportlint.rule import Severity

CLASSES: dict[Severity, str] = {"error": "e", "warning": "w", "info": "i"}
"""What a severity is called in style and script."""
SIGNS: dict[Severity, str] = {"error": "✕", "warning": "!", "info": "i"}
"""A sign for each severity: colour alone says nothing to some readers, and to printers."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of the page."""

    lang: str

    def __call__(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def words(self, said: Words) -> str:
        """Words in that language, escaped."""
        return text(said(self.lang))


def text(said: str) -> str:
    """Text as it may stand between tags and in attributes."""
    return escape(plain(said))


def badge(severity: Severity, label: str) -> str:
    """A severity in words; the style puts its sign before them."""
    return f'<b class="badge {CLASSES[severity]}">{label}</b>'
