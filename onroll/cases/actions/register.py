"""Sets of filters on the register that someone keeps."""

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import (
    SavedView,
)


@transaction.atomic
def save_view(*, user: User, name: str, filters: dict[str, str]) -> SavedView:
    """Keep a set of register filters under a name; the same name again replaces it."""
    view, _ = SavedView.objects.update_or_create(
        user=user, name=name, defaults={"filters": filters}
    )
    return view


@transaction.atomic
def forget_view(*, user: User, pk: int) -> None:
    """Delete one of a person's own saved views."""
    SavedView.objects.filter(user=user, pk=pk).delete()
