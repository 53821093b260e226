"""Packs in sight, which cases can stand in one, and what is answered of each child."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from onroll.accounts.access import is_masked, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries import cases_worked_on
from onroll.cases.queries.protected import works_with
from onroll.children.queries import plain, protected_of
from onroll.enquiries.models import WAITING_CODES, Enquiry
from onroll.rules.enquiries import OTHER
from onroll.rules.enquiry_log import EnquiryStage
from onroll.rules.requests import KINDS, MOST_IN_A_PACK, RequestKind
from onroll.sharing.models import Disclosure, DisclosureQuerySet, Pack, PackQuerySet
from onroll.sharing.queries.log import ASKS

NoPack = Pack.DoesNotExist
PLANNED = EnquiryStage.PLANNED.value


def packs(user: User, *, on: date) -> PackQuerySet:
    """Return the packs in sight, the newest first; no file is fetched."""
    rows = Pack.objects.visible_to(user, on=on).defer("pdf", "text")
    return rows.select_related("by", "agency")


def get_pack(user: User, ref: str, *, on: date) -> Pack:
    """Return a pack in sight; Pack.DoesNotExist else."""
    return packs(user, on=on).get(ref=ref)


def lines_in(pack: Pack, user: User, *, on: date) -> DisclosureQuerySet:
    """Return the lines of a pack about children in a person's sight, with their enquiries."""
    rows = Disclosure.objects.visible_to(user, on=on).filter(pack=pack)
    related = rows.select_related("case__child", "enquiry__case", "withdrawn_by")
    return related.prefetch_related("enquiry__entries").order_by("pk")


def may_open(pack: Pack, user: User, *, on: date) -> bool:
    """Return whether a person may open a pack: may ask about every child in it.

    Where one of them is protected by now, what was sent before can lead to the home: it is for who
    works on the case, and has stated a reason where that is asked (access matrix, row 8).
    """
    children = list(pack.disclosures.values_list("case__child_id", flat=True))
    if len(children) != _asked_of(user, on).filter(disclosures__pack=pack).count():
        return False
    hidden = protected_of(children)
    is_let_in = scope(user, Permission.PROTECTED_ADDRESS_VIEW) is Scope.ASSIGNED
    return not hidden or (is_let_in and works_with(user, hidden, on=on))


def to_answer(pack: Pack, user: User, *, on: date) -> DisclosureQuerySet:
    """Return the lines of a pack that a person may answer, answered ones among them."""
    rows = lines_in(pack, user, on=on)
    cases = _asked_of(user, on).filter(closed_on__isnull=True)
    return rows.filter(enquiry__case__in=cases, withdrawn_at__isnull=True)


@dataclass(frozen=True)
class Figures:
    """How many children stand in a pack that a person sees, and of how many it is answered."""

    number: int
    answered: int


def figures_of(rows: Sequence[Pack], user: User, *, on: date) -> dict[int, Figures]:
    """Return by key of a pack how far it is, of children in sight; one query."""
    lines = Disclosure.objects.visible_to(user, on=on).filter(pack__in=rows).order_by()
    answered = Q(enquiry__stage=EnquiryStage.ANSWERED.value)
    counted = lines.values("pack").annotate(
        number=Count("pk"), answered=Count("pk", filter=answered)
    )
    return {row["pack"]: Figures(row["number"], row["answered"]) for row in counted}


def planned_by_step(user: User, *, on: date) -> list[tuple[RequestKind, int]]:
    """Return the kinds of request, each with how many enquiries of it the user could ask now."""
    planned = Enquiry.objects.filter(stage=PLANNED, step__in=list(KINDS), case__in=_open(user, on))
    steps = planned.order_by().values("step").annotate(number=Count("case", distinct=True))
    numbers = {row["step"]: row["number"] for row in steps}
    return [(kind, numbers.get(step, 0)) for step, kind in KINDS.items() if step != OTHER]


def cases_to_ask(user: User, step: str, *, on: date) -> list[Case]:
    """Return the cases on which a step is planned and that a person may ask about, oldest first.

    No more than stand in one pack; none of a child with a protected identity.
    """
    planned = Enquiry.objects.filter(stage=PLANNED, step=step).exclude(step=OTHER).values("case")
    rows = _open(user, on).filter(pk__in=planned).select_related("child", "school")
    return list(rows.order_by("opened_on", "pk")[:MOST_IN_A_PACK])


def is_waiting(line: Disclosure) -> bool:
    """Return whether the answer about a child of a pack is waited for."""
    return line.enquiry is not None and line.enquiry.is_waiting


def pdf_of(pack: Pack) -> bytes:
    """Return the PDF of a pack as it was made."""
    return bytes(Pack.objects.values_list("pdf", flat=True).get(pk=pack.pk))


def text_of(pack: Pack) -> str:
    """Return a pack as the text that was made."""
    return str(Pack.objects.values_list("text", flat=True).get(pk=pack.pk))


def steps_planned(case: Case) -> set[str]:
    """Return the steps that are planned on a case."""
    return set(case.enquiries.filter(stage=PLANNED).values_list("step", flat=True))


def waiting_for(case: Case, step: str) -> Enquiry | None:
    """Return the enquiry of a step whose answer is waited for on a case, if any."""
    return case.enquiries.filter(stage__in=WAITING_CODES, step=step).order_by("-pk").first()


def asked_together(step: str, cases: Sequence[Case]) -> dict[int, list[Enquiry]]:
    """Return by key of a case its planned enquiry of a step, with those made together with it.

    Two queries. The others are those on open cases that are planned as well. Of what stands in no
    list nothing: two such enquiries have little in common.
    """
    if step == OTHER:
        return {}
    planned = Enquiry.objects.filter(stage=PLANNED, step=step).order_by("pk")
    planned_on = {row.case_id: row for row in reversed(planned.filter(case__in=cases))}
    together = [row.together for row in planned_on.values()]
    groups: defaultdict[str, list[Enquiry]] = defaultdict(list)
    for row in planned.filter(together__in=together, case__closed_on__isnull=True):
        groups[row.together].append(row)
    return {case: groups[row.together] for case, row in planned_on.items()}


def _open(user: User, on: date) -> QuerySet[Case]:
    """Return the open cases about whose children a person may make requests."""
    return _asked_of(user, on).filter(plain("child"), closed_on__isnull=True)


def _asked_of(user: User, on: date) -> QuerySet[Case]:
    """Return the cases that a person may ask about: `may_ask` of many."""
    cases = Case.objects.visible_to(user, on=on)
    scopes = {scope(user, permission) for permission in ASKS}
    is_hidden = is_masked(user, Permission.CASE_VIEW) or is_masked(user, Permission.ADDRESS_VIEW)
    if is_hidden or scopes - {Scope.ALL, Scope.JUSTIFIED, Scope.ASSIGNED}:
        return cases.none()
    if Scope.ASSIGNED in scopes:
        return cases.filter(pk__in=cases_worked_on(user, on=on).values("pk"))
    return cases
