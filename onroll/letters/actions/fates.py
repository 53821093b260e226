"""What became of a letter is written down, and what follows: a clock ends, a next step (P62)."""

from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.letters.models import Delivery, Letter
from onroll.rules.enquiries import ENQUIRY_STEPS
from onroll.rules.enquiry_log import WAITING, Act, EnquiryStage, Result
from onroll.rules.letters import FATE_TITLES, Fate, after_return
from onroll.rules.refusal import Refused

_LEFT = (EnquiryStage.LEFT_OUT.value, EnquiryStage.WITHDRAWN.value)


@transaction.atomic
def record_fate(
    *, letter: Letter, fate: Fate, on: date, words: str = "", by: User, at: datetime
) -> str:
    """Keep what became of a letter; return the next step that it put on the list, in words.

    One that came back ends the wait for its answer: the address is tried, as the entry says, and
    the step that `rules.letters.after_return` names is put on the list.
    """
    case = Case.objects.select_for_update().get(pk=letter.case_id)
    fates = set(Delivery.objects.filter(letter=letter).values_list("fate", flat=True))
    if fate.value in fates or fates & {Fate.NOT_SENT.value, Fate.RETURNED.value}:
        raise Refused("This was written down meanwhile. Look at the letter first.")
    Delivery.objects.create(
        letter=letter, case=case, fate=fate.value, on=on, words=words, at=at, by=by
    )
    if letter.enquiry is None or not case.is_open:
        return ""
    if fate is Fate.NOT_SENT and letter.enquiry.letters.count() == 1:
        _end(letter, Act.WITHDRAW, EntryFacts(on=on, words=_words(letter, fate, words)), by, at)
    if fate is Fate.RETURNED:
        facts = EntryFacts(
            on=on,
            words=_words(letter, fate, words),
            name=letter.addressee,
            address=letter.address,
            method="letter" if letter.address_id else "email",
            result=Result.NO_REPLY,
        )
        _end(letter, Act.ANSWER, facts, by, at)
        return _plan(case, letter, by=by, at=at)
    return ""


def _words(letter: Letter, fate: Fate, words: str) -> str:
    return ". ".join(filter(None, (f"Letter {letter.ref}: {FATE_TITLES[fate].lower()}", words)))


def _end(letter: Letter, act: Act, facts: EntryFacts, by: User, at: datetime) -> None:
    """End the wait for an answer, unless it came meanwhile."""
    assert letter.enquiry is not None
    letter.enquiry.refresh_from_db()
    if letter.enquiry.stage in WAITING:
        enquiries.add_entry(enquiry=letter.enquiry, act=act, facts=facts, by=by, at=at)


def _plan(case: Case, letter: Letter, *, by: User, at: datetime) -> str:
    steps = set(case.enquiries.exclude(stage__in=_LEFT).values_list("step", flat=True))
    if not (step := after_return(steps)):
        return ""
    why = f"Letter {letter.ref} came back"
    enquiries.record_enquiry(on_cases=[case], step=step, why=why, entries={}, by=by, at=at)
    return ENQUIRY_STEPS[step].title
