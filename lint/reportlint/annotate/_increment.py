"""Objects added to a PDF behind all that is there: the file as it was is the beginning of the new one, byte for byte.

What was added here before is cut off again, so that an update never stands upon an update of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import Any

from reportlint.errors import UsageError, words
from reportlint.extras import extra

_BEGUN = b"\n%reportlint notes\n"
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_OBJECT = re.compile(rb"\b(\d{1,8})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj\b")
_GREATEST = 8_388_607
NAME = "reportlint-"
"""What the names of our notes begin with."""


def library() -> Any:
    """The library that reads the objects of a PDF. Raises UsageError where it is not installed."""
    return extra(
        "pypdf",
        words(
            "给 pdf 加附注需要安装 pypdf：pip install 'reportlint[review]'；或者写 -o 文件.html，得到一个带标记的网页",
            "notes in a pdf need pypdf: pip install 'reportlint[review]'; or ask for a page with marks: -o FILE.html",
        ),
    )


def without_own(data: bytes) -> bytes:
    """The file as it was before notes were added to it, where nothing was added since."""
    at = data.rfind(_BEGUN)
    return data[:at] if at >= 0 and data.count(b"%%EOF", at) == 1 else data


@dataclass(slots=True)
class Update:
    """New objects for a file."""

    name: str
    data: bytes
    reader: Any
    _first: int
    """The first free number of an object."""

    @classmethod
    def of(cls, name: str, data: bytes) -> Update:
        """An update of a file. Raises UsageError where it cannot be updated."""
        pypdf = library()
        import_module("logging").getLogger("pypdf").addHandler(import_module("logging").NullHandler())
        try:
            reader = pypdf.PdfReader(BytesIO(data))
            locked = reader.is_encrypted
            size = int(reader.trailer["/Size"])
        except Exception as error:
            raise _odd(name) from error
        if locked:
            raise UsageError(
                words(
                    f"{name}：pdf 有保护（不允许修改），加不上附注；请用没有加密的文件，或者写 -o 文件.html",
                    f"{name}: the pdf is protected against changes; use one that is not, or ask for -o FILE.html",
                )
            )
        found = _START.search(data[-2048:])
        if found is None or not _is_table(data, int(found[1])):
            raise _odd(name)
        # WPS gives its list of objects a number that it does not count.
        numbers = [int(number) for number in _OBJECT.findall(data)]
        return cls(name, data, reader, max([size, *(number + 1 for number in numbers if number < _GREATEST)]))

    def pages(self) -> list[tuple[int, int]]:
        """The number and the generation of the object of each page."""
        try:
            references = [page.indirect_reference for page in self.reader.pages]
            return [(int(reference.idnum), int(reference.generation)) for reference in references]
        except Exception as error:
            raise _odd(self.name) from error

    def corner(self) -> tuple[float, float]:
        """The upper left corner of what is shown of the first page."""
        try:
            page = self.reader.pages[0]
            shown, whole = page.cropbox, page.mediabox
            return max(float(shown.left), float(whole.left)), min(float(shown.top), float(whole.top))
        except Exception as error:
            raise _odd(self.name) from error

    def written(self, notes: Mapping[int, Sequence[tuple[bytes, bytes | None]]]) -> bytes:
        """The file with annotations for its pages, counted from 0; each with the stream that draws it, if any.

        Of an annotation the part between `<<` and `>>` is given, of a stream all that stands in its object.
        """
        pages = self.pages()
        objects: dict[tuple[int, int], bytes] = {}
        number = self._first
        for index, own in notes.items():
            page = pages[index]
            added: list[int] = []
            for body, drawing in own:
                drawn = b""
                if drawing is not None:
                    objects[number, 0] = drawing
                    drawn = b" /AP << /N %d 0 R >>" % number
                    number += 1
                objects[number, 0] = b"<< %b%b /P %d %d R >>" % (body, drawn, *page)
                added.append(number)
                number += 1
            objects[page] = self._page(page, added)
        return self._joined(objects, number)

    def _page(self, page: tuple[int, int], added: Sequence[int]) -> bytes:
        """The object of a page with other annotations."""
        generic: Any = import_module("pypdf.generic")
        old = self.reader.get_object(generic.IndirectObject(*page, self.reader))
        kept: list[Any] = []
        there = old.get("/Annots")
        for item in there.get_object() if there is not None else ():
            note = item.get_object()
            if note is None or not str(note.get("/NM", "")).startswith(NAME):
                kept.append(item)
        for number in added:
            kept.append(generic.IndirectObject(number, 0, self.reader))
        new = generic.DictionaryObject({key: old.raw_get(key) for key in old})
        new[generic.NameObject("/Annots")] = generic.ArrayObject(kept)
        out = BytesIO()
        new.write_to_stream(out)
        return out.getvalue()

    def _joined(self, objects: Mapping[tuple[int, int], bytes], size: int) -> bytes:
        out = BytesIO()
        out.write(self.data)
        out.write(_BEGUN)
        places: dict[tuple[int, int], int] = {}
        for (number, generation), body in sorted(objects.items()):
            places[number, generation] = out.tell()
            out.write(b"%d %d obj\n%b\nendobj\n" % (number, generation, body))
        found = _START.search(self.data[-2048:])
        assert found is not None
        before = int(found[1])
        start = out.tell()
        if self.data[before : before + 4] == b"xref":
            out.write(_table(places))
            out.write(b"trailer\n<< /Size %d /Prev %d%b >>\n" % (size, before, self._trailer()))
        else:
            places[size, 0] = start
            entries = b"".join(
                b"\x01%b%b" % (at.to_bytes(5, "big"), g.to_bytes(2, "big")) for (_, g), at in _sorted(places)
            )
            index = b" ".join(b"%d %d" % run for run in _runs(places))
            out.write(
                b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 5 2] /Index [%b] /Prev %d /Length %d%b >>\n"
                b"stream\n%b\nendstream\nendobj\n"
                % (size, size + 1, index, before, len(entries), self._trailer(), entries)
            )
        out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()

    def _trailer(self) -> bytes:
        """What every trailer repeats."""
        out = BytesIO()
        for key in ("/Root", "/Info", "/ID"):
            if key in self.reader.trailer:
                out.write(b" %b " % key.encode())
                self.reader.trailer.raw_get(key).write_to_stream(out)
        return out.getvalue()


def _odd(name: str) -> UsageError:
    return UsageError(
        words(
            f"{name}：pdf 的目录不完整，加不上附注；请用打印程序另存为 pdf，或者写 -o 文件.html",
            f"{name}: the index of the pdf is damaged, it takes no notes; save it as pdf again, or use -o FILE.html",
        )
    )


def _is_table(data: bytes, at: int) -> bool:
    """Whether the objects of a file are listed where it says they are."""
    return data[at : at + 4] == b"xref" or re.match(rb"\d+\s+\d+\s+obj\b", data[at : at + 40]) is not None


def _sorted(places: Mapping[tuple[int, int], int]) -> list[tuple[tuple[int, int], int]]:
    return sorted(places.items())


def _runs(places: Mapping[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """The numbers of objects as runs: the first of each, and how many there are."""
    run: list[int] = []
    for number, _ in sorted(places):
        if run and number != run[-1] + 1:
            yield run[0], len(run)
            run = []
        run.append(number)
    if run:
        yield run[0], len(run)


def _table(places: Mapping[tuple[int, int], int]) -> bytes:
    by_number = {number: (generation, at) for (number, generation), at in places.items()}
    lines = [b"xref\n"]
    for first, count in _runs(places):
        lines.append(b"%d %d\n" % (first, count))
        for number in range(first, first + count):
            generation, at = by_number[number]
            lines.append(b"%010d %05d n \n" % (at, generation))
    return b"".join(lines)
