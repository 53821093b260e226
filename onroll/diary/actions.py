"""Every write to the addresses of diaries."""

import secrets
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.diary.models import Feed
from onroll.diary.queries import digest


@transaction.atomic
def make_feed(*, user: User, at: datetime) -> str:
    """Return the key of a new address of a person's diary; the one before stops working."""
    withdraw_feed(user=user, at=at)
    key = secrets.token_urlsafe(32)
    Feed.objects.create(user=user, digest=digest(key), made_at=at)
    return key


@transaction.atomic
def withdraw_feed(*, user: User, at: datetime) -> None:
    """Withdraw the address of a person's diary, if there is one."""
    user = User.objects.select_for_update().get(pk=user.pk)
    Feed.objects.filter(user=user, withdrawn_at__isnull=True).update(withdrawn_at=at)
