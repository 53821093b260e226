"""That a child was seen and is safe is written down, answered where it worries, or withdrawn."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.lock import record, take
from onroll.cases.models import Case, Sighting
from onroll.children.models import Address
from onroll.govuk.fields import in_words
from onroll.rules.hours import moment_in_words
from onroll.rules.refusal import Changed, Incomplete, Refused
from onroll.rules.sightings import (
    Care,
    Seen,
    Spot,
    Telling,
    lacking_in_care,
    lacking_in_telling,
)


@transaction.atomic
def record_sighting(
    *,
    case: Case,
    telling: Telling,
    address: Address | None = None,
    enquiry: str = "",
    by: User,
    at: datetime,
) -> Sighting:
    """Keep that the child was seen, or was not; `address` is the one on record, if it was there.

    `enquiry` is the reference of the visit that tells of it, if one does.

    Also on a closed case. Refused where it lacks something, or where the same person wrote the very
    same before.
    """
    case = take(case, None)
    if sentences := lacking_in_telling(telling, today=at.date()):
        raise Incomplete(sentences)
    if address is not None and address.child_id != case.child_id:
        raise Refused("This is no address of the child", field="where")
    columns = _columns(telling, address)
    if case.sightings.filter(by=by, withdrawn_at=None, **columns).exists():
        raise Refused("You have written down the very same already. It is on the case.")
    care = _care(telling.care, by=by, at=at) if telling.may_be_fostered and telling.care.on else {}
    sighting = Sighting.objects.create(case=case, enquiry=enquiry, at=at, by=by, **columns, **care)
    day = in_words(telling.on)
    entry = (
        f"The child was seen on {day}" if sighting.was_seen else f"The child was not seen on {day}"
    )
    record(case, entry, why=f"By {telling.by}, {telling.role}", at=at, by=by)
    return sighting


def _columns(telling: Telling, address: Address | None) -> dict[str, object]:
    return {
        "seen": telling.seen.value,
        "company": telling.company if telling.seen is Seen.WITH else "",
        "seen_on": telling.on,
        "seen_by": telling.by,
        "role": telling.role,
        "spot": telling.spot.value,
        "address": address,
        "place": "" if telling.spot is Spot.HOME else telling.place,
        "is_safe": telling.is_safe.value if telling.is_safe else "",
        "safe_words": telling.safe_words,
        "wishes": telling.wishes,
        "fostering": telling.fostering.value if telling.fostering else "",
        "is_care_told": telling.is_care_told if telling.may_be_fostered else None,
        "care_words": telling.care_words if telling.may_be_fostered else "",
        "said_by": telling.said_by,
    }


def _care(care: Care, *, by: User, at: datetime) -> dict[str, object]:
    is_told = not care.why_not
    return {
        "care_name": care.name,
        "care_team": care.team if is_told else "",
        "care_on": care.on,
        "care_why_not": care.why_not,
        "care_at": at,
        "care_by": by,
    }


@transaction.atomic
def tell_care(
    *, sighting: Sighting, care: Care, by: User, at: datetime, is_seen: bool = False
) -> Sighting:
    """Keep who at social care was told that a child may be privately fostered, or why nobody is.

    Changed where somebody wrote that down meanwhile. Of who has seen it (`is_seen`) it is kept in
    the log of the case, beside the first, which stays as it is.
    """
    sighting = _taken(sighting)
    if sighting.care_by is not None and not is_seen:
        assert sighting.care_at is not None
        raise Changed(
            f"{sighting.care_by.name} wrote down who was told meanwhile, on "
            f"{moment_in_words(sighting.care_at)}. What you wrote is not saved.",
            stands={"Social care": sighting.care_told},
        )
    if sighting.care_by is not None:
        return _told_too(sighting, care, by=by, at=at)
    if not sighting.is_care_to_be_told:
        raise Refused("Nobody is to be told of this any more. What you wrote is not saved.")
    if sentences := lacking_in_care(care, today=at.date()):
        raise Incomplete(sentences)
    columns = _care(care, by=by, at=at)
    for name, value in columns.items():
        setattr(sighting, name, value)
    sighting.save(update_fields=[*columns])
    who = f"by {care.name}" if care.why_not else f"{care.name}, {care.team}"
    entry = "Decided not to tell social care" if care.why_not else "Social care was told"
    record(sighting.case, f"{entry}, {in_words(sighting.seen_on)}", why=who, at=at, by=by)
    return sighting


def _told_too(sighting: Sighting, care: Care, *, by: User, at: datetime) -> Sighting:
    """Keep in the log of the case what a second person wrote of it: no row is overwritten."""
    if sentences := lacking_in_care(care, today=at.date()):
        raise Incomplete(sentences)
    who = f"by {care.name}" if care.why_not else f"{care.name}, {care.team}"
    what = "Decided, too, not to tell social care" if care.why_not else "Social care was told, too"
    why = f"{who}, {in_words(care.on)}. {care.why_not}".strip() if care.on else who
    record(sighting.case, f"{what}, {in_words(sighting.seen_on)}", why=why, at=at, by=by)
    return sighting


@transaction.atomic
def answer_worry(
    *, sighting: Sighting, answer: str, by: User, at: datetime, is_seen: bool = False
) -> Sighting:
    """Keep what was done about a child who is not safe, or of whom nobody is sure.

    Changed where somebody wrote that down meanwhile. Of who has seen it (`is_seen`) it is added to
    what stands, with name and moment.
    """
    sighting = _taken(sighting)
    if sighting.answered_by is not None and not is_seen:
        assert sighting.answered_at is not None
        raise Changed(
            f"{sighting.answered_by.name} wrote down what was done meanwhile, on "
            f"{moment_in_words(sighting.answered_at)}. What you wrote is not saved.",
            stands={"why": sighting.answer},
        )
    if sighting.answered_by is not None:
        return _add_to_answer(sighting, answer, by=by, at=at)
    if not sighting.is_unsafe:
        raise Refused("Nothing is to be done about this any more. What you wrote is not saved.")
    sighting.answer, sighting.answered_at, sighting.answered_by = answer, at, by
    sighting.save(update_fields=["answer", "answered_at", "answered_by"])
    day = in_words(sighting.seen_on)
    record(sighting.case, f"Answered: whether the child is safe, {day}", why="", at=at, by=by)
    return sighting


def _add_to_answer(sighting: Sighting, answer: str, *, by: User, at: datetime) -> Sighting:
    """Add what a second person says was done below what the first wrote."""
    if answer in sighting.answer:
        raise Refused("This stands there already. Nothing was added.", field="why")
    sighting.answer += f"\n\n{by.name}, {moment_in_words(at)}: {answer}"
    sighting.save(update_fields=["answer"])
    day = in_words(sighting.seen_on)
    record(sighting.case, f"Added to what was done about it, {day}", why="", at=at, by=by)
    return sighting


@transaction.atomic
def withdraw_sighting(*, sighting: Sighting, why: str, by: User, at: datetime) -> Sighting:
    """Take back what was written by mistake; it stays to read, with the reason."""
    sighting = _taken(sighting)
    if sighting.withdrawn_by is not None:
        assert sighting.withdrawn_at is not None
        raise Changed(
            f"{sighting.withdrawn_by.name} withdrew this meanwhile, on "
            f"{moment_in_words(sighting.withdrawn_at)}.",
            stands={"why": sighting.withdrawn_why},
            is_final=True,
        )
    sighting.withdrawn_why, sighting.withdrawn_at, sighting.withdrawn_by = why, at, by
    sighting.save(update_fields=["withdrawn_why", "withdrawn_at", "withdrawn_by"])
    day = in_words(sighting.seen_on)
    entry = f"Withdrawn: that the child was {'' if sighting.was_seen else 'not '}seen on {day}"
    record(sighting.case, entry, why=why, at=at, by=by)
    return sighting


def _taken(sighting: Sighting) -> Sighting:
    """Lock the case of a sighting, and return it as it is now."""
    take(sighting.case, None)
    return Sighting.objects.select_related("case", "answered_by", "withdrawn_by", "care_by").get(
        pk=sighting.pk
    )
