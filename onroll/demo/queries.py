"""What the demo's first page offers to try without an account."""

from onroll.agencies.models import Agency
from onroll.demo.partners import WITH_CODES
from onroll.referrals.codes import Relation, Stage
from onroll.referrals.models import Referral


def form_to_follow() -> Referral | None:
    """Return a neighbour's newest form that was accepted, or else any of theirs that came in."""
    forms = Referral.objects.filter(relation=Relation.NEIGHBOUR.value, typed_at__isnull=True)
    forms = forms.exclude(stage=Stage.QUARANTINE.value)
    accepted = forms.filter(stage=Stage.ACCEPTED.value)
    return accepted.order_by("pk").last() or forms.order_by("pk").last()


def agency_with_codes() -> Agency | None:
    """Return the agency whose person may be given a code."""
    return Agency.objects.filter(name=next(iter(WITH_CODES)), is_active=True).first()
