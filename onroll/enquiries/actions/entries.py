"""An entry of an enquiry, and what follows from it: stage, clock, where the child is, next step."""

from datetime import datetime
from typing import Any

from onroll.accounts.models import User
from onroll.accounts.roles import SCHOOL_ROLES
from onroll.cases import actions as cases
from onroll.children.models import Address, Child
from onroll.children.queries import is_home_protected
from onroll.documents import actions as documents
from onroll.documents.models import Document, Kind
from onroll.enquiries.actions.clocks import meet_chase, note_first_enquiry, start_chase
from onroll.enquiries.actions.facts import EntryFacts, File
from onroll.enquiries.models import LEAD_OF, Enquiry, EnquiryEntry
from onroll.messages.models import Kind as Message
from onroll.rules.enquiry_log import Act, EnquiryStage, Result, after, follow_up
from onroll.rules.refusal import Refused


def keep_entry(
    enquiry: Enquiry,
    act: Act,
    facts: EntryFacts,
    *,
    by: User | None,
    at: datetime,
    document: Document | None = None,
    is_news: bool = False,
) -> EnquiryEntry:
    """Add an entry, and do what follows: stage, clock, where the child is, and the next step.

    `document` is the file of `facts`, which is kept once for all the cases it is shown on.
    `is_news` is true of what whoever has the case is to read; what a school adds is always so.
    """
    enquiry.stage = after(act, EnquiryStage(enquiry.stage)).value
    enquiry.save(update_fields=["stage"])
    entry = EnquiryEntry.objects.create(
        enquiry=enquiry,
        case_id=enquiry.case_id,
        **columns(act, facts, child=enquiry.case.child),
        document=document,
        at=at,
        by=by,
        is_news=is_news or facts.is_news or _is_of_school(enquiry, by),
    )
    if enquiry.is_waiting:
        start_chase(enquiry, facts, at=at)
    else:
        meet_chase(enquiry, on=at.date())
    if act not in _NOT_MADE and enquiry.by_school_id is None and not enquiry.referral:
        note_first_enquiry(enquiry.case, on=at.date())
    if act is Act.ANSWER or entry.is_news:
        cases.tell_workers(case=enquiry.case, kind=Message.ENQUIRY_ANSWERED, at=at, by=by)
    if facts.result is not None and enquiry.case.is_open:
        _follow(enquiry, facts, by=by, at=at)
    return entry


def columns(act: Act, facts: EntryFacts, *, child: Child) -> dict[str, Any]:
    """Return what an entry keeps of what somebody said, by column; the file stands apart.

    `child` is the one whom the case is about.
    """
    return {
        "act": act.value,
        "done_on": facts.on,
        "done_at": facts.time,
        "done_by": facts.by,
        "asked_name": facts.name,
        "asked_contact": facts.contact,
        "method": facts.method,
        "address": _same_address(facts.address, child),
        "lives_there": facts.lives_there,
        "words": facts.words,
        "result": facts.result.value if facts.result else "",
        "lead": facts.lead.value if facts.lead else "",
        "evidence": facts.evidence,
    }


def _same_address(address: Address | None, child: Child) -> Address | None:
    """Return an address as it is on record of a child: of brothers and sisters each has its own."""
    if address is None or address.child_id == child.pk:
        return address
    same = child.addresses.filter(postcode=address.postcode, lines=address.lines).order_by("-pk")
    return next((home for home in same if not is_home_protected(child, home)), None)


_NOT_MADE = (Act.LEAVE_OUT, Act.WITHDRAW)


def _is_of_school(enquiry: Enquiry, by: User | None) -> bool:
    """Return whether an entry comes from the school's own people, so that an officer reads it."""
    return enquiry.school is not None and by is not None and by.role in SCHOOL_ROLES


def attach(file: File | None, *, by: User | None, at: datetime) -> Document | None:
    """Keep the file of an entry, if there is one; Refused where it is not taken."""
    if file is None:
        return None
    name, content = file
    try:
        return documents.attach(
            kind=Kind.EVIDENCE, content=content, name=name or "file", by=by, at=at
        )
    except Refused as refusal:
        raise Refused(str(refusal), field="file") from None


def _follow(enquiry: Enquiry, facts: EntryFacts, *, by: User | None, at: datetime) -> None:
    """Let an answer reach the case: where the child is, and the step that a lead asks for."""
    if facts.result is Result.LOCATED:
        why = f"Enquiry {enquiry.ref}, {enquiry.title}: {facts.words}"
        cases.note_whereabouts(case=enquiry.case, why=why, at=at, by=by)
    if facts.lead is not None:
        plan_next(enquiry, follow_up(facts.lead, known=()), at=at)


def plan_next(enquiry: Enquiry, step: str, *, at: datetime) -> None:
    """Put the step on the list that a lead asks for, unless it waits there already; "" for none."""
    done = (EnquiryStage.ANSWERED.value, EnquiryStage.LEFT_OUT.value)
    waiting = enquiry.case.enquiries.exclude(stage__in=done)
    if step and not waiting.filter(step=step).exists():
        why = f"{LEAD_OF}{enquiry.ref}: {enquiry.title}"
        Enquiry.objects.create(case=enquiry.case, step=step, why=why[:400], at=at)
