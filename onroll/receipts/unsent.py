"""A form that came after its sender's session had ended: kept until they are signed in again.

It is kept in the browser's session, which Django carries over the sign-in, for an hour. Only what
came from a page that was shown to somebody signed in is kept (`SENDER` says to whom), and it is
given back to that person alone. Files are not kept: their names are.
"""

from dataclasses import asdict, dataclass
from time import time
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from onroll.receipts import keys
from onroll.receipts.repeats import REPEATABLE

SENDER = keys.SENDER
KEPT = "unsent_form"
SECONDS, MOST_OF_TITLE = 60 * 60, 200
_SIGNER = Signer(salt="onroll.receipts.unsent")


@dataclass(frozen=True)
class UnsentForm:
    """What was sent: where to, each field, and the names of the files of each question."""

    sender: str
    address: str
    key: str
    fields: list[tuple[str, str]]
    files: list[tuple[str, str, bool]]
    """The question, the names of what was chosen for it, and whether it takes several."""
    at: float
    """Seconds since 1970, as the session counts them."""
    title: str = ""
    """What its page is called; empty where the page did not say."""


def signature(user: Any) -> str:
    """Return what the forms of a page carry to say to whom it was shown; empty for a stranger."""
    return _SIGNER.sign(str(user.pk)) if user.is_authenticated else ""


def sender_of(request: HttpRequest) -> str:
    """Return the number of the person to whom the form's page was shown; empty for no one."""
    try:
        return _SIGNER.unsign(request.POST.get(SENDER, ""))
    except BadSignature:
        return ""


def read(request: HttpRequest) -> UnsentForm | None:
    """Return the form that a request holds; None for one that is not given back.

    That is a form with a password, a search, one from a page that nobody signed in was shown, or
    one that nobody sent.
    """
    sender, key = sender_of(request), keys.key_of(request)
    has_password = any("password" in name for name in request.POST)
    is_sent = request.method == "POST" and keys.KEEP not in request.POST
    if not (is_sent and sender and key) or has_password or _is_search(request):
        return None
    return UnsentForm(
        sender=sender,
        address=request.get_full_path(),
        key=key,
        fields=keys.fields(request),
        files=keys.file_names(request),
        at=time(),
        title=request.POST.get(keys.TITLE, "")[:MOST_OF_TITLE],
    )


def is_of_nobody(request: HttpRequest) -> bool:
    """Say whether a form came from a page that nobody signed in was shown, and can be sent anew."""
    has_password = any("password" in name for name in request.POST)
    is_sent = request.method == "POST" and keys.KEEP not in request.POST
    is_signed_in = request.user.is_authenticated or sender_of(request)
    has_key = bool(keys.key_of(request))
    return is_sent and has_key and not (is_signed_in or has_password or _is_search(request))


def _is_search(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in REPEATABLE
    except Resolver404:
        return True


def keep(request: HttpRequest, form: UnsentForm) -> None:
    """Keep a form in the session of a browser from which nobody is signed in any more."""
    request.session[KEPT] = asdict(form)


def find(request: HttpRequest) -> UnsentForm | None:
    """Return the form that waits for the person who is signed in; another's is forgotten."""
    stored = request.session.get(KEPT)
    form = UnsentForm(**stored) if stored else None
    if form is None:
        return None
    age = time() - form.at
    if form.sender == str(request.user.pk) and age < SECONDS:
        return form
    forget(request)
    return None


def forget(request: HttpRequest) -> None:
    """Forget the form that waits in a session."""
    request.session.pop(KEPT, None)
