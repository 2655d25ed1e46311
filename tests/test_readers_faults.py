"""Files that are damaged, locked, scanned or made to do harm: a fault in words that help, never a traceback."""

from __future__ import annotations

from random import Random

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from reportlint.errors import Unreadable
from reportlint.readers import office, read
from support import cells
from support.clean import clean
from support.files import docx, html, md, pdf, xlsx
from support.files.refused import Silent, picture, zipped

DRAFT = clean(2023)
FILES = {
    "a.html": html.write(DRAFT, framed=True),
    "a.docx": docx.write(DRAFT),
    "a.pdf": pdf.write(DRAFT),
    "a.xlsx": xlsx.write(DRAFT),
    "a.md": md.write(DRAFT),
}


def _fault(name: str, data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(name, data)
    assert caught.value.words["zh"] != caught.value.words["en"]
    return caught.value


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.docx", "a.pdf", "a.xlsx", "a.doc"])
def test_empty_files(name: str) -> None:
    assert _fault(name, b"").code == "RL001"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.docx", "a.pdf", "a.xlsx", "a.doc"])
def test_binary_rubbish(name: str) -> None:
    assert _fault(name, Random(7).randbytes(5000) + b"\0").code == "RL001"


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.xlsx"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_files_cut_off(name: str, share: float) -> None:
    data = FILES[name]
    assert _fault(name, data[: int(len(data) * share)]).code == "RL001"


def test_pdf_with_a_password_to_open() -> None:
    fault = _fault("a.pdf", pdf.write(DRAFT, encrypt=StandardEncryption("geheim", "owner")))
    assert fault.code == "RL003"
    assert "密码" in fault.words["zh"]


def test_pdf_with_a_password_only_to_change_it_is_read() -> None:
    data = pdf.write(DRAFT, encrypt=StandardEncryption("", "owner"))
    assert cells.read(read("a.pdf", data)) == cells.printed(DRAFT)


def test_scanned_pdf() -> None:
    pages = Silent()
    picture(pages)
    assert _fault("a.pdf", pages.bytes()).code == "RL004"


def test_pdf_with_one_scanned_page() -> None:
    pages = Silent()
    pages.paragraph("line", "一、总体情况")
    pages.turn()
    picture(pages)
    fault = _fault("a.pdf", pages.bytes())
    assert (fault.code, "第 2 页" in fault.words["zh"]) == ("RL004", True)


def test_docx_bomb() -> None:
    assert _fault("a.docx", zipped("word/document.xml", b"<w>" + b" " * (40 << 20))).code == "RL005"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_of_its_own(encoding: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    )
    assert _fault("a.docx", zipped("word/document.xml", xml.encode(encoding))).code == "RL005"


def test_docx_nested_without_end() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    assert _fault("a.docx", docx.package(body)).code == "RL005"


def test_zip_without_a_document() -> None:
    assert _fault("a.docx", zipped("word/documents.txt", b"x")).code == "RL001"


def test_office_files_name_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    fault = _fault("a.rtf", b"{\\rtf1 x}")
    assert fault.code == "RL002"
    assert "LibreOffice" in fault.words["zh"]


@pytest.mark.slow
def test_files_of_word_before_2007_are_read() -> None:
    if office.office_program() is None:
        pytest.skip("LibreOffice is not installed")
    rtf = (
        "{\\rtf1\\ansi\\uc0 {\\pard \\u19968\\u12289\\u24635\\u20307\\u24773\\u20917\\par}"
        "\\trowd\\cellx2000\\cellx4000\\intbl A\\cell 12\\cell\\row"
        "\\trowd\\cellx2000\\cellx4000\\intbl B\\cell \\cell\\row}"
    )

    document = read("旧报告.doc", rtf.encode())

    assert document.kind == "rtf"
    assert next(document.paragraphs()).text == "一、总体情况"
    assert cells.squares(document) == [[["A", "12"], ["B", ""]]]


@pytest.mark.parametrize("name", FILES)
def test_damage_anywhere_is_a_fault_or_a_document(name: str) -> None:
    data, rng = FILES[name], Random(20231)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(rng.choice((1, 8, 64))):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        start = rng.randrange(len(damaged))
        if rng.random() < 0.3:
            del damaged[start : start + rng.randrange(1, 400)]
        if (code := _outcome(name, bytes(damaged))) is not None:
            assert code in ("RL001", "RL002", "RL003", "RL004", "RL005", "RL006")


def _outcome(name: str, data: bytes) -> str | None:
    """The code of the fault, if there is one."""
    try:
        read(name, data)
    except Unreadable as fault:
        return fault.code
    return None
