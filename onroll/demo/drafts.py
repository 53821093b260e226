"""What each school has to send, and when: who left and came, sorted into files to be written."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from onroll.demo.chance import Deck, stream
from onroll.demo.defects import RATES, Defect
from onroll.demo.habits import draw_habits
from onroll.demo.lines import Draft, Line
from onroll.demo.movement import Arrival, Departure, Year
from onroll.demo.records import joiner_record, leaver_record
from onroll.demo.slips import Slips
from onroll.demo.statements import Statement, StatementWriter
from onroll.demo.terms import terms
from onroll.demo.truth import (
    ChildTruth,
    FileTruth,
    JoinerTruth,
    LeaverTruth,
    RowTruth,
    Truth,
)
from onroll.formats import FORMATS, FileKind, SchoolId
from onroll.rules.age import is_compulsory, school_year

AUTHORITY_ITSELF = SchoolId("310", "LLLL")
LOST = SchoolId("XXX", "XXXX")
OUTSIDE = SchoolId("MMM", "MMMM")

_FRIDAY = 4
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Drafts:
    """Sorts the year's leavers and joiners into the files their schools will send."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self.habits = draw_habits(year)
        letterings = {number: habits.lettering for number, habits in self.habits.items()}
        self._chance = stream(year.borough.seed, "drafts")
        self._late = Deck(self._chance, rate=RATES[Defect.LATE])
        self._writer, self._slips = StatementWriter(year, letterings), Slips(year.borough.seed)
        self._drafts: dict[tuple[str, str, str, date, int], Draft] = {}
        self._drawn_leavers = {d.key: self._leaver(d) for d in year.departures}
        for arrival in year.arrivals:
            self._joiner(arrival)

    def in_order(self) -> Iterator[Draft]:
        """Yield the drafts by the day they are due, school and kind."""
        for key in sorted(self._drafts, key=lambda key: (key[3], *key)):
            draft = self._drafts[key]
            draft.is_late = FORMATS[draft.kind].has_data_qualifier and self._late.draw()
            if draft.is_late:
                draft.due_on += _WEEK * (3 + int(self._chance.random() * 4))
            yield draft

    def truth(self, files: Sequence[FileTruth], rows: Sequence[RowTruth]) -> Truth:
        """Return the truth about the year, given the files sent and their rows."""
        readable = {file.path for file in files if file.is_readable}
        sent = {row.event for row in rows if row.file in readable}
        return Truth(
            files=tuple(files),
            rows=tuple(rows),
            leavers=tuple(
                self._leaver_truth(d, self._drawn_leavers[d.key], d.key in sent)
                for d in self._year.departures
            ),
            joiners=tuple(_joiner_truth(a, a.key in sent) for a in self._year.arrivals),
            children=tuple(self._child_truth()),
        )

    def _leaver(self, departure: Departure) -> tuple[Statement, tuple[Defect, ...]]:
        """Draft the files about one leaver; return the school's statement and its defects."""
        statement, habits = self._writer.say(departure), self.habits[departure.school].defects
        if departure.is_exempt and Defect.SENIOR_CLASS_TOO not in habits:
            return statement, ()
        if Defect.SILENT in habits:
            return statement, (Defect.SILENT,)
        child = self._year.children[departure.child]
        record = leaver_record(self._year, departure, statement)
        record, slips = self._slips.in_leaver(record, child, habits)
        defects = (*statement.defects, *slips, *_senior(departure))
        line = Line(record, "leaver", departure.key, child.key, defects)
        due_on = _friday(departure.left_on)
        if statement.has_cml:
            self._add(FileKind.CML, departure.school, AUTHORITY_ITSELF, due_on, line)
        self._transfer_file(departure, statement, line)
        return statement, defects

    def _transfer_file(self, departure: Departure, statement: Statement, line: Line) -> None:
        """Draft the pupil's own file: to the next school, `OUTSIDE`, or `LOST` if nobody knows."""
        week = _friday(departure.left_on)
        if statement.ctf == "lost":
            if Defect.MANY_IN_LOST_FILE in self.habits[departure.school].defects:
                self._add(FileKind.LOST, departure.school, LOST, _end_of_term(week), line)
            else:
                later = week + _WEEK * int(self._chance.random() * 5)
                self._add(FileKind.LOST, departure.school, LOST, later, line, alone=True)
        elif statement.ctf:
            later = week + _WEEK * int(self._chance.random() * 3)
            to = SchoolId(statement.to_la, statement.to_estab, statement.to_urn)
            destination = OUTSIDE if statement.ctf == "outside" else to
            if destination.number:
                moving = Line(line.record, "transfer", line.event, line.child, line.defects)
                self._add(FileKind.CTF, departure.school, destination, later, moving)

    def _joiner(self, arrival: Arrival) -> None:
        habits = self.habits[arrival.school].defects
        if arrival.is_exempt or Defect.SILENT in habits:
            return
        child = self._year.children[arrival.child]
        record, defects = self._slips.in_joiner(
            joiner_record(self._year, arrival),
            child,
            habits,
            is_new=arrival.came_from in ("abroad", "first"),
        )
        line = Line(record, "joiner", arrival.key, child.key, defects)
        due_on = _friday(arrival.entered_on)
        self._add(FileKind.CMJ, arrival.school, AUTHORITY_ITSELF, due_on, line)

    def _add(
        self,
        kind: FileKind,
        school: str,
        to: SchoolId,
        due_on: date,
        line: Line,
        *,
        alone: bool = False,
    ) -> None:
        """Add a line to the draft of the same kind, sender, receiver and day, or begin that draft.

        A line that is `alone` always begins one.
        """
        nth = len(self._drafts) if alone else 0
        key = (kind, school, to.number, due_on, nth)
        draft = self._drafts.setdefault(key, Draft(kind, school, to, due_on))
        draft.lines.append(line)

    def _leaver_truth(
        self, departure: Departure, drawn: tuple[Statement, tuple[Defect, ...]], is_written: bool
    ) -> LeaverTruth:
        statement, defects = drawn
        born = self._year.children[departure.child].born
        return LeaverTruth(
            key=departure.key,
            child=departure.child,
            school=departure.school,
            left_on=departure.left_on,
            destiny=departure.destiny,
            to_school=departure.to_school,
            starts_on=departure.starts_on,
            is_of_age=is_compulsory(born, on=departure.left_on),
            is_exempt=departure.is_exempt,
            is_written=is_written,
            is_false=statement.is_false,
            said_reason=statement.reason,
            said_ground="" if Defect.EMPTY_GROUND in defects else statement.ground,
            said_lettering=self.habits[departure.school].lettering,
            said_school=statement.to_la + statement.to_estab or statement.to_name,
            said_left_on=None if Defect.EMPTY_LEAVING_DATE in defects else statement.left_on,
            ctf=statement.ctf,
            defects=tuple(defects),
        )

    def _child_truth(self) -> Iterable[ChildTruth]:
        moved = {d.child for d in self._year.departures} | {a.child for a in self._year.arrivals}
        for key in sorted(moved):
            child = self._year.children[key]
            yield ChildTruth(
                key=key,
                forename=child.forename,
                surname=child.surname,
                chosen_forename=child.chosen_forename,
                born=child.born,
                sex=child.sex,
                upn=child.upn,
                family=child.family,
            )


def _joiner_truth(arrival: Arrival, is_written: bool) -> JoinerTruth:
    return JoinerTruth(
        key=arrival.key,
        child=arrival.child,
        school=arrival.school,
        entered_on=arrival.entered_on,
        came_from=arrival.came_from,
        closes=arrival.closes,
        is_written=is_written,
    )


def _senior(departure: Departure) -> tuple[Defect, ...]:
    return (Defect.SENIOR_CLASS_TOO,) if departure.is_exempt else ()


def _friday(day: date) -> date:
    """Return the next Friday, or the day itself: offices send on Fridays."""
    return day + _DAY * ((_FRIDAY - day.weekday()) % 7)


def _end_of_term(day: date) -> date:
    """Return the Friday of the last week of the whole term a day lies in."""
    ends = [term.ends_on for term in terms(school_year(day))[1::2]]
    return next((_friday(end) for end in ends if _friday(end) >= day), day)
