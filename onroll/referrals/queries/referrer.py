"""What is read for the person who referred: by a private link, and what they added since."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_noop

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.queries import cases_worked_on
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.clock_codes import DECIDE
from onroll.referrals.codes import SAME_CHILD
from onroll.referrals.models import (
    Referral,
    ReferralRisk,
    ReferralStep,
    ReferralUpdate,
    StatusLink,
)
from onroll.referrals.queries.progress import Progress, finished_day, progress_of
from onroll.referrals.status import is_link_valid
from onroll.schools.models import School


def digest(key: str) -> str:
    """Return what is kept of the key of a private link."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True)
class FollowedReferral:
    """A referral that somebody follows, and how far it is."""

    referral: Referral
    far: Progress


def find_by_key(key: str, *, on: date) -> FollowedReferral:
    """Return the referral to which a private link leads on a day; Referral.DoesNotExist if none.

    None leads to an open case that was sent to the hub: its page tells that the child is known.
    """
    link = StatusLink.objects.filter(digest=digest(key))
    of_public = Referral.objects.filter(from_case__isnull=True, pk__in=link.values("referral"))
    followed = follow(with_day(of_public).get())
    if not is_link_valid(followed.far.finished_on, on=on):
        raise Referral.DoesNotExist
    return followed


def follow(referral: Referral) -> FollowedReferral:
    """Return a referral with how far it is."""
    return FollowedReferral(referral, progress_of([referral])[referral.pk])


def with_day(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return referrals, each with the day on which the hub is to have decided.

    And with whether the hub says that it has something which was owed: most have no such step.
    """
    return referrals.annotate(**_DAY, has_answers=Exists(_ANSWERS))


_RUNNING = Deadline.objects.of_each(Subject.REFERRAL, OuterRef("pk")).running()
_ANSWERS = ReferralStep.objects.filter(referral=OuterRef("pk")).exclude(gives=[]).order_by()
_DAY = {"decision_due_on": Subquery(_RUNNING.filter(clock__in=DECIDE).values("due_on")[:1])}


def own_referrals(user: User, *, of: School | None = None) -> QuerySet[Referral]:
    """Return the referrals that a person made, or their school (access matrix, row 2).

    Those `of` one school, where it is named.
    """
    match scope(user, Permission.REFERRAL_STATUS):
        case Scope.OWN_SCHOOL | Scope.TRUST:
            schools = user.schools.order_by().values("school")
            mine = Q(school__in=schools) | Q(school=None, made_by=user)
        case Scope.NONE:
            return Referral.objects.none()
        case _:
            mine = Q(made_by=user)
    referrals = Referral.objects.filter(mine).select_related("made_by", "from_case", "school")
    if of is not None:
        referrals = referrals.filter(school=of)
    return referrals.prefetch_related("children__case").order_by("-sent_at")


def open_to_its_link(referral: Referral, *, on: date) -> bool:
    """Return whether the private links of a referral still lead to its page on a day."""
    return referral.from_case_id is None and is_link_valid(finished_day(referral), on=on)


def with_case(case: Case) -> QuerySet[Referral]:
    """Return the referrals of which a case came, or a case that joined it."""
    is_joined = Q(children__case__child=case.child_id, children__case__outcome=SAME_CHILD)
    return Referral.objects.filter(Q(children__case=case) | is_joined).distinct()


def about_case(case: Case) -> QuerySet[Referral]:
    """Return the referrals of which a case came, and those as which it was sent to the hub."""
    return Referral.objects.filter(Q(pk__in=with_case(case).values("pk")) | Q(from_case=case))


ADDITIONS = {
    (True, False): gettext_noop("your words"),
    (False, True): gettext_noop("a file"),
    (True, True): gettext_noop("your words and a file"),
}
ANSWERS = gettext_noop("your answers about risk")
"""What an addition is, by whether it has words, and a file."""


def additions_of(updates: Sequence[ReferralUpdate]) -> Sequence[tuple[datetime, str]]:
    """Return when each addition came, and whether it is words, a file or both: no word of it.

    `updates` are the newest first; here the first is.
    """
    answered = set(
        ReferralRisk.objects.filter(update__in=updates).values_list("update", flat=True)
        if updates
        else ()
    )
    return [
        (update.at, ANSWERS if update.pk in answered else _kind(update))
        for update in reversed(updates)
    ]


def _kind(update: ReferralUpdate) -> str:
    return ADDITIONS[bool(update.text), bool(update.document_id)]


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


def sees_documents(user: User, referral: Referral, *, on: date) -> bool:
    """Return whether this person may open on a day what was attached (access matrix, row 15).

    Whose letter is *assigned* may before there is a case, since they decide about it, and then on
    cases of their own.
    """
    match scope(user, Permission.DOCUMENT_OPEN):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            cases = referral.children.filter(case__isnull=False)
            own = cases_worked_on(user, on=on).values("pk")
            return not cases.exists() or cases.filter(case__in=own).exists()
        case _:
            return False
