"""The forms in quarantine, by their senders."""

from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from onroll.accounts.models import User
from onroll.referrals.codes import Quarantined, Stage
from onroll.referrals.models import Quarantine, Referral


def senders_in_quarantine(user: User, answer: Quarantined) -> list[dict[str, Any]]:
    """Return each sender of forms in quarantine: how many, how many urgent, the first and last."""
    rows = Quarantine.objects.visible_to(user).filter(answer=answer.value)
    senders = rows.order_by().values("sender")
    return list(
        senders.annotate(
            forms=Count("pk"),
            urgent=Count("pk", filter=Q(referral__is_urgent=True)),
            first_at=Min("referral__sent_at"),
            last_at=Max("referral__sent_at"),
        ).order_by("-urgent", "first_at", "sender")
    )


def in_quarantine(user: User, sender: str) -> QuerySet[Quarantine]:
    """Return a sender's forms that are or were in quarantine, the first to come first."""
    rows = Quarantine.objects.visible_to(user).filter(sender=sender)
    return rows.select_related("referral").prefetch_related("referral__children")


def to_answer(user: User, referral: Referral) -> Quarantine | None:
    """Return why a referral is kept apart, for who may release it; None where it is not."""
    if referral.stage != Stage.QUARANTINE:
        return None
    return Quarantine.objects.visible_to(user).filter(referral=referral).first()
