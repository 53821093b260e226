"""Putting right what is on record of a child, or why the case exists; the chronology says so."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.clocks import correct_event, start_clocks
from onroll.cases.actions.lock import keep, record, refuse_closed, take
from onroll.cases.models import Case, CaseReason
from onroll.cases.words import PARTS
from onroll.children import actions as children
from onroll.children.models import Child, Correction, Part, SourceKind
from onroll.rules.missed_change import CHANGE_TITLES, MissedChange
from onroll.rules.policy import LocalPolicy
from onroll.rules.reasons import CASE_REASONS
from onroll.rules.refusal import Refused
from onroll.schools.queries import calendar_for


@transaction.atomic
def correct_child(
    *,
    child: Child,
    facts: children.Facts,
    evidence: children.Evidence,
    by: User,
    at: datetime,
    version: str,
) -> Correction:
    """Put one part of a child's record right; the child's case says that, by whom and from whom.

    What was, what is now and who told us stand with the child, not in the chronology: not everyone
    who reads the one may read the other.
    """
    correction = children.correct(
        child=child, facts=facts, evidence=evidence, by=by, at=at, version=version
    )
    case = Case.objects.filter(child=child).order_by("-closed_on", "-pk").first()
    if case is not None:
        entry = f"Record corrected: {PARTS[Part(correction.part)].lower()}"
        record(case, entry, why="", at=at, by=by)
    return correction


@transaction.atomic
def correct_reasons(
    *,
    case: Case,
    withdrawn: Collection[int],
    reason: str,
    because: str,
    said_by: str,
    why: str,
    by: User,
    at: datetime,
    policy: LocalPolicy,
    event_on: date | None = None,
    version: int | None = None,
) -> Case:
    """Withdraw reasons that were not so, and add the one that is; at least one stays.

    `withdrawn` holds the numbers of those withdrawn; `reason` and `because` are empty where none is
    added. A reason that is added starts its clocks; those that run already run on, but the clock of
    the reason is counted from `event_on` where that is given.
    """
    case = take(case, version)
    refuse_closed(case, "given other reasons")
    gone = CaseReason.objects.standing().filter(case=case, pk__in=withdrawn)
    for wrong in gone:
        wrong.withdrawn_at, wrong.withdrawn_by, wrong.withdrawn_why = at, by, why
        wrong.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
        title = CASE_REASONS[wrong.code].title
        record(case, f"Reason withdrawn: {title}", why=why, at=at, by=by)
    if reason:
        _add(case, reason, because, said_by, by=by, at=at, policy=policy, event_on=event_on)
    standing = CaseReason.objects.standing().filter(case=case).first()
    if standing is None:
        raise Refused("A case needs a reason. Add the right one before you withdraw the last.")
    case.reason = standing.code
    keep(case, "reason")
    return case


@transaction.atomic
def correct_missed_change(
    *,
    case: Case,
    change: MissedChange,
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Say which change of school was missed, where the rule had another; it stands from then on."""
    case = take(case, version)
    refuse_closed(case, "corrected")
    if case.missed_change == change.value:
        raise Refused("The case says that already. Choose the change of school that was missed.")
    case.missed_change = change.value
    record(case, f"Change of school missed: {CHANGE_TITLES[change]}", why=why, at=at, by=by)
    keep(case, "missed_change")
    return case


def _add(
    case: Case,
    code: str,
    because: str,
    said_by: str,
    *,
    by: User,
    at: datetime,
    policy: LocalPolicy,
    event_on: date | None,
) -> None:
    source = children.add_source(
        kind=SourceKind.OFFICER, said_by=said_by, said_on=at.date(), at=at, by=by
    )
    CaseReason.objects.create(case=case, code=code, because=because, source=source, added_at=at)
    record(case, f"Reason added: {CASE_REASONS[code].title}", why=because, at=at, by=by)
    calendar = calendar_for(case.school)
    if event_on is not None:
        correct_event(
            case=case,
            reason=code,
            event_on=event_on,
            calendar=calendar,
            policy=policy,
            why=because,
            by=by,
            at=at,
        )
    start_clocks(case=case, reason=code, calendar=calendar, policy=policy, event_on=event_on)
