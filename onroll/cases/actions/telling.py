"""Telling those who work on a case what is new about it."""

from datetime import datetime

from django.db.models import Q

from onroll.accounts.models import User
from onroll.cases.models import Case, Member, Seal
from onroll.messages import actions as messages
from onroll.messages.models import Kind


def tell_workers(*, case: Case, kind: Kind, at: datetime, by: User | None = None) -> None:
    """Tell who has a case and its team, but not who did it.

    Of a child with a sealed case only those who see it are told, and nobody who covers for them.
    """
    seals = Seal.objects.standing().filter(case__child=case.child_id)
    sealed = seals.values_list("case", flat=True).first()
    of_case = Q(cases_owned=sealed or case.pk)
    on_team = Q(pk__in=Member.objects.filter(case=sealed or case.pk).values("user"))
    workers = User.objects.filter(of_case | on_team).distinct()
    is_sealed = sealed is not None
    messages.tell(
        kind=kind, ref=case.ref, to=workers, at=at, apart_from=by, with_covers=not is_sealed
    )
