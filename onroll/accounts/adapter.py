"""How allauth signs people in here: nobody can sign up, and every attempt is recorded."""

from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from onroll.accounts import limits, queries
from onroll.accounts.models import User
from onroll.audit import actions as audit

WRONG_CODE = (
    "This code is not right. The app shows a new one every 30 seconds: enter the one it shows now."
)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's adapter, named by ACCOUNT_ADAPTER."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "The email address or the password is not right. Check both and try again."
        ),
        "too_many_login_attempts": (
            "A wrong password was entered 5 times. Wait 5 minutes and try again. "
            "If you have a passkey, it works now."
        ),
        "too_many_codes": "A wrong code was entered 5 times. Wait 5 minutes and try again.",
        "codes_stopped": (
            "So many wrong codes were entered for your account that no code is taken today. "
            "Somebody else may have your password. Ring the people below."
        ),
        "enter_current_password": "This is not your password. Enter the one you sign in with now.",
        "incorrect_password": "This is not your password. Try again.",
        "incorrect_code": WRONG_CODE,
        "rate_limited": "You have tried too often. Wait 5 minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: the authority makes the accounts."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the user with this password; wrong ones count by account and address."""
        email = str(credentials.get("email") or credentials.get("username") or "")
        usage = limits.count_password(request, email=email)
        if usage is None:
            _record(request, queries.find_person(email), "limit_reached")
            raise self.validation_error("too_many_login_attempts")
        user: User | None = super().authenticate(request, **credentials)
        if user:
            usage.rollback()
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and record it."""
        super().login(request, user)
        _record(request, user, "allowed")

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and record it."""
        if isinstance(request.user, User):
            _record(request, request.user, "signed_out")
        super().logout(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Return whether the password is theirs; attempts count as at sign-in."""
        account = self.authenticate(context.request, email=user.email, password=password)
        return account is not None and account.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether to ask for the password again: not straight after signing in."""
        records = get_authentication_records(context.request, context.request.user)
        since = context.request.began_at.timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        is_fresh = any(record["at"] > since for record in records)
        return not is_fresh and super().is_reauthentication_required(app=app, **kwargs)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the link; above the limit send nothing: strangers must not fill a mailbox."""
        if limits.count_reset_mail(self.request, email=email):
            super().send_password_reset_mail(user, email, context)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a failed attempt and its account, if any; never what was typed."""
        user = queries.find_person(
            str(credentials.get("email") or credentials.get("username") or "")
        )
        _record(request, user, "failed")


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's adapter for second factors, named by MFA_ADAPTER."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "unverified_email": (
            "Your account has no confirmed email address yet. Ask whoever made it for a new link, "
            "and choose your password with it."
        ),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """Return the default name of a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"


def _record(request: HttpRequest, user: User | None, outcome: str) -> None:
    about = f"person {user.pk}" if user else "no such account"
    at = request.began_at  # type: ignore[attr-defined]  # set by onroll.audit.middleware.Context
    by = user if outcome in ("allowed", "signed_out") else None
    audit.security(by=by, event="sign_in", outcome=outcome, about=about, at=at)
