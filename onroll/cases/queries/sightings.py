"""Who saw the child, when and where, as one person may read it (P66; matrix, rows 7 to 9)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from onroll.accounts.access import is_masked
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, Sighting
from onroll.cases.queries.case import may_on
from onroll.children.models import Address
from onroll.children.queries import holds_protected_address, is_plain
from onroll.govuk.fields import in_words
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen

SAFE_WORDS = {
    RiskAnswer.YES.value: "The child is safe",
    RiskAnswer.NO.value: "The child is not safe",
    RiskAnswer.NOT_SURE.value: "Nobody is sure that the child is safe",
}

FOSTERING_WORDS = {
    RiskAnswer.YES.value: "The child lives with somebody who is no close relative",
    RiskAnswer.NO.value: "The child lives with a parent or a close relative",
    RiskAnswer.NOT_SURE.value: "Nobody is sure whether the child lives with a close relative",
}
NOT_TOLD = "It may be private fostering, and nobody wrote down who at social care was told"


@dataclass(frozen=True)
class SeenLine:
    """One telling as a person may read it; `is_told` says whether its words are shown."""

    sighting: Sighting
    where: str
    """"" where the place is not to be shown."""
    is_told: bool

    @property
    def who(self) -> str:
        """Return who saw the child, or tried to."""
        return f"{self.sighting.seen_by}, {self.sighting.role}"

    @property
    def safe(self) -> str:
        """Return whether the child is safe, in words; "" where nobody saw the child."""
        return SAFE_WORDS.get(self.sighting.is_safe, "")

    @property
    def fostering(self) -> str:
        """Return whether the child lives with no close relative; "" where nobody asked."""
        return FOSTERING_WORDS.get(self.sighting.fostering, "")

    @property
    def heads(self) -> list[str]:
        """Return what worries of it, each in a few words."""
        row = self.sighting
        words = [self.safe] if row.is_unsafe else []
        return [*words, NOT_TOLD] if row.is_care_to_be_told else words

    @property
    def company(self) -> str:
        """Return with whom the child was, in words."""
        words = {Seen.ALONE.value: "The child was alone", Seen.NO.value: "The child was not seen"}
        return words.get(self.sighting.seen, f"The child was with {self.sighting.company}")

    @property
    def worry(self) -> str:
        """Return what worries, as it is sent to the hub."""
        row = self.sighting
        witness = f"By {self.who}, {in_words(row.seen_on)}. {self.company}."
        words = f"{'. '.join(self.heads)}. {row.safe_words} {row.care_words}"
        return f"{words.strip()}\n{witness}"


@dataclass(frozen=True)
class Sightings:
    """Everything that was told of where a child was seen, the latest first."""

    lines: tuple[SeenLine, ...] = ()

    @property
    def last(self) -> SeenLine | None:
        """Return when the child was last seen; None where nobody saw them."""
        return next((line for line in self._standing if line.sighting.was_seen), None)

    @property
    def tried(self) -> SeenLine | None:
        """Return the last time somebody tried in vain, after the child was last seen."""
        latest = next(iter(self._standing), None)
        return latest if latest is not None and not latest.sighting.was_seen else None

    @property
    def worries(self) -> list[SeenLine]:
        """Return what somebody has still to act on."""
        return [line for line in self.lines if line.sighting.is_worry]

    @property
    def title(self) -> str:
        """Return the title over the worries, at the head of the case."""
        is_unsafe = any(line.sighting.is_unsafe for line in self.worries)
        return "Not known to be safe" if is_unsafe else "Social care is to be told"

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of what is shown of the child."""
        at_home = any(line.where and line.sighting.address_id for line in self.lines)
        has_words = any(line.is_told for line in self.lines)
        parts = {"seen": bool(self.lines), "addresses": at_home, "risk": has_words}
        return tuple(name for name, is_shown in parts.items() if is_shown)

    @property
    def _standing(self) -> list[SeenLine]:
        return [line for line in self.lines if line.sighting.stands]


def sightings_of(case: Case, user: User) -> Sightings | None:
    """Return who saw the child of a case, on whichever case it stands; None for whom it is masked.

    What was seen, and what the child wants, reads who may read of risk (row 9). Where it was is
    left out for who sees no addresses, and of a protected child for who may not see those.
    """
    return sightings_in_words(case, user, sightings_of_child(case))


def sightings_of_child(case: Case) -> QuerySet[Sighting]:
    """Return the rows for `sightings_in_words`: the latest first."""
    return (
        Sighting.objects.filter(case__child=case.child_id)
        .select_related("case", "address", "by", "answered_by", "withdrawn_by", "care_by")
        .annotate(has_hidden=holds_protected_address("case__child"))
    )


def sightings_in_words(case: Case, user: User, rows: Iterable[Sighting]) -> Sightings | None:
    """Return what `sightings_of` returns, from its rows."""
    if is_masked(user, Permission.CASE_VIEW):
        return None
    is_told = may_on(user, Permission.NOTES_VIEW, case) and not is_masked(
        user, Permission.NOTES_VIEW
    )
    return Sightings(tuple(SeenLine(row, _place_of(row, case, user), is_told) for row in rows))


def _place_of(row: Sighting, case: Case, user: User) -> str:
    if not may_on(user, Permission.ADDRESS_VIEW, case):
        return ""
    is_hidden = getattr(row, "has_hidden", True) or not is_plain(case.child)
    if is_hidden and not may_on(user, Permission.PROTECTED_ADDRESS_VIEW, case):
        return ""
    return home_in_words(row.address) if row.address else row.place


def home_in_words(address: Address) -> str:
    """Return an address in one line."""
    return ", ".join(
        filter(None, (*address.lines, address.town, address.postcode, address.country))
    )


def distinct_homes(homes: Iterable[Address]) -> list[Address]:
    """Return homes without those that are the same words as one before, however the lines are cut:
    several sources write one address in several ways."""
    by_words: dict[tuple[str, ...], Address] = {}
    for home in homes:
        words = tuple(home_in_words(home).replace(",", " ").casefold().split())
        by_words.setdefault(words, home)
    return list(by_words.values())


def sighting_of(case: Case, pk: int) -> Sighting:
    """Return one telling on a case; else DoesNotExist."""
    return case.sightings.select_related("case").get(pk=pk)


def worry_of(case: Case, user: User, pk: str) -> str:
    """Return what worries of a telling, for the hub; "" for none that this person may read."""
    sightings = sightings_of(case, user)
    worries = sightings.worries if sightings else ()
    return next((w.worry for w in worries if w.is_told and str(w.sighting.pk) == pk), "")
