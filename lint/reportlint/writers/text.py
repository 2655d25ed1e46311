"""Plain text and Markdown: in the encoding, with the byte order mark and the line ends that the file has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlint.finding import FileEdit
from reportlint.readers.encoding import MARKS, decode
from reportlint.writers import Written


def write(name: str, data: bytes, edits: Sequence[FileEdit]) -> Written:
    """The file with the edits made. Raises Unreadable where it is no text."""
    del name
    source = Source.of(data)
    return Written(source.spliced(edits), ())


class Source(NamedTuple):
    """A text file: its mark, its codec, and its text with the line ends that it has."""

    mark: bytes
    codec: str
    text: str

    @classmethod
    def of(cls, data: bytes, declared: str | None = None) -> Source:
        """The file in these bytes. Raises Unreadable."""
        _, encoding = decode(data, declared)
        mark, codec = next(((mark, codec) for mark, codec, _ in MARKS if data.startswith(mark)), (b"", encoding))
        return cls(mark, codec, data[len(mark) :].decode(codec))

    def spliced(self, edits: Sequence[FileEdit]) -> bytes:
        """The bytes with the edits made; offsets are those of the text with `\\n` at the ends of lines."""
        to = self._offsets()
        ends = "\r\n" if "\r\n" in self.text else "\n"
        parts: list[str] = []
        at = 0
        for edit in sorted(edits):
            parts += (self.text[at : to[edit.start]], edit.text.replace("\n", ends))
            at = to[edit.end]
        return self.mark + "".join([*parts, self.text[at:]]).encode(self.codec)

    def _offsets(self) -> Sequence[int]:
        """Where each character of the text with plain line ends stands in the text as it is."""
        if "\r\n" not in self.text:
            return range(len(self.text) + 1)
        kept = [at for at, char in enumerate(self.text) if not (char == "\r" and self.text[at + 1 : at + 2] == "\n")]
        return [*kept, len(self.text)]
