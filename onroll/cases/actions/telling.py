"""Telling those who work on a case what is new about it."""

from datetime import datetime

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.messages import actions as messages
from onroll.messages.models import Kind


def tell_workers(*, case: Case, kind: Kind, at: datetime, by: User | None = None) -> None:
    """Tell who has a case and its team, but not who did it."""
    workers = User.objects.filter(cases_owned=case).union(
        User.objects.filter(pk__in=case.members.values("user"))
    )
    messages.tell(kind=kind, ref=case.ref, to=workers, at=at, apart_from=by)
