"""How each school's office and system always write their files."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from onroll.demo.chance import Deck, stream
from onroll.demo.defects import SCHOOL_RATES, Defect
from onroll.demo.destiny import UNKNOWN
from onroll.demo.movement import Year
from onroll.demo.schools import ST_ANNS, TALLIS_WOOD

_SILENT_SHARE, _HOARDING_SHARE = 0.03, 0.05


@dataclass(frozen=True, slots=True)
class Habits:
    """One school's ways: the CTF version, the lettering of grounds, and its constant defects."""

    version: str
    lettering: str
    defects: frozenset[Defect]


def draw_habits(year: Year) -> Mapping[str, Habits]:
    """Draw the habits of every school that sends files."""
    chance = stream(year.borough.seed, "habits")
    numbers = [s.number for s in year.borough.schools.values() if s.number not in _well_known()]
    chance.shuffle(numbers)
    silent = set(numbers[: max(1, round(len(numbers) * _SILENT_SHARE))])
    hoarding = set(_with_most_lost(year, silent))
    decks = {defect: Deck(chance, rate=rate, soonest=1) for defect, rate in SCHOOL_RATES.items()}
    habits = {}
    for number in (*numbers, *_well_known()):
        defects = {Defect.SILENT}
        if number not in silent:
            can = set(decks) - (set() if year.school(number).former_number else {Defect.OLD_NUMBER})
            defects = {defect for defect, deck in decks.items() if defect in can and deck.draw()}
        if number in hoarding:
            defects.add(Defect.MANY_IN_LOST_FILE)
        old = chance.random() < 0.25
        version = "25.0" if Defect.OLD_VERSION not in defects else "23.0" if old else "24.0"
        lettering = "2006" if chance.random() < 0.4 else "2024"
        habits[number] = Habits(version, lettering, frozenset(defects))
    return habits


def _well_known() -> tuple[str, ...]:
    """Return the schools of the people in the tests and the demo; they always write."""
    return (ST_ANNS, TALLIS_WOOD)


def _with_most_lost(year: Year, silent: set[str]) -> list[str]:
    """Return the schools with most lost pupils: some save up such files and send one with many."""
    lost = Counter(d.school for d in year.departures if d.destiny in UNKNOWN and not d.is_exempt)
    most = [number for number, _ in lost.most_common() if number not in silent]
    return most[: max(1, round(len(most) * _HOARDING_SHARE))]
