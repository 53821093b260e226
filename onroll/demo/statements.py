"""What schools' offices state of leavers: mostly the truth, as far as they know it."""

from dataclasses import dataclass, replace
from datetime import date

from onroll.demo.chance import Deck, Weighted, stream
from onroll.demo.defects import RATES, Defect
from onroll.demo.destiny import Destiny
from onroll.demo.movement import Departure, Year
from onroll.demo.places import Address

LETTERS = {
    "2024": {
        "school": "A",
        "home": "F",
        "distance": "G",
        "absent": "I",
        "died": "K",
        "over_age": "L",
        "excluded": "O",
    },
    "2006": {
        "school": "B",
        "home": "D",
        "distance": "E",
        "absent": "H",
        "died": "J",
        "over_age": "K",
        "excluded": "M",
    },
}
"""The letter of each ground in the two letterings school systems use (files.md 8.3)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a school's files state of one leaver.

    `ctf` is where the pupil's own file goes: `school`, `outside` (MMMMMMM), `lost` (XXXXXXX) or
    nowhere. `is_false`: the office believed something about a child who in truth vanished.
    """

    reason: str
    ground: str
    left_on: date | None
    ctf: str
    to_la: str = ""
    to_estab: str = ""
    to_urn: str = ""
    to_name: str = ""
    starts_on: date | None = None
    forwarding: Address | None = None
    country: str = ""
    has_cml: bool = True
    is_false: bool = False
    defects: tuple[Defect, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing an office may state: reason, ground, how much of the destination, and the CTF."""

    reason: str
    ground: str
    destination: str
    ctf: str


_ENDED = _Line("NE", "over_age", "", "")
_LINES: dict[Destiny, Weighted[_Line]] = {
    Destiny.MOVED_WITHIN: Weighted(
        {
            _Line("IM", "school", "full", "school"): 0.80,
            _Line("IM", "school", "name", "school"): 0.07,
            _Line("ST", "school", "full", "school"): 0.05,
            _Line("OR", "", "", ""): 0.04,
            _Line("UK", "distance", "", "lost"): 0.04,
        }
    ),
    Destiny.MOVED_OUTSIDE: Weighted(
        {
            _Line("IM", "school", "full", "school"): 0.72,
            _Line("IM", "school", "name", "school"): 0.12,
            _Line("OR", "", "", ""): 0.05,
            _Line("UK", "distance", "", "lost"): 0.07,
            _Line("MI", "absent", "", "lost"): 0.04,
        }
    ),
    Destiny.HOME_EDUCATED: Weighted({_Line("EL", "home", "", "outside"): 1}),
    Destiny.ABROAD_PROVED: Weighted(
        {
            _Line("LC", "distance", "abroad", "outside"): 0.85,
            _Line("EM", "distance", "abroad", "outside"): 0.15,
        }
    ),
    Destiny.ABROAD_UNPROVED: Weighted(
        {
            _Line("LC", "distance", "", "outside"): 0.6,
            _Line("UK", "distance", "", "lost"): 0.25,
            _Line("OR", "", "", ""): 0.15,
        }
    ),
    Destiny.VANISHED: Weighted(
        {
            _Line("MI", "absent", "", "lost"): 0.40,
            _Line("UK", "absent", "", "lost"): 0.28,
            _Line("OR", "distance", "", ""): 0.12,
            _Line("", "absent", "", "lost"): 0.06,
            _Line("LC", "distance", "", "lost"): 0.06,
            _Line("IM", "school", "false", "school"): 0.03,
            _Line("IM", "school", "false name", ""): 0.03,
            _Line("EL", "home", "", "outside"): 0.02,
        }
    ),
    Destiny.NO_ANSWER: Weighted(
        {
            _Line("", "", "", ""): 0.4,
            _Line("OT", "", "", ""): 0.3,
            _Line("OR", "", "", "lost"): 0.3,
        }
    ),
    Destiny.PRIVATE: Weighted(
        {
            _Line("II", "school", "name", "outside"): 0.6,
            _Line("II", "school", "full", "outside"): 0.4,
        }
    ),
    Destiny.EXCLUDED: Weighted({_Line("PE", "excluded", "full", "school"): 1}),
    Destiny.DIED: Weighted({_Line("DD", "died", "", ""): 1}),
    Destiny.OVER_AGE: Weighted({_ENDED: 0.6, replace(_ENDED, reason="AT"): 0.4}),
    Destiny.END_OF_PHASE: Weighted({_Line("PM", "school", "full", ""): 1}),
}

_FALSE = frozenset({"IM", "EL"})


class StatementWriter:
    """Writes what each school states; `letterings` is the lettering each school's system uses."""

    def __init__(self, year: Year, letterings: dict[str, str]) -> None:
        self._year, self._letterings = year, letterings
        self._chance = stream(year.borough.seed, "said")
        self._decks = {d: Deck(self._chance, rate=rate) for d, rate in RATES.items()}

    def say(self, departure: Departure) -> Statement:
        """Return what the school states of a leaver, with its defects."""
        line = _LINES[departure.destiny].draw(self._chance)
        letters = LETTERS[self._letterings[departure.school]]
        statement = Statement(
            reason=line.reason,
            ground=letters.get(line.ground, ""),
            left_on=departure.left_on,
            ctf=line.ctf,
            is_false=departure.destiny is Destiny.VANISHED and line.reason in _FALSE,
        )
        statement = self._with_destination(statement, departure, line.destination)
        return self._as_lost(self._with_gaps(statement), departure)

    def _with_destination(self, statement: Statement, departure: Departure, how: str) -> Statement:
        if how == "abroad":
            return replace(statement, forwarding=departure.new_home, country=departure.country)
        number = self._supposed(departure) if how.startswith("false") else departure.to_school
        if not number or not how:
            return statement
        school = self._year.school(number)
        starts_on = departure.starts_on or departure.left_on
        if how in ("name", "false name"):
            return replace(statement, to_name=school.name, forwarding=departure.new_home)
        return replace(
            statement,
            to_la=school.la,
            to_estab=school.establishment,
            to_urn=school.urn,
            to_name=school.name,
            starts_on=starts_on,
            forwarding=departure.new_home,
        )

    def _supposed(self, departure: Departure) -> str:
        """Return a school the office thinks a vanished child went to: of the same phase."""
        school = self._year.borough.schools[departure.school]
        fitting = [
            s.number
            for s in self._year.borough.schools.values()
            if s.phase == school.phase and s.number != school.number
        ]
        return fitting[int(self._chance.random() * len(fitting))] if fitting else ""

    def _with_gaps(self, statement: Statement) -> Statement:
        """Now and then leave out the date, the ground or the reason, or leave its element empty."""
        if statement.ground and self._decks[Defect.NO_GROUND].draw():
            return _flawed(replace(statement, ground=""), Defect.NO_GROUND)
        if statement.ground and self._decks[Defect.EMPTY_GROUND].draw():
            return _flawed(statement, Defect.EMPTY_GROUND)
        if self._decks[Defect.NO_LEAVING_DATE].draw():
            return _flawed(replace(statement, left_on=None), Defect.NO_LEAVING_DATE)
        if self._decks[Defect.EMPTY_LEAVING_DATE].draw():
            return _flawed(statement, Defect.EMPTY_LEAVING_DATE)
        if statement.reason and self._decks[Defect.NO_REASON].draw():
            return _flawed(replace(statement, reason=""), Defect.NO_REASON)
        return statement

    def _as_lost(self, statement: Statement, departure: Departure) -> Statement:
        """Misuse the X's, or forget one of the two files a lost pupil needs."""
        draw = {defect: deck.draw for defect, deck in self._decks.items()}
        if statement.ctf == "outside" and departure.destiny is Destiny.HOME_EDUCATED:
            if draw[Defect.HOME_EDUCATED_AS_LOST]():
                return _flawed(replace(statement, ctf="lost"), Defect.HOME_EDUCATED_AS_LOST)
        elif statement.ctf == "outside" and statement.reason in ("LC", "EM"):
            if draw[Defect.ABROAD_AS_LOST]():
                return _flawed(replace(statement, ctf="lost"), Defect.ABROAD_AS_LOST)
        elif statement.ctf == "lost" and draw[Defect.LOST_FILE_ONLY]():
            return _flawed(replace(statement, has_cml=False), Defect.LOST_FILE_ONLY)
        elif statement.ctf == "lost" and draw[Defect.NO_LOST_FILE]():
            return _flawed(replace(statement, ctf=""), Defect.NO_LOST_FILE)
        return statement


def _flawed(statement: Statement, defect: Defect) -> Statement:
    return replace(statement, defects=(*statement.defects, defect))
