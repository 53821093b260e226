"""An officer's answer to a claim: it is as the record says, or a case must be opened."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind, Source, SourceKind
from onroll.intake.actions.settlement import locked_rows
from onroll.intake.effects import Effect, claim_of
from onroll.intake.models import Row
from onroll.rules import confirmations
from onroll.rules.refusal import Refused
from onroll.rules.sentences import as_sentence
from onroll.schools.models import School


@transaction.atomic
def confirm_row(
    *,
    row: Row,
    is_as_said: bool,
    why: str,
    by: User,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Row:
    """Take an officer's answer to a claim: it is as the school says, or a case must be opened.

    A confirmed claim confirms the place it named, or the death, by the `facts` that were stated
    (`rules.confirmations`), and tells the child's open case at once; the other answer ends what was
    claimed and puts the child on the register. Raises FactsRefused, Refused.
    """
    row = locked_rows().get(pk=row.pk)
    if not row.is_to_confirm or row.confirmed_at is not None:
        raise Refused("Someone has already answered this. Nothing was changed.")
    stated = {code: answer for code, answer in (facts or {}).items() if answer}
    if is_as_said and (errors := _refused(row, stated, on=at.date())):
        raise casework.FactsRefused(errors)
    row.confirmed_at, row.confirmed_by, row.confirmed_why = at, by, why
    source = children.add_source(
        kind=SourceKind.OFFICER,
        said_by=str(stated.get("confirmed_by") or by.name)[:120],
        said_on=stated.get("confirmed_on") or at.date(),
        at=at,
        by=by,
        reference=row.transfer.ref,
    )
    if is_as_said:
        row.confirmed_facts = {code: str(answer) for code, answer in stated.items()}
        _confirm(row, source, stated, why, at)
    else:
        _doubt(row, source, why, at)
    row.save(
        update_fields=["confirmed_at", "confirmed_by", "confirmed_why", "confirmed_facts", "case"]
    )
    return row


def _refused(row: Row, stated: Mapping[str, Any], *, on: date) -> dict[str, str]:
    questions = confirmations.asked_of(row.effect)
    record = casework.record_of(_child(row), questions, stated)
    return confirmations.refuse(row.effect, stated, on=on, record=record)


def _confirm(row: Row, source: Source, stated: Mapping[str, Any], why: str, at: datetime) -> None:
    child, places, claim = _child(row), [], claim_of(row.effect)
    if stated.get("died_on"):
        children.record_death(child=child, on=stated["died_on"])
    elif row.effect == Effect.END_OF_PHASE:
        children.start_place(
            child=child,
            kind=PlaceKind.NAMED,
            from_on=stated["starts_on"],
            source=source,
            **_school(stated["school"]),
        )
    if claim.place:
        where = ", ".join(filter(None, (stated.get("provider"), stated.get("country"))))
        places = children.confirm_claims(
            child=child,
            kinds=[claim.place],
            source=source,
            from_on=stated.get("starts_on"),
            provision=where,
        )
    casework.tell_of_claim(
        child=child,
        places=places,
        source=source,
        told_in=row.transfer.source,
        row=row.number,
        claim=claim.answer,
        next_step=claim.next_step,
        why=why,
        on=at.date(),
        at=at,
        by=source.recorded_by,
    )


def _school(named: School | str) -> dict[str, Any]:
    return {"school": named} if isinstance(named, School) else {"provision": named}


def _doubt(row: Row, source: Source, why: str, at: datetime) -> None:
    child, last = _child(row), _last_place(row)
    since = last.to_on + timedelta(days=1) if last and last.to_on else at.date()
    children.end_claims(child=child, on=at.date(), source=source)
    report = casework.Report(
        reason=claim_of(row.effect).reason_if_not_so,
        because=f"{as_sentence(why)} The school’s record said: {row.result}",
        clause=row.clause,
        source=source,
        row=row.number,
        missing_since_on=min(since, at.date()),
        is_since_known=last is not None and last.to_on is not None,
        school=row.transfer.sender,
    )
    row.case, _ = casework.open_case(
        child=child, report=report, on=at.date(), at=at, by=source.recorded_by
    )


def _child(row: Row) -> Child:
    if row.child is None:
        raise Refused("Nobody knows yet whose record this is.")
    return row.child


def _last_place(row: Row) -> Place | None:
    """Return the child's last place at the school that spoke; of all, where a list is of many."""
    places = Place.objects.filter(child=row.child, kind=PlaceKind.REGISTERED.value)
    if row.transfer.sender is not None:
        places = places.filter(school=row.transfer.sender)
    return places.order_by("to_on").last()
