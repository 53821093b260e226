"""The open cases of the made-up council of which somebody may refer the child again."""

from random import Random

from onroll.cases.models import Case
from onroll.referrals.models import ReferredChild


def open_cases(chance: Random) -> list[Case]:
    """Return some open cases with an owner whose child nobody has referred since, in any order."""
    cases = Case.objects.open().filter(owner__isnull=False, child__born_on__isnull=False)
    referred = ReferredChild.objects.filter(known_case__isnull=False).values("known_case")
    fresh = cases.exclude(pk__in=referred).select_related("child", "owner")
    of_workers = list(fresh.order_by("pk")[:20])
    chance.shuffle(of_workers)
    return of_workers
