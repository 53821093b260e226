"""Reading a CTF, CML, CMJ or ATF.

Whole, or one pupil at a time in the same small memory whatever its size.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from onroll.formats import safe_xml
from onroll.formats.header import kind_by_pupil, read_header
from onroll.formats.kinds import FileKind
from onroll.formats.layout import ROOTS, SUPPLIERS_OWN, canonical, local_name
from onroll.formats.problems import Problem, Unreadable, new_problem
from onroll.formats.pupil import read_pupil
from onroll.formats.records import Document, Header, PupilRecord
from onroll.formats.safe_xml import Capped, Source

_PUPIL = ("{*}Pupil", "{*}PUPIL", "{*}pupil")
_EXPECTED = {"Pupil", SUPPLIERS_OWN}


class Reader:
    """A file being read: `header` at once, then a pupil at a time.

    Iterating raises `Unreadable` if the file turns out broken, so apply nothing before the
    end. `problems` are those of the file as a whole; after the end they are complete. Each
    pupil carries its own.
    """

    def __init__(self, source: Source, *, name: str, most: int) -> None:
        self.name = name
        self.count = 0
        self._most = most
        self._source = safe_xml.seekable(source)
        self.root, self.header, self._head_problems = self._begin()
        self.problems: tuple[Problem, ...] = tuple(self._head_problems)

    def __iter__(self) -> Iterator[PupilRecord]:
        self.count, misplaced, last = 0, 0, None
        upns = Upns()
        strays: set[str] = set()
        _, container, _ = ROOTS[self.root]
        path, header = f"/{self.root}/{container}/Pupil", self.header
        with safe_xml.opened(self._source) as file:
            capped = self._capped(file)
            for _, pupil in safe_xml.parse(capped, tag=_PUPIL):
                parent = pupil.getparent()
                if parent is None or canonical(parent.tag) != container:
                    misplaced += 1
                    continue
                self.count += 1
                record = read_pupil(pupil, header, path, self.count)
                upns.note(record, f"{path}[{self.count}]/UPN")
                yield record
                capped.record_ended()
                strays |= _forget(pupil, parent)
                last = pupil
        strays |= _outside(last, container)
        self.problems = tuple(self._head_problems + self._at_end(misplaced, strays))

    def _capped(self, file: BinaryIO) -> Capped:
        safe_xml.begin(file)
        return Capped(file, most=self._most)

    def _begin(self) -> tuple[str, Header, list[Problem]]:
        """Read the head wherever it stands; look at one pupil if only that can tell the kind."""
        root, header, problems = "", None, list[Problem]()
        first: etree._Element | None = None
        with safe_xml.opened(self._source) as file:
            capped = self._capped(file)
            for event, element in safe_xml.parse(capped, events=("start", "end")):
                if not root:
                    root, problems = _root(element)
                if event == "start" or element.getparent() is None:
                    continue
                tag = canonical(element.tag)
                if tag == "Header":
                    header, in_header = read_header(element, root, self.name)
                    problems += in_header
                elif tag == "Pupil" and first is None:
                    first = element
                elif tag == "Pupil":
                    capped.record_ended()
                    _forget(element, element.getparent(), keep=first)
                if header is not None and (header.kind or first is not None):
                    break
        if header is None:
            raise Unreadable("header-missing", f"/{root}")
        if header.kind:
            return root, header, problems
        header = replace(header, kind=kind_by_pupil(first, header.source))
        return root, header, [*problems, new_problem("kind-guessed", "", kind=header.kind)]

    def _at_end(self, misplaced: int, strays: set[str]) -> list[Problem]:
        path = f"/{self.root}/{ROOTS[self.root][1]}"
        problems = []
        if misplaced:
            problems.append(new_problem("pupils-misplaced", path, count=misplaced))
        if strays:
            problems.append(new_problem("elements-outside", path, names=", ".join(sorted(strays))))
        if not self.count:
            problems.append(new_problem("pupils-none", path))
        if (
            self.count > 1
            and self.header.destination.is_unknown
            and self.header.kind != FileKind.ATF
        ):
            problems.append(new_problem("lost-many", path, count=self.count))
        return problems


def _root(element: etree._Element) -> tuple[str, list[Problem]]:
    """The name of the root, once it is known to be one of ours and to bring no DOCTYPE."""
    safe_xml.refuse_doctype(element)
    root = canonical(element.tag)
    if root not in ROOTS:
        raise Unreadable("root-wrong", f"/{local_name(element.tag)}")
    names = ", ".join(local_name(str(name)) for name in element.attrib)
    schema = all("schemaLocation" in str(name) for name in element.attrib)
    return root, [] if schema else [new_problem("root-attributes", f"/{root}", names=names)]


def _forget(
    pupil: etree._Element, parent: etree._Element | None, keep: etree._Element | None = None
) -> set[str]:
    """Let go of a pupil that has been read, and of whatever came before it.

    Returns the names of what came before and was no pupil.
    """
    strays: set[str] = set()
    pupil.clear()
    if parent is None:
        return strays
    while (before := pupil.getprevious()) is not None and before is not keep:
        strays.add(canonical(before.tag))
        parent.remove(before)
    return strays - _EXPECTED


def _outside(last: etree._Element | None, container: str) -> set[str]:
    """The names of what stands beside the pupils and the head, once the last pupil is read."""
    if last is None:
        return set()
    root = last.getroottree().getroot()
    beside = [canonical(child.tag) for child in root]
    after = [canonical(node.tag) for node in last.itersiblings()]
    second = {"Header"} if beside.count("Header") > 1 else set()
    return ({*beside, *after} - _EXPECTED - {container, "Header"}) | second


def stream(source: Source, *, name: str, most: int = safe_xml.STREAM_LIMIT) -> Reader:
    """Open a file to be read a pupil at a time. Raises `Unreadable` if its head cannot be read.

    `source`: bytes, a path, or an open binary file. `most`: the most bytes taken.
    """
    return Reader(source, name=name, most=most)


def read(source: Source, *, name: str, most: int = safe_xml.UPLOAD_LIMIT) -> Document:
    """Read a whole file into memory.

    Raises `Unreadable`, and then nothing of the file may be used.
    """
    reader = stream(source, name=name, most=most)
    pupils = tuple(reader)
    of_pupils = [problem for pupil in pupils for problem in pupil.problems]
    return Document(name, reader.header, pupils, (*reader.problems, *of_pupils))


class Upns:
    """The UPNs of a file so far, so that one on two records is seen."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}

    def note(self, record: PupilRecord, path: str) -> None:
        """Put on a record nobody else has seen yet that its UPN stands on an earlier one."""
        upn = record.upn.upper()
        if upn and (first := self._first.setdefault(upn, record.index)) != record.index:
            again = new_problem("upn-twice", path, record.index, value=record.upn, other=first)
            object.__setattr__(record, "problems", (*record.problems, again))
