"""Enquiries planned, asked, chased, answered or left out, each with an entry (P12, P31)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.enquiries.actions.entries import attach, keep_entry
from onroll.enquiries.actions.facts import EntryFacts
from onroll.enquiries.actions.sent_again import refuse_same_enquiry, refuse_same_entry
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.enquiries.queries.log import last_entry
from onroll.enquiries.queries.schools import sees
from onroll.enquiries.queries.together import siblings_to_add_to
from onroll.rules.enquiry_log import ACT_TITLES, MOVES, Act, EnquiryStage, after
from onroll.rules.hours import moment_in_words
from onroll.rules.references import speakable
from onroll.rules.refusal import Changed, Refused
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

    A step that stands there as planned or left out already is not put there again. Refused where
    some are left out without a word.
    """
    if left_out and not left_out_why.strip():
        raise Refused("Say why the others are left out", field="left_out_why")
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
    asked_school: School | None = None,
    by_school: School | None = None,
    by: User | None,
    at: datetime,
    referral: str = "",
    told_home: str = "",
) -> list[Enquiry]:
    """Keep an enquiry of one child, or of brothers and sisters together, with its entries in order.

    Of the schools there is one at most: that is asked in Onroll, or that made it. `entries` may be
    empty for one that is only planned. Refused where one of the cases is closed, unless it came
    with a referral, and where the person recorded the very same minutes ago.
    """
    if asked_school is not None:
        _refuse_unseen(on_cases, asked_school, on=at.date())
    _lock_all(case.pk for case in on_cases)
    facts: dict[str, Any] = {
        "step": step,
        "step_words": step_words,
        "why": why,
        "referral": referral,
        "told_home": told_home,
        "asked_school": asked_school,
        "by_school": by_school,
        "by": by,
    }
    if by is not None:
        refuse_same_enquiry(on_cases[0], facts, entries, at=at)
    together = speakable()
    enquiries = [
        Enquiry.objects.create(
            case=case if referral else _lock(case), together=together, at=at, **facts
        )
        for case in on_cases
    ]
    for act, said in entries.items():
        document = attach(said.file, by=by, at=at)
        for enquiry in enquiries:
            keep_entry(enquiry, act, said, by=by, at=at, document=document)
    return enquiries


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
    *,
    enquiry: Enquiry,
    act: Act,
    facts: EntryFacts,
    by: User,
    at: datetime,
    latest: int | None = None,
) -> list[Enquiry]:
    """Record what was done about an enquiry, and about those made together with it.

    Of these only on the cases that the person may add to (`queries.siblings_to_add_to`), and that
    are as far as this one once all are locked; the rest stay as they are. Returns those it is
    recorded on, this one first. Refused where the act is not open to it any more, its case is
    closed, or the person recorded the very same minutes ago. Changed where somebody recorded
    something after the entry that was the last on the page (`latest`, its key; 0 for none).
    """
    siblings = siblings_to_add_to(enquiry, by, on=at.date())
    _lock_all([enquiry.case_id, *(sibling.case_id for sibling in siblings)])
    rows = [_locked(enquiry), *map(_locked, siblings)]
    stage = EnquiryStage(rows[0].stage)
    if not rows[0].case.is_open:
        raise Refused(CLOSED.format(rows[0].case.ref))
    is_open = stage in MOVES[act].starts
    if is_open:
        refuse_same_entry(rows[0], act, facts, by=by, at=at)
    if latest is not None:
        _refuse_overtaken(rows[0], by, latest, is_open=is_open)
    after(act, stage)
    changed = [row for row in rows if row.stage == stage and row.case.is_open]
    document = attach(facts.file, by=by, at=at)
    for row in changed:
        keep_entry(row, act, facts, by=by, at=at, document=document)
    return changed


def _refuse_overtaken(enquiry: Enquiry, by: User, latest: int, *, is_open: bool) -> None:
    """Refuse what was written beside an older page, and say what somebody recorded meanwhile."""
    last = last_entry(enquiry, by)
    if last is None or last.pk == latest:
        return
    name = last.by.name if last.by else "Onroll"
    done = ACT_TITLES[Act(last.act)].lower()
    raise Changed(
        f"{name} recorded meanwhile, on {moment_in_words(last.at)}: {done}. What you wrote is not "
        "saved.",
        stands={
            "What was recorded": last.act_title,
            **({"result": last.result_title} if last.result else {}),
            "words": last.words or "Nothing",
        },
        is_final=not is_open,
    )


def _lock_all(cases: Iterable[int]) -> None:
    """Lock cases in the order of their keys, so that no two people wait for each other."""
    rows = Case.objects.select_for_update().filter(pk__in=cases).order_by("pk")
    list(rows.values_list("pk"))


def _locked(enquiry: Enquiry) -> Enquiry:
    """Lock an enquiry, and return it as it is now."""
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related(
        "case__child", "case__school"
    )
    return rows.get(pk=enquiry.pk)


@transaction.atomic
def read_news(*, entries: Iterable[EnquiryEntry], by: User, at: datetime) -> int:
    """Write down who has read what is new; return how many entries were not read before."""
    unread = EnquiryEntry.objects.filter(
        pk__in=[entry.pk for entry in entries], is_news=True, read_at__isnull=True
    )
    return unread.update(read_at=at, read_by=by)


def _lock(case: Case) -> Case:
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open:
        raise Refused(CLOSED.format(case.ref))
    return case
