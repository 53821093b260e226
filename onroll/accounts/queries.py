"""Every read of people and their roles."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from onroll.accounts import access
from onroll.accounts.matrix import Scope
from onroll.accounts.models import Cover, User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role

# Recovery codes alone are no second factor: they stand in for a lost one.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def people() -> QuerySet[User]:
    """Return all people with an account, with their roles and `has_factor`.

    `has_factor` says whether they have a second factor.
    """
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    everyone = User.objects.annotate(has_factor=Exists(factors))
    return everyone.prefetch_related("roles_held").order_by("name", "email")


def find_person(email: str) -> User | None:
    """Return the person with this address, in any case."""
    return User.objects.filter(email=email.strip().lower()).first()


def roles_of(user: User) -> list[Role]:
    """Return the roles a person may act in."""
    return [Role(holding.role) for holding in user.roles_held.order_by("id")]


def has_second_factor(user: User) -> bool:
    """Return whether the person has an authenticator app, a security key or a passkey."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists())


def may_in_some_role(user: User, permission: Permission) -> bool:
    """Say whether a person may do this in any role they hold, whichever they act in now."""
    return user.is_active and may_in_one_of(roles_of(user), permission)


def may_in_one_of(roles: Iterable[Role], permission: Permission) -> bool:
    """Say whether somebody may do this in one of these roles."""
    cells = (permission.cell(role) for role in roles)
    return any(not access.is_denied(cell, permission) for cell in cells)


def named_or_with_role(emails: Collection[str], role: Role) -> list[tuple[User, list[Role]]]:
    """Return the active people with one of these addresses, with all of their roles, and those
    who hold a role, with that; by name, in one query.
    """
    wanted = Q(email__in=[email.strip().lower() for email in emails])
    rows = User.objects.filter(wanted | Q(roles_held__role=role.value), is_active=True)
    held = rows.annotate(held=ArrayAgg("roles_held__role", distinct=True)).order_by("name")
    return [(person, [Role(code) for code in person.held if code]) for person in held]


def colleagues(role: Role) -> QuerySet[User]:
    """Return the active people who hold this role and may be given its work."""
    holders = User.objects.filter(is_active=True, roles_held__role=role.value)
    return holders.order_by("name").distinct()


def whose_trail(user: User) -> list[int] | None:
    """Return whose entries of the audit trail the person may search; None means everyone's."""
    scope = access.scope(user, Permission.AUDIT_SEARCH)
    if scope is Scope.ALL:
        return None
    if scope is not Scope.OWN_TEAM:
        return []
    team = User.objects.filter(team=user.team).exclude(team="")
    return sorted({user.pk, *team.values_list("pk", flat=True)})


def covered_by(user: User, *, on: date) -> QuerySet[Cover, Any]:
    """Return the keys of the people for whom a person covers on a day."""
    return Cover.objects.in_force(on=on).filter(colleague=user).values("absent_id")


def is_theirs(user: User, of: str, *, on: date | None) -> Q:
    """Return the condition that something is a person's, or that of somebody for whom they cover on
    a day, where one is given. `of` leads to whose it is ("case__owner")."""
    if on is None:
        return Q(**{of: user})
    return Q(**{of: user}) | Q(**{f"{of}__in": covered_by(user, on=on)})


def cover_of(user: User, *, on: date) -> Cover | None:
    """Return who covers for a person on a day or later; None for nobody."""
    covers = Cover.objects.newest().filter(absent=user, until_on__gte=on)
    return covers.select_related("colleague", "by").first()


def last_cover(user: User) -> int:
    """Return which word about the cover of a person was the last; 0 where there was none."""
    return Cover.objects.filter(absent=user).aggregate(last=Max("pk"))["last"] or 0


def with_colleagues(users: Iterable[User], *, on: date) -> list[User]:
    """Return people, and who covers for them on a day, each once."""
    users = list(users)
    covers = Cover.objects.in_force(on=on).filter(absent__in=users).select_related("colleague")
    both = [*users, *(cover.colleague for cover in covers if cover.colleague)]
    return list({user.pk: user for user in both}.values())
