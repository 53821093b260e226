"""What lists showed, and what of it waits for an answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from onroll.accounts.access import may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.cases.offers import Todo
from onroll.cases.queries import protected
from onroll.children.models import Place
from onroll.intake.models import Transfer
from onroll.lists.models import Finding
from onroll.rules.day import Call
from onroll.rules.findings import FINDINGS


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many findings wait in review, for who may answer them."""
    if not may(user, Permission.MATCH_DECIDE):
        return []
    words = ("finding of lists for you to answer", "findings of lists for you to answer")
    query = {"list": "findings"}
    return [
        Todo(
            "findings",
            shown_findings(user),
            words,
            "intake:review",
            query,
            "soon",
            since="found_at",
            call=Call.ARRIVED if user.role in (Role.LOC, Role.MASH) else None,
            is_for_review=True,
        )
    ]


def for_review(user: User) -> list[QuerySet[Finding]]:
    """Return what waits in review of what lists show."""
    return [shown_findings(user)]


def shown_findings(user: User) -> QuerySet[Finding]:
    """Return the unanswered findings about children whom this person may know of.

    As with records of files: a finding that no manager could see would wait for nobody.
    """
    return Finding.objects.waiting().filter(protected.may_know(user, "child"))


def waiting_findings(user: User, *, ref: str = "") -> QuerySet[Finding]:
    """Return what lists, or one list, showed and nobody has answered, the oldest first."""
    findings = shown_findings(user)
    return (
        (findings.filter(transfer__ref=ref) if ref else findings)
        .select_related("child", "school", "transfer", "maybe_row")
        .order_by("found_at", "pk")
    )


def get_finding(user: User, pk: int) -> Finding:
    """Return a finding, waiting or not, for who may answer (row 16) and see the child; else 404."""
    may_decide = scope(user, Permission.MATCH_DECIDE) == Scope.ALL
    findings = Finding.objects.filter(
        protected.may_know(user, "child"), child__merged_into__isnull=True
    )
    findings = findings if may_decide else Finding.objects.none()
    related = ("child", "school", "transfer", "case", "answered_by", "maybe_row")
    return get_object_or_404(findings.select_related(*related), pk=pk)


def get_answered_finding(user: User, pk: int) -> Finding | None:
    """Return a finding that was answered, or explained since, for who may answer; else None."""
    if scope(user, Permission.MATCH_DECIDE) != Scope.ALL:
        return None
    may_see = protected.may_know(user, "child")
    is_over = Q(answered_at__isnull=False) | Q(withdrawn_at__isnull=False)
    findings = Finding.objects.filter(may_see, is_over, pk=pk)
    related = ("child", "school", "transfer", "case", "answered_by", "explained_by__school")
    return findings.select_related(*related).first()


@dataclass(frozen=True)
class ListShows:
    """The figures of a list: its findings by kind, and how many wait or are cases.

    `arrived` is how many it has on rolls where Onroll knew others but not them.
    """

    kinds: Mapping[str, int]
    arrived: int
    waiting: int
    cases: int
    explained: int


def shown_by(transfer: Transfer, *, hidden: Collection[int]) -> ListShows:
    """Return what a list shows of all children but the hidden, in figures.

    Two queries for one of any length.
    """
    kinds = dict.fromkeys(FINDINGS, 0)
    waiting = cases = explained = 0
    findings = transfer.findings.exclude(child__in=hidden)
    values = findings.values_list("kind", "answered_at", "withdrawn_at", "case")
    for kind, answered_at, withdrawn_at, case in values:
        kinds[kind] += 1
        cases += case is not None
        explained += withdrawn_at is not None
        waiting += answered_at is None and withdrawn_at is None
    return ListShows(kinds, _arrived(transfer, hidden), waiting, cases, explained)


def _arrived(transfer: Transfer, hidden: Collection[int]) -> int:
    """Count children new at schools that other sources know, too."""
    registered = Place.objects.filter(kind="registered", school__isnull=False)
    by_this_list = registered.filter(source=transfer.source_id).exclude(child__in=hidden)
    by_others = registered.exclude(source=transfer.source_id).values("school")
    return by_this_list.filter(school__in=by_others).count() if transfer.source_id else 0
