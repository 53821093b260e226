"""A hand-over is accepted by a named person, or goes back with a reason (P15)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.actions import ChildFacts
from onroll.children.models import Child
from onroll.clocks import actions as clocks
from onroll.referrals.actions.calls_to_accept import uncall
from onroll.referrals.actions.police import keep_police
from onroll.referrals.actions.stage_notifications import inform_of_acceptance, inform_of_stage
from onroll.referrals.actions.steps import (
    ACCEPT,
    day_of,
    keep,
    lock,
    record,
    report,
    settle,
)
from onroll.referrals.actions.way_back import TURNED_BACK, bring_back
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.refusal import Refused

SAME = (
    "This looks like the same child as {names}: say why it is another, or select who is on record"
)
NOT_WAITING = "This referral does not wait to be accepted. What you wrote is not saved."

BACK_FROM_THE_HUB = "The hub read this case, and gave it back to be worked on."
LOOKED = "Who accepts a referral by name has looked at it."


@transaction.atomic
def accept_child(
    *,
    entry: ReferredChild,
    child: Child | ChildFacts,
    because: str,
    by: User,
    at: datetime,
    version: int | None = None,
    alike: Sequence[Child] = (),
    not_same_why: str = "",
) -> Case:
    """Open or join the case of a child that was handed over, in the name of who accepts.

    A case without an owner becomes that of the person who accepts. `alike` are those on record who
    seem to be a child who is new: refused without a reason why it is another.
    """
    referral = lock(entry.referral, version)
    decision = _waiting(entry)
    if alike and not not_same_why:
        names = " or ".join(child.name for child in alike)
        raise Refused(SAME.format(names=names), field="not_same_why")
    entry = ReferredChild.objects.select_related("referral").get(pk=entry.pk)
    case = report(entry, child=child, because=because, by=by, at=at)
    if case.owner is None:
        case = cases.assign_case(case=case, owner=by, by=by, at=at)
    _tell_apart(case, alike, why=not_same_why, by=by, at=at)
    _accept(referral, decision, case, f"Accepted as case {case.ref}", why=because, by=by, at=at)
    return case


def accept_case(
    *, entry: ReferredChild, case: Case, by: User, at: datetime, version: int | None = None
) -> Case:
    """Accept a child whose open case went to the hub and comes back: the case holds the rest."""
    because = BACK_FROM_THE_HUB
    return accept_child(
        entry=entry, child=case.child, because=because, by=by, at=at, version=version
    )


def _tell_apart(case: Case, alike: Sequence[Child], *, why: str, by: User, at: datetime) -> None:
    """Keep that the child of a case is another than those on record who are like it, and why."""
    for namesake in alike:
        children.add_not_same(first=case.child, second=namesake, why=why, by=by, at=at)
        words = f"A new record: not the same child as {namesake.ref}, who is like it. {why}"
        cases.add_note(case=case, text=words, by=by, at=at)


@transaction.atomic
def read_by_worker(
    *, entry: ReferredChild, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Say who has read what came about a child with an open case, which it joined by itself."""
    referral = lock(entry.referral, version)
    decision = _waiting(entry)
    entry = ReferredChild.objects.select_related("referral", "known_case__child").get(pk=entry.pk)
    if entry.known_case is None:
        raise Refused(NOT_WAITING)
    because = "Somebody referred the child again; the referral says what worries them."
    case = report(entry, child=entry.known_case.child, because=because, by=by, at=at)
    return _accept(referral, decision, case, f"Read for case {case.ref}", why="", by=by, at=at)


def _accept(
    referral: Referral,
    decision: HubDecision,
    case: Case,
    what: str,
    *,
    why: str,
    by: User,
    at: datetime,
) -> Referral:
    was = referral.stage
    decision.accepted_by, decision.accepted_at = by, at
    decision.save(update_fields=["accepted_by", "accepted_at"])
    clocks.meet(clocks=decision.deadlines.filter(clock__in=ACCEPT), on=day_of(at))
    keep_police(decision, case, ref=referral.ref, at=at)
    cases.note_look(case=case, why=LOOKED, by=by, at=at)
    record(referral, what, why=why, at=at, by=by, about=[decision.entry])
    settle(referral, at=at)
    keep(referral)
    uncall(referral)
    inform_of_acceptance(decision, referral, case=case, at=at)
    inform_of_stage(referral, was=was, at=at)
    return referral


@transaction.atomic
def turn_back(
    *, entry: ReferredChild, why: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Give a child that was handed over back to the hub, with the reason; its clock starts anew."""
    referral = lock(entry.referral, version)
    decision = _waiting(entry)
    return bring_back(referral, decision, TURNED_BACK, why=why, by=by, at=at)


def _waiting(entry: ReferredChild) -> HubDecision:
    """Return the hand-over of a child that nobody has accepted; refuse where there is none."""
    waiting = HubDecision.objects.to_accept().filter(entry=entry).first()
    if waiting is None:
        raise Refused(NOT_WAITING)
    return waiting
