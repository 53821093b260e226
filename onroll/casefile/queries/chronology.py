"""The chronology of a case: everything that happened, by kind, by person and between two days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.accounts.models import User
from onroll.casefile import features
from onroll.cases.models import Case
from onroll.cases.offers import EVENT_KINDS, Event

ONROLL = "0"
"""Stands for Onroll itself where a person is chosen: no account has this number."""


@dataclass(frozen=True)
class Filters:
    """Which events are wanted. `person` is the number of an account, or `ONROLL`; "" for all."""

    kind: str = ""
    person: str = ""
    from_on: date | None = None
    until_on: date | None = None

    def fits(self, event: Event) -> bool:
        """Say whether an event is wanted."""
        return (
            self.kind in ("", event.kind)
            and self.person in ("", _person_of(event))
            and (self.from_on is None or event.on >= self.from_on)
            and (self.until_on is None or event.on <= self.until_on)
        )


@dataclass(frozen=True)
class Chronology:
    """The events that are wanted, the newest first, and what may be chosen among all there are."""

    events: Sequence[Event]
    number: int
    """How many there are in all."""
    kinds: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]


def chronology_of(case: Case, user: User) -> Chronology:
    """Return everything that happened, as far as a person may know it; the queries are constant."""
    every = features.events(case, user)
    kinds = {event.kind for event in every}
    return Chronology(
        events=every,
        number=len(every),
        kinds=[(kind.value, title) for kind, title in EVENT_KINDS.items() if kind in kinds],
        people=_people(every),
    )


def _people(events: Iterable[Event]) -> list[tuple[str, str]]:
    names = {_person_of(event): event.byline for event in events if event.byline}
    return sorted(names.items(), key=lambda row: row[1].casefold())


def _person_of(event: Event) -> str:
    return str(event.by.pk) if event.by else ONROLL if event.byline else ""
