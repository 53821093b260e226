"""Forms of passwords: allauth's forms with our words."""

from typing import ClassVar

from allauth.account import forms as allauth

from onroll.accounts.forms.words import OurWords


class _Words(OurWords):
    labels: ClassVar = {
        "login": "Email address",
        "email": "Email address",
        "password": "Password",
        "oldpassword": "Your password now",
        "password1": "New password",
        "password2": "The new password once more",
    }
    hints: ClassVar = {
        "password1": (
            "At least 14 characters. Four words that have nothing to do with one another are easy "
            "to remember and hard to guess."
        )
    }
    missing: ClassVar = {
        "login": "Enter your email address",
        "email": "Enter your email address",
        "password": "Enter your password",
        "oldpassword": "Enter the password you sign in with now",
        "password1": "Enter a new password",
        "password2": "Enter the new password once more",
    }


class SignInForm(_Words, allauth.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Address and password."""


class PasswordAgainForm(_Words, allauth.ReauthenticateForm):  # type: ignore[misc]  # untyped
    """The password once more, before a sensitive change."""


class ForgotPasswordForm(_Words, allauth.ResetPasswordForm):  # type: ignore[misc]  # untyped
    """The address to send a link to."""


class NewPasswordForm(_Words, allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # untyped
    """A new password, chosen by link."""


class ChangePasswordForm(_Words, allauth.ChangePasswordForm):  # type: ignore[misc]  # untyped
    """A new password for a user who knows the present one."""


class FirstPasswordForm(_Words, allauth.SetPasswordForm):  # type: ignore[misc]  # untyped
    """A password for a user who signs in without one."""
