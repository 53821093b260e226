"""Breaking the glass, and reviewing each time (access matrix, row 34)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import ROLES_TO_HOLD, Role
from onroll.audit import actions as audit
from onroll.cases.actions.lock import record
from onroll.cases.actions.telling import tell_workers
from onroll.clocks import actions as clocks
from onroll.glass.models import BY_NAME, BY_REFERENCE, BreakGlass
from onroll.glass.queries import of_today, sealed_case, sees_it
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.rules.break_glass import Verdict, is_over_limit
from onroll.rules.clocks import CLOCKS
from onroll.rules.refusal import Changed, Refused
from onroll.schools.queries import calendar_for, our_policy

CLOCK = CLOCKS["break_glass_3"].code
EVENT, STEP = "break_glass", "Opened by break-glass"
OVER_LIMIT = (
    "You have used break-glass {} times today, which is the most for one day. Speak with your "
    "manager, or with somebody of the safeguarding hub."
)
SEES_IT = "You see this case already: open it from the list of sealed cases."
OF_ONESELF = (
    "Somebody else has to review what you opened yourself: ring a manager, or another data "
    "protection officer."
)
JUDGED = "{} reviewed this meanwhile. What you wrote is not saved."


@dataclass(frozen=True)
class Target:
    """What was typed: the reference of a case, or the name and birthday of a child."""

    ref: str = ""
    forename: str = ""
    surname: str = ""
    born_on: date | None = None


def break_glass(*, target: Target, why: str, by: User, at: datetime) -> BreakGlass:
    """Write down that somebody breaks the glass, then look; the row names the case if there is one.

    Refused above the limit of the day, which is written down too, and for who sees the case anyway.
    The data protection officers and the team of the case are told, with a reference and no more.
    """
    most = our_policy().on(timezone.localtime(at).date()).break_glass_a_day
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        if not is_over_limit(of_today(by, at=at).count(), most=most):
            return _break(target, why=why, by=by, at=at)
    audit.security(by=by, event=EVENT, outcome="refused", reason=why, at=at)
    raise Refused(OVER_LIMIT.format(most))


def _break(target: Target, *, why: str, by: User, at: datetime) -> BreakGlass:
    case = sealed_case(target.ref, (target.forename, target.surname), target.born_on)
    if case is not None and sees_it(by, case):
        raise Refused(SEES_IT)
    row = BreakGlass.objects.create(
        by=by,
        role=str(by.role),
        sought_by=BY_REFERENCE if target.ref else BY_NAME,
        case=case,
        why=why,
        at=at,
    )
    clocks.start(
        of=row,
        from_days={CLOCK: timezone.localtime(at).date()},
        calendar=calendar_for(None),
        policy=our_policy(),
    )
    outcome = "done" if case else "nothing"
    audit.security(by=by, event=EVENT, outcome=outcome, about=row.ref, reason=why, at=at)
    if case is not None:
        record(case, STEP, why=why, at=at, by=by)
        tell_workers(case=case, kind=Kind.CASE_BY_GLASS, at=at, by=by)
    to = reviewers(row)
    messages.tell(kind=Kind.BREAK_GLASS, ref=row.ref, to=to, at=at, with_covers=False)
    return row


def reviewers(row: BreakGlass) -> list[User]:
    """Return who reviews a use: the active data protection officers, but not who did it.

    The managers too, where a data protection officer did.
    """
    scopes = {Scope.ALL, Scope.OWN_TEAM} if row.role == Role.DPO else {Scope.ALL}
    needed = Permission.BREAK_GLASS_REVIEW
    roles = [role.value for role in ROLES_TO_HOLD if needed.cell(role).scope in scopes]
    users = User.objects.filter(is_active=True, roles_held__role__in=roles)
    return list(users.exclude(pk=row.by_id).distinct())


@transaction.atomic
def judge(*, row: BreakGlass, verdict: Verdict, words: str, by: User, at: datetime) -> BreakGlass:
    """Write down what the review of a break-glass found; it comes once, from somebody else."""
    rows = BreakGlass.objects.select_for_update(of=("self",)).select_related("judged_by", "by")
    row = rows.get(pk=row.pk)
    if row.judged_by is not None:
        raise Changed(JUDGED.format(row.judged_by.name))
    if row.by_id == by.pk:
        raise Refused(OF_ONESELF)
    row.verdict, row.verdict_words, row.judged_by, row.judged_at = verdict.value, words, by, at
    row.save(update_fields=["verdict", "verdict_words", "judged_by", "judged_at"])
    clocks.meet(clocks=row.deadlines, on=timezone.localtime(at).date())
    outcome = verdict.value
    audit.security(by=by, event="break_glass_review", outcome=outcome, about=row.ref, at=at)
    return row
