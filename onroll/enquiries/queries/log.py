"""The enquiries of a case as its pages show them, and those that a school may see."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from onroll.accounts.models import User
from onroll.accounts.roles import SCHOOL_ROLES
from onroll.cases.models import Case
from onroll.clocks.models import Deadline, Subject
from onroll.documents.models import Document
from onroll.documents.queries import Look, looks_of
from onroll.enquiries.models import WAITING_CODES, Enquiry, EnquiryEntry, EnquiryQuerySet
from onroll.rules.enquiries import EnquiryStep
from onroll.rules.enquiry_log import WAITING, Act, EnquiryStage, plan

NoEnquiry = Enquiry.DoesNotExist
NoEntry = EnquiryEntry.DoesNotExist


def with_entries(enquiries: EnquiryQuerySet) -> EnquiryQuerySet:
    """Return enquiries with their entries and the day each is chased on; no file is fetched."""
    entries = EnquiryEntry.objects.select_related("by", "read_by", "address")
    return (
        enquiries.select_related("case__child", "asked_school", "by_school", "by")
        .prefetch_related(Prefetch("entries", entries))
        .annotate(due_on=due_on())
    )


def last_entry(enquiry: Enquiry, user: User) -> EnquiryEntry | None:
    """Return what was recorded last of an enquiry, as far as a person sees it.

    A school that is asked does not see what the council wrote down of others' answers.
    """
    entries = EnquiryEntry.objects.filter(enquiry=enquiry).select_related("by")
    if user.role in SCHOOL_ROLES and not enquiry.by_school_id:
        asks = [Act.ASK.value, Act.CHASE.value]
        entries = entries.filter(Q(is_news=True) | Q(act__in=asks))
    return entries.order_by("at", "pk").last()


@dataclass(frozen=True)
class Log:
    """The enquiries of a case: those waited for, to be made, answered and left out."""

    waiting: Sequence[Enquiry]
    planned: Sequence[Enquiry]
    answered: Sequence[Enquiry]
    left_out: Sequence[Enquiry]

    def __iter__(self) -> Iterator[Enquiry]:
        """Yield them all."""
        return chain(self.waiting, self.planned, self.answered, self.left_out)


@dataclass(frozen=True)
class Figures:
    """How many enquiries of a case are waited for, to be made and answered; and what is next."""

    waiting: int
    planned: int
    answered: int
    left_out: int
    news: int
    next_on: date | None

    @property
    def number(self) -> int:
        """Return how many there are in all."""
        return self.waiting + self.planned + self.answered + self.left_out


def glance_at(case: Case) -> EnquiryQuerySet:
    """Return the rows for `figures_of`."""
    news = EnquiryEntry.objects.filter(enquiry=OuterRef("pk"), is_news=True, read_at__isnull=True)
    rows = Enquiry.objects.filter(case=case).select_related("asked_school")
    return rows.annotate(due_on=due_on(), has_news=Exists(news))


def figures_of(enquiries: Iterable[Any]) -> Figures:
    """Return how far the enquiries of a case are, from the rows that `glance_at` returned."""
    rows = list(enquiries)
    stages = Counter(row.stage for row in rows)
    return Figures(
        waiting=sum(stages[code] for code in WAITING_CODES),
        planned=stages[EnquiryStage.PLANNED],
        answered=stages[EnquiryStage.ANSWERED],
        left_out=stages[EnquiryStage.LEFT_OUT],
        news=sum(row.has_news for row in rows),
        next_on=min((row.due_on for row in rows if row.due_on), default=None),
    )


def due_on() -> Subquery:
    """Return the day on which an enquiry is chased."""
    due = Deadline.objects.of_each(Subject.ENQUIRY, OuterRef("pk")).running().order_by("due_on")
    return Subquery(due.values("due_on")[:1])


def log_of(case: Case) -> Log:
    """Return the enquiries of a case; those waited for by the day they are chased on."""
    return sort(with_entries(Enquiry.objects.filter(case=case)))


def sort(enquiries: Iterable[Enquiry]) -> Log:
    """Return enquiries by how far they are, each with `due_on` where it is waited for."""
    rows = list(enquiries)
    waiting = [row for row in rows if row.stage in WAITING]
    return Log(
        waiting=sorted(waiting, key=lambda row: (getattr(row, "due_on", None) or date.max, row.pk)),
        planned=_at(EnquiryStage.PLANNED, rows),
        answered=_at(EnquiryStage.ANSWERED, rows),
        left_out=_at(EnquiryStage.LEFT_OUT, rows) + _at(EnquiryStage.WITHDRAWN, rows),
    )


def _at(stage: EnquiryStage, rows: Iterable[Enquiry]) -> list[Enquiry]:
    return [row for row in rows if row.stage == stage]


def get_enquiry(case: Case, ref: str) -> Enquiry:
    """Return an enquiry of a case with its entries; Enquiry.DoesNotExist for another's."""
    return with_entries(Enquiry.objects.filter(case=case)).get(ref=ref)


def entry_of(enquiry: Enquiry, pk: int) -> EnquiryEntry:
    """Return an entry of an enquiry that has a file; EnquiryEntry.DoesNotExist else."""
    return EnquiryEntry.objects.get(enquiry=enquiry, pk=pk, document__isnull=False)


def looks(enquiry: Enquiry) -> dict[int, Look]:
    """Return by the key of its entry how each file of an enquiry is shown."""
    keys = {e.pk: e.document_id for e in enquiry.entries.all() if e.document_id}
    files = looks_of(Document.objects.defer("content").filter(pk__in=keys.values()))
    return {pk: files[document] for pk, document in keys.items()}


def steps_to_plan(case: Case) -> list[EnquiryStep]:
    """Return the steps that the reasons of a case ask for and that are not on its list."""
    reasons = case.reasons.filter(withdrawn_at__isnull=True).values_list("code", flat=True)
    standing = case.enquiries.exclude(stage=EnquiryStage.WITHDRAWN.value)
    steps = standing.values_list("step", flat=True)
    return plan(set(reasons) | {case.reason}, known=set(steps))
