"""What the demo's first page offers to try without an account."""

from onroll.agencies.models import Agency
from onroll.demo.partners import WITH_CODES
from onroll.referrals.codes import Stage
from onroll.referrals.models import Referral


def form_to_follow() -> Referral | None:
    """Return the newest form of the public that was accepted, or else any that has come in."""
    forms = Referral.objects.filter(depth="anyone").exclude(stage=Stage.QUARANTINE.value)
    accepted = forms.filter(stage=Stage.ACCEPTED.value)
    return accepted.order_by("pk").last() or forms.order_by("pk").last()


def agency_with_codes() -> Agency | None:
    """Return the agency whose person may be given a code."""
    return Agency.objects.filter(name=next(iter(WITH_CODES)), is_active=True).first()
