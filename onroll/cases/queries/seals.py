"""Sealed cases as their team reads of them, and what is proposed of them."""

from datetime import date

from django.db.models import QuerySet

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, Seal, SealProposal
from onroll.cases.offers import Todo
from onroll.cases.queries.case import team_of

NoProposal = SealProposal.DoesNotExist


def seal_of(case: Case) -> Seal | None:
    """Return the seal that stands on a case, if any."""
    return Seal.objects.standing().filter(case=case).select_related("by").first()


def proposal_of(case: Case, *, with_answered: bool = False) -> SealProposal | None:
    """Return what somebody proposed of sealing or unsealing a case, and nobody has answered.

    `with_answered` is for who sends an answer: the newest, answered or not.
    """
    rows = SealProposal.objects.filter(case=case).select_related("by", "case")
    waiting = rows if with_answered else rows.filter(answered_at=None)
    return waiting.order_by("-at", "-pk").first()


def sealed_cases(user: User, *, on: date) -> QuerySet[Seal]:
    """Return the seals that stand on the cases this person may see, the newest first."""
    cases = Case.objects.visible_to(user, on=on)
    rows = Seal.objects.standing().filter(case__in=cases)
    return rows.select_related("case__child", "case__owner", "by").order_by("-at", "-pk")


def proposals_waiting(user: User, *, on: date) -> QuerySet[SealProposal]:
    """Return the proposals that wait for who decides of them, on cases this person may see."""
    rows = SealProposal.objects.filter(
        answered_at=None, case__in=Case.objects.visible_to(user, on=on)
    )
    return rows.select_related("case__child", "by")


def seal_todos(user: User, *, on: date) -> list[Todo]:
    """Return what waits for who decides whether a case is sealed."""
    if not may(user, Permission.CASE_SEAL):
        return []
    return [
        Todo(
            "seal_proposals",
            proposals_waiting(user, on=on),
            ("proposal to seal or unseal a case", "proposals to seal or unseal a case"),
            page="cases:sealed",
            meaning="soon",
            since="at",
            is_silent_at_none=True,
        )
    ]


def possible_team(case: Case, user: User) -> list[User]:
    """Return who can be ticked to see a case that is sealed: its team now, and who asks.

    Whoever has the case sees it anyway.
    """
    people = [member.user for member in team_of(case)]
    every = {person.pk: person for person in (*people, user) if person.pk != case.owner_id}
    return list(every.values())
