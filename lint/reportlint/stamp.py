"""A problem to a finding: identity and words of the rule, place and address, the words around it, a fingerprint."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from reportlint.document import Place, Span, maker
from reportlint.errors import Words
from reportlint.finding import FileEdit, Finding, FixOffer, Frame, Location
from reportlint.form import short_label
from reportlint.privacy import Secrets, masked_prose, masked_text
from reportlint.report import Amount, Report, Section
from reportlint.rule import Fix, Problem, Related, Rule, Spanned
from reportlint.text import fold


class Stamp:
    """Makes the findings of one report; personal data at `hidden` is masked in everything it shows."""

    def __init__(self, report: Report, hidden: Sequence[tuple[int, int]] = ()) -> None:
        self.report = report
        self.hidden = hidden
        self._seen: Counter[str] = Counter()
        self._amounts: dict[str, dict[int, Amount]] = {}
        self._secrets = Secrets(report.document.text, hidden)

    def finding(self, rule: Rule, problem: Problem) -> Finding:
        """The finding that a problem of a rule is. KeyError where the message names a value that is not given."""
        variant = rule.variants[problem.variant] if problem.variant else None
        message = variant.message if variant is not None else rule.message
        severity = problem.severity or (variant.severity if variant is not None else None) or rule.severity
        span = _span(problem.where)
        location = self.location(problem.where)
        return Finding(
            rule=rule.code,
            name=rule.name,
            severity=severity,
            message=self._said(_filled(message, problem.values)),
            location=location,
            frame=self._frame(span, location.line),
            advice=self._said(_filled(rule.advice, problem.values)) if rule.advice is not None else None,
            basis=rule.basis,
            related=tuple([self._related(item) for item in problem.related]),
            fix=_offer(problem.fix) if problem.fix is not None else None,
            fingerprint=self._fingerprint(rule, location, span),
        )

    def location(self, where: Span | Spanned, note: Words | None = None) -> Location:
        """The place of something in the file and in the report."""
        document = self.report.document
        span = _span(where)
        start, end = document.position(span.start), document.position(max(span.end, span.start))
        return Location(
            document.name,
            start.line,
            start.column,
            end.line,
            end.column,
            self._secrets.hide(self.address(where)),
            self._place(where),
            self._said(note) if note is not None else None,
        )

    def _said(self, says: Words) -> Words:
        """Words that may repeat what the report says, personal data masked."""
        if not self.hidden:
            return says
        return Words({language: self._secrets.hide(text) for language, text in says.items()})

    def address(self, where: Span | Spanned) -> str:
        """The place in terms of the report: part, table, row and column."""
        span = _span(where)
        amount = where if isinstance(where, Amount) else self._amount_at(span)
        if amount is not None:
            grid = self.report.grids[amount.table]
            return f"{self._part(grid.span)}{grid.table.name} › {grid.table.words_of(amount.key)}"
        for grid in self.report.grids.values():
            if not grid.span.start <= span.start <= grid.span.end:
                continue
            for key, label in grid.rows.items():
                if label.span == span and label.text:
                    return f"{self._part(grid.span)}{grid.table.name} › {short_label(grid.table.rows[key][1].label)}"
            if grid.span.start <= span.start < grid.span.end or grid.span == span:
                return f"{self._part(grid.span)}{grid.table.name}"
        if not self.report.forms:
            return "名册"
        part = self._part(span)
        if part:
            return part.removesuffix(" › ")
        title = self.report.title
        titles = [line.whole for line in self.report.titles]
        if title is not None and not title.from_metadata:
            titles.append(title.span)
        if any(line.start <= span.start <= line.end for line in titles):
            return "标题"
        return "前言"

    def _part(self, span: Span) -> str:
        section = self.report.section_at(span.start)
        return "" if section is None else f"{_name(section)} › "

    def _amount_at(self, span: Span) -> Amount | None:
        for key, grid in self.report.grids.items():
            if grid.span.start <= span.start <= grid.span.end:
                if key not in self._amounts:
                    self._amounts[key] = {amount.span.start: amount for amount in grid.cells.values()}
                found = self._amounts[key].get(span.start)
                if found is not None and found.span == span:
                    return found
        return None

    def _related(self, item: Related) -> Location:
        if item.report is None or item.report is self.report:
            return self.location(item.where, item.note)
        return Stamp(item.report).location(item.where, item.note)

    def _place(self, where: Span | Spanned) -> Place | None:
        if self.report.document.kind in ("txt", "md", "html"):
            return None
        if isinstance(where, Amount):
            return where.place
        block = self.report.document.block_at(_span(where).start)
        return None if block is None else block.place

    def _frame(self, span: Span, number: int) -> Frame | None:
        """The line or the block that a place in a line stands in, with the heading above where that is near."""
        document = self.report.document
        if document.kind in ("txt", "md"):
            line = document.line(number)
            text = masked_text(document.text[line.start : line.end], line.start, self.hidden)
            start, end = span.start - line.start, min(span.end, line.end) - line.start
        else:
            block = document.block_at(span.start)
            if block is None:
                return None
            places = block.prose.offsets()
            text = masked_prose(block.prose, self.hidden)
            start, end = bisect_left(places, span.start), bisect_left(places, span.end)
        lines = [(number, text)]
        section = self.report.section_at(span.start)
        if section is not None:
            above = document.position(section.heading.span.start).line
            if 0 < number - above <= 3:
                lines.insert(0, (above, self._secrets.hide(_name(section))))
        return Frame(tuple(lines), start, max(end, start))

    def _fingerprint(self, rule: Rule, location: Location, span: Span) -> str:
        """The same as long as rule, document, address and text are; equal ones are numbered."""
        text = fold(masked_text(self.report.document.text[span.start : span.end][:200], span.start, self.hidden))
        key = "\0".join((rule.code, location.path, location.address, text))
        self._seen[key] += 1
        return blake2b(f"{key}\0{self._seen[key]}".encode(), digest_size=10).hexdigest()


_edit = maker(FileEdit)


def _offer(fix: Fix) -> FixOffer:
    return FixOffer(tuple([_edit((*edit.span, edit.text)) for edit in fix.edits]), fix.safe)


def _span(where: Span | Spanned) -> Span:
    return where if isinstance(where, Span) else where.span


def _name(section: Section) -> str:
    return f"{section.heading.numeral}{section.heading.title}"


def _filled(message: Words, values: Mapping[str, object]) -> Words:
    """The words with the values put in; a value may itself differ by language."""
    if "{" not in message["zh"]:
        return message
    if not any(isinstance(value, Words) for value in values.values()):
        return Words({language: text.format_map(values) for language, text in message.items()})
    return Words(
        {
            language: text.format_map({k: v(language) if isinstance(v, Words) else v for k, v in values.items()})
            for language, text in message.items()
        }
    )
