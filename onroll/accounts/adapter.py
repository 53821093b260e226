"""How allauth signs people in here: nobody signs themselves up, and every attempt is recorded."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest

from onroll.accounts import queries
from onroll.accounts.models import User
from onroll.audit import actions as audit


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Set by ACCOUNT_ADAPTER."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: accounts are made by the authority."""
        return False

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
        """Say whether this is their password; each attempt counts as one at sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a failed attempt: against which account, if any; never what was typed."""
        user = queries.find_person(
            str(credentials.get("email") or credentials.get("username") or "")
        )
        _record(request, user, "failed")


def _record(request: HttpRequest, user: User | None, outcome: str) -> None:
    about = f"person {user.pk}" if user else "no such account"
    at = request.began_at  # type: ignore[attr-defined]  # set by onroll.audit.middleware.Context
    by = user if outcome != "failed" else None
    audit.security(by=by, event="sign_in", outcome=outcome, about=about, at=at)
