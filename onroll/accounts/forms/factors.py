"""Forms of second factors: codes, and the names of passkeys."""

import re
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django.contrib import messages
from django.core.exceptions import ValidationError

from onroll.accounts import limits
from onroll.accounts.forms.words import OurWords
from onroll.audit import actions as audit

DIGITS = {"inputmode": "numeric", "class": "govuk-input--width-10"}
NOT_TAKEN = (
    "This passkey is not set up for an account here, or the page was open too long. Try again, or "
    "use another way."
)
NOT_MADE = "The passkey could not be set up. Load the page again and try once more."
# What allauth raises on an answer that no device gives; unseen, a stranger could break the page.
BAD_ANSWERS = (ValidationError, AttributeError, KeyError, TypeError, ValueError)
GAPS = re.compile(r"[\s-]")  # apps show codes in two halves, and people type them so


class _Limited(OurWords):
    """A code of the app or a recovery code; a wrong one is counted and recorded."""

    missing: ClassVar = {"code": "Enter the code"}
    boxes: ClassVar = {"code": DIGITS}

    def clean_code(self) -> str:
        """Return the code, or refuse it in a sentence."""
        self.cleaned_data["code"] = GAPS.sub("", self.cleaned_data["code"])
        user: Any = self.user  # type: ignore[attr-defined]  # set by allauth's form
        attempt = limits.count_code(context.request, user=user)
        if attempt is None:
            raise get_adapter().validation_error("too_many_codes")
        anywhere = limits.count_code_anywhere(context.request, user=user)
        if anywhere is None:
            raise get_adapter().validation_error("codes_stopped")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
        except ValidationError:
            about, at = f"person {user.pk}", context.request.began_at
            audit.security(by=None, event="second_factor", outcome="failed", about=about, at=at)
            raise
        attempt.rollback()
        anywhere.rollback()
        return code


class CodeForm(_Limited, codes.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The code at sign-in."""

    labels: ClassVar = {"code": "Code"}
    hints: ClassVar = {
        "code": "The 6 digits your authenticator app shows now, or one of your recovery codes"
    }

    def clean(self) -> dict[str, Any] | None:
        """After a recovery code, say how many are left and what to do."""
        if not self.errors and self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            self.authenticator.refresh_from_db()  # allauth marks the code on a copy
            left = len(self.authenticator.wrap().get_unused_codes())
            messages.info(
                context.request,
                f"You used a recovery code; {left} are left. If your phone or key is lost, remove "
                "it under Your account, Second factor, and set up another.",
            )
        return super().clean()


class CodeAgainForm(_Limited, codes.ReauthenticateForm):  # type: ignore[misc]  # untyped
    """The code once more, before a sensitive change."""

    labels: ClassVar = CodeForm.labels
    hints: ClassVar = CodeForm.hints


class AppForm(OurWords, ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """The first code of an authenticator app."""

    labels: ClassVar = {"code": "Code"}
    hints: ClassVar = {"code": "The 6 digits the app shows now"}
    missing: ClassVar = {"code": "Enter the code"}
    boxes: ClassVar = {"code": DIGITS}

    def clean_code(self) -> str:
        """Return the code, or refuse it in a sentence."""
        self.cleaned_data["code"] = GAPS.sub("", self.cleaned_data["code"])
        return str(super().clean_code())


class _Passkey(OurWords):
    """The answer of a device. It cannot be guessed, so no limit applies."""

    missing: ClassVar = {"credential": NOT_TAKEN}

    def clean_credential(self) -> Authenticator:
        """Return the key's credential, or refuse it in a sentence."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # of allauth's form
        except BAD_ANSWERS:
            user = getattr(self, "user", None)
            about = f"person {user.pk}" if user else "no such account"
            at = context.request.began_at
            audit.security(by=None, event="passkey", outcome="failed", about=about, at=at)
            raise ValidationError(NOT_TAKEN) from None


class PasskeySignInForm(_Passkey, passkeys.LoginWebAuthnForm):  # type: ignore[misc]  # untyped
    """A passkey instead of address and password."""


class PasskeyAfterForm(_Passkey, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]  # untyped
    """A passkey or security key after the password."""


class PasskeyAgainForm(_Passkey, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # untyped
    """The passkey once more, before a sensitive change."""


class PasskeyForm(OurWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]  # untyped
    """A new passkey and its name."""

    labels: ClassVar = {
        "name": "What do you want to call it?",
        "passwordless": "Let me sign in with it alone, without my password",
    }
    hints: ClassVar = {
        "name": "So that you can tell it from others, such as My work laptop",
        "passwordless": (
            "Your device asks for its PIN, fingerprint or face. Leave this out only for a simple "
            "security key that asks for none."
        ),
    }

    missing: ClassVar = {"credential": NOT_MADE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        """Return the device's answer, or refuse it in a sentence."""
        try:
            return dict(super().clean() or {})
        except BAD_ANSWERS:
            raise ValidationError(NOT_MADE) from None


class PasskeyNameForm(OurWords, passkeys.EditWebAuthnForm):  # type: ignore[misc]  # untyped
    """Another name for a passkey."""

    labels: ClassVar = {"name": "What do you want to call it?"}
    missing: ClassVar = {"name": "Enter a name for it"}
