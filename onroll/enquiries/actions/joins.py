"""Enquiries come to a case from elsewhere: with a referral, or from a case that joins another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Child
from onroll.enquiries.actions.entries import keep_entry
from onroll.enquiries.actions.facts import EntryFacts
from onroll.enquiries.actions.log import record_enquiry
from onroll.enquiries.models import WAITING_CODES, Enquiry, EnquiryEntry
from onroll.rules.enquiry_log import Act, EnquiryStage, Result
from onroll.schools.models import School


@dataclass(frozen=True, kw_only=True)
class ToldEnquiry:
    """What a referral says was tried: its step, and the entry as it was told."""

    step: str
    step_words: str
    facts: EntryFacts
    home: str = ""
    """Where the child lives, as the referral says."""


@transaction.atomic
def take_over(
    *,
    case: Case,
    referral: str,
    enquiries: Sequence[ToldEnquiry],
    school: School | None,
    at: datetime,
) -> list[Enquiry]:
    """Put what a referral says was tried on the list of the case that it opens or joins, once.

    `referral` is its reference, `school` the school that sent it; None for anyone else's. What
    came of each is in words alone: whether that is a lead, who reads it decides.
    """
    standing = case.enquiries.exclude(stage=EnquiryStage.WITHDRAWN.value)
    if standing.filter(referral=referral).exists():
        return []
    made = []
    for enquiry in enquiries:
        entries = {Act.ANSWER: replace(enquiry.facts, result=Result.IN_WORDS)}
        made += record_enquiry(
            on_cases=[case],
            step=enquiry.step,
            step_words=enquiry.step_words,
            entries=entries,
            by_school=school,
            by=None,
            at=at,
            referral=referral,
            told_home=enquiry.home,
        )
    return made


@transaction.atomic
def withdraw_told(*, case: Case, referral: str, why: str, by: User, at: datetime) -> None:
    """Withdraw what a referral told of, since it came to this case by mistake: it stays to read."""
    facts = EntryFacts(on=at.date(), words=why)
    rows = case.enquiries.exclude(stage=EnquiryStage.WITHDRAWN.value).filter(referral=referral)
    for enquiry in rows.select_related("case").order_by("pk"):
        keep_entry(enquiry, Act.WITHDRAW, facts, by=by, at=at)


@transaction.atomic
def join_enquiries(*, kept: Child) -> list[children.Change]:
    """Give what is not yet answered on a closed case of a child to the open one.

    For records that were merged: of two open cases one was closed. Returns every change.
    """
    target = Case.objects.open().filter(child=kept).first()
    if target is None:
        return []
    stages = [EnquiryStage.PLANNED.value, *WAITING_CODES]
    left = Enquiry.objects.filter(
        case__child=kept, case__closed_on__isnull=False, case__outcome="same_child"
    )
    changes = []
    for enquiry in left.filter(stage__in=stages).order_by("pk"):
        changes.append(children.change(enquiry, case_id=target.pk))
        entries = EnquiryEntry.objects.filter(enquiry=enquiry).order_by("pk")
        changes += [children.change(entry, case_id=target.pk) for entry in entries]
    return changes
