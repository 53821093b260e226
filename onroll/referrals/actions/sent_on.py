"""What was sent to somebody outside Onroll: who has it since when, and what came of it (P02)."""

from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.clocks import actions as clocks
from onroll.referrals.actions.stage_notifications import inform_hub_of_desk, inform_of_stage
from onroll.referrals.actions.steps import RECEIPT, day_of, keep, lock, record, settle
from onroll.referrals.codes import Decision
from onroll.referrals.models import Happening, HubDecision, Referral
from onroll.rules.dated import in_words
from onroll.rules.refusal import Refused

NOT_SENT_ON = "This child does not wait for that. What you wrote is not saved."
SAID = "What came of this child is entered already: read it below. What you wrote is not saved."


@transaction.atomic
def enter_receipt(
    *,
    decision: HubDecision,
    name: str,
    on: date,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Referral:
    """Enter who has a child that was sent on, and since which day. Refused before that was sent."""
    referral = lock(decision.entry.referral, version)
    decision = _sent(decision)
    if decision.receipt_on is not None:
        raise Refused(NOT_SENT_ON)
    if on > day_of(at):
        raise Refused("The day must be today or before", field="on")
    if on < (sent_on := day_of(decision.at)):
        raise Refused(
            f"The day must not be before it was sent on, on {in_words(sent_on)}", field="on"
        )
    decision.receipt_name, decision.receipt_on, decision.receipt_by = name, on, by
    decision.save(update_fields=["receipt_name", "receipt_on", "receipt_by"])
    clocks.meet(clocks=decision.deadlines.filter(clock=RECEIPT), on=day_of(at))
    record(referral, f"{name} has it", why="", at=at, by=by, about=[decision.entry])
    inform_hub_of_desk(decision, referral, Happening.TAKEN, by=by, at=at)
    return _settle(referral, at=at)


@transaction.atomic
def enter_outcome(
    *, decision: HubDecision, words: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Enter what came of a child who was sent to attendance, once they are received there."""
    referral = lock(decision.entry.referral, version)
    decision = _sent(decision)
    if decision.decision != Decision.ATTENDANCE.value or decision.receipt_on is None:
        raise Refused(NOT_SENT_ON)
    decision.came_of = words
    decision.save(update_fields=["came_of"])
    what, about = "What came of it at attendance", [decision.entry]
    record(referral, what, why=words, at=at, by=by, about=about)
    inform_hub_of_desk(decision, referral, Happening.OUTCOME, by=by, at=at)
    return _settle(referral, at=at)


def _settle(referral: Referral, *, at: datetime) -> Referral:
    """Set the stage anew, and tell who is to be told where the work is over with that."""
    was = referral.stage
    settle(referral, at=at)
    keep(referral)
    inform_of_stage(referral, was=was, at=at)
    return referral


def _sent(decision: HubDecision) -> HubDecision:
    """Return what waits for a receipt or an outcome, as it is now; refuse where nothing does."""
    if HubDecision.objects.standing().filter(pk=decision.pk).exclude(came_of="").exists():
        raise Refused(SAID)
    waiting = HubDecision.objects.sent_on().filter(pk=decision.pk).first()
    if waiting is None:
        raise Refused(NOT_SENT_ON)
    return waiting
