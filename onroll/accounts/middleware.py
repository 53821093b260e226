"""Walls round every page: the length of a session, the second factor, the sides of the wall."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext

from onroll.accounts import counts, queries, reasons
from onroll.accounts.models import User
from onroll.accounts.roles import PRIVILEGED_ROLES, SCHOOL_ROLES
from onroll.accounts.sides import Side, side_of, sides_of
from onroll.audit import actions as audit
from onroll.govuk.languages import in_english, translated
from onroll.receipts import unsent
from onroll.receipts.unsent import UnsentForm

Next = Callable[[HttpRequest], HttpResponse]
MINUTE, HOUR = 60, 60 * 60
BEGAN, LAST_SEEN = "began", "seen"
METHODS = ("GET", "HEAD", "POST")
WITHOUT_SECOND_FACTOR = ("mfa_", "account_logout", "account_reauthenticate")
OF_ONE_SELF = ("mfa_", "account_")  # allauth's pages, each about the person signed in
TOO_LONG = "You were signed out because your session had ended."


def longest(user: User) -> tuple[int, int]:
    """Return how many seconds a role's session lasts unused, and at all (trust.md 1.12)."""
    if user.role in PRIVILEGED_ROLES:
        idle, most = 15 * MINUTE, 8 * HOUR
    elif user.role in SCHOOL_ROLES:
        idle, most = 20 * MINUTE, 8 * HOUR
    else:
        idle, most = 30 * MINUTE, 12 * HOUR
    return min(idle, settings.SESSION_COOKIE_AGE), min(most, settings.SESSION_LONGEST)


def known_methods(get_response: Next) -> Next:
    """Answer 405 to methods other than GET, HEAD and POST."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return answer


def known_size(get_response: Next) -> Next:
    """Answer 413 to a form that is too large, before any of it is read or stored.

    People without an account send files to few pages (`decorators.takes_files`).
    """

    def answer(request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH", ""))
        size = int(length) if length.isdecimal() else 0  # Django reads nothing of the others
        if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and size > (most := _most(request)):
            return _too_large(request, most // 1024**2)
        return get_response(request)

    return answer


def _most(request: HttpRequest) -> int:
    """Return how many bytes this person may send to a page."""
    if request.user.is_authenticated:
        return settings.UPLOAD_MAX_SIZE
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        view = None
    if getattr(view, "takes_files", False):
        return settings.ATTACHMENTS_MAX_SIZE
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@translated
def _too_large(request: HttpRequest, megabytes: int) -> HttpResponse:
    """Say how large a form may be: in the reader's language, and in English beside another."""

    def words() -> str:
        said = gettext("This is larger than {megabytes} MB. Send it in parts.")
        return said.format(megabytes=megabytes)

    context = {"words": words(), "in_english": in_english(words)}
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, "413.html", context, status=status)


def session_limits(get_response: Next) -> Next:
    """End a session that has been idle, or has lasted, too long for the role.

    Its last use is written once a minute and with each form, so that a page that only reads writes
    nothing but audit entries. The time left that pages show is counted from what is stored.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            now, session = time.time(), request.session
            idle, most = longest(user)
            began, last_seen = session.setdefault(BEGAN, now), session.get(LAST_SEEN, now)
            if now - last_seen > idle or now - began > most:
                return _end(request, user)
            if request.method == "POST" or now - session.get(LAST_SEEN, 0) >= MINUTE:
                session[LAST_SEEN] = now
                counts.forget(session)
        return get_response(request)

    return answer


def seconds_left(request: HttpRequest, user: User) -> int:
    """Return how many seconds from now an unused session is ended for being idle.

    The longest time a session lasts at all may end it sooner; that is not counted here.
    """
    idle, _ = longest(user)
    now = time.time()
    return int(idle - (now - request.session.get(LAST_SEEN, now)))


def _end(request: HttpRequest, user: User) -> HttpResponse:
    audit.security(by=user, event="session", outcome="ended_by_time", at=timezone.now())
    form = unsent.read(request)
    logout(request)
    if form is not None:
        return sign_in_to_send(request, form)
    messages.info(request, TOO_LONG)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def sign_in_to_send(request: HttpRequest, form: UnsentForm) -> HttpResponseRedirect:
    """Keep a form until its sender is signed in again, and lead to the sign-in."""
    unsent.keep(request, form)
    return redirect_to_login(reverse("unsent"))


class SignIn(LoginRequiredMiddleware):
    """Lead strangers to the sign-in from all pages but the public ones; their form is kept."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Lead to the sign-in, and from there to the page or to the form that was sent."""
        form = unsent.read(request)
        if form is not None:
            return sign_in_to_send(request, form)
        return super().handle_no_permission(request, view_func)


def stated_reason(get_response: Next) -> Next:
    """Put on the user, for `access`, the reason stated within the hour."""

    def answer(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            request.user.stated_reason = reasons.stated(request)
        return get_response(request)

    return answer


class Walls:
    """Check, before a page, the second factor and the side of the wall."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note on the user whether a second factor is still missing."""
        user = request.user
        if isinstance(user, User):
            user.is_held = settings.REQUIRE_MFA and not queries.has_second_factor(user)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Redirect users without a second factor; refuse pages beyond the wall."""
        user, sides = request.user, sides_of(view)
        if not sides:
            raise PermissionDenied("This page is on no side of the wall.")
        if Side.ANYONE in sides or not isinstance(user, User):  # a stranger was sent to sign in
            return None
        name = str(getattr(request.resolver_match, "view_name", ""))
        if name.startswith(WITHOUT_SECOND_FACTOR):
            return None
        if user.is_held:
            return HttpResponseRedirect(reverse("mfa_index"), status=HTTPStatus.FOUND)
        if getattr(view, "is_own_account", False) or name.startswith(OF_ONE_SELF):
            return None
        if not getattr(view, "needs", ()):
            raise PermissionDenied("This page names no permission.")
        if side_of(user) not in sides:
            raise PermissionDenied("This page is on the other side of the school's wall.")
        return None
