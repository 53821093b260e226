"""Why a case exists, in words: each reason, its clause, and who gave it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import CaseReason
from onroll.cases.queries.child import expected_places
from onroll.children.models import Place, SourceKind
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.reasons import CASE_REASONS
from onroll.schools.queries import calendar_for


@dataclass(frozen=True)
class Teller:
    """Who gave a reason, and the address of the file it came in, where that may be opened."""

    name: str
    url: str


@dataclass(frozen=True)
class Why:
    """A reason in words, its clause, and everyone who gave it in the same words."""

    title: str
    because: str
    clause: str
    told_by: tuple[tuple[Teller, str], ...]
    """Each with what follows in the sentence: a comma, an *and* or the full stop."""


@dataclass(frozen=True)
class Withdrawn:
    """A reason that stands no more: by whom and when it was withdrawn, and why if shown."""

    title: str
    by: str
    at: datetime
    why: str


def reasons_withdrawn(rows: Iterable[CaseReason], user: User) -> list[Withdrawn]:
    """Return the reasons that were withdrawn, in the order in which they were given."""
    is_hidden = access.is_masked(user, Permission.CASE_VIEW)
    return [
        Withdrawn(
            CASE_REASONS[reason.code].title,
            reason.withdrawn_by.name,
            reason.withdrawn_at,
            "" if is_hidden else reason.withdrawn_why,
        )
        for reason in rows
        if reason.withdrawn_at and reason.withdrawn_by
    ]


def reasons_in_words(
    rows: Iterable[CaseReason], user: User, *, on: date, calendar: SchoolCalendar
) -> list[Why]:
    """Return why a case exists, whose calendar is given; what two files say alike stands once, with
    both."""
    told_by: dict[tuple[str, str, str], list[Teller]] = {}
    for reason in rows:
        if reason.withdrawn_at is not None:
            continue
        words = _words_of(reason, user, on, calendar)
        told_by.setdefault(words, []).append(_teller(reason, user))
    return [Why(*words, _in_a_row(tellers)) for words, tellers in told_by.items()]


def _in_a_row(tellers: Iterable[Teller]) -> tuple[tuple[Teller, str], ...]:
    """Return each teller once, with what follows it in a sentence of all."""
    different = tuple(dict.fromkeys(tellers))
    follows = (*[", by"] * (len(different) - 2), *[" and by"] * (len(different) > 1), ".")
    return tuple(zip(different, follows, strict=True))


def _words_of(
    reason: CaseReason, user: User, on: date, calendar: SchoolCalendar
) -> tuple[str, str, str]:
    """Return the title of a reason, why it holds as it stands today, and its clause."""
    place = reason.left_place
    because = reason.because
    if place is not None and place.to_on is not None:
        is_same = place.school_id == reason.case.school_id
        counted = calendar if is_same else calendar_for(place.school)
        days = counted.between(place.to_on, on)
        because = f"{words.describe_leaving(place)} That was {words.school_days(days)} ago."
        because += _expected(expected_places(reason.case.child, on=on))
    rule = CASE_REASONS[reason.code]
    because_shown = "" if access.is_masked(user, Permission.CASE_VIEW) else because
    return rule.title, because_shown, reason.clause or rule.source


def _expected(places: Sequence[Place]) -> str:
    """Say where a child is said to be going, and of each place who has confirmed it."""
    where = [place.title for place in places if place.title and place.confirmed_from is None]
    waits = (
        f" Said to be going to {' and '.join(where)}, which has not said that the child arrived."
    )
    confirmed = [words.describe_confirmation(place) for place in places]
    return "".join(
        [waits if where else "", *(f" {sentence}" for sentence in confirmed if sentence)]
    )


def _teller(reason: CaseReason, user: User) -> Teller:
    """Return who gave a reason; with the address of the file if the user may open it."""
    source = reason.source
    may_open = access.may(user, Permission.FILES_VIEW) and source.kind != SourceKind.OFFICER
    return Teller(
        str(source), page_address("intake:transfer", source.reference) if may_open else ""
    )
