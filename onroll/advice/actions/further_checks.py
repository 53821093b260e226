"""A school asks for further checks, and the lead officer answers, once (P61)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.advice.models import FurtherCheck
from onroll.clocks import actions as clocks
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.rules.clocks import CLOCKS
from onroll.rules.further_checks import Outcome
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy

CLOCK = CLOCKS["further_checks_5"].code
ANSWERED = "{} has answered this school meanwhile. What you wrote is not saved."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """What a school says of a child, and what it wants to be found out."""

    forename: str
    surname: str
    born_on: date
    last_attended_on: date
    wanted: tuple[str, ...]
    """Codes of `rules.further_checks.Wanted`; at least one."""
    account: str
    why_not_refer: str = ""
    """Why it asks and does not refer, where the child has been away for long."""


@transaction.atomic
def ask_for_checks(*, facts: CheckFacts, school: School, by: User, at: datetime) -> FurtherCheck:
    """Keep a school's request; its clock runs from this day."""
    check = FurtherCheck.objects.create(
        sent_at=at,
        sent_by=by,
        school=school,
        forename=facts.forename,
        surname=facts.surname,
        born_on=facts.born_on,
        last_attended_on=facts.last_attended_on,
        wanted=list(facts.wanted),
        account=facts.account,
        why_not_refer=facts.why_not_refer,
    )
    from_days = {CLOCK: at.date()}
    clocks.start(of=check, from_days=from_days, calendar=calendar_for(None), policy=our_policy())
    return check


@transaction.atomic
def answer_check(
    *, check: FurtherCheck, outcome: Outcome, answer: str, by: User, at: datetime
) -> FurtherCheck:
    """Answer a school and tell who asked; refused when a colleague was quicker."""
    check = FurtherCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if check.answered_by is not None:
        raise Refused(ANSWERED.format(check.answered_by.name))
    check.outcome, check.answer = outcome.value, answer
    check.answered_by, check.answered_at = by, at
    check.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    clocks.meet(clocks=check.deadlines.filter(clock=CLOCK), on=at.date())
    messages.tell(kind=Kind.CHECK_ANSWERED, ref=check.ref, to=[check.sent_by], at=at)
    return check
