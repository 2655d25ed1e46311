"""What a file is, its content says."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from reportlint.errors import Unreadable
from reportlint.readers.detect import OLE, kind_of
from support.clean import clean
from support.files import docx, pdf, xlsx

DOCX, PDF, XLSX = docx.write(clean(2023)), pdf.write(clean(2023)), xlsx.write(clean(2023))
PAGE = "<html><body><table><tr><td>甲".encode()


def _ole(*streams: str) -> bytes:
    return OLE + b"\0" * 504 + b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in streams)


def _zip(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", "正文 <table>".encode(), "txt"),
        ("a.txt", PAGE, "txt"),
        ("a.md", b"# a\n<table>", "md"),
        ("a.MARKDOWN", b"# a", "md"),
        ("a", "正文".encode(), "txt"),
        ("a.html", "正文".encode(), "html"),
        ("a.doc", PAGE, "html"),
        ("a.xls", PAGE, "html"),
        ("a.pdf", b"\xef\xbb\xbf\n<!-- x --><!DOCTYPE html>", "html"),
        ("a.htm", "<p>".encode("utf-16"), "html"),
        ("a.doc", b"From: <x>\r\nSubject: y\r\nMIME-Version: 1.0\r\n", "html"),
        ("a.docx", DOCX, "docx"),
        ("a.doc", DOCX, "docx"),
        ("a.docx", DOCX[: len(DOCX) // 2], "docx"),
        ("a.xlsx", XLSX, "xlsx"),
        ("a.html", PDF, "pdf"),
        ("a.pdf", b"junk\n" + PDF, "pdf"),
        ("a.docx", _ole("WordDocument"), "office"),
        ("a.wps", _ole("CONTENTS"), "office"),
        ("a.doc", b"{\\rtf1 x}", "office"),
        ("a.odt", _zip("mimetype") + b"mimetypeapplication/vnd.oasis.opendocument.text", "office"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "office"),
    ],
)
def test_kinds(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "RL002", "图片"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "RL002", "图片"),
        ("a.ofd", _zip("OFD.xml"), "RL002", "OFD"),
        ("a.zip", _zip("a.txt"), "RL002", "压缩包"),
        ("a.xls", _ole("Workbook"), "RL002", "xls"),
        ("a.ppt", _ole("PowerPoint Document"), "RL002", "演示"),
        ("a.docx", _ole("EncryptedPackage"), "RL003", "密码"),
        ("a.docx", b"\0\1\2\3" * 9, "RL001", "docx"),
    ],
)
def test_what_is_not_read_says_why(name: str, data: bytes, code: str, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kind_of(name, data)
    assert caught.value.code == code
    assert words in caught.value.words["zh"]
