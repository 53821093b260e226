"""What is not decided, accepted or received in time goes to the deputy, then the manager (P15)."""

from datetime import datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import colleagues, find_person, may_in_some_role
from onroll.accounts.roles import Role
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, Subject
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.actions.steps import ACCEPT, DECIDE, RECEIPT, day_of, record
from onroll.referrals.codes import Stage
from onroll.referrals.models import Escalation, HubDecision, Rank, Referral
from onroll.rules.clocks import CLOCKS, Unit, due_at
from onroll.schools.queries import calendar_for, our_policy


@transaction.atomic
def escalate(*, at: datetime) -> int:
    """Pass on what waits too long, once to each person; return to how many people it went.

    The deputy is told when the time is over, and the manager once the deputy has had as long again;
    the manager at once where the policy names no deputy who may act. What is in quarantine waits
    for itself.
    """
    overdue = Deadline.objects.overdue(at=at).filter(clock__in=(*DECIDE, *ACCEPT, RECEIPT))
    apart = Referral.objects.filter(stage=Stage.QUARANTINE.value).values("pk")
    overdue = overdue.exclude(subject=Subject.REFERRAL.value, subject_id__in=apart)
    is_with_manager = Escalation.objects.filter(rank=Rank.MANAGER.value).values("deadline")
    return sum(_pass_on(deadline, at) for deadline in overdue.exclude(pk__in=is_with_manager))


def _pass_on(deadline: Deadline, at: datetime) -> int:
    referral, ref = _subject_of(deadline)
    deputy = _deputy_for(deadline)
    to = [(Rank.DEPUTY, person) for person in deputy]
    told_at = _deputy_told_at(deadline)
    if not deputy or (told_at and _is_over_again(deadline, told_at, at)):
        to += [(Rank.MANAGER, person) for person in colleagues(Role.MGR)]
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


def _deputy_for(deadline: Deadline) -> list[User]:
    """Return the deputy whom the policy names: the lead officer's for a hand-over, else the hub's.

    Nobody if there is no such account, or it may not open the queue.
    """
    policy = our_policy()
    is_hand_over = deadline.clock in ACCEPT and deadline.subject == Subject.HUB_DECISION
    email = policy.cme_deputy_email if is_hand_over else policy.mash_deputy_email
    person = find_person(email) if email else None
    return [person] if person and may_in_some_role(person, Permission.CASE_TRIAGE) else []


def _deputy_told_at(deadline: Deadline) -> datetime | None:
    """Return when a clock that is over was first passed on to a deputy, if it was."""
    told = Escalation.objects.filter(deadline=deadline, rank=Rank.DEPUTY.value)
    return told.values_list("at", flat=True).first()


def _is_over_again(deadline: Deadline, told_at: datetime, at: datetime) -> bool:
    """Say whether a deputy who was told at a moment has had as long again as the clock gave.

    A deputy told on the day after the due one has the whole of it; where the clock gives no day but
    its own, a deputy has the hours of an urgent hand-over.
    """
    rule, policy = deadline.rule, our_policy()
    of_hours = rule if rule.unit is Unit.HOURS else CLOCKS[ACCEPT[True]]
    if of_hours is rule or not rule.length(policy, on=deadline.starts_on):
        return due_at(of_hours, told_at, policy=policy) <= at
    told_on, due_on = day_of(told_at), deadline.due_on
    since = due_on if told_on <= due_on + timedelta(days=1) else told_on
    again_on = clocks.due_on(rule.code, since, calendar=calendar_for(None), policy=policy)
    return again_on < day_of(at)
