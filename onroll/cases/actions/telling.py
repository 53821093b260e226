"""Telling those who work on a case what is new about it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.models import Case, Member, Seal
from onroll.messages import actions as messages
from onroll.messages.models import Kind


def tell_managers(*, case: Case, kind: Kind, at: datetime, by: User) -> None:
    """Tell every manager, but not who did it; of a child with a sealed case only who sees that."""
    managers = User.objects.filter(is_active=True, roles_held__role=Role.MGR.value)
    _tell(case, managers, kind=kind, at=at, by=by)


def tell_person(*, case: Case, person: User, kind: Kind, at: datetime, by: User) -> None:
    """Tell one person of a case, unless they did it, or its child has a sealed case that they do
    not see."""
    _tell(case, User.objects.filter(pk=person.pk), kind=kind, at=at, by=by)


def _tell(case: Case, people: QuerySet[User], *, kind: Kind, at: datetime, by: User) -> None:
    sealed = _sealed(case)
    if sealed is not None:
        people = people.filter(_works_on(sealed))
    messages.tell(
        kind=kind,
        ref=case.ref,
        to=people.distinct(),
        at=at,
        apart_from=by,
        with_covers=sealed is None,
    )


def _sealed(case: Case) -> int | None:
    """Return the sealed case of a case's child, by its key; nothing where none is sealed."""
    seals = Seal.objects.standing().filter(case__child=case.child_id)
    return seals.values_list("case", flat=True).first()


def _works_on(case: int) -> Q:
    """Return the condition of who has a case or is on its team."""
    return Q(cases_owned=case) | Q(pk__in=Member.objects.filter(case=case).values("user"))


def tell_workers(*, case: Case, kind: Kind, at: datetime, by: User | None = None) -> None:
    """Tell who has a case and its team, but not who did it.

    Of a child with a sealed case only those who see it are told, and nobody who covers for them.
    """
    sealed = _sealed(case)
    workers = User.objects.filter(_works_on(sealed or case.pk)).distinct()
    is_sealed = sealed is not None
    messages.tell(
        kind=kind, ref=case.ref, to=workers, at=at, apart_from=by, with_covers=not is_sealed
    )
