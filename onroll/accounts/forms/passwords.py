"""What the pages of passwords ask."""

from typing import ClassVar

from allauth.account import forms as allauth

from onroll.accounts.forms.words import OurWords

GOOD_PASSWORD = (
    "At least 14 characters. Four words that have nothing to do with one another are easy to "
    "remember and hard to guess."
)
ADDRESS = {"login": "Email address", "email": "Email address"}
NEW = {"password1": "New password", "password2": "The new password once more"}


class SignInForm(OurWords, allauth.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Who signs in, with which password."""

    labels: ClassVar = ADDRESS


class PasswordAgainForm(OurWords, allauth.ReauthenticateForm):  # type: ignore[misc]  # untyped
    """The password again, before something that matters is changed."""


class ForgotPasswordForm(OurWords, allauth.ResetPasswordForm):  # type: ignore[misc]  # untyped
    """Where to send a link."""

    labels: ClassVar = ADDRESS


class NewPasswordForm(OurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # untyped
    """The password chosen with a link."""

    labels: ClassVar = NEW
    hints: ClassVar = {"password1": GOOD_PASSWORD}


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):  # type: ignore[misc]  # untyped
    """Another password for who knows the present one."""

    labels: ClassVar = {"oldpassword": "Your password now"} | NEW
    hints: ClassVar = {"password1": GOOD_PASSWORD}


class FirstPasswordForm(OurWords, allauth.SetPasswordForm):  # type: ignore[misc]  # untyped
    """A password for who signs in without one."""

    labels: ClassVar = NEW
    hints: ClassVar = {"password1": GOOD_PASSWORD}
