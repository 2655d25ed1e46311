"""Files that must be refused, each with the code of its fault and words of its message in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from support.clean import clean
from support.files import docx, pdf, xlsx
from support.files.pdf import Pages

_DRAFT = clean(2023)
_WORD = docx.write(_DRAFT)
_PDF = pdf.write(_DRAFT)
_PIXEL = b"BM:\0\0\0\0\0\0\0006\0\0\0(\0\0\0\1\0\0\0\1\0\0\0\1\0\x18\0\0\0\0\0\4\0\0\0" + b"\0" * 16 + b"\xff\xff\xff\0"
"""A white picture of one by one point."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be checked, and what must be said of it."""

    title: str
    name: str
    data: bytes
    code: str
    zh: str
    en: str


class Silent(Pages):
    """Pages without a printed number."""

    def _end_page(self) -> None:
        self.canvas.showPage()


def picture(pages: Pages) -> None:
    """A picture over the whole page."""
    pages.canvas.drawImage(ImageReader(BytesIO(_PIXEL)), 0, 0, 595, 842)


def _scanned() -> bytes:
    pages = Silent()
    picture(pages)
    return pages.bytes()


def zipped(name: str, content: bytes) -> bytes:
    """An archive of one file."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return out.getvalue()


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


_BOMB = zipped("word/document.xml", b"<w>" + b" " * (40 << 20))
_SHELL = _page("<div id=app></div><script>go()</script>")

REFUSED = (
    Refused(
        "encrypted pdf",
        "报告.pdf",
        pdf.write(_DRAFT, encrypt=StandardEncryption("geheim", "owner")),
        "RL003",
        "密码",
        "password",
    ),
    Refused("scanned pdf", "报告.pdf", _scanned(), "RL004", "扫描", "scan"),
    Refused("truncated pdf", "报告.pdf", _PDF[: len(_PDF) // 2], "RL001", "不完整", "cut off"),
    Refused("truncated docx", "报告.docx", _WORD[: len(_WORD) // 2], "RL001", "损坏", "damaged"),
    Refused("truncated xlsx", "报告.xlsx", xlsx.write(_DRAFT)[:3000], "RL001", "损坏", "damaged"),
    Refused("docx bomb", "报告.docx", _BOMB, "RL005", "异常", "abnormal"),
    Refused("page made by scripts", "报告.html", _SHELL, "RL006", "脚本", "script"),
    Refused(
        "page that links to an attachment",
        "报告.html",
        _page("<p><a href='/files/2023.docx'>2023年政府信息公开工作年度报告</a></p>"),
        "RL006",
        "附件",
        "attachment",
    ),
    Refused("archive named pdf", "报告.pdf", b"PK\x03\x04" + bytes(200), "RL002", "压缩包", "archive"),
    Refused("picture named docx", "报告.docx", b"\x89PNG\r\n\x1a\n" + bytes(200), "RL002", "图片", "picture"),
    Refused("rubbish named pdf", "报告.pdf", Random(7).randbytes(5000) + b"\0", "RL001", ".pdf", ".pdf"),
    Refused("empty file", "报告.txt", b"", "RL001", "空", "empty"),
    Refused("binary rubbish", "报告.txt", Random(7).randbytes(5000) + b"\0", "RL001", "文本", "text"),
    Refused("text that is no report", "报告.txt", "今天天气很好。\n".encode() * 20, "RL006", "不像", "report"),
)
