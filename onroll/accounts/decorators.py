"""What a page requires of its visitor. The crawler test finds these by attribute."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onroll.accounts import access
from onroll.accounts.permissions import Permission

type_view = Callable[..., HttpResponse]


def needs(*permissions: Permission) -> Callable[[type_view], type_view]:
    """Let in users who hold all of these permissions, and refuse others with 403.

    Users who need a stated reason are redirected to give one. onroll.audit.middleware.Context
    records every 403 in the audit trail.
    """
    if not permissions:
        raise ValueError("Name a permission, or use @own_account or @public.")

    def decorate(view: type_view) -> type_view:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            missing = [
                p
                for p in permissions
                if not (access.may(request.user, p) or access.may_by_glass(request.user, p))
            ]
            # A reason is asked for only where it would open the page.
            if missing and all(access.must_state_a_reason(request.user, p) for p in missing):
                return _ask_for_a_reason(request)
            if missing:
                raise PermissionDenied(missing[0].value)
            return view(request, *args, **kwargs)

        guarded.needs = permissions  # type: ignore[attr-defined]  # read by the crawler
        return guarded

    return decorate


def public(view: type_view) -> type_view:
    """Let in anyone, signed in or not. A test keeps the list of these short."""
    view.is_public = True  # type: ignore[attr-defined]  # read by the crawler
    return login_not_required(view)


def takes_files(view: type_view) -> type_view:
    """Let people without an account send files to a page, which other public pages refuse."""
    view.takes_files = True  # type: ignore[attr-defined]  # read by `middleware.known_size`
    return view


def own_account(view: type_view) -> type_view:
    """Let in every signed-in user, because the page is about themselves."""
    view.is_own_account = True  # type: ignore[attr-defined]  # read by the crawler
    return view


def _ask_for_a_reason(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return HttpResponseRedirect(f"{reverse('reason')}?{urlencode({'next': back})}")
