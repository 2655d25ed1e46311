"""The comments of a Word package: their part, and what names it. Comments of other people are left as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from reportlint.annotate.remarks import AUTHOR
from reportlint.writers._wordtree import Node, attribute, tree, unclosed
from reportlint.writers.docx import spliced, with_parts

_TYPES = "[Content_Types].xml"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = re.compile(r"\sxmlns:w\s*=\s*[\"']([^\"']+)[\"']")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
_LAYOUT = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)

Cut = tuple[int, int, str]
"""A stretch of a source, and what is to stand there."""


@dataclass(slots=True)
class Package:
    """A package being changed: its parts as text, and which of them are other than they were."""

    data: bytes
    main: str
    """The name of the main part."""
    _parts: dict[str, str] = field(default_factory=dict[str, str])
    _names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: bytes, main: str) -> Package:
        with ZipFile(BytesIO(data)) as package:
            return cls(data, main, _names=frozenset(package.namelist()))

    def __contains__(self, name: str) -> bool:
        return name in self._names or name in self._parts

    def __getitem__(self, name: str) -> str:
        if name in self._parts:
            return self._parts[name]
        with ZipFile(BytesIO(self.data)) as package:
            return package.read(name).decode("utf-8")

    def __setitem__(self, name: str, text: str) -> None:
        self._parts[name] = text

    def bytes(self) -> bytes:
        """The package with what was changed."""
        return with_parts(self.data, {name: text.encode() for name, text in self._parts.items()})

    @property
    def folder(self) -> str:
        return self.main.rpartition("/")[0]

    @property
    def relations(self) -> str:
        """The name of the part that names what belongs to the main part."""
        return f"{self.folder}/_rels/{self.main.rpartition('/')[2]}.rels".lstrip("/")

    def related(self, kind: str) -> str | None:
        """The name of the part of that kind."""
        if self.relations not in self:
            return None
        xml = self[self.relations]
        for node in tree(xml).all():
            if (attribute(xml, node, "Type") or "").endswith(f"/{kind}"):
                target = attribute(xml, node, "Target") or ""
                name = target[1:] if target.startswith("/") else f"{self.folder}/{target}".lstrip("/")
                return name if name in self else None
        return None


def without_own(data: bytes, main: str) -> bytes:
    """The package without the comments that were made here before."""
    package = Package.of(data, main)
    part = package.related("comments")
    if part is None:
        return data
    xml = package[part]
    own = [node for node in tree(xml).children if attribute(xml, node, "w:author") == AUTHOR]
    if not own:
        return data
    ids = {attribute(xml, node, "w:id") for node in own}
    paragraphs = {attribute(xml, inner, "w14:paraId") for node in own for inner in node.all()} - {None}
    package[part] = spliced(xml, [(node.start, node.end, "") for node in own])
    body = package[main]
    package[main] = spliced(body, list(_marks(body, ids)))
    if paragraphs:
        _forget(package, paragraphs)
    return package.bytes()


def _marks(xml: str, ids: set[str | None]) -> list[Cut]:
    """The marks of these comments, each run that holds nothing else with it."""
    found: list[Cut] = []
    for node in tree(xml).all():
        if not node.name.startswith("w:comment") or attribute(xml, node, "w:id") not in ids:
            continue
        run = node.parent
        if node.name == "w:commentReference" and run is not None and _holds_only(run, node):
            node = run
        found.append((node.start, node.end, ""))
    return found


def _holds_only(run: Node, node: Node) -> bool:
    return run.name == "w:r" and all(child is node or child.name == "w:rPr" for child in run.children)


def _forget(package: Package, paragraphs: set[str | None]) -> None:
    """Take out what newer versions of Word keep of comments beside them; replies of others become comments."""
    durable: set[str | None] = set()
    for kind in ("commentsExtended", "commentsIds", "commentsExtensible"):
        part = package.related(kind)
        if part is None:
            continue
        xml = package[part]
        cuts: list[Cut] = []
        for node in tree(xml).children:
            named: dict[str, str] = dict(re.findall(r"\s\w+:(\w+)=\"([^\"]*)\"", xml[node.start : node.inner]))
            if named.get("paraId") in paragraphs or named.get("durableId", "") in durable:
                durable.add(named.get("durableId"))
                cuts.append((node.start, node.end, ""))
            elif (parent := named.get("paraIdParent")) in paragraphs:
                tag = xml[node.start : node.inner]
                cuts.append((node.start, node.inner, re.sub(rf"\s\w+:paraIdParent=\"{parent}\"", "", tag)))
        package[part] = spliced(xml, cuts)


def first_free(package: Package) -> int:
    """The first number above those of all comments."""
    part = package.related("comments")
    if part is None:
        return 0
    xml = package[part]
    taken = [attribute(xml, node, "w:id") or "" for node in tree(xml).children]
    return max((int(name) for name in taken if name.isdecimal() and name.isascii()), default=-1) + 1


def add(package: Package, comments: Mapping[int, Sequence[str]]) -> None:
    """Add comments by their numbers, each in lines, the first of which is bold."""
    made = "".join(_comment(number, lines) for number, lines in comments.items())
    part = package.related("comments")
    if part is not None:
        package[part] = _appended(package[part], made)
        return
    found = _NAMESPACE.search(package[package.main])
    namespace = found[1] if found else ""
    name = next(
        name
        for number in range(1000)
        if (name := f"comments{number or ''}.xml") and f"{package.folder}/{name}" not in package
    )
    part = f"{package.folder}/{name}".lstrip("/")
    package[part] = f'{_HEAD}<w:comments xmlns:w="{namespace}">{made}</w:comments>'
    office = namespace.removesuffix("/wordprocessingml/main").replace(
        "/wordprocessingml/2006/main", "/officeDocument/2006"
    )
    kind = f"{office}{'' if office.endswith('2006') else '/officeDocument'}/relationships/comments"
    _relate(package, name, kind)
    override = f'Override PartName="/{part}" ContentType="{_CONTENT}"/>'
    package[_TYPES] = _appended(package[_TYPES], override, tag=True)


def _relate(package: Package, target: str, kind: str) -> None:
    if package.relations not in package:
        package[package.relations] = f'{_HEAD}<Relationships xmlns="{_PACKAGE}"></Relationships>'
    xml = package[package.relations]
    taken = {attribute(xml, node, "Id") for node in tree(xml).children}
    name = next(name for number in range(1, len(taken) + 2) if (name := f"rIdRl{number}") not in taken)
    relation = f'Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
    package[package.relations] = _appended(xml, relation, tag=True)


def _appended(xml: str, content: str, *, tag: bool = False) -> str:
    """A part with more at its end; a `tag` lacks its beginning, `<` and the prefix that the root has."""
    root = tree(xml)
    prefix = root.name.rpartition(":")[0]
    if tag:
        content = f"<{prefix}{':' if prefix else ''}{content}"
    if root.empty:
        return f"{xml[: root.start]}{unclosed(xml, root)}{content}</{root.name}>{xml[root.end :]}"
    return f"{xml[: root.outer]}{content}{xml[root.outer :]}"


def _comment(number: int, lines: Sequence[str]) -> str:
    first = "<w:r><w:annotationRef/></w:r>"
    paragraphs = "".join(
        f"<w:p>{_LAYOUT}{'' if at else first}<w:r><w:rPr>{'' if at else '<w:b/>'}{_SMALL}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(_FORBIDDEN.sub(" ", line))}</w:t></w:r></w:p>'
        for at, line in enumerate(lines)
    )
    return f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="RL">{paragraphs}</w:comment>'
