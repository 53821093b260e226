"""Whose greater risks are to be reviewed: a child of an urgent or red referral who was accepted."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from onroll.accounts.models import User
from onroll.accounts.queries import is_theirs
from onroll.cases.models import RiskReview
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
    to_accept = HubDecision.objects.to_accept().order_by().values("pk")
    taken = HubDecision.objects.standing().filter(is_grave, case).exclude(pk__in=to_accept)
    taken = taken.annotate(taken_at=Coalesce("accepted_at", "at"))
    reviews = RiskReview.objects.filter(case=OuterRef("entry__case"), at__gte=OuterRef("taken_at"))
    return taken.exclude(Exists(reviews))
