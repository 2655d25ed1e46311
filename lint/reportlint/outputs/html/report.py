"""One report of the page: what it was taken for, its findings beside its text, and what was checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.contents import Contents, Figures, Line, Part
from reportlint.errors import FAULTS
from reportlint.finding import CheckOutcome, Finding, Frame, Result
from reportlint.outputs.full import KINDS
from reportlint.outputs.html.entries import Entry, Note, blocks
from reportlint.outputs.html.markup import CLASSES, Speech, badge, text
from reportlint.outputs.html.table import Marks, cell_mark, drawn, marks
from reportlint.outputs.page import unfilled
from reportlint.outputs.places import native
from reportlint.outputs.summary import SEVERITIES
from reportlint.rule import SEVERITIES as ORDER
from reportlint.rule import Outcome, Severity

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "fail": ("不符", "failed"),
    "not_checked": ("未能检查", "not checked"),
    "not_applicable": ("不适用", "not applicable"),
    "pass": ("通过", "passed"),
}
_AROUND = 60
"""How many characters of a line are shown before and after a finding that is quoted."""


def article(entry: Entry, result: Result, say: Speech) -> Iterator[str]:
    """The report; where it is not shown as a whole, it is folded up and shows only what is wrong."""
    tag, head = ("article", "div") if entry.whole else ("details", "summary")
    yield f'<{tag} class="report" id="{entry.mark}" data-u="{entry.number}">\n<{head} class="head">'
    yield f"<h3>{text(entry.name)}</h3> {state(entry, say)}"
    yield f'<span class="facts"><code>{text(entry.file.path)}</code> {_facts(entry, say)}</span></{head}>\n'
    yield from _faults(entry, say)
    if entry.whole and len(entry.notes) > 1:
        yield from _list(entry, say)
    contents = entry.file.contents
    if contents is not None:
        for part in contents.parts:
            yield from _part(entry, part, contents, say)
    yield from _elsewhere(entry, say)
    yield from _conformance(entry, result, say)
    yield f"</{tag}>\n"


def state(entry: Entry, say: Speech) -> str:
    """What came of the report, in a word."""
    if entry.file.faults:
        return f'<b class="badge x">{say("未能完整检查", "incomplete")}</b>'
    if entry.worst is None:
        return f'<b class="badge p">{say("通过", "passed")}</b>'
    counts: dict[Severity, int] = {level: entry.count(level) for level in ORDER}
    return " ".join(badge(level, f"{SEVERITIES[level](say.lang)} {count}") for level, count in counts.items() if count)


def _facts(entry: Entry, say: Speech) -> str:
    file = entry.file
    said: list[str] = []
    if file.year is not None:
        said.append(say(f"{file.year}年度", f"report of {file.year}"))
    if file.form is not None:
        said.append(say(f"{file.form}年格式", f"form of {file.form}"))
        if file.due_form is not None and file.due_form != file.form:
            said.append(say(f"应按{file.due_form}年格式", f"due: {file.due_form}"))
    if file.agency_kind is not None:
        said.append(KINDS[file.agency_kind](say.lang) if file.agency_kind in KINDS else file.agency_kind)
    return " · ".join(text(part) for part in said)


def _list(entry: Entry, say: Speech) -> Iterator[str]:
    """The findings in a line each, with links to where they are explained."""
    yield f'<nav class="list" aria-label="{say("问题清单", "List of findings")}"><ol>'
    for note in entry.notes:
        finding = note.finding
        kind = CLASSES[finding.severity]
        yield (
            f'<li class="{kind}"><a href="#{note.mark}"><span class="n">{note.number}</span> '
            f'<span class="sign {kind}"></span>'
            f"<small>{SEVERITIES[finding.severity](say.lang)} {text(finding.rule)}</small> "
            f"{say.words(finding.message)}</a></li>"
        )
    yield "</ol></nav>\n"


def _faults(entry: Entry, say: Speech) -> Iterator[str]:
    for fault in entry.file.faults:
        kind = say.words(FAULTS[fault.code]) if fault.code in FAULTS else ""
        yield f'<p class="fault"><b>{text(fault.code)} {kind}</b> {say.words(fault.message)}</p>\n'


# --- the text, and what is wrong with it ------------------------------------------------------------------------


def _part(entry: Entry, part: Part, contents: Contents, say: Speech) -> Iterator[str]:
    """A part with its lines and tables, each beside its findings."""
    rows: list[str] = []
    bare = True
    for block in blocks(part, contents):
        notes = entry.beside(part, block)
        if isinstance(block, Figures):
            marked = marks(entry, block)
            if not entry.whole and not (notes or marked.on or marked.about):
                continue
            rows.append(_table(entry, block, marked, notes, say))
        elif entry.whole or notes or block is part.heading:
            rows.append(_line(entry, block, contents, notes, say, heading=block is part.heading))
        bare = bare and block is part.heading and not notes
    if loose := entry.beside(part, None):
        bare = False
        rows.append(_row("<div></div>", _notes(entry, loose, say, quoted=True)))
    if bare and not entry.whole:
        return
    label = part.heading.text if part.heading is not None else say("标题和前言", "Title and preface")
    yield f'<section class="part" aria-label="{text(label)}">\n'
    if part.heading is None:
        yield f'<h4 class="front">{text(label)}</h4>\n'
    yield from rows
    yield "</section>\n"


def _line(entry: Entry, line: Line, contents: Contents, notes: Sequence[Note], say: Speech, *, heading: bool) -> str:
    tag = "h4" if heading else "p"
    shown = _marked(line, contents, notes, whole=entry.whole or heading)
    beside = _notes(entry, notes, say, quoted=False)
    return _row(f'<{tag} data-l="{line.number}">{shown}</{tag}>', beside)


def _row(shown: str, notes: str, kind: str = "") -> str:
    """Something of the report with its findings beside it."""
    noted = " noted" if notes else ""
    return f'<div class="row{noted}{kind}">{shown}{notes}</div>\n'


def _marked(line: Line, contents: Contents, notes: Sequence[Note], *, whole: bool) -> str:
    """A line with marks on what its findings stand on; cut around them where it is not shown as a whole."""
    pieces: list[str] = []
    at = 0
    spots = [(line.within(contents.span(note.finding.location)), note) for note in notes]
    for spot, note in sorted(((spot, note) for spot, note in spots if spot is not None), key=lambda item: item[0]):
        start, end = max(spot[0], at), max(spot[1], at)
        pieces.append(_between(line.text[at:start], first=not at, last=False, whole=whole))
        kind = CLASSES[note.finding.severity]
        inner = text(line.text[start:end])
        link = f'<a class="n" href="#{note.mark}">{note.number}</a>'
        pieces.append(f'<mark class="{kind}" data-f="{note.mark}">{inner}</mark>{link}')
        at = end
    pieces.append(_between(line.text[at:], first=not at, last=True, whole=whole))
    return "".join(pieces)


def _between(said: str, *, first: bool, last: bool, whole: bool) -> str:
    room = _AROUND * (1 if first or last else 2)
    if whole or len(said) <= room + 1:
        return text(said)
    if first:
        return f"…{text(said[-_AROUND:])}"
    if last:
        return f"{text(said[:_AROUND])}…"
    return f"{text(said[:_AROUND])}…{text(said[-_AROUND:])}"


def _table(entry: Entry, figures: Figures, marked: Marks, notes: Sequence[Note], say: Speech) -> str:
    if figures.unreadable is not None:
        shown = f'<p class="fault">{text(figures.table.name)} {say.words(figures.unreadable)}</p>'
    else:
        shown = "".join(drawn(entry, figures, marked, say))
    return _row(f"<div>{shown}</div>", _notes(entry, notes, say, quoted=False), " tab")


def _elsewhere(entry: Entry, say: Speech) -> Iterator[str]:
    """The findings that stand in no part of the report."""
    if loose := entry.beside(None, None):
        beside = _row("<div></div>", _notes(entry, loose, say, quoted=True))
        yield f'<section class="part">{beside}</section>\n'


def _notes(entry: Entry, notes: Sequence[Note], say: Speech, *, quoted: bool) -> str:
    items = "".join(_note(entry, note, say, quoted=quoted) for note in notes)
    return f'<ol class="notes">{items}</ol>' if items else ""


def _note(entry: Entry, note: Note, say: Speech, *, quoted: bool) -> str:
    """A finding: what is wrong, where, the clause, what to do, and the places that have a part in it."""
    finding = note.finding
    kind = CLASSES[finding.severity]
    severity = SEVERITIES[finding.severity](say.lang)
    lines = [
        f'<li class="f {kind}" id="{note.mark}" value="{note.number}" data-s="{kind}" data-r="{text(finding.rule)}">'
        f'<p class="m">{badge(finding.severity, severity)} '
        f'<a class="code" href="#rule-{text(finding.rule)}">{text(finding.rule)}</a> {say.words(finding.message)}</p>'
    ]
    if quoted and finding.frame is not None:
        lines.append(_quote(finding.frame, kind))
    where = native(finding.location.place, say.lang) or say(f"第{finding.line}行", f"line {finding.line}")
    lines.append(f'<p class="at">{text(_short(finding))} <span>{text(where)}</span>')
    if related := list(_related(entry, note, say)):
        lines.append(f'<p class="also">{say("另见", "See")} {say("；", "; ").join(related)}')
    if finding.advice is not None:
        lines.append(f'<p class="do"><b>{say("怎么改", "What to do")}</b> {say.words(finding.advice)}')
    # Of many reports the clause stands once, with the rule to which the code links.
    if finding.basis is not None and entry.whole:
        lines.append(f'<p class="law"><b>{say("依据", "Basis")}</b> {say.words(finding.basis)}')
    return "".join(lines) + "</li>"


def _short(finding: Finding) -> str:
    """The address without the part under whose heading it stands."""
    return finding.address.partition(" › ")[2] or finding.address


def _quote(frame: Frame, kind: str) -> str:
    said = frame.lines[-1][1]
    before = _between(said[: frame.start], first=True, last=False, whole=False)
    after = _between(said[frame.end :], first=False, last=True, whole=False)
    return f'<blockquote>{before}<mark class="{kind}">{text(said[frame.start : frame.end])}</mark>{after}</blockquote>'


def _related(entry: Entry, note: Note, say: Speech) -> Iterator[str]:
    """The places that have a part in a finding, with links to cells; of many reports cells are only counted.

    There, as here, each of these cells carries the number of the finding.
    """
    contents = entry.file.contents
    counted = 0
    for place in note.finding.related:
        said = say.words(place.note) if place.note is not None else text(place.address)
        if place.path != entry.file.path or contents is None:
            yield f"{text(place.path)} {said}"
            continue
        span = contents.span(place)
        cell = next((cell_mark(entry, table, key) for table in contents.tables.values() if (key := table.at(span))), "")
        if cell and not entry.whole:
            counted += 1
        else:
            yield f'<a href="#{text(cell)}">{said}</a>' if cell else said
    if counted:
        yield say(f"表中标有 {note.number} 的 {counted} 格", f"{counted} cells marked {note.number} in the tables")


# --- what was checked -------------------------------------------------------------------------------------------


def _conformance(entry: Entry, result: Result, say: Speech) -> Iterator[str]:
    """How many rules passed, failed, do not apply, could not be checked; which, and why."""
    checks = entry.file.checks
    if not checks:
        return
    by: dict[Outcome, list[CheckOutcome]] = {outcome: [] for outcome in OUTCOMES}
    for check in checks:
        by[check.outcome].append(check)
    counted = " ".join(
        f'<span class="c"><b>{len(found)}</b> {say(*OUTCOMES[outcome])}</span>' for outcome, found in by.items()
    )
    titles = {rule.code: unfilled(rule.title(say.lang)) for rule in result.rules} if entry.whole else {}
    yield f'<details class="checks"><summary>{say("检查情况", "What was checked")} {counted}</summary><dl>'
    for outcome, found in by.items():
        if outcome == "pass" and not entry.whole:
            continue
        for reason, codes in _by_reason(found, say).items():
            label = say(*OUTCOMES[outcome])
            why = f" <small>{text(reason)}</small>" if reason else ""
            yield f"<dt>{label}{why}</dt><dd>{_listed(codes, titles)}</dd>"
    yield "</dl></details>\n"


def _by_reason(checks: Sequence[CheckOutcome], say: Speech) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for check in checks:
        reasons.setdefault(check.reason(say.lang) if check.reason is not None else "", []).append(check.rule)
    return reasons


def _listed(codes: Sequence[str], titles: dict[str, str]) -> str:
    if not titles:
        return " ".join(text(code) for code in codes)
    items = "".join(f"<li><code>{text(code)}</code> {text(titles.get(code, ''))}</li>" for code in codes)
    return f"<ul>{items}</ul>"
