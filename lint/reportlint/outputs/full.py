"""For a person: every finding with the words it stands on, the clause, and what to do; then what was checked."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.document import Place
from reportlint.errors import words
from reportlint.finding import FileResult, Finding, Location, Result
from reportlint.outputs import View
from reportlint.outputs.frame import draw
from reportlint.outputs.places import native
from reportlint.outputs.summary import SEVERITIES, summary, suppressed, unchecked
from reportlint.outputs.terminal import painted, plain

KINDS = {
    "government": words("政府", "government"),
    "government-office": words("政府办公厅（室）", "office of a government"),
    "department": words("部门", "department"),
    "township": words("乡镇", "township"),
    "sub-district": words("街道", "sub-district"),
    "other": words("其他", "other"),
}
_ADDRESS = words("位置", "Where")
_BASIS = words("依据", "Basis")
_ADVICE = words("怎么改", "What to do")
_RELATED = words("另见", "See also")


def render(result: Result, view: View) -> Iterator[str]:
    """The text, a line or several at a time."""
    for file in () if view.statistics else result.files:
        if file.findings or file.faults or view.verbose:
            yield f"{_head(file, view)}\n\n"
            for finding in file.findings:
                yield "".join(f"{line}\n" for line in _finding(finding, view))
                yield "\n"
            left = "".join(f"{line}\n" for line in suppressed(file, view)) if view.verbose else ""
            if left and not view.quiet:
                yield f"{left}\n"
            missed = "".join(f"{line}\n" for line in unchecked(file, view))
            if missed and not view.quiet:
                yield f"{missed}\n"
    for line in summary(result, view):
        yield f"{line}\n"


def _head(file: FileResult, view: View) -> str:
    """The file and what it was taken for."""
    facts = " · ".join(_facts(file, view))
    return painted(plain(file.path), "path", view.color) + (f"  {facts}" if facts else "")


def _facts(file: FileResult, view: View) -> Iterator[str]:
    english = view.lang == "en"
    if file.year is not None:
        yield f"report of {file.year}" if english else f"{file.year}年度"
    if file.form is not None:
        if file.due_form is not None and file.due_form != file.form:
            yield (
                f"form of {file.form} (due: {file.due_form})"
                if english
                else f"{file.form}年格式（应按{file.due_form}年格式）"
            )
        else:
            yield f"form of {file.form}" if english else f"{file.form}年格式"
    if file.agency_kind is not None:
        yield KINDS[file.agency_kind](view.lang) if file.agency_kind in KINDS else file.agency_kind
    if file.encoding is not None and not file.encoding.startswith("utf-8"):
        yield file.encoding.upper()
    if len(file.packs) > 1:
        yield f"{'packs' if english else '规则包'} {' > '.join(file.packs)}"


def _finding(finding: Finding, view: View) -> Iterator[str]:
    lang, style = view.lang, finding.severity
    severity = painted(SEVERITIES[style](lang), style, view.color)
    native = _native(finding.location.place, lang)
    message = plain(finding.message(lang))
    where = f"{plain(finding.address)}{native}" if native else f"{finding.line}:{finding.column}"
    yield f"  {where}  {severity}  {finding.rule}  {message}"
    if finding.frame is not None:
        yield from draw(finding.frame, style, view)
    if not native:
        yield _labelled(_ADDRESS(lang), plain(finding.address))
    for related in finding.related:
        yield _labelled(_RELATED(lang), _related(related, finding, lang))
    if finding.basis is not None:
        yield _labelled(_BASIS(lang), plain(finding.basis(lang)))
    if finding.advice is not None:
        yield _labelled(_ADVICE(lang), plain(finding.advice(lang)))


def _labelled(label: str, text: str) -> str:
    return f"     {label}  {text}"


def _related(related: Location, finding: Finding, lang: str) -> str:
    """A place that has a part in it, and which part."""
    native = _native(related.place, lang)
    place = "" if native else f"{related.line}:{related.column}  "
    if related.path != finding.path:
        place = f"{plain(related.path)}:{related.line}:{related.column}  "
    if related.note is None:
        return f"{place}{plain(related.address)}{native}"
    note = plain(related.note(lang))
    # A note that names row and column itself needs no address before it.
    if plain(related.address).rpartition(" › ")[2] in note:
        return f"{place}{note}{native}"
    return f"{place}{plain(related.address)}{native}{'：' if lang == 'zh' else ': '}{note}"


def _native(place: Place | None, lang: str) -> str:
    """A place in terms of its own kind of file, in brackets: （第2个表格第7行第10列）."""
    said = native(place, lang)
    if not said:
        return ""
    return f" ({said})" if lang == "en" else f"（{said}）"
