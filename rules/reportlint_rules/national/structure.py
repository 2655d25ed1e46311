"""Title, parts and headings: the rules that need more than data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportlint.document import Paragraph, Span
from reportlint.errors import words
from reportlint.form import SectionForm
from reportlint.report import Report, Section
from reportlint.rule import Edit, Fix, Problem, Related, Rule, Severity, rule
from reportlint.text import Folded, fold_label, from_numeral, lazily, numeral


@rule("S001")
def section_missing(report: Report) -> Iterator[Problem]:
    """Each part of the form that no heading announces, at the heading of the part after it, else at the end."""
    if report.form is None:
        return
    found = {section.form.number: section for section in report.sections if section.form is not None}
    for section in report.form.sections:
        if section.number in found:
            continue
        later = [found[number] for number in sorted(found) if number > section.number]
        where = later[0].heading.span if later else _end(report)
        yield Problem(where, {"heading": _full(section)})


@rule("S002")
def section_order(report: Report) -> Iterator[Problem]:
    """The first heading that comes after a later one."""
    highest: Section | None = None
    for section in _known(report):
        if section.form is None:
            continue
        if highest is not None and highest.form is not None and section.form.number < highest.form.number:
            yield Problem(
                section.heading,
                {"heading": _full(section.form), "after": _full(highest.form)},
                related=(Related(highest.heading),),
            )
            return
        highest = section


@rule("S003")
def section_ordinal(report: Report) -> Iterator[Problem]:
    """Headings whose numeral is not that of the form; a whole run that is off by the same is said once."""
    wrong: list[tuple[Section, SectionForm, int]] = []
    for section in _known(report):
        value = section.heading.value
        if section.form is not None and section.heading.style == "chinese" and value not in (None, section.form.number):
            wrong.append((section, section.form, (value or 0) - section.form.number))
    if len(wrong) >= 3 and len({shift for _, _, shift in wrong}) == 1:
        section, form, shift = wrong[0]
        values = {**_numerals(section, form), "count": len(wrong), "shift": abs(shift)}
        yield Problem(
            section.heading, values, "shifted", related=tuple(Related(other.heading) for other, _, _ in wrong[1:])
        )
        return
    for section, form, _ in wrong:
        fix = Fix((Edit(section.heading.numeral_span, f"{numeral(form.number)}、"),))
        yield Problem(section.heading, _numerals(section, form), fix=fix)


def _numerals(section: Section, form: SectionForm) -> dict[str, object]:
    title = section.heading.title
    return {"actual": f"{section.heading.numeral}{title}", "expected": f"{numeral(form.number)}、{title}"}


@rule("S004")
def heading_nonstandard(report: Report, rule: Rule) -> Iterator[Problem]:
    """Headings in other words than the form's, or without its kind of number."""
    accepted = {fold_label(title) for title in rule.options["accepted"]}
    for section in _known(report):
        form = _form_section(report, section)
        if form is None:
            continue
        title = fold_label(section.heading.title)
        if title in accepted or title in form.folded_accepted:
            continue
        plain = title == form.folded
        if plain and section.heading.style == "chinese":
            continue
        statutory = not plain and title in form.folded_statutory
        actual = (
            section.heading.title
            if section.heading.style == "chinese"
            else (f"{section.heading.numeral}{section.heading.title}")
        )
        expected = form.title if section.heading.style == "chinese" else _full(form)
        where = section.heading.title_span if section.heading.style == "chinese" else section.heading.span
        yield Problem(
            where,
            {"actual": actual, "expected": expected},
            variant="statutory" if statutory else "",
            fix=None if statutory else Fix((Edit(where, expected),)),
        )


@rule("S005")
def section_empty(report: Report) -> Iterator[Problem]:
    """Parts with neither prose nor table; where all the tables are gone it is said once."""
    empty = [s for s in _known(report) if not s.paragraphs and not s.has_table and s.form is not None]
    tabled = [section for section in empty if section.form is not None and section.form.table]
    if len(tabled) >= 3:
        yield Problem(tabled[0].heading, {"heading": _printed(tabled[0]), "count": len(tabled)}, "lost")
        empty = [section for section in empty if section not in tabled]
    for section in empty:
        yield Problem(section.heading, {"heading": _printed(section)})


@rule("S006")
def section_duplicated(report: Report) -> Iterator[Problem]:
    """Parts of the form that stand there a second time."""
    for again in report.repeated:
        first = report.section(again.key or "")
        if first is not None:
            line = report.document.position(first.heading.span.start).line
            values = {"heading": _printed(again), "line": line}
            yield Problem(again.heading, values, related=(Related(first.heading),))


@rule("S007")
def extra_section(report: Report) -> Iterator[Problem]:
    """Parts that count on from the statutory ones without being one of them."""
    for section in report.sections:
        if section.form is None:
            yield Problem(section.heading, {"actual": _printed(section)})


@rule("S008")
def title_missing(report: Report) -> Iterator[Problem]:
    """No title in the text, nor in what the file says of itself."""
    if report.title is None:
        yield Problem(report.start)


@rule("S009")
def title_agency_missing(report: Report) -> Iterator[Problem]:
    """A title that is nothing but year and fixed words."""
    if report.title is not None and not report.title.agency:
        yield Problem(report.start)


@rule("S010")
def title_year(report: Report) -> Iterator[Problem]:
    """A title whose year is missing, or is not the year that the other witnesses agree on."""
    if report.title is None or report.year is None:
        return
    said = next((witness for witness in report.witnesses if witness.kind == "title"), None)
    if said is None:
        yield Problem(report.start, {"body_year": report.year}, "absent")
    elif said.year != report.year:
        others = [w for w in report.witnesses if w.kind != "title" and w.year == report.year and w.span is not None]
        related = tuple(Related(w.span, words(w.text, w.text)) for w in others if w.span is not None)
        where = _year_in_title(report, said.text)
        yield Problem(where, {"title_year": said.year, "body_year": report.year}, related=related)


def _year_in_title(report: Report, text: str) -> Span:
    if report.title is not None and not report.title.from_metadata:
        for line in report.title.lines:
            at = line.text.find(text)
            if at >= 0:
                return line.span(at, at + len(text))
    return report.start


@rule("S011")
def title_duplicated(report: Report) -> Iterator[Problem]:
    """A second line that reads like a title and differs from the first."""
    for line in report.titles[1:]:
        first = report.titles[0]
        if line.text != first.text:
            related = (Related(first.whole),)
            # The second says nothing that the first does not: a year left out is no difference.
            repeats = _YEAR_OF_TITLE.sub("", line.text) in _YEAR_OF_TITLE.sub("", first.text)
            fix = Fix((Edit(line.whole, ""),)) if repeats else None
            yield Problem(line.whole, {"text": line.prose.text.strip()}, related=related, fix=fix)
            return


_YEAR_OF_TITLE = lazily(r"(?:19|20)\d{2}年?度?")


_MARKER = lazily(r"^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九十]是|第[一二三四五六七八九十])")


@rule("S012")
def aspects_incomplete(report: Report, rule: Rule) -> Iterator[Problem]:
    """Aspects of 总体情况 that are not there, and those that are only mentioned."""
    overall = report.section("overall")
    if overall is None:
        return
    lenient = report.year in rule.options["lenient_years"]
    absent: list[str] = []
    mentioned: list[str] = []
    parts = list(_with_parts_of_its_own(report, overall))
    titles = [part.heading.title for part in parts[1:]]
    text = "".join((*titles, *(part.text for part in parts)))
    for aspect in rule.options["aspects"]:
        heading = rule.compiled(aspect["heading"])
        if any(heading.search(title) for title in titles):
            continue
        if any(_is_heading(line, heading) for part in parts for line in part.paragraphs):
            continue
        (mentioned if rule.compiled(aspect["keyword"]).search(text) else absent).append(aspect["name"])
    if absent:
        severity: Severity | None = "info" if lenient else None
        yield Problem(overall.heading, {"aspect": "、".join(absent)}, severity=severity)
    if mentioned:
        yield Problem(overall.heading, {"aspect": "、".join(mentioned)}, "keyword")


def _with_parts_of_its_own(report: Report, overall: Section) -> Iterator[Section]:
    """The first part, and those that the form does not know between it and the next one: they are about its matter."""
    yield overall
    for section in report.sections[report.sections.index(overall) + 1 :]:
        if section.form is not None:
            return
        yield section


def _is_heading(line: Folded, words_: re.Pattern[str]) -> bool:
    """Whether a paragraph begins with a heading of these words: on its own, numbered, or running into the text."""
    head = line.text[:30]
    found = words_.search(head)
    if found is None:
        return False
    if _MARKER.match(head) and found.start() <= 16:
        return True
    after = head[found.end() : found.end() + 8]
    return len(line.text) <= 24 or bool(re.match(r"(?:政府)?(?:信息)?(?:工作)?(?:情况|方面|工作)?[:。]", after))


@rule("S013")
def accountability_missing(report: Report, rule: Rule) -> Iterator[Problem]:
    """Governments only: assessment, appraisal and accountability, wherever in the report they are."""
    text = "".join(line.text for _, line in report.prose())
    missing = [matter["name"] for matter in rule.options["matters"] if not re.search(matter["pattern"], text)]
    if missing:
        overall = report.section("overall")
        yield Problem(overall.heading if overall is not None else report.start, {"missing": "、".join(missing)})


_COUNT = lazily(r"([一二三四五六七八九十]|\d)个?大?(?:部分|方面)(?:内容)?(?:组成)?")


@rule("S014")
def preface_mismatch(report: Report, rule: Rule) -> Iterator[Problem]:
    """A preface that says how many parts there are and names another number of them."""
    parts: Sequence[str] = rule.options["parts"]
    for line in report.preface:
        named = sum(bool(re.search(part, line.text)) for part in parts)
        for found in _COUNT.finditer(line.text):
            said = from_numeral(found[1]) if not found[1].isdigit() else int(found[1])
            if named >= 4 and said is not None and said >= 4 and said != named:
                yield Problem(line.span(*found.span()), {"said": said, "named": named})
                return


def _known(report: Report) -> list[Section]:
    return [section for section in report.sections if section.form is not None]


def _form_section(report: Report, section: Section) -> SectionForm | None:
    """The part in the form that the report must follow."""
    form = report.form.section(section.key) if report.form is not None and section.key is not None else None
    return form or section.form


def _full(section: SectionForm) -> str:
    return f"{numeral(section.number)}、{section.title}"


def _printed(section: Section) -> str:
    return f"{section.heading.numeral}{section.heading.title}"


def _end(report: Report) -> Span:
    """The last words of the report."""
    for section in reversed(report.sections):
        if section.paragraphs:
            line = section.paragraphs[-1]
            return line.whole
        return section.heading.span
    return report.start


@rule("S015")
def several_or_garbled(report: Report, rule: Rule) -> Iterator[Problem]:
    """A second report behind the first, and characters that are none of a text."""
    again = [section for section in report.repeated if section.form is not None]
    overall = next((section for section in again if section.key == "overall"), None)
    if overall is not None and len(again) >= 4:
        yield Problem(overall.heading, {"text": _printed(overall)}, "several")
    # Of a page the source is mostly markup.
    looked_at = report.folded if report.document.kind == "html" else report.document.text
    if not rule.pattern("suspect").search(looked_at):
        return
    for option, variant in (("garbled", ""), ("invisible", "invisible"), ("pinyin", "pinyin")):
        found = list(_written(report, rule.pattern(option)))
        if found:
            fix = Fix(tuple(Edit(where, "") for where, _ in found)) if variant == "invisible" else None
            yield Problem(found[0][0], {"text": found[0][1], "count": len(found)}, variant, fix=fix)


def _written(report: Report, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
    """Where a pattern matches in the words of the file, whatever they are part of."""
    document = report.document
    if not pattern.search(document.text):
        return
    if document.kind in ("txt", "md"):
        yield from ((Span(*found.span()), found[0]) for found in pattern.finditer(document.text))
        return
    for block in document.blocks:
        for prose in (block.prose,) if isinstance(block, Paragraph) else [cell.prose for cell in block.cells]:
            yield from ((prose.span(*found.span()), found[0]) for found in pattern.finditer(prose.text))
