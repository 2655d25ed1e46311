"""Web pages: the text view is the source, the blocks are those of the article.

Pages that say that they are something else (a Word document saved as a page, an MHTML archive) are read as well.
"""

from __future__ import annotations

import re

from reportlint.document import Document, Metadata
from reportlint.errors import ReportlintError, Unreadable, words
from reportlint.readers import _article
from reportlint.readers._markup import parse
from reportlint.readers._tree import Builder, Page
from reportlint.readers.encoding import decode

TITLES = ("articletitle", "og:title", "dc.title", "title")
AGENCIES = ("contentsource", "source", "dc.source", "publisher", "dc.publisher", "author", "dc.creator")
DATES = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "createdate", "dc.date", "date")
"""Names of `<meta>` by trust, in lower case. Those of 政府网站发展指引 come first."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/年.](\d{1,2})[-/月.](\d{1,2})(?!\d)")
_AGENCY = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:局|委|办|府|厅|院|处|会|中心|所|站|社|部|署|室|行|镇|乡|街道|公司|学校|医院)$"
)
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|ofd|rtf|zip|rar)(?:$|[?#])", re.IGNORECASE)
_MHTML = re.compile(rb"\s*(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)

_LEAST_PROSE = 200
"""Characters of sentences that a page without any heading or table of a report must have to be taken for one."""


def read(name: str, data: bytes) -> Document:
    """The document. Raises Unreadable."""
    if _MHTML.match(data[:4096]):
        data, charset = _unpacked(data)
    else:
        charset = declared(data)
    text, encoding = decode(data, charset)
    builder = Builder(text)
    try:
        parse(text, builder)
        return document_of(name, text, encoding, builder.page())
    except ReportlintError:
        raise
    except Exception as error:
        raise Unreadable(
            "RL001", words("网页结构已损坏，无法读取", "the page is damaged and cannot be read")
        ) from error


def declared(data: bytes) -> str | None:
    """The encoding that a page says it is in."""
    head = data[:4096]
    found = _CHARSET.search(head) if b"charset" in head.lower() else None
    return found.group(1).decode("ascii") if found else None


def document_of(name: str, text: str, encoding: str, page: Page) -> Document:
    """The document of a page whose markup was read."""
    article = _article.find(page.body)
    if not article.witnesses and article.prose < _LEAST_PROSE:
        raise _shell(page)
    return Document(name, "html", text, article.blocks, encoding, metadata(page))


def metadata(page: Page) -> Metadata:
    """What the head of the page says of the report."""
    title = _first(page.meta, TITLES) or (page.title.text if page.title else None)
    date = _DATE.search(_first(page.meta, DATES) or "")
    agency = next((page.meta[name] for name in AGENCIES if _AGENCY.search(page.meta.get(name, ""))), None)
    return Metadata(
        title=_without_site(title) if title else None,
        agency=agency,
        published="{}-{:0>2}-{:0>2}".format(*date.groups()) if date else None,
    )


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _without_site(title: str) -> str:
    """The part of a `<title>` that is not the name of the site."""
    parts = [part.strip() for part in re.split(r"\s*[_|]\s*|\s+[-–—]+\s+", title) if part.strip()]
    return next((part for part in parts if "报告" in part or "年报" in part), parts[0] if parts else title)


def _shell(page: Page) -> Unreadable:
    """Why a page without an article has none."""
    attached = [text or href for href, text in page.links if _ATTACHMENT.search(href)]
    if attached:
        named = attached[0][:60]
        return Unreadable(
            "RL006",
            words(
                f"网页里没有年报正文，正文在附件里（{named}）；请下载附件后检查附件",
                f"the page holds no report, only a link to an attachment ({named}); download that",
            ),
        )
    reports = sum("报告" in text or "年报" in text for _, text in page.links)
    if reports >= 2:
        return Unreadable(
            "RL006",
            words(
                f"网页里没有年报正文，只有年报的目录（{reports} 个链接）；请打开其中一篇再保存",
                f"the page holds no report, only a list of {reports} links to reports; open one of them and save it",
            ),
        )
    if page.scripts:
        return Unreadable(
            "RL006",
            words(
                "网页里没有年报正文，正文由脚本在浏览器中生成；请在浏览器中打开后另存为完整网页或 pdf",
                "the page holds no report, its text is made by scripts in a browser; save it whole or as pdf there",
            ),
        )
    return Unreadable("RL006", words("网页里没有年报正文", "the page holds no report"))


def _unpacked(data: bytes) -> tuple[bytes, str | None]:
    """The page in a web archive (MHTML), and its encoding."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, part.get_content_charset() or declared(payload)
    raise Unreadable("RL001", words("网页存档里没有网页", "the web archive holds no page"))
