"""What the hub decides about each child of a referral (P07, P15)."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import may_in_some_role
from onroll.clocks import actions as clocks
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.answered import note_found_out
from onroll.referrals.actions.calls_to_accept import call_to_accept
from onroll.referrals.actions.hindrances import (
    DECIDED,
    Way,
    contradictions_by_child,
    lacking_in_decision,
    undecided,
    unexplained,
)
from onroll.referrals.actions.police import keep_police
from onroll.referrals.actions.stage_notifications import inform_of_stage, inform_worker
from onroll.referrals.actions.steps import (
    ACCEPT,
    RECEIPT,
    day_of,
    keep,
    lock,
    record,
    report,
    run,
    run_clock,
    set_grade,
    settle,
)
from onroll.referrals.codes import AT_THE_HUB, DECISION_TITLES, SENT_ON, Decision
from onroll.referrals.desks import receivers
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.rules.hub_decisions import OPEN_CASE
from onroll.rules.refusal import Incomplete, Refused
from onroll.rules.triage import Checks

OWN = "You sent this case to the hub. Somebody else there accepts it and decides."


@transaction.atomic
def decide(
    *,
    referral: Referral,
    way: Way,
    checks: Checks,
    by: User,
    at: datetime,
    only: Collection[int] = (),
    version: int | None = None,
) -> Referral:
    """Decide about the children of a referral with the numbers `only`, or about all undecided ones.

    Raises Refused, by question, where something is lacking that the decision needs.
    """
    referral = lock(referral, version)
    refuse_decided(referral)
    refuse_sender(referral, by)
    entries, was = undecided(referral, only), referral.stage
    contradicts = contradictions_by_child(referral, entries, way, checks, by=by, at=at)
    sentences = lacking_in_decision(referral, way, checks, at=at)
    if sentences := sentences | unexplained(entries, way, contradicts):
        raise Incomplete(sentences)
    if way.grade is not None and not referral.grade:
        set_grade(referral, way.grade, why=way.why, by=by, at=at)
    for entry in entries:
        against = contradicts[entry.number]
        _decide_one(referral, entry, way, checks, contradicts=against, by=by, at=at)
    _accept_by_deciding(referral, by=by, at=at)
    clocks.meet(clocks=referral.deadlines.filter(clock__in=ACCEPT), on=day_of(at))
    what = f"Decided: {DECISION_TITLES[way.decision]}"
    record(referral, what, why=way.why, at=at, by=by, about=entries)
    note_found_out(referral, checks, by=by, at=at, about=entries)
    settle(referral, at=at)
    keep(referral)
    inform_of_stage(referral, was=was, at=at)
    return referral


def _accept_by_deciding(referral: Referral, *, by: User, at: datetime) -> None:
    """Give a referral of nobody to who decides; a case sent to the hub is accepted with that."""
    if referral.owner is not None:
        return
    referral.owner = by
    if referral.from_case_id is not None:
        step = f"Accepted by {by.name} for the hub, by deciding about it"
        record(referral, step, why="", at=at, by=by)


def _decide_one(
    referral: Referral,
    entry: ReferredChild,
    way: Way,
    checks: Checks,
    *,
    contradicts: Sequence[str],
    by: User,
    at: datetime,
) -> None:
    risk = checks.risk.value if checks.risk else ""
    checked = asdict(checks) | {"risk": risk, "greater_risks": [*checks.greater_risks]}
    decision = HubDecision.objects.create(
        entry=entry,
        decision=way.decision.value,
        why=way.why,
        by=by,
        at=at,
        authority=way.authority,
        passed_how=way.passed_how,
        contradicts=[*contradicts],
        contradicts_why=way.contradicts_why if contradicts else "",
        **_meant(way, entry),
        **checked,
    )
    if way.decision is Decision.OPEN_CASE:
        _join(entry, way, by=by, at=at)
    case = way.case or entry.known_case
    if case is not None and case.is_open:
        keep_police(decision, case, ref=referral.ref, at=at)
    if way.decision is Decision.LEAD_OFFICER:
        run(decision, ACCEPT, is_urgent=referral.is_urgent, at=at)
        call_to_accept(decision, referral, by=by, at=at)
    elif way.decision in SENT_ON:
        run_clock(decision, RECEIPT, at=at)
        to = receivers(way.decision, on=day_of(at))
        messages.tell(kind=Kind.REFERRAL_SENT, ref=decision.ref, to=to, at=at)
    if OPEN_CASE in contradicts:
        inform_worker(decision, referral, by=by, at=at)


def _meant(way: Way, entry: ReferredChild) -> dict[str, Any]:
    """Return which child on record it is: as the hub says, or by the case that it joins."""
    if entry.number not in way.meant:
        return {"meant": way.case.child} if way.case else {}
    child = way.meant[entry.number]
    return {"meant": child, "is_none_meant": child is None}


def _join(entry: ReferredChild, way: Way, *, by: User, at: datetime) -> None:
    if way.case is None or not way.case.is_open:
        raise Refused("This case is closed. Choose another decision.", field="case")
    report(entry, child=way.case.child, because=way.why, by=by, at=at)
    worker = way.case.owner
    is_told = entry.known_case_id == way.case.pk or worker == by
    if worker and not is_told and may_in_some_role(worker, Permission.CASE_TRIAGE):
        messages.tell(kind=Kind.REFERRAL_OF_CASE, ref=entry.referral.ref, to=[worker], at=at)


def refuse_decided(referral: Referral) -> None:
    """Refuse to change what the hub has decided about all children."""
    if referral.stage not in AT_THE_HUB:
        raise Refused(DECIDED)


def refuse_sender(referral: Referral, by: User) -> None:
    """Refuse who sent an open case to the hub: it is accepted and decided by somebody else."""
    if referral.is_case_sent_by(by):
        raise Refused(OWN)
