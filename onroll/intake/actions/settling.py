"""A person's answers: who a record is about, whether a claim is so, and trying again."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind, Source, SourceKind
from onroll.intake import records, slots
from onroll.intake.actions import looking
from onroll.intake.actions.receiving import start_processing
from onroll.intake.actions.working import apply_records, keep_rows, take_turn
from onroll.intake.models import Decision, Row, RowStage, Transfer, TransferStage
from onroll.intake.queries import candidates_of
from onroll.intake.words import AFTER_CLAIMS, AS_SAID, ASK_ON, CLAIMS
from onroll.rules import confirmations
from onroll.rules.refusal import Refused
from onroll.rules.sentences import as_sentence
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, find_school, our_policy


@transaction.atomic
def settle_row(
    *,
    row: Row,
    child: Child | None,
    why: str,
    by: User,
    at: datetime,
    shown: Collection[int] | None = None,
) -> Row:
    """Take a person's answer to an unsure record: it is this `child`, or none of those shown.

    The answer and its reason are kept and hold for the same identity, in this file and in later
    ones. The record is then applied like any other. `shown` holds the numbers of the children that
    were on the page: refused when another has come to be known since.
    """
    take_turn()
    row = _locked(row)
    if row.stage != RowStage.UNSURE.value:
        raise Refused("Someone has already settled this record. Nothing was changed.")
    possible = [candidate.child.pk for candidate in candidates_of(row)]
    if shown is not None and not set(possible) <= set(shown):
        raise Refused(
            "Another child who may be the one was added after you opened this page. Look again."
        )
    if child is not None and child.pk not in possible:
        raise Refused("That child is not one of those shown for this record.")
    decision = Decision.objects.create(
        row=row,
        fingerprint=row.fingerprint,
        verdict="same" if child else "different",
        child=child,
        against=[key for key in possible if child is None or key != child.pk],
        why=why,
        at=at,
        by=by,
    )
    _apply(row, child, decision, at)
    for other in _waiting_alike(row):
        _apply(other, row.child, decision, at)
    return row


def _locked(row: Row) -> Row:
    return _rows().get(pk=row.pk)


def _rows() -> QuerySet[Row]:
    return Row.objects.select_for_update(of=("self",)).select_related(
        "transfer__sender", "transfer__source", "child"
    )


def _waiting_alike(row: Row) -> list[Row]:
    """Return the records of the same identity that wait too: they are not asked about again."""
    waiting = _rows().filter(fingerprint=row.fingerprint, stage=RowStage.UNSURE.value)
    return list(waiting.exclude(pk=row.pk).order_by("transfer__received_at", "pk"))


def _apply(row: Row, child: Child | None, decision: Decision, at: datetime) -> None:
    row.child, row.decision, row.stage = child, decision, RowStage.READ.value
    cases = looking.sought([row], on=at.date())
    apply_records(transfer=row.transfer, told=[(row, records.from_kept(row.said))], at=at)
    looking.tell(transfer=row.transfer, rows=[row], cases=cases, at=at)
    keep_rows([row])
    for step in slots.AFTER_SETTLING:
        step(row=row, at=at)


# A claim


CLAIMED = {
    "home_education": PlaceKind.HOME_EDUCATION,
    "moved_abroad": PlaceKind.ABROAD,
    "named_destination": PlaceKind.NAMED,
    "confirmed_destination": PlaceKind.NAMED,
    "excluded": PlaceKind.NAMED,
    "end_of_phase": PlaceKind.NAMED,
}
"""The place that a claim is about; a claim of something else names none."""

REASONS = {"moved_abroad": "moved_abroad", "excluded": "excluded"}
"""Why a child is on the register when a claim is not so; for the others nobody knows where to."""


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
    row = _locked(row)
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
    asked = confirmations.asked_of(row.effect)
    record = casework.record_of(_child(row), asked, stated)
    return confirmations.refuse(row.effect, stated, on=on, record=record)


def _confirm(row: Row, source: Source, stated: Mapping[str, Any], why: str, at: datetime) -> None:
    child, places = _child(row), []
    if stated.get("died_on"):
        children.record_death(child=child, on=stated["died_on"])
    elif row.effect == "end_of_phase":
        children.start_place(
            child=child,
            kind=PlaceKind.NAMED,
            from_on=stated["starts_on"],
            source=source,
            **_school(stated["school"]),
        )
    if kind := CLAIMED.get(row.effect):
        where = ", ".join(filter(None, (stated.get("provider"), stated.get("country"))))
        places = children.confirm_claims(
            child=child,
            kinds=[kind],
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
        claim=CLAIMS.get(row.effect, AS_SAID)[0],
        next_step=AFTER_CLAIMS.get(row.effect, ASK_ON),
        why=why,
        on=at.date(),
        at=at,
        by=source.recorded_by,
    )


def _school(named: School | str) -> dict[str, Any]:
    return {"school": named} if isinstance(named, School) else {"provision": named}


def _doubt(row: Row, said: Source, why: str, at: datetime) -> None:
    child, last = _child(row), _last_place(row)
    since = last.to_on + timedelta(days=1) if last and last.to_on else at.date()
    children.end_claims(child=child, on=at.date(), source=said)
    row.case, _ = casework.open_case(
        child=child,
        reason=REASONS.get(row.effect, "unknown_destination"),
        because=f"{as_sentence(why)} The school’s record said: {row.effect_words}",
        clause=row.clause,
        source=said,
        row=row.number,
        missing_since_on=min(since, at.date()),
        is_since_known=last is not None and last.to_on is not None,
        on=at.date(),
        at=at,
        school=row.transfer.sender,
        calendar=calendar_for(row.transfer.sender),
        policy=our_policy(),
        by=said.recorded_by,
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


# Held records


@transaction.atomic
def try_again(*, transfer: Transfer) -> int:
    """Put the held records of a file back on their way, because what held them may be mended.

    They are matched anew: others may have come to be known since. Returns how many.
    """
    transfer = Transfer.objects.select_for_update().get(pk=transfer.pk)
    number = transfer.rows.filter(stage=RowStage.HELD.value).update(
        stage=RowStage.READ.value, child=None, decision=None
    )
    if number:
        transfer.sender = transfer.sender or _find_sender(transfer)
        transfer.stage, transfer.finished_at = TransferStage.READ.value, None
        transfer.save(update_fields=["sender", "stage", "finished_at"])
        start_processing(transfer=transfer)
    return number


def _find_sender(transfer: Transfer) -> School | None:
    number = transfer.sender_number
    return find_school(la_code=number[:3], establishment=number[3:])
