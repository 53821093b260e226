"""When what nobody does in time is passed on, and to whom: the round and the pages ask the same.

The deputy has it when the time is over, and the manager once the deputy has had as long again
(P15). The round is made every few minutes: at night, at weekends and on bank holidays too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import may_in_one_of, named_or_with_role
from onroll.accounts.roles import Role
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.clock_codes import ACCEPT, PASSED_ON
from onroll.referrals.codes import Stage
from onroll.referrals.models import Escalation, Rank, Referral
from onroll.rules.clocks import CLOCKS, Unit, due_at
from onroll.rules.day import over_at
from onroll.rules.hours import ENGLAND
from onroll.schools.queries import calendar_for, our_policy


@dataclass(frozen=True)
class Ladder:
    """To whom things are passed on: the deputies whom the policy names, and the managers.

    A deputy is nobody if there is no such account, or it may not open the queue.
    """

    of_hub: User | None
    of_officer: User | None
    managers: Sequence[User]

    def deputy_for(self, deadline: Deadline, referral: Referral) -> list[User]:
        """Return the deputy for a clock: the lead officer's for a hand-over, else the hub's.

        Nobody where the deputy looks at it for the hub already: then the manager is next.
        """
        is_hand_over = deadline.clock in ACCEPT and deadline.subject == Subject.HUB_DECISION
        person = self.of_officer if is_hand_over else self.of_hub
        is_theirs = deadline.subject == Subject.REFERRAL and person == referral.owner
        return [person] if person and not is_theirs else []


@dataclass(frozen=True)
class NextHand:
    """The next to whom something is passed on, and when, if nobody does it before."""

    at: datetime
    to: Sequence[User]


def ladder() -> Ladder:
    """Return to whom things are passed on; one query."""
    policy = our_policy()
    named = policy.mash_deputy_email, policy.cme_deputy_email
    people = named_or_with_role([email for email in named if email], Role.MGR)
    deputies = {
        person.email: person
        for person, roles in people
        if may_in_one_of(roles, Permission.CASE_TRIAGE)
    }
    of_hub, of_officer = (deputies.get(email.strip().lower()) for email in named)
    return Ladder(of_hub, of_officer, [person for person, roles in people if Role.MGR in roles])


def first_at(deadline: Deadline) -> datetime:
    """Return when the time of a clock is over: a clock of days at the midnight that ends it."""
    return over_at(deadline.due_at or deadline.due_on)


def again_at(deadline: Deadline, told_at: datetime) -> datetime:
    """Return when a deputy who was told at a moment has had as long again as the clock gave.

    A deputy told on the day after the due one has the whole of it; where the clock gives no day but
    its own, a deputy has the hours of an urgent hand-over.
    """
    rule, policy = deadline.rule, our_policy()
    of_hours = rule if rule.unit is Unit.HOURS else CLOCKS[ACCEPT[True]]
    if of_hours is rule or not rule.length(policy, on=deadline.starts_on):
        return due_at(of_hours, told_at, policy=policy)
    told_on, due_on = told_at.astimezone(ENGLAND).date(), deadline.due_on
    since = due_on if told_on <= due_on + timedelta(days=1) else told_on
    return over_at(clocks.due_on(rule.code, since, calendar=calendar_for(None), policy=policy))


def next_hands(
    referral: Referral,
    deadlines: Collection[Deadline],
    escalations: Collection[Escalation],
) -> dict[int, NextHand]:
    """Return by the key of each running clock to whom it is passed on next; one query.

    `escalations` are to whom the clocks were passed on already. What is in quarantine waits for
    itself.
    """
    due = [deadline for deadline in deadlines if deadline.clock in PASSED_ON]
    if not due or referral.stage == Stage.QUARANTINE:
        return {}
    steps, hands = ladder(), {}
    for deadline in due:
        of_it = [row for row in escalations if row.deadline_id == deadline.pk]
        told_at = [row.at for row in of_it if row.rank == Rank.DEPUTY]
        deputy = steps.deputy_for(deadline, referral)
        if any(row.rank == Rank.MANAGER for row in of_it):
            continue
        if told_at:
            hands[deadline.pk] = NextHand(again_at(deadline, min(told_at)), steps.managers)
        else:
            hands[deadline.pk] = NextHand(first_at(deadline), deputy or steps.managers)
    return {key: hand for key, hand in hands.items() if hand.to}
