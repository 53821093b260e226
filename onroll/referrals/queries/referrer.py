"""What is read for the person who referred: by a private link, and what they added since."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.referrals.codes import Stage
from onroll.referrals.models import (
    Referral,
    ReferralUpdate,
    ReferredChild,
    StatusLink,
)
from onroll.referrals.status import finished_on, is_link_valid
from onroll.rules.hours import ENGLAND

SAME_CHILD = "same_child"
"""The outcome of a case that joined another of the same child: the work goes on there."""


def digest(key: str) -> str:
    """Return what is kept of the key of a private link."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True)
class Followed:
    """A referral that somebody follows, and the day on which the work on it was over, if it is."""

    referral: Referral
    finished_on: date | None


def find_by_key(key: str, *, on: date) -> Followed:
    """Return the referral to which a private link leads on a day; Referral.DoesNotExist if none."""
    link = StatusLink.objects.select_related("referral").filter(digest=digest(key)).first()
    if link is None:
        raise Referral.DoesNotExist
    followed = follow(link.referral)
    if not is_link_valid(followed.finished_on, on=on):
        raise Referral.DoesNotExist
    return followed


def follow(referral: Referral) -> Followed:
    """Return a referral with the day on which the work on it was over."""
    return Followed(referral, finished_day(referral))


def own_referrals(user: User) -> QuerySet[Referral]:
    """Return the referrals that a person made, or their school (access matrix, row 2)."""
    match scope(user, Permission.REFERRAL_STATUS):
        case Scope.OWN_SCHOOL | Scope.TRUST:
            schools = user.schools.order_by().values("school")
            mine = Q(school__in=schools) | Q(school=None, made_by=user)
        case Scope.NONE:
            return Referral.objects.none()
        case _:
            mine = Q(made_by=user)
    referrals = Referral.objects.filter(mine).select_related("made_by")
    return referrals.prefetch_related("children__case").order_by("-sent_at")


def open_to_its_link(referral: Referral, *, on: date) -> bool:
    """Return whether the private links of a referral still lead to its page on a day."""
    return is_link_valid(finished_day(referral), on=on)


def finished_day(referral: Referral) -> date | None:
    """Return the day on which the work on a referral was over; None while it goes on."""
    return finished_days([referral])[referral.pk]


def finished_days(referrals: Sequence[Referral]) -> dict[int, date | None]:
    """Return by key the day on which the work on each referral was over; two queries for all.

    A case that joined another of the same child goes on there.
    """
    with_case = ReferredChild.objects.filter(referral__in=referrals, case__isnull=False)
    rows = list(
        with_case.order_by().values_list(
            "referral", "case__child", "case__closed_on", "case__outcome"
        )
    )
    joined = {child for _, child, _, outcome in rows if outcome == SAME_CHILD}
    successors = Case.objects.filter(child__in=joined).exclude(outcome=SAME_CHILD)
    went_on = list(successors.values_list("child", "closed_on"))
    closed_on: dict[int, list[date | None]] = {referral.pk: [] for referral in referrals}
    for referral, child, closed, outcome in rows:
        days = [day for of, day in went_on if of == child] if outcome == SAME_CHILD else [closed]
        closed_on[referral] += days
    return {
        referral.pk: finished_on(
            Stage(referral.stage),
            decided_on=_day(referral.decided_at),
            cases_closed_on=closed_on[referral.pk],
        )
        for referral in referrals
    }


def with_case(case: Case) -> QuerySet[Referral]:
    """Return the referrals of which a case came, or a case that joined it."""
    is_joined = Q(children__case__child=case.child_id, children__case__outcome=SAME_CHILD)
    return Referral.objects.filter(Q(children__case=case) | is_joined).distinct()


def about_case(case: Case) -> QuerySet[Referral]:
    """Return the referrals of which a case came, and those as which it was sent to the hub."""
    return Referral.objects.filter(Q(pk__in=with_case(case).values("pk")) | Q(from_case=case))


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(ENGLAND).date() if moment else None


ADDITIONS = {
    (True, False): gettext_noop("your words"),
    (False, True): gettext_noop("a file"),
    (True, True): gettext_noop("your words and a file"),
}
"""What an addition is, by whether it has words, and a file."""


def additions_of(referral: Referral) -> Sequence[tuple[datetime, str]]:
    """Return when each addition came, and whether it is words, a file or both: no word of it."""
    rows = referral.updates.order_by("at", "pk").values_list("at", "text", "document_id")
    return [(at, ADDITIONS[bool(text), bool(document)]) for at, text, document in rows]


def updates_of(referral: Referral) -> list[ReferralUpdate]:
    """Return what was added to a referral, the newest first; the documents without their bytes."""
    rows = referral.updates.select_related("by", "document").defer("document__content")
    return list(rows) if referral.has_updates else []


def get_update(referral: Referral, pk: int) -> ReferralUpdate:
    """Return an addition with a document; ReferralUpdate.DoesNotExist if there is none."""
    with_document = referral.updates.filter(document__isnull=False)
    return with_document.select_related("document").defer("document__content").get(pk=pk)


NoUpdate = ReferralUpdate.DoesNotExist


def children_with_case(referral: Referral) -> list[int]:
    """Return the keys of the children on record who are known to be those of a referral."""
    with_case = referral.children.filter(case__isnull=False).order_by()
    return list(with_case.values_list("case__child", flat=True).distinct())


def sees_documents(user: User, referral: Referral) -> bool:
    """Return whether this person may open what was attached (access matrix, row 15).

    Whose letter is *assigned* may before there is a case, since they decide about it, and then on
    cases of their own.
    """
    match scope(user, Permission.DOCUMENT_OPEN):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            cases = referral.children.filter(case__isnull=False)
            is_own = Q(case__owner=user) | Q(case__members__user=user)
            return not cases.exists() or cases.filter(is_own).exists()
        case _:
            return False
