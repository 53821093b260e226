"""What is not decided, accepted or received in time goes to the deputy, then the manager (P15)."""

from datetime import datetime

from django.db import transaction

from onroll.clocks.models import Deadline, Subject
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.steps import record
from onroll.referrals.clock_codes import PASSED_ON
from onroll.referrals.codes import Stage
from onroll.referrals.models import Escalation, HubDecision, Rank, Referral
from onroll.referrals.queries.ladder import Ladder, again_at, ladder


@transaction.atomic
def escalate(*, at: datetime) -> int:
    """Pass on what waits too long, once to each person; return to how many people it went.

    The deputy is told when the time is over, and the manager once the deputy has had as long again;
    the manager at once where the policy names no deputy who may act, or the deputy looks at it.
    What is in quarantine waits for itself.
    """
    overdue = Deadline.objects.overdue(at=at).filter(clock__in=PASSED_ON)
    apart = Referral.objects.filter(stage=Stage.QUARANTINE.value).values("pk")
    overdue = overdue.exclude(subject=Subject.REFERRAL.value, subject_id__in=apart)
    is_with_manager = Escalation.objects.filter(rank=Rank.MANAGER.value).values("deadline")
    steps = ladder()
    waiting = overdue.exclude(pk__in=is_with_manager)
    return sum(_pass_on(deadline, steps, at) for deadline in waiting)


def _pass_on(deadline: Deadline, steps: Ladder, at: datetime) -> int:
    referral, ref = _subject_of(deadline)
    deputy = steps.deputy_for(deadline, referral)
    to = [(Rank.DEPUTY, person) for person in deputy]
    told_at = _deputy_told_at(deadline)
    if not deputy or (told_at and again_at(deadline, told_at) <= at):
        to += [(Rank.MANAGER, person) for person in steps.managers]
    new = [
        person
        for rank, person in to
        if Escalation.objects.get_or_create(
            referral=referral, deadline=deadline, rank=rank.value, to=person, defaults={"at": at}
        )[1]
    ]
    for person in new:
        why = f"“{deadline.rule.title}” was not done in time."
        record(referral, f"Passed on to {person.name}", why=why, at=at, by=None)
    messages.tell(kind=Kind.REFERRAL_WAITS, ref=ref, to=new, at=at)
    return len(new)


def _subject_of(deadline: Deadline) -> tuple[Referral, str]:
    """Return the referral that a clock is about, and the reference of what waits."""
    if deadline.subject == Subject.REFERRAL:
        referral = Referral.objects.get(pk=deadline.subject_id)
        return referral, referral.ref
    decisions = HubDecision.objects.select_related("entry__referral")
    decision = decisions.get(pk=deadline.subject_id)
    return decision.entry.referral, decision.ref


def _deputy_told_at(deadline: Deadline) -> datetime | None:
    """Return when a clock that is over was first passed on to a deputy, if it was."""
    told = Escalation.objects.filter(deadline=deadline, rank=Rank.DEPUTY.value)
    return told.values_list("at", flat=True).first()
