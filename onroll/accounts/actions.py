"""Everything that can be done to people and the roles they hold.

Whatever takes something away from a person ends their sessions at once.
"""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from onroll.accounts.models import RoleHeld, User
from onroll.accounts.roles import ROLES_TO_HOLD, Role
from onroll.audit import actions as audit
from onroll.rules.refusal import Refused


@transaction.atomic
def add_person(
    *, email: str, name: str, role: Role, team: str = "", by: User | None, at: datetime
) -> User:
    """Add a person who acts in `role` and chooses a password by a link.

    `by` is None for the command line. Raises Refused for a role without accounts, and
    IntegrityError if the address has an account.
    """
    _check(role)
    user = User(email=email.strip().lower(), name=name.strip(), role=role.value, team=team.strip())
    user.password = make_password(None)
    user.session_stamp = secrets.token_hex(16)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    _hold(user=user, role=role, by=by, at=at)
    audit.security(by=by, event="person_added", outcome="done", about=f"person {user.pk}", at=at)
    return user


@transaction.atomic
def confirm_address(*, user: User, at: datetime) -> None:
    """Record that the address is the person's: they used a link that was sent to it.

    allauth requires this before a second factor is set up. Rows of their other addresses are
    deleted.
    """
    _keep_address(user=_lock(user), is_verified=True)
    _record(user=user, event="address_confirmed", detail="", by=user, at=at)


@transaction.atomic
def change_person(
    *, user: User, email: str, name: str, team: str, by: User | None, at: datetime
) -> User:
    """Change a person's e-mail address, name and team; all three are written.

    Raises IntegrityError if another account has the address. Whoever had a confirmed address has a
    confirmed one after the change: the authority vouches for it.
    """
    user = _lock(user)
    user.email, user.name, user.team = email.strip().lower(), name.strip(), team.strip()
    user.save(update_fields=["email", "name", "team"])
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    _keep_address(user=user, is_verified=confirmed.exists())
    _record(user=user, event="person_changed", detail="", by=by, at=at)
    return user


@transaction.atomic
def take_credentials(*, user: User, by: User | None, at: datetime) -> User:
    """Remove password, second factors and recovery codes of a person who lost a device.

    Their sessions end. They choose a new password by a link: the old one may be in the wrong hands
    too.
    """
    user = _lock(user)
    user.password = make_password(None)
    user.session_stamp = secrets.token_hex(16)
    user.save(update_fields=["password", "session_stamp"])
    Authenticator.objects.filter(user=user).delete()
    _record(user=user, event="credentials_taken", detail="", by=by, at=at)
    return user


@transaction.atomic
def give_role(*, user: User, role: Role, by: User | None, at: datetime) -> None:
    """Give the person one more role; no change if they hold it."""
    _check(role)
    user = _lock(user)
    if user.roles_held.filter(role=role.value).exists():
        return
    _hold(user=user, role=role, by=by, at=at)
    if user.role is None:
        user.role = role.value
        user.save(update_fields=["role"])


@transaction.atomic
def take_role(*, user: User, role: Role, by: User | None, at: datetime) -> User:
    """Take a role from the person and end their sessions.

    If they acted in it, they now act in another role they hold, or in none.
    """
    user = _lock(user)
    user.roles_held.filter(role=role.value).delete()
    if user.role == role.value:
        another = user.roles_held.order_by("id").first()
        user.role = another.role if another else None
    user.session_stamp = secrets.token_hex(16)
    user.save(update_fields=["role", "session_stamp"])
    _record(user=user, event="role_taken", detail=role.value, by=by, at=at)
    return user


@transaction.atomic
def switch_role(*, user: User, role: Role, at: datetime) -> User:
    """Set the role a person acts in to another that they hold; else Refused."""
    user = _lock(user)
    if not user.roles_held.filter(role=role.value).exists():
        raise Refused(f"You do not hold the role {role.words}.")
    user.role = role.value
    user.save(update_fields=["role"])
    _record(user=user, event="role_switched", detail=role.value, by=user, at=at)
    return user


@transaction.atomic
def disable(*, user: User, by: User | None, at: datetime) -> User:
    """Disable an account and end its sessions. What the person did stays on record."""
    user = _lock(user)
    user.is_active = False
    user.session_stamp = secrets.token_hex(16)
    user.save(update_fields=["is_active", "session_stamp"])
    _record(user=user, event="person_disabled", detail="", by=by, at=at)
    return user


@transaction.atomic
def enable(*, user: User, by: User | None, at: datetime) -> User:
    """Let a disabled person sign in again."""
    user = _lock(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record(user=user, event="person_enabled", detail="", by=by, at=at)
    return user


def _keep_address(*, user: User, is_verified: bool) -> None:
    """Keep allauth's one row of the person's address equal to the address itself."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": is_verified}
    )


def _lock(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _check(role: Role) -> None:
    if role not in ROLES_TO_HOLD:
        raise Refused(f"{role.words}: nobody signs in with this role.")


def _hold(*, user: User, role: Role, by: User | None, at: datetime) -> None:
    giver = by.email if by else "command line"
    RoleHeld.objects.create(user=user, role=role.value, given_at=at, given_by=giver)
    _record(user=user, event="role_given", detail=role.value, by=by, at=at)


def _record(*, user: User, event: str, detail: str, by: User | None, at: datetime) -> None:
    about = f"person {user.pk} {detail}".strip()
    audit.security(by=by, event=event, outcome="done", about=about, at=at)
