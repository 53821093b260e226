"""Whom on record a referred child may be."""

from dataclasses import replace
from datetime import date

from onroll.accounts.models import User
from onroll.cases.queries import Match, Typed, look_up
from onroll.matching import Reason, Verdict, fold
from onroll.referrals.models import ReferredChild

IN_ANOTHER_ORDER = Reason(
    "name", Verdict.NEAR, "All names given are the child’s, in another order."
)


def likely(user: User, entry: ReferredChild, *, on: date) -> tuple[Match, ...]:
    """Return the children on record whom a referred child may be, likeliest first, with reasons.

    The pupil whom a school chose on record, or the one with the number it gave, stands first.
    Nobody where neither a name nor a number was given, or a placeholder for a name: homes and
    schools are not searched. Who bears a name that is only like the one given has no reason.
    """
    number = entry.record.ref if entry.record else entry.upn
    typed = Typed(entry.forename, entry.surname, entry.born_on, number)
    if not typed.real_name and not number:
        return ()
    found = look_up(user, typed, on=on).matches
    explained = (each if each.reasons else _in_another_order(each, typed) for each in found)
    return tuple(match for match in explained if match.reasons)


def _in_another_order(match: Match, typed: Typed) -> Match:
    """Say of a child who bears all the names given, but at other places, that this is why."""
    borne = set(fold(f"{match.child.forename} {match.child.surname}").split())
    is_borne = len(typed.words) > 1 and borne >= set(typed.words)
    return replace(match, reasons=(IN_ANOTHER_ORDER,)) if is_borne else match


def with_reference(user: User, number: str, *, on: date) -> tuple[Match, ...]:
    """Return whom a number or a reference names, of those whom this person may see."""
    return look_up(user, Typed("", "", None, number), on=on).matches
