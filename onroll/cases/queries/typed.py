"""What a user typed about a child they look for, and the ways to read it."""

from dataclasses import dataclass
from datetime import date

from onroll.matching import Person, fold
from onroll.placeholders import is_no_name

MOST_WORDS = 4


@dataclass(frozen=True)
class Typed:
    """What a user typed about a child; at least one name or the number."""

    forename: str = ""
    surname: str = ""
    born: date | None = None
    number: str = ""

    @property
    def name(self) -> str:
        """Return the name as typed."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the boxes for names that are filled in."""
        return tuple(name for name in (self.forename, self.surname) if name)

    @property
    def no_names(self) -> tuple[str, ...]:
        """Return the typed words that are placeholders for names; they have no other spelling."""
        return tuple(name for name in self.names if is_no_name(name))

    @property
    def real_name(self) -> str:
        """Return the typed name without placeholders."""
        return " ".join(name for name in self.names if not is_no_name(name))

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of the name in order, whichever box they were typed in."""
        return tuple(fold(self.name).split())

    @property
    def is_whole_name(self) -> bool:
        """Return whether a forename and a surname were typed, in two boxes or in one."""
        return bool(self.forename and self.surname) or len(self.words) > 1

    @property
    def people(self) -> list[Person]:
        """Return what was typed as records to match.

        Words in one box may be forename, surname, or both in either order.
        """
        if not self.names:
            return []
        if self.forename and self.surname:
            return [self._person(self.forename, self.surname)]
        words = self.name.split()[:MOST_WORDS]
        halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
        both = [self._person(*pair) for two in halves for pair in (two, two[::-1])]
        return [self._person(self.name, ""), self._person("", self.name), *both]

    @property
    def as_record(self) -> Person:
        """Return one record by which candidates for every reading are found.

        Words typed in one box are each a forename and a surname in it.
        """
        if (self.forename and self.surname) or len(self.words) < 2:
            return self.people[0]
        words = frozenset(self.words[:MOST_WORDS])
        return Person(forenames=words, surnames=words, born=self.born)

    @property
    def to_add(self) -> str:
        """Return in words what would tell apart children who bear the same name."""
        names = "" if self.is_whole_name else "a surname" if self.forename else "a forename"
        born = "" if self.born else "a date of birth"
        return " or ".join(part for part in (names, born) if part) or "a number"

    def _person(self, forename: str, surname: str) -> Person:
        return Person(
            forenames=frozenset({forename} - {""}),
            surnames=frozenset({surname} - {""}),
            born=self.born,
        )
