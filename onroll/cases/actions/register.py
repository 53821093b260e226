"""Sets of filters on the register that someone keeps."""

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import (
    SavedView,
)
from onroll.rules.refusal import Refused

NAME_TAKEN = (
    "You keep other filters under this name. Choose another name, or forget that view first."
)


@transaction.atomic
def save_view(*, user: User, name: str, filters: dict[str, str]) -> SavedView:
    """Keep a set of register filters under a name; Refused where it stands for others."""
    view, _ = SavedView.objects.get_or_create(user=user, name=name, defaults={"filters": filters})
    if view.filters != filters:
        raise Refused(NAME_TAKEN, field="name")
    return view


@transaction.atomic
def forget_view(*, user: User, pk: int) -> None:
    """Delete one of a person's own saved views."""
    SavedView.objects.filter(user=user, pk=pk).delete()
