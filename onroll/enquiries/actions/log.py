"""Enquiries planned, asked, chased, answered or left out, each with an entry (P12, P31)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.accounts.roles import SCHOOL_ROLES
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.documents import actions as documents
from onroll.documents.models import Document, Kind
from onroll.enquiries.actions.clocks import meet_chase, note_first_enquiry, start_chase
from onroll.enquiries.actions.facts import EntryFacts, File
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.enquiries.queries.schools import sees
from onroll.enquiries.queries.together import others_together
from onroll.rules.enquiry_log import Act, EnquiryStage, Lead, Result, after, follow_up
from onroll.rules.refusal import Refused
from onroll.schools.models import School

CLOSED = "Case {} is closed. Open it again first. What you wrote is not saved."


@transaction.atomic
def plan_enquiries(
    *,
    case: Case,
    steps: Sequence[str],
    left_out: Sequence[str] = (),
    left_out_why: str = "",
    by: User,
    at: datetime,
) -> list[Enquiry]:
    """Put steps on the list of a case, and those that were left out with the reason.

    A step that stands there as planned or left out already is not put there again.
    """
    case = _lock(case)
    on_list = set(
        case.enquiries.filter(
            stage__in=[EnquiryStage.PLANNED.value, EnquiryStage.LEFT_OUT.value]
        ).values_list("step", flat=True)
    )
    enquiries = [
        Enquiry.objects.create(case=case, step=step, at=at, by=by)
        for step in (*steps, *left_out)
        if step not in on_list
    ]
    for enquiry in enquiries:
        if enquiry.step in left_out:
            keep_entry(
                enquiry, Act.LEAVE_OUT, EntryFacts(on=at.date(), words=left_out_why), by=by, at=at
            )
    return enquiries


@transaction.atomic
def record_enquiry(
    *,
    on_cases: Sequence[Case],
    step: str,
    step_words: str = "",
    why: str = "",
    entries: Mapping[Act, EntryFacts],
    school: School | None = None,
    is_by_school: bool = False,
    by: User | None,
    at: datetime,
    referral: str = "",
) -> list[Enquiry]:
    """Keep an enquiry of one child, or of brothers and sisters together, with its entries in order.

    `school` is whose it is, or who is asked; `entries` may be empty for one that is only planned.
    Refused where one of the cases is closed, unless it came with a referral.
    """
    if by is not None:
        _refuse_same(on_cases[0], step, step_words, [*entries.values()], by=by, at=at)
    if school is not None and not is_by_school:
        _refuse_unseen(on_cases, school, on=at.date())
    _lock_all(case.pk for case in on_cases)
    enquiries: list[Enquiry] = []
    for case in on_cases:
        enquiries.append(
            Enquiry.objects.create(
                case=_lock(case) if not referral else case,
                step=step,
                step_words=step_words,
                why=why,
                school=school,
                is_by_school=is_by_school,
                referral=referral,
                at=at,
                by=by,
                **({"together": enquiries[0].together} if enquiries else {}),
            )
        )
    for act, facts in entries.items():
        document = _attach(facts.file, by=by, at=at)
        for enquiry in enquiries:
            keep_entry(enquiry, act, facts, by=by, at=at, document=document)
    return enquiries


_SAME = timedelta(minutes=15)


def _refuse_same(
    case: Case, step: str, step_words: str, entries: Sequence[EntryFacts], *, by: User, at: datetime
) -> None:
    """Refuse the very same that the person recorded minutes ago: a page went back and was sent."""
    same = Enquiry.objects.filter(
        case=case, step=step, step_words=step_words, by=by, at__gt=at - _SAME
    )
    for facts in entries:
        same = same.filter(
            entries__words=facts.words,
            entries__asked_name=facts.name,
            entries__done_on=facts.on,
            entries__method=facts.method,
        )
    if (last := same.first()) is not None:
        raise Refused(
            f"You recorded exactly this at {timezone.localtime(last.at):%H:%M}, as {last.ref}. "
            "Nothing was added. If it happened again, say what is new."
        )


def _refuse_unseen(on_cases: Sequence[Case], school: School, *, on: date) -> None:
    """Refuse to ask a school in Onroll about a child whom it does not see there: it never answers.

    Of brothers and sisters some may be at another school.
    """
    for case in on_cases:
        if not sees(school, case.child_id, on=on):
            raise Refused(
                f"{school.name} does not have the child of case {case.ref} on its list, so it "
                "cannot answer for that child. Record another enquiry for them.",
                field="also",
            )


@transaction.atomic
def add_entry(
    *, enquiry: Enquiry, act: Act, facts: EntryFacts, by: User, at: datetime
) -> list[Enquiry]:
    """Record what was done about an enquiry, and about those made together with it.

    Of these only on the cases that the person may add to (`queries.others_together`); others stay
    as they are. Returns those it is recorded on, this one first. Refused where the act is not open
    to it any more, or its case is closed.
    """
    others = others_together(enquiry, by, on=at.date())
    _lock_all([enquiry.case_id, *(other.case_id for other in others)])
    rows = [_locked(enquiry), *map(_locked, others)]
    stage = EnquiryStage(rows[0].stage)
    if not rows[0].case.is_open:
        raise Refused(CLOSED.format(rows[0].case.ref))
    after(act, stage)
    changed = [row for row in rows if row.stage == stage and row.case.is_open]
    document = _attach(facts.file, by=by, at=at)
    for row in changed:
        keep_entry(row, act, facts, by=by, at=at, document=document)
    return changed


def _lock_all(cases: Iterable[int]) -> None:
    """Lock cases in the order of their keys, so that no two people wait for each other."""
    rows = Case.objects.select_for_update().filter(pk__in=cases).order_by("pk")
    list(rows.values_list("pk"))


def _locked(enquiry: Enquiry) -> Enquiry:
    """Lock an enquiry, and return it as it is now."""
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("case__child", "school")
    return rows.get(pk=enquiry.pk)


@transaction.atomic
def read_news(*, entries: Iterable[EnquiryEntry], by: User, at: datetime) -> int:
    """Write down who has read what schools added; return how many entries were not read before."""
    unread = EnquiryEntry.objects.filter(
        pk__in=[entry.pk for entry in entries], is_news=True, read_at__isnull=True
    )
    return unread.update(read_at=at, read_by=by)


def _lock(case: Case) -> Case:
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open:
        raise Refused(CLOSED.format(case.ref))
    return case


def keep_entry(
    enquiry: Enquiry,
    act: Act,
    facts: EntryFacts,
    *,
    by: User | None,
    at: datetime,
    document: Document | None = None,
) -> EnquiryEntry:
    """Add an entry, and do what follows: stage, clock, where the child is, and the next step.

    `document` is the file of `facts`, which is kept once for all the cases it is shown on.
    """
    enquiry.stage = after(act, EnquiryStage(enquiry.stage)).value
    enquiry.save(update_fields=["stage"])
    is_school = _is_of_school(enquiry, by)
    entry = EnquiryEntry.objects.create(
        enquiry=enquiry,
        case_id=enquiry.case_id,
        act=act.value,
        done_on=facts.on,
        done_at=facts.time,
        done_by=facts.by,
        asked_name=facts.name,
        asked_contact=facts.contact,
        method=facts.method,
        words=facts.words,
        result=facts.result.value if facts.result else "",
        lead=facts.lead.value if facts.lead else "",
        evidence=facts.evidence,
        document=document,
        chase_on=facts.chase_on if enquiry.is_waiting else None,
        at=at,
        by=by,
        is_news=is_school,
    )
    if enquiry.is_waiting:
        start_chase(enquiry, facts, at=at)
    else:
        meet_chase(enquiry, on=at.date())
    if act not in _NOT_MADE and not enquiry.is_by_school and not enquiry.referral:
        note_first_enquiry(enquiry.case, on=at.date())
    if facts.result is not None and enquiry.case.is_open:
        _follow(enquiry, facts, by=by, at=at)
    return entry


_NOT_MADE = (Act.LEAVE_OUT, Act.WITHDRAW)


def _is_of_school(enquiry: Enquiry, by: User | None) -> bool:
    """Return whether an entry comes from the school's own people, so that an officer reads it."""
    return enquiry.school_id is not None and by is not None and by.role in SCHOOL_ROLES


def _attach(file: File | None, *, by: User | None, at: datetime) -> Document | None:
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
        _plan_next(enquiry, facts.lead, at=at)


def _plan_next(enquiry: Enquiry, lead: Lead, *, at: datetime) -> None:
    """Put the step on the list that a lead asks for, unless it waits there already."""
    done = (EnquiryStage.ANSWERED.value, EnquiryStage.LEFT_OUT.value)
    waiting = set(enquiry.case.enquiries.exclude(stage__in=done).values_list("step", flat=True))
    if step := follow_up(lead, known=waiting):
        why = f"A lead of enquiry {enquiry.ref}: {enquiry.title}"
        Enquiry.objects.create(case=enquiry.case, step=step, why=why[:400], at=at)
