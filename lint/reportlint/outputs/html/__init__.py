"""One web page for people, self-contained: what an official reads, prints and hands on.

A few reports are shown in full, with the findings beside the words they stand on and the tables drawn as the form has
them. Of many there is an overview first, units by rules, and of each report only what is wrong. Style and script are
files beside this one; the page needs no network and works without its script, which only filters.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from reportlint.finding import Result
from reportlint.outputs import View
from reportlint.outputs.html.entries import Entry, entries
from reportlint.outputs.html.markup import Speech, text
from reportlint.outputs.html.overview import overview, verdict
from reportlint.outputs.html.report import article
from reportlint.outputs.html.rules import clauses
from reportlint.version import __version__

SHOWN_IN_FULL = 10
"""Up to how many reports the whole text of each is on the page."""


def render(result: Result, view: View) -> Iterator[bytes]:
    """The page in UTF-8, as it declares."""
    yield from (chunk.encode() for chunk in _page(result, view))


def _page(result: Result, view: View) -> Iterator[str]:
    say = Speech(view.lang)
    style, script = (_own(f"page.{kind}") for kind in ("css", "js"))
    whole = len(result.files) <= SHOWN_IN_FULL
    listed = entries(result, whole)
    title = say("政府信息公开工作年度报告检查结果", "Annual reports on open government information: findings")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:"
    yield (
        f'<!DOCTYPE html>\n<html lang="{say("zh-CN", "en")}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{text(_title(listed, title))}</title>\n<link rel="icon" href="data:,">\n'
        f'<style>{style}</style>\n</head>\n<body class="{"whole" if whole else "many"}">\n'
        f'<a class="skip" href="#main">{say("跳到正文", "Skip to the content")}</a>\n'
    )
    yield f'<header class="top">\n<h1>{text(title)}</h1>\n{verdict(result, say)}</header>\n<main id="main">\n'
    yield from overview(result, listed, say, excluded=view.excluded)
    yield f'<section id="reports" aria-labelledby="reports-h"><h2 id="reports-h">{say("各份报告", "Reports")}</h2>\n'
    for entry in listed:
        yield from article(entry, result, say)
    yield "</section>\n"
    yield from clauses(result, say)
    yield (
        f"</main>\n<footer>{say('由', 'Made by')} reportlint {__version__} {say('生成', '')}</footer>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _title(listed: list[Entry], title: str) -> str:
    """What the tab of the browser says."""
    return f"{listed[0].name} · {title}" if len(listed) == 1 else title


def _own(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _digest(source: str) -> str:
    """By which the browser knows that a style or a script is ours: nothing that a report says can run."""
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"
