"""Whose draft it is: a person's who is signed in, or that of a browser nobody has signed in from.

The browser's token stands in a signed cookie that no script reads, and in no address.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onroll.accounts.models import User

COOKIE = "drafts"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Author:
    """A person with an account, or the token of a browser."""

    user: User | None = None
    token: str = ""

    @property
    def digest(self) -> str:
        """Return what is stored of the token, from which nobody makes the token; "" for none."""
        return digest(self.token)


def digest(token: str) -> str:
    """Return what is stored of a token or a key; nothing of none."""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def start_digest(key: str, author: Author, *, kind: str, about: str) -> str:
    """Return what is stored of the key of a first page: another for each author and each form."""
    whose = f"person {author.user.pk}" if author.user else author.digest
    return digest("|".join((key, whose, kind, about)))


def author_of(request: HttpRequest) -> Author:
    """Return who fills in a form: a visitor without a cookie is a new author."""
    if isinstance(request.user, User):
        return Author(request.user)
    token = request.get_signed_cookie(_name(), default="", salt=COOKIE)
    return Author(token=token or secrets.token_urlsafe(24))


def remember(response: HttpResponse, author: Author) -> HttpResponse:
    """Let the browser of somebody without an account keep its token, as long as a draft is kept.

    It has the token before the first page is sent: an answer that is lost on the way loses nothing.
    """
    if author.token:
        response.set_signed_cookie(
            _name(),
            author.token,
            salt=COOKIE,
            max_age=settings.DRAFT_DAYS * DAY,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _name() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE
