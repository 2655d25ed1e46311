"""The web page: whole and well-formed, true to the result, safe, small; and in a real browser it can be used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from reportlint.engine import Linter
from reportlint.errors import words
from reportlint.finding import FileResult, Result
from support.browser import CHROMIUM, Page, browser
from support.county import county
from support.made import CLEAN, FAULT, FILE, FINDING, INCOMPLETE, RESULT, made
from support.process import EXAMPLES, reportlint
from support.shown import shown

NUMBER = "13800000000"
SPOILT = sorted(EXAMPLES.rglob("2023.txt"))
VOID = {"meta", "link", "input", "br"}
OPTIONAL = {"td", "th", "tr", "option", "tbody", "thead", "p"}
"""Whose end tags HTML lets one leave out; most of a page of many reports would consist of them."""

DEFECTS = (
    ("六、其他需要", "六、其它需要"),
    ("一、总体情况", "一、总体情况概述"),
    ("未收取", "没有提到"),
    ("2024年", "2023年"),
    ("0890-2020123", NUMBER),
    ("内部事务信息 | 0 | 0", "内部事务信息 | 0 | 1"),
    ("行政查询事项 | 0", "行政查询事项 | 2"),
    ("重复申请 | 0", "重复申请 | /"),
    ("\n0 | 0 | 0 | 0 | 0", "\n0 | 1 | 0 | 0 | 0"),
    ("现行有效件数", "现行有效数"),
    ("第二十条第(五)项", "第二十条（五）"),
    ("群众", "一只"),
)


def _checked(paths: list[Path]) -> Result:
    linter = Linter()
    across = linter.across()
    files = [linter.check_bytes(path.as_posix(), path.read_bytes(), across, contents=True) for path in paths]
    return linter.result(across.results(files))


def _many(count: int) -> Result:
    """A county whose reports have about ten findings each."""
    linter = Linter()
    across = linter.across()
    files: list[FileResult] = []
    for path, data in county(count, range(2023, 2024)).files.items():
        text = data.decode()
        for old, new in DEFECTS:
            text = text.replace(old, new)
        files.append(linter.check_bytes(path, text.encode(), across, contents=True))
    return linter.result(across.results(files))


@pytest.fixture(scope="module")
def one() -> Result:
    return _checked([path for path in SPOILT if path.parent.name.endswith("水务局")])


@pytest.fixture(scope="module")
def many() -> Result:
    return _many(200)


class _Markup(HTMLParser):
    """Checks that tags are closed in order, and collects anchors, links and roles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: set[str] = set()
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.attributes.append((tag, named))
        if found := named.get("id"):
            self.ids[found] += 1
        if tag == "a" and (href := named.get("href")):
            self.links.add(href)
        if tag not in VOID | OPTIONAL:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID | OPTIONAL:
            assert self.open.pop() == tag


# --- what is in it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "result", [RESULT, INCOMPLETE, CLEAN, made(), made(faults=(FAULT._replace(path=None),)), _checked(SPOILT)]
)
def test_the_page_is_well_formed_and_every_link_leads_somewhere(result: Result, lang: str) -> None:
    page = shown("html", result, lang=lang)
    markup = _Markup(page)

    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">')
    assert set(markup.ids.values()) <= {1}
    assert all(link.startswith("#") and link[1:] in markup.ids for link in markup.links)
    for finding in result.findings:
        assert f'data-r="{finding.rule}"' in page
    assert page.count('<li class="f ') == len(result.findings)
    for fault in result.faults:
        assert fault.code in page


def test_pages_of_many_reports_too(many: Result) -> None:
    markup = _Markup(shown("html", many))

    assert set(markup.ids.values()) == {1}
    assert all(link[1:] in markup.ids for link in markup.links)


def test_the_tables_are_drawn_as_the_form_has_them_with_wrong_cells_marked(one: Result) -> None:
    page = shown("html", one)

    assert page.count('<table class="form">') == 3
    for label in ("申请人情况", "法人或其他组织", "（四）无法提供", "现行有效件数", "本年收费金额（单位：万元）"):
        assert label in page
    assert re.search(r'<td id="r1-requests-unable.1.total" class="e" data-f="[^"]+">', page)
    assert 'id="r1-requests-unable.1.natural" class="part"' in page
    assert 'href="#r1-requests-unable.1.natural"' in page


def test_a_label_that_was_changed_is_marked_in_its_place(many: Result) -> None:
    assert re.search(r'<th class="w" data-f="f\d+" scope=col>现行有效件数<a class="n"', shown("html", many))


def test_every_figure_of_the_report_is_on_the_page(one: Result) -> None:
    (file,) = one.files
    assert file.contents is not None
    page = shown("html", one)
    table = page.partition("<caption>表三")[2].partition("</table>")[0]

    cells = re.findall(r"<td(?! rowspan=3)[^>]*>([^<]*)", table)
    assert cells == [figure.text for figure in file.contents.tables["requests"].cells.values()]


def test_the_text_stands_beside_the_findings_and_only_what_is_wrong_where_there_are_many(
    one: Result, many: Result
) -> None:
    (file,) = one.files
    assert file.contents is not None
    page = shown("html", one)

    for part in file.contents.parts:
        for line in part.lines:
            assert line.text[:12] in page
    assert "推进政府信息公开，把群众关心的事项列为公开重点" not in shown("html", many)


def test_what_was_not_checked_is_told_from_what_passed(one: Result) -> None:
    page = shown("html", one)

    for word in ("通过", "不符", "不适用", "未能检查", "没有找到 2022 年度的报告"):
        assert word in page


def test_nothing_of_a_report_becomes_markup() -> None:
    nasty = '<script>alert(1)</script> " onload="x" &amp; </style>'
    finding = FINDING._replace(message=words(nasty, nasty), rule='F"><b>')

    page = shown("html", made(replace(FILE, path=f"{nasty}.txt", agency=nasty, findings=(finding,))))

    assert "<script>alert" not in page
    assert 'onload="' not in page
    assert page.count("<script>") == 1
    _Markup(page)


def test_the_page_names_nothing_outside_itself(many: Result) -> None:
    page = shown("html", many)

    assert not re.findall(r"""(?:src|href|url|action)\s*[=(]\s*["']?\s*(?:https?:|//)""", page)
    assert "default-src 'none'" in page
    assert " style=" not in page


def test_personal_data_is_masked_in_the_text_as_well(many: Result) -> None:
    page = shown("html", many)

    assert "V001" in page
    assert NUMBER not in page
    path = EXAMPLES / "青川港市柳溪镇人民政府" / "2023.txt"
    assert NUMBER in path.read_text(encoding="utf-8")
    assert NUMBER not in shown("html", _checked([path]))


def test_two_hundred_reports_take_less_than_three_megabytes(many: Result) -> None:
    assert len(many.files) == 200
    assert len(many.findings) > 1000

    assert len(shown("html", many).encode()) < 3_000_000


def test_the_same_reports_give_the_same_page(one: Result) -> None:
    assert shown("html", one) == shown("html", one)


def test_contents_are_kept_only_where_they_are_asked_for(tmp_path: Path) -> None:
    assert Linter().check_bytes(SPOILT[0].as_posix(), SPOILT[0].read_bytes()).contents is None
    done = reportlint(tmp_path, str(SPOILT[0]), "--output", "html:a.html")
    assert (tmp_path / "a.html").stat().st_size > 20_000
    assert done.text == reportlint(tmp_path, str(SPOILT[0])).text


# --- for everybody ----------------------------------------------------------------------------------------------


def test_landmarks_headings_and_names(many: Result) -> None:
    page = shown("html", many)
    markup = _Markup(page)

    tags = Counter(tag for tag, _ in markup.attributes)
    assert tags["main"] == tags["h1"] == tags["header"] == tags["footer"] == 1
    levels = [int(tag[1]) for tag, _ in markup.attributes if re.fullmatch("h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for tag, named in markup.attributes:
        if tag == "form" or "region" in (named.get("role") or ""):
            assert named.get("aria-label")
    assert 'class="skip" href="#main"' in page


def test_severity_is_said_in_words_and_signs_not_by_colour_alone(one: Result) -> None:
    for item in re.findall(r'<li class="f (\w)".*?</b>', shown("html", one)):
        assert item in "ewi"
    for badge in re.findall(r'<b class="badge \w">(.*?)</b>', shown("html", one)):
        assert re.match("错误|警告|提示|通过", badge)
    style = shown("html", one).partition("</style>")[0]
    for kind in "ewipx":
        assert re.search(rf"\.badge\.{kind}::before[^{{]*{{ content: \"[^\"]+\"", style)


def _luminance(color: str) -> float:
    color = color.lstrip("#")
    whole = color if len(color) == 6 else "".join(char * 2 for char in color)
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_have_contrast_by_day_by_night_and_on_paper() -> None:
    style = shown("html", made())
    themes = [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", style, re.S)]
    assert len(themes) == 3

    for theme in themes:
        pairs = [(theme[name], theme[f"{name}-bg"]) for name in "ewipx"]
        pairs += [(theme[ink], theme[ground]) for ink in ("ink", "dim", "link") for ground in ("bg", "paper")]
        pairs += [(theme["paper"], theme[name]) for name in "ewi"] + [(theme["ink"], theme["part"])]
        for ink, ground in pairs:
            light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


# --- in a browser -----------------------------------------------------------------------------------------------

in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def page_of_many(many: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "many.html"
    path.write_text(shown("html", many), encoding="utf-8")
    return path


@pytest.fixture
def opened(page_of_many: Path) -> Iterator[Page]:
    with browser() as page:
        page.open(page_of_many)
        yield page
        assert page.errors == []


SHOWN = "document.querySelectorAll('.f:not([hidden])').length"
ROWS = "document.querySelectorAll('.matrix tbody tr:not([hidden])').length"


@in_a_browser
def test_filters_by_severity_rule_unit_and_text(opened: Page, many: Result) -> None:
    assert opened.run(SHOWN) == len(many.findings)
    assert opened.run(ROWS) == 200

    opened.click('.filters [value="e"]')
    assert opened.run(SHOWN) == len(many.findings) - many.count("error")
    opened.click('.filters [value="e"]')

    opened.run("(e => { e.value = 'V001'; e.dispatchEvent(new Event('input', {bubbles: true})); })"
               "(document.querySelector('[name=r]'))")  # fmt: skip
    assert opened.run(SHOWN) == sum(finding.rule == "V001" for finding in many.findings)
    assert str(opened.run(SHOWN)) in opened.run("document.querySelector('.filters output').textContent")

    opened.run("(e => { e.value = '7'; e.dispatchEvent(new Event('input', {bubbles: true})); })"
               "(document.querySelector('[name=u]'))")  # fmt: skip
    assert opened.run(ROWS) == 1

    opened.click(".filters [type=reset]")
    opened.wait(f"{SHOWN} === {len(many.findings)}")
    opened.click("[name=q]")
    opened.type(many.files[4].agency or "")
    assert opened.run(ROWS) < 10
    assert opened.run(SHOWN) >= len(many.files[4].findings)


@in_a_browser
def test_a_link_into_a_folded_report_opens_it(opened: Page) -> None:
    assert opened.run("document.querySelectorAll('details.report[open]').length") == 0

    opened.click(".matrix tbody td a")

    opened.wait("document.querySelectorAll('details.report[open]').length === 1")
    assert opened.run("document.querySelector(':target').closest('details').open")
    assert opened.run("document.querySelector(':target').getBoundingClientRect().top < innerHeight")


@in_a_browser
def test_the_keyboard_reaches_the_content_first(opened: Page) -> None:
    opened.press("Tab")

    assert opened.run("document.activeElement.className") == "skip"


@in_a_browser
@pytest.mark.parametrize("width", [360, 1400])
def test_nothing_is_wider_than_the_window(page_of_many: Path, one: Result, tmp_path: Path, width: int) -> None:
    (tmp_path / "one.html").write_text(shown("html", one), encoding="utf-8")
    for path in (page_of_many, tmp_path / "one.html"):
        with browser() as page:
            page.open(path, width=width)
            assert page.run("document.documentElement.scrollWidth") <= width
            assert page.errors == []


@in_a_browser
def test_both_sides_of_an_equation_light_up_with_their_finding(one: Result, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(shown("html", one), encoding="utf-8")
    with browser() as page:
        page.open(tmp_path / "one.html")
        page.run("document.getElementById('r1-requests-unable.1.natural').querySelector('a').focus()")
        assert page.run("document.getElementById('r1-requests-unable.1.total').classList.contains('lit')")
        assert page.run("document.querySelectorAll('.f.lit').length") == 1
