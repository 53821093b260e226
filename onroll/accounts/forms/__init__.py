"""The forms of sign-in and of the own account."""

from onroll.accounts.forms.account import ReasonForm, RoleForm, TrailForm
from onroll.accounts.forms.factors import (
    AppForm,
    CodeAgainForm,
    CodeForm,
    PasskeyAfterForm,
    PasskeyAgainForm,
    PasskeyForm,
    PasskeyNameForm,
    PasskeySignInForm,
)
from onroll.accounts.forms.passwords import (
    ChangePasswordForm,
    FirstPasswordForm,
    ForgotPasswordForm,
    NewPasswordForm,
    PasswordAgainForm,
    SignInForm,
)

__all__ = [
    "AppForm",
    "ChangePasswordForm",
    "CodeAgainForm",
    "CodeForm",
    "FirstPasswordForm",
    "ForgotPasswordForm",
    "NewPasswordForm",
    "PasskeyAfterForm",
    "PasskeyAgainForm",
    "PasskeyForm",
    "PasskeyNameForm",
    "PasskeySignInForm",
    "PasswordAgainForm",
    "ReasonForm",
    "RoleForm",
    "SignInForm",
    "TrailForm",
]
