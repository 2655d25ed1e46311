"""What the annotated pages have in common: marks on words, numbers that lead to the notes, and the notes above all.

The style stands in the elements themselves and asks nothing of the page, so that the same markup holds in any page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from reportlint.annotate.remarks import AUTHOR, Note, Remarks
from reportlint.outputs.html.markup import text
from reportlint.outputs.summary import SEVERITIES
from reportlint.rule import SEVERITIES as ORDER
from reportlint.rule import Severity

SIGN = "<!-- reportlint annotate -->"
"""By which an annotated page is known."""

_COLORS: dict[Severity, tuple[str, str]] = {
    "error": ("#ffd9d4", "#b3261e"),
    "warning": ("#ffe9b8", "#8a5200"),
    "info": ("#d9e8ff", "#1a5fb4"),
}
"""The colour behind marked words, and that of what is said of them: dark enough on white and on the other."""
_FONT = "15px/1.6 system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
_PLAIN = "all:initial;font:inherit;color:inherit;"
_BLOCK = f"{_PLAIN}display:block;"


class Marks:
    """The marks of a page. A number stands before the words where a note is met first."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._met: set[int] = set()

    def begun(self, notes: Sequence[Note], *, linked: bool = True) -> str:
        """The markup before words that these notes are about; not `linked` inside of links."""
        worst = min(notes, key=lambda note: ORDER.index(note.finding.severity))
        back, front = _COLORS[worst.finding.severity]
        said = text("\n".join(self._remarks.head(note) for note in notes))
        numbers = "".join(self.number(note, linked=linked) for note in notes if note.number not in self._met)
        style = f"background:{back};color:#111;border-bottom:2px solid {front};padding:0;margin:0"
        return f'{numbers}<mark style="{style}" title="{said}">'

    ended = "</mark>"

    def number(self, note: Note, *, linked: bool = True) -> str:
        """The number of a note, leading to it, where its words begin or would stand."""
        self._met.add(note.number)
        front = _COLORS[note.finding.severity][1]
        style = (
            f"all:initial;display:inline-block;font:bold 11px/1.4 sans-serif;color:#fff;background:{front};"
            "border-radius:7px;padding:0 5px;margin:0 2px;vertical-align:super;text-decoration:none;cursor:pointer"
        )
        target = f'href="#rl-note-{note.number}" ' if linked else ""
        tag = "a" if linked else "span"
        said = text(self._remarks.head(note))
        return f'<{tag} id="rl-mark-{note.number}" {target}style="{style}" title="{said}">{note.number}</{tag}>'

    def missed(self) -> list[Note]:
        """The notes that have no mark yet."""
        return [note for note in self._remarks.notes if note.number not in self._met]


def pieces(start: int, end: int, notes: Iterable[Note]) -> Iterator[tuple[int, int, list[Note]]]:
    """The parts of a stretch that are covered by notes, each with those that cover it."""
    own = [note for note in notes if note.span.start < end and start < note.span.end]
    edges = sorted({start, end, *(min(max(at, start), end) for note in own for at in note.span)})
    for low, high in pairwise(edges):
        over = [note for note in own if note.span.start <= low and high <= note.span.end]
        if over:
            yield low, high, over


def box(remarks: Remarks) -> str:
    """The verdict, the summary, and the notes with links to their marks."""
    grave = bool(remarks.file.faults) or remarks.failed
    front = _COLORS["error"][1] if grave else "#1e6b2e"
    style = (
        f"all:initial;display:block;position:relative;z-index:1;font:{_FONT};color:#111;background:#fff;"
        f"border:1px solid #bbb;border-left:6px solid {front};border-radius:4px;padding:12px 18px;"
        "margin:12px auto;max-width:960px;box-sizing:border-box;text-align:left;overflow-wrap:anywhere"
    )
    return "".join(
        [
            f'{SIGN}<div style="{style}" lang="{remarks("zh-CN", "en")}" role="note" aria-label="{AUTHOR}">',
            f'<div style="{_BLOCK}font-size:19px;font-weight:bold;color:{front}">',
            f"{AUTHOR} {text(remarks.verdict)}</div>",
            *(f'<div style="{_BLOCK}">{text(remarks.colon(said))}</div>' for said in remarks.summary()),
            f'<div style="{_BLOCK}margin-top:8px" role="list">' if remarks.notes else "",
            *(_note(note, remarks) for note in remarks.notes),
            "</div>" if remarks.notes else "",
            f"</div>{SIGN}",
        ]
    )


def _note(note: Note, remarks: Remarks) -> str:
    finding = note.finding
    front = _COLORS[finding.severity][1]
    link = f"all:initial;font:inherit;font-weight:bold;color:{front};cursor:pointer;text-decoration:underline"
    code = f"{SEVERITIES[finding.severity](remarks.lang)} {finding.rule}"
    message = finding.message(remarks.lang)
    small = f"{_BLOCK}font-size:13px;color:#444"
    lines = [f'<div style="{small}">{text(remarks.colon(said))}</div>' for said in remarks.lines(note)]
    where = f'<div style="{small}">{text(finding.address)}</div>'
    return (
        f'<div id="rl-note-{note.number}" style="{_BLOCK}margin:8px 0 0;padding:6px 0 0;border-top:1px solid #ddd" '
        f'role="listitem"><a href="#rl-mark-{note.number}" style="{link}">{note.number} · {text(code)}</a> '
        f"{text(message)}{where}{''.join(lines)}</div>"
    )
