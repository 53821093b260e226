"""The files the made-up borough's schools send, week by week, with what schools get wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from onroll.demo import defects as flaws
from onroll.demo.chance import Deck, stream
from onroll.demo.defects import RATES, UNREADABLE, Defect
from onroll.demo.drafts import Drafts
from onroll.demo.habits import Habits
from onroll.demo.lines import Draft, Line
from onroll.demo.movement import Year
from onroll.demo.schools import School
from onroll.demo.truth import FileTruth, RowTruth, Truth, write_truth
from onroll.formats import FORMATS, FileKind, PupilRecord, SchoolId, file_name
from onroll.formats.writing import header_of, write

SUPPLIER = "Onroll demo (made up)"
"""Marks each file as made up, in the place where school systems put their name."""

_WEEK = timedelta(days=7)
_FOUR_O_CLOCK = time(16)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as sent: its bytes, its name, and what is true of it."""

    content: bytes
    name: str
    truth: FileTruth
    rows: tuple[RowTruth, ...]


def write_files(year: Year, folder: Path) -> Truth:
    """Write every file of the year as `folder/<day sent>/<name>`, and the truth as `folder/truth`.

    Returns the truth. The same year gives the same bytes.
    """
    drafts = Drafts(year)
    files: list[FileTruth] = []
    rows: list[RowTruth] = []
    for sent in sent_files(year, drafts):
        path = folder / sent.truth.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sent.content)
        files.append(sent.truth)
        rows.extend(sent.rows)
    truth = drafts.truth(files, rows)
    write_truth(truth, folder / "truth")
    return truth


def sent_files(year: Year, drafts: Drafts | None = None) -> Iterator[SentFile]:
    """Yield every file of the year in the order sent; nothing is written."""
    drafts = drafts or Drafts(year)
    post = _Post(year, drafts)
    sent = [file for draft in drafts.in_order() for file in post.send(draft)]
    yield from sorted(sent, key=lambda file: (file.truth.sent_on, file.truth.path))


class _Post:
    """Writes drafts out, with the defects of whole files."""

    def __init__(self, year: Year, drafts: Drafts) -> None:
        self._year, self._drafts = year, drafts
        self._chance = stream(year.borough.seed, "post")
        self._decks = {d: Deck(self._chance, rate=rate) for d, rate in RATES.items()}
        self._serials: dict[tuple[str, str, str], int] = {}
        self._paths: set[str] = set()

    def send(self, draft: Draft) -> Iterator[SentFile]:
        """Yield the file of a draft; again if it was sent twice, or anew if it came out broken."""
        habits = self._drafts.habits[draft.school]
        defects = self._draw_defects(draft, habits)
        sent = self._written(draft, habits, defects, draft.due_on)
        yield sent
        if defects & UNREADABLE:
            yield self._written(draft, habits, defects - UNREADABLE, draft.due_on + _WEEK)
        elif self._decks[Defect.TWICE].draw():
            yield self._again(sent)

    def _draw_defects(self, draft: Draft, habits: Habits) -> frozenset[Defect]:
        """Draw what is wrong with the file as a whole: the school's habits, and chance."""
        constant = {Defect.OLD_NUMBER, Defect.OLD_VERSION, Defect.BYTE_ORDER_MARK}
        defects = {*(habits.defects & (constant | {Defect.PADDED_HOUSE_NUMBER}))}
        by_chance = [Defect.BROWSER_COPY, Defect.NAME_NOT_HEADER, Defect.NO_URN]
        if habits.version == "25.0":
            by_chance.append(Defect.GENDER_FOR_SEX)
        if FORMATS[draft.kind].has_data_qualifier:
            by_chance += [Defect.NO_QUALIFIER, Defect.TRUNCATED]
        defects |= {defect for defect in by_chance if self._decks[defect].draw()}
        if Defect.TRUNCATED in by_chance and not defects & UNREADABLE:
            defects |= {Defect.DOCTYPE} if self._decks[Defect.DOCTYPE].draw() else set()
        if draft.kind == FileKind.LOST and len(draft.lines) > 1:
            defects.add(Defect.MANY_IN_LOST_FILE)
        if draft.is_late:
            defects.add(Defect.LATE)
        return frozenset(defects)

    def _written(
        self, draft: Draft, habits: Habits, defects: frozenset[Defect], sent_on: date
    ) -> SentFile:
        source = _source(self._year.school(draft.school), defects)
        content = _content(draft, source, habits, defects, sent_on)
        name = self._name(draft, source, defects)
        if f"{sent_on}/{name}" in self._paths:
            name = self._name(draft, source, defects - {Defect.NAME_NOT_HEADER})
        return self._filed(draft, name, content, defects, sent_on)

    def _again(self, sent: SentFile) -> SentFile:
        """Return the same file sent a second time, under the same name, a week later."""
        sent_on = sent.truth.sent_on + _WEEK
        path = f"{sent_on}/{sent.name}"
        defects = (*sent.truth.defects, Defect.TWICE.value)
        self._paths.add(path)
        truth = replace(sent.truth, path=path, sent_on=sent_on, defects=defects)
        rows = tuple(replace(row, file=path) for row in sent.rows)
        return replace(sent, truth=truth, rows=rows)

    def _filed(
        self, draft: Draft, name: str, content: bytes, defects: frozenset[Defect], sent_on: date
    ) -> SentFile:
        path = f"{sent_on}/{name}"
        self._paths.add(path)
        truth = FileTruth(
            path=path,
            sha256=sha256(content).hexdigest(),
            school=draft.school,
            kind=draft.kind,
            sent_on=sent_on,
            is_readable=not defects & UNREADABLE,
            defects=tuple(sorted(defects)),
        )
        rows = tuple(
            RowTruth(path, n, line.about, line.event, line.child, line.defects)
            for n, line in enumerate(draft.lines, start=1)
        )
        return SentFile(content, name, truth, rows)

    def _name(self, draft: Draft, source: SchoolId, defects: frozenset[Defect]) -> str:
        named = source
        if Defect.NAME_NOT_HEADER in defects:
            named = replace(source, estab=source.estab[1] + source.estab[0] + source.estab[2:])
        kind = FORMATS[draft.kind].code_in_name
        key = (named.number, kind, draft.destination.number)
        self._serials[key] = self._serials.get(key, 0) % 999 + 1
        name = file_name(
            kind, source=named, destination=draft.destination, serial=self._serials[key]
        )
        return name.replace(".xml", " (1).xml") if Defect.BROWSER_COPY in defects else name


def _source(school: School, defects: frozenset[Defect]) -> SchoolId:
    """Return the school as its own system names it: by a former number if nobody changed that."""
    number = school.former_number if Defect.OLD_NUMBER in defects else school.number
    urn = school.former_urn if Defect.OLD_NUMBER in defects else school.urn
    return SchoolId(number[:3], number[3:], "" if Defect.NO_URN in defects else urn, school.name)


def _content(
    draft: Draft, source: SchoolId, habits: Habits, defects: frozenset[Defect], sent_on: date
) -> bytes:
    header = header_of(
        source=source,
        destination=draft.destination,
        made_at=datetime.combine(sent_on, _FOUR_O_CLOCK),
        version=int(habits.version.partition(".")[0]),
        data=draft.kind if FORMATS[draft.kind].has_data_qualifier else "",
    )
    pupils = [_from(source, line.record, n) for n, line in enumerate(draft.lines, start=1)]
    data = write(replace(header, supplier=SUPPLIER), pupils, grounds=draft.kind == FileKind.CML)
    for n, line in enumerate(draft.lines, start=1):
        data = _with_empty_elements(data, line, n)
    return _flawed(data, defects)


def _from(source: SchoolId, record: PupilRecord, index: int) -> PupilRecord:
    """Return the record with the school that sends it under the number it uses."""
    first, *earlier = record.schools
    sender = replace(first, la=source.la, estab=source.estab, urn=source.urn)
    return replace(record, index=index, schools=(sender, *earlier))


def _with_empty_elements(data: bytes, line: Line, index: int) -> bytes:
    if Defect.EMPTY_LEAVING_DATE in line.defects:
        data = flaws.emptied(data, "LeavingDate", index)
    if Defect.EMPTY_GROUND in line.defects:
        data = flaws.emptied(data, "RemovalGrounds", index)
    return data


def _flawed(data: bytes, defects: frozenset[Defect]) -> bytes:
    """Return the bytes with the defects that are made in bytes."""
    if Defect.PADDED_HOUSE_NUMBER in defects:
        data = flaws.with_padded_house_numbers(data)
    if Defect.GENDER_FOR_SEX in defects:
        data = flaws.with_gender(data)
    if Defect.NO_QUALIFIER in defects:
        data = flaws.without_qualifier(data)
    if Defect.DOCTYPE in defects:
        data = flaws.with_doctype(data)
    if Defect.TRUNCATED in defects:
        data = flaws.truncated(data)
    return flaws.with_mark(data) if Defect.BYTE_ORDER_MARK in defects else data
