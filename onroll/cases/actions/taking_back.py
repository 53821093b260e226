"""A report that a case was opened with, or that joined it, is taken back: it was a mistake."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.action_points import give_up_action_points
from onroll.cases.actions.alerts import end_alerts
from onroll.cases.actions.closing import follow_close
from onroll.cases.actions.lock import keep, record, refuse_closed, take
from onroll.cases.actions.risk_level import note_grave_referral
from onroll.cases.models import Case, CaseReason, Closing, Step
from onroll.children import actions as children
from onroll.children.models import Source, SourceKind
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.rules import pathway
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import Stage
from onroll.rules.reasons import CASE_REASONS

OPENED_IN_ERROR = OUTCOMES["opened_in_error"]
STAYS = (
    "What the referral said of the child stands on the record still: correct there what is not so."
)


@transaction.atomic
def take_report_back(
    *,
    case: Case,
    source: Source,
    since: datetime | None,
    ref: str,
    why: str,
    by: User,
    at: datetime,
) -> Case:
    """Withdraw the reasons that a report of the referral `ref` gave, which stand under its source.

    A case without another reason closes: it was opened by mistake. One that joined goes on, and
    has no owner again where it was given to somebody with the report, at the moment `since`; None
    where a report gives it to nobody.
    """
    case = take(case, None)
    refuse_closed(case, "parted from what it was opened with")
    for reason in CaseReason.objects.standing().filter(case=case, source=source):
        reason.withdrawn_at, reason.withdrawn_by, reason.withdrawn_why = at, by, why
        reason.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
        title = CASE_REASONS[reason.code].title
        record(case, f"Reason withdrawn: {title}", why=f"{why}\n{STAYS}", at=at, by=by)
    if since and case.grave_referral_at == since:
        note_grave_referral(case=case, at=None)
    other = CaseReason.objects.standing().filter(case=case).first()
    if other is None:
        return _close(case, ref, why=why, by=by, at=at)
    case.reason = other.code
    if since is not None and case.owner_id and _is_given(case, since):
        case.owner = None
        record(case, "Nobody works on it again", why=why, at=at, by=by)
    keep(case, "reason", "owner")
    return case


def _is_given(case: Case, since: datetime) -> bool:
    """Say whether a case was given to its owner at a moment."""
    what = f"Assigned to {case.owner.name if case.owner else ''}"[:120]
    return Step.objects.filter(case=case, at=since, what=what).exists()


def _close(case: Case, ref: str, *, why: str, by: User, at: datetime) -> Case:
    """Close a case that is there by mistake; its clocks end, and it counts as no gap."""
    on = max(at.date(), case.opened_on)
    source = children.add_source(
        kind=SourceKind.OFFICER,
        said_by=by.name,
        said_on=at.date(),
        at=at,
        by=by,
        reference=case.ref,
    )
    code = OPENED_IN_ERROR.code
    Closing.objects.create(
        case=case, outcome=code, why=why, source=source, at=at, by=by, reference=ref
    )
    case.stage = pathway.after(pathway.CLOSE, Stage(case.stage)).value
    case.outcome, case.is_outcome_proved, case.closed_on = code, True, on
    keep(case, "stage", "outcome", "is_outcome_proved", "closed_on")
    clocks.end(clocks=case.deadlines, on=on, why=Ended.CASE_CLOSED)
    end_alerts(case.alerts.all(), at=at, by=by)
    give_up_action_points(case=case, why=why, by=by, at=at)
    record(case, f"Case closed: {OPENED_IN_ERROR.title}", why=why, at=at, by=by)
    follow_close(case, at=at)
    return case
