"""Who has a referral: who looks at it for the hub, and then the owners of its children's cases.

Of a hand-over that nobody has accepted nobody has it.
"""

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from onroll.referrals.codes import AT_THE_HUB, Stage
from onroll.referrals.models import Referral, ReferredChild


def owners_of(referral: Referral) -> str:
    """Return the names of who has a referral whose children are fetched; nothing for nobody."""
    hub = referral.owner.name if referral.owner else ""
    if referral.stage in AT_THE_HUB:
        return hub
    cases = [case for child in referral.children.all() if (case := child.case or child.known_case)]
    owners = dict.fromkeys(case.owner.name for case in cases if case.owner)
    is_officers = cases or referral.stage == Stage.HANDED_OVER.value
    return ", ".join(owners) if is_officers else hub


_CHILDREN = ReferredChild.objects.filter(referral=OuterRef("pk"))
_OF_CASE = (
    _CHILDREN.annotate(whose=Coalesce("case__owner__name", "known_case__owner__name"))
    .filter(whose__isnull=False)
    .order_by("number")
)
_WITH_CASE = _CHILDREN.filter(Q(case__isnull=False) | Q(known_case__isnull=False))
FIRST_OWNER = Case(
    When(stage__in=AT_THE_HUB, then="owner__name"),
    When(
        Q(stage=Stage.HANDED_OVER.value) | Exists(_WITH_CASE),
        then=Subquery(_OF_CASE.values("whose")[:1]),
    ),
    default="owner__name",
)
"""The same in a query: of owners of several cases the first."""
