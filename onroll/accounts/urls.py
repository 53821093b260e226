"""Addresses of sign-in, the own account and the audit trail.

Of allauth's pages only these: nobody signs up, and the authority changes e-mail addresses.
"""

from allauth.account import views as allauth
from django.urls import include, path

from onroll.accounts.sides import SIGNED_IN, Routes, Side, on, only
from onroll.accounts.views import account, sign_in, trail
from onroll.govuk.languages import english_with_a_cover

of_allauth = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", allauth.signup, name="account_signup"),  # says that it is closed
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", sign_in.forgotten, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "password/reset/key/<account:uidb36>-<link_key:key>/",
        sign_in.link,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
STRANGERS_OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
"""Those of allauth's pages that visitors open before they sign in."""

for route in of_allauth:
    if getattr(route, "name", "") in STRANGERS_OPEN:
        route.callback = english_with_a_cover(route.callback)
only(Side.ANYONE, names=STRANGERS_OPEN, routes=of_allauth)
of_everyone_signed_in: Routes = [
    path("account/", account.account, name="account"),
    path("account/stay/", account.stay, name="account_stay"),
    path("account/role/", account.switch_role, name="account_role"),
    path("account/", include(of_allauth)),
    path("reason/", account.state_reason, name="reason"),
    path("unsent/", account.unsent_form, name="unsent"),
]
of_council = [path("audit/", trail.search, name="audit")]

urlpatterns = [
    *on(*SIGNED_IN, routes=of_everyone_signed_in),
    *on(Side.COUNCIL, routes=of_council),
]
