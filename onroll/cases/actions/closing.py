"""Closing a case with an outcome, proved or believed, and opening it again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.actions.alerts import settle_alert
from onroll.cases.actions.locking import keep, record, take
from onroll.cases.models import Case, Deadline
from onroll.rules import outcomes, pathway
from onroll.rules.pathway import MoveRefused, Stage


@transaction.atomic
def close_case(
    *,
    case: Case,
    outcome: str,
    proofs: Collection[str],
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Close a case with an outcome that is proved, or believed and to be checked again.

    `proofs` are the codes of what was shown. Refused when proof is missing, or when the outcome
    leaves a child unfound and whoever closes it is not a manager (access matrix, row 20).
    """
    case = take(case, version)
    chosen = outcomes.OUTCOMES[outcome]
    if missing := outcomes.missing_proof(chosen, proofs):
        raise MoveRefused(
            f"“{chosen.title}” still needs: {'; '.join(proof.text for proof in missing)}."
        )
    if chosen.is_manager_needed and by.role != Role.MGR:
        raise MoveRefused(f"“{chosen.title}” is for a manager to record. Ask yours to look.")
    case.stage = pathway.after(pathway.CLOSE, Stage(case.stage)).value
    case.outcome, case.is_outcome_proved = outcome, chosen.basis == "proved"
    case.closed_on = max(at.date(), case.opened_on)
    keep(case, "stage", "outcome", "is_outcome_proved", "closed_on")
    Deadline.objects.filter(case=case, met_on__isnull=True).update(met_on=case.closed_on)
    record(case, f"Case closed: {chosen.title}", why=why, at=at, by=by)
    for alert in case.alerts.filter(settled_at__isnull=True):
        settle_alert(alert=alert, why=f"The case was closed: {chosen.title}.", by=by, at=at)
    return case


@transaction.atomic
def reopen_case(
    *, case: Case, why: str, by: User, at: datetime, version: int | None = None
) -> Case:
    """Open a closed case again, unless the child already has another open one.

    The clocks that the closing ended run on; one met on that very day is asked about again.
    """
    case = take(case, version)
    if Case.objects.filter(child=case.child_id, closed_on__isnull=True).exists():
        raise MoveRefused("This child already has another open case. Work on that one.")
    case.stage = pathway.after(pathway.REOPEN, Stage(case.stage)).value
    Deadline.objects.filter(case=case, met_on=case.closed_on).update(met_on=None, raised_at=None)
    case.outcome, case.is_outcome_proved, case.closed_on = "", None, None
    keep(case, "stage", "outcome", "is_outcome_proved", "closed_on")
    record(case, "Case opened again", why=why, at=at, by=by)
    return case
