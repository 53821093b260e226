"""Whom on record a referred child may be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from onroll.accounts.models import User
from onroll.cases.queries import Answer, Match, Typed, is_certain, look_up, look_up_each
from onroll.cases.words import describe_place
from onroll.children.models import Child
from onroll.matching import Reason, Verdict, fold
from onroll.placeholders import is_no_school
from onroll.referrals.models import ReferredChild
from onroll.rules.age import age as age_on
from onroll.rules.likeness import shares_a_name_alone, years_apart

ALIKE = (Verdict.AGREES, Verdict.NEAR)
IN_ANOTHER_ORDER = Reason(
    "name", Verdict.NEAR, "All names given are the child’s, in another order."
)


def likely(user: User, entry: ReferredChild, *, on: date) -> tuple[Match, ...]:
    """Return the children on record whom a referred child may be, likeliest first, with reasons."""
    [matches] = likely_each(user, [entry], on=on)
    return matches


def likely_each(
    user: User, entries: Sequence[ReferredChild], *, on: date
) -> list[tuple[Match, ...]]:
    """Return of each whom it may be, in as many questions to the database as for one.

    The pupil whom a school chose on record, or the one with the number it gave, stands first.
    Nobody where neither a name nor a number was given, or a placeholder for a name: homes and
    schools are not searched. Who bears a name that is only like the one given has no reason. Who
    shares nothing but a name stands last, and is said to. Of those of one name who is nearest in
    age stands first, and of these who is at the school that was told.
    """
    searches = [_typed(entry) for entry in entries]
    possible = [typed for typed in searches if typed.real_name or typed.number]
    answers = iter(look_up_each(user, possible, on=on) if possible else ())
    return [
        _explained(next(answers).matches, typed, entry, on)
        if typed.real_name or typed.number
        else ()
        for typed, entry in zip(searches, entries, strict=True)
    ]


def _typed(entry: ReferredChild) -> Typed:
    number = entry.record.ref if entry.record else entry.upn
    return Typed(entry.forename, entry.surname, entry.born_on, number)


def _explained(
    matches: Sequence[Match], typed: Typed, entry: ReferredChild, on: date
) -> tuple[Match, ...]:
    explained = (m if m.reasons else _in_another_order(m, typed) for m in matches)
    likely = [_weighed(match, typed) for match in explained if match.reasons]
    first: dict[str, int] = {}
    for place, match in enumerate(likely):
        first.setdefault(fold(match.name), place)

    def order(match: Match) -> tuple[bool, bool, int, float, bool]:
        apart = _apart(match, entry, on)
        is_there = _is_at_school(match, entry)
        return match.is_name_alone, not match.is_sure, first[fold(match.name)], apart, not is_there

    return tuple(_compared(match, entry, on) for match in sorted(likely, key=order))


def _apart(match: Match, entry: ReferredChild, on: date) -> float:
    """Return by how many years a child on record is older or younger than who was referred."""
    return years_apart(match.child.born_on, told_born=entry.born_on, told_age=entry.age, on=on)


def _is_at_school(match: Match, entry: ReferredChild) -> bool:
    return bool(fold(entry.school_words)) and fold(entry.school_words) in fold(match.where)


def _compared(match: Match, entry: ReferredChild, on: date) -> Match:
    """Say besides of a child whether age and school agree with what was told."""
    more = []
    if entry.age is not None and entry.born_on is None and match.child.born_on:
        years = age_on(match.child.born_on, on=on)
        apart = abs(years - entry.age)
        verdict = Verdict.AGREES if apart == 0 else Verdict.NEAR if apart == 1 else Verdict.DIFFERS
        more.append(Reason("age", verdict, f"{years} years old; {entry.age} was told."))
    if not is_no_school(entry.school_words):
        is_there = _is_at_school(match, entry)
        verdict = Verdict.AGREES if is_there else Verdict.DIFFERS
        words = "The school is the one told." if is_there else "Not known at the school told."
        more.append(Reason("school", verdict, words))
    return replace(match, reasons=(*match.reasons, *more), claims=_claims(match.child, on))


def _claims(child: Any, on: date) -> tuple[str, ...]:
    """Return who says of a child on record that they are at a place now: it is not proved."""
    holding = (
        place
        for place in child.taught_at
        if place.from_on and place.from_on <= on and (place.to_on is None or place.to_on >= on)
    )
    return tuple(describe_place(place) for place in holding)


def _weighed(match: Match, typed: Typed) -> Match:
    """Say of a child whether nothing but a name is alike."""
    child = match.child
    is_alone = not match.is_sure and shares_a_name_alone(
        [reason.field for reason in match.reasons if reason.verdict in ALIKE],
        is_whole_name=typed.is_whole_name,
        is_born_known=bool(typed.born and child.born_on and not child.is_born_estimated),
    )
    return replace(match, is_name_alone=is_alone)


def _in_another_order(match: Match, typed: Typed) -> Match:
    """Say of a child who bears all the names given, but at other places, that this is why."""
    borne = set(fold(f"{match.child.forename} {match.child.surname}").split())
    is_borne = len(typed.words) > 1 and borne >= set(typed.words)
    return replace(match, reasons=(IN_ANOTHER_ORDER,)) if is_borne else match


def certain_children(
    user: User, entries: Sequence[ReferredChild], *, on: date
) -> list[Child | None]:
    """Return of each the child on record whom it certainly is, as far as this user may know.

    That is the pupil whom a school chose, the child of its case, or the one certain match.
    """
    children = [_on_record(entry) for entry in entries]
    unsure = [entry for entry, child in zip(entries, children, strict=True) if child is None]
    matches = iter(likely_each(user, unsure, on=on) if unsure else ())
    return [child or certain_of(next(matches)) for child in children]


def _on_record(entry: ReferredChild) -> Child | None:
    case = entry.case or entry.known_case
    return case.child if case else entry.record


def certain_child(entry: ReferredChild, matches: Sequence[Match]) -> Child | None:
    """Return the child on record whom an entry certainly is, of whom `matches` were found."""
    return _on_record(entry) or certain_of(matches)


def certain_of(matches: Sequence[Match]) -> Child | None:
    """Return the child who certainly is meant, of those found; None where nobody is."""
    return next((match.child for match in matches if match.is_sure), None)


def certain_matches(
    user: User, entry: ReferredChild, corrected: Typed, *, on: date
) -> tuple[Match, ...]:
    """Return who on record certainly is a referred child, as referred or as `corrected` since.

    By the number or by whole names and the birthday; a number of nobody does not outweigh these.
    """
    referred = _typed(entry)
    searches = [referred, replace(referred, number=""), corrected]
    searches = [typed for typed in dict.fromkeys(searches) if typed.real_name or typed.number]
    answers = look_up_each(user, searches, on=on) if searches else []
    matches = {
        match.child.pk: match
        for answer, typed in zip(answers, searches, strict=True)
        for match in answer.matches
        if _is_sure(match, answer, typed)
    }
    return tuple(matches.values())


def _is_sure(match: Match, answer: Answer, typed: Typed) -> bool:
    has_number = any(reason.field == "number" for reason in match.reasons)
    numbered = frozenset({match.child.pk} if has_number else ())
    return match is answer.certain or is_certain(match.child, typed, numbered)


def with_reference(user: User, number: str, *, on: date) -> tuple[Match, ...]:
    """Return whom a number or a reference names, of those whom this person may see."""
    return look_up(user, Typed("", "", None, number), on=on).matches
