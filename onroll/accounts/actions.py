"""Everything that can be done to people and the roles they hold.

Whatever takes something away from a person ends their sessions at once.
"""

import secrets
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from onroll.accounts.models import Cover, RoleHeld, User
from onroll.accounts.queries import last_cover
from onroll.accounts.roles import ROLES_TO_HOLD, Role
from onroll.audit import actions as audit
from onroll.rules.refusal import Changed, Refused


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


COVER_CHANGED = (
    "Somebody said something else about this absence after you opened the page. Read it again."
)


@transaction.atomic
def set_cover(
    *,
    absent: User,
    colleague: User,
    from_on: date,
    until_on: date,
    by: User,
    at: datetime,
    last: int,
) -> Cover:
    """Say that a colleague covers for somebody between two days, instead of what was said before.

    `last` is which word about it was the last that the page showed.
    """
    _refuse_old_word(absent, last)
    if until_on < from_on:
        raise Refused("The last day must be on or after the first", field="until_on")
    if colleague.pk == absent.pk:
        raise Refused("Select somebody else: nobody covers for themselves", field="person")
    away = Cover.objects.newest().filter(absent=colleague, from_on__lte=until_on)
    if away.filter(until_on__gte=from_on).exists():
        raise Refused(f"{colleague.name} is away on some of these days", field="person")
    return Cover.objects.create(
        absent=absent, colleague=colleague, from_on=from_on, until_on=until_on, by=by, at=at
    )


@transaction.atomic
def end_cover(*, absent: User, by: User, at: datetime, last: int) -> Cover:
    """Say that nobody covers for a person any more, from today on."""
    _refuse_old_word(absent, last)
    today = timezone.localtime(at).date()
    return Cover.objects.create(
        absent=absent, colleague=None, from_on=today, until_on=today, by=by, at=at
    )


def _refuse_old_word(absent: User, last: int) -> None:
    _lock(absent)
    if last_cover(absent) != last:
        raise Changed(COVER_CHANGED)
