"""Another authority asks after a missing pupil, and is answered, once, from a closed list (P69)."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.advice.models import PupilMessage
from onroll.advice.queries import asked_before, our_child, possible
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.clocks import actions as clocks
from onroll.rules.clocks import CLOCKS
from onroll.rules.enquiries import METHODS
from onroll.rules.pupil_messages import BASES_OF_AN_ANSWER, PupilAnswer, told, wrong_with
from onroll.rules.refusal import Refused
from onroll.rules.sharing import bases_on
from onroll.schools.queries import calendar_for, our_policy
from onroll.sharing import actions as sharing
from onroll.sharing.actions import Line
from onroll.sharing.models import Disclosure

CLOCK = CLOCKS["pupil_message_5"].code
ANSWERED = "{} has answered this message meanwhile. What you wrote is not saved."
ON_THE_LIST = "The same message is on the list already, as {}, and waits for its answer."
ANSWER = (
    "answer",
    "told",
    "bases",
    "method",
    "why_sure",
    "record",
    "disclosure",
    "answered_at",
    "answered_by",
)
WHY = "Answer to S2S message {}, in which this authority asks after the child"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """What a message says: who asks, and of whom; at least a UPN, a forename or a surname."""

    received_on: date
    authority: str
    contact: str = ""
    forename: str = ""
    surname: str = ""
    born_on: date | None = None
    upn: str = ""
    school: str = ""
    address: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class MessageAnswer:
    """What an authority is answered; `named` is the place or the visit that it names, in words."""

    answer: PupilAnswer
    method: str
    child: Child | None = None
    named: str = ""
    why_sure: str = ""


@transaction.atomic
def keep_message(*, facts: MessageFacts, by: User, at: datetime) -> PupilMessage:
    """Keep a message; its clock runs from the day it came. Refused where it waits already."""
    columns = {field.name: getattr(facts, field.name) for field in fields(facts)}
    same = PupilMessage.objects.waiting().filter(
        authority=facts.authority,
        forename__iexact=facts.forename,
        surname__iexact=facts.surname,
        born_on=facts.born_on,
        upn=facts.upn,
    )
    if (waiting := same.first()) is not None:
        raise Refused(ON_THE_LIST.format(waiting.ref))
    message = PupilMessage.objects.create(**columns, by=by, at=at)
    from_days = {CLOCK: facts.received_on}
    clocks.start(of=message, from_days=from_days, calendar=calendar_for(None), policy=our_policy())
    return message


@transaction.atomic
def answer_message(
    *, message: PupilMessage, answer: MessageAnswer, by: User, at: datetime
) -> PupilMessage:
    """Answer an authority, and write it in the sharing log of the child's case, if there is one.

    Refused when a colleague was quicker, and for what nobody may be told (`rules.pupil_messages`).
    """
    message = PupilMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.answered_by is not None:
        raise Refused(ANSWERED.format(message.answered_by.name))
    named = _named(message, answer, by=by, on=at.date())
    policy, holding = our_policy().on(at.date()), bases_on(at.date())
    message.answer, message.why_sure = answer.answer.value, answer.why_sure
    message.told = told(answer.answer, named=named, phone=policy.cme_phone)
    message.bases = [code for code in BASES_OF_AN_ANSWER if code in holding]
    message.method, message.record = answer.method, answer.child
    message.disclosure = _log(message, by=by, at=at)
    message.answered_by, message.answered_at = by, at
    message.save(update_fields=ANSWER)
    clocks.meet(clocks=message.deadlines.filter(clock=CLOCK), on=at.date())
    return message


def _named(message: PupilMessage, answer: MessageAnswer, *, by: User, on: date) -> str:
    """Return what an answer names: the school by its record, the first message by its reference."""
    on_record, before = None, asked_before(message)
    if answer.child is not None:
        sure = possible(by, message, on=on).sure
        on_record = our_child(answer.child, sure=sure, on=on)
    question, why = wrong_with(
        answer.answer,
        on_record,
        says_enough=message.says_enough,
        was_asked_before=before is not None,
        why_sure=answer.why_sure,
    )
    if why:
        raise Refused(why, field=question)
    if answer.answer is PupilAnswer.ON_ROLL and on_record:
        return on_record.school
    return before.ref if answer.answer is PupilAnswer.ANSWERED_BEFORE and before else answer.named


def _log(message: PupilMessage, *, by: User, at: datetime) -> Disclosure | None:
    """Write what was told in the log of the child's newest case; None where there is none."""
    cases = Case.objects.filter(child=message.record) if message.record else Case.objects.none()
    case = cases.order_by("-opened_on", "-pk").first()
    if case is None:
        return None
    line = Line(
        is_shared=True,
        on=at.date(),
        whom=message.authority_name,
        contents=message.told,
        why=WHY.format(message.ref),
        method=message.method if message.method in dict(METHODS) else "",
        bases=message.bases,
    )
    return sharing.write_line(case=case, line=line, by=by, at=at)
