"""Whose greater risks are to be reviewed: a child of an urgent or red referral who was accepted."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from onroll.accounts.models import User
from onroll.accounts.queries import is_theirs
from onroll.cases.models import Case, RiskReview
from onroll.referrals.models import HubDecision
from onroll.rules.grades import Grade


def to_review(user: User, *, on: date | None = None) -> QuerySet[HubDecision]:
    """Return by which decisions a child became this person's open case, and since when, if nobody
    has reviewed the greater risks since.

    With a day, also of who is absent then and for whom they cover. The head of the case says the
    same (`of_case`).
    """
    is_grave = Q(entry__referral__is_urgent=True) | Q(entry__referral__grade=Grade.RED.value)
    is_own = is_theirs(user, "entry__case__owner", on=on)
    case = is_own & Q(entry__case__closed_on__isnull=True)
    taken = _taken().filter(is_grave, case)
    reviews = RiskReview.objects.filter(case=OuterRef("entry__case"), at__gte=OuterRef("taken_at"))
    return taken.exclude(Exists(reviews))


def risks_found(case: Case, since: datetime | None) -> dict[str, datetime]:
    """Return which greater risks the hub found likely of the child of a case, by their code, and
    when; only of what came to the case after a moment, since a later review answers the rest."""
    taken: Any = _taken().filter(entry__case=case).order_by("at", "pk")
    rows = taken.filter(taken_at__gt=since) if since else taken
    return {code: row.at for row in rows for code in row.greater_risks}


def _taken() -> QuerySet[HubDecision]:
    """Return the decisions by which a child became, or joined, somebody’s case, and when."""
    to_accept = HubDecision.objects.to_accept().order_by().values("pk")
    taken = HubDecision.objects.standing().exclude(pk__in=to_accept)
    return taken.annotate(taken_at=Coalesce("accepted_at", "at"))
