"""The key that every form carries, and the digest by which two forms are the same."""

import hashlib
import json
import re
import secrets
from typing import Any

from django.http import HttpRequest

FIELD = "form_key"
SENDER = "page_of"
"""Says to whom the page of a form was shown, where they were signed in (`unsent`)."""
TITLE = "page_title"
"""Says what that page is called, by which the form is named (`unsent`); no title names anybody."""
KEEP = "keep_only"
"""Says that a script sent the form of a page that is left, to be kept and not acted on."""
INTERNAL = frozenset({FIELD, SENDER, TITLE, "csrfmiddlewaretoken"})
"""Fields that every form carries and nobody fills in."""

SHAPE = re.compile(r"[0-9a-f]{32}")


def new_key() -> str:
    """Return a random key for one form on one page (128 bits)."""
    return secrets.token_hex(16)


def key_of(request: HttpRequest) -> str:
    """Return the key a form was sent with; empty if it is none of ours."""
    key = request.POST.get(FIELD, "")
    return key if SHAPE.fullmatch(key) else ""


def fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field of a form but those that all forms have."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in INTERNAL
        for value in values
    ]


def file_names(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return by question the names of the files sent, and whether they were several."""
    return [
        (name, ", ".join(str(file.name) for file in some), len(some) > 1)
        for name, some in request.FILES.lists()
    ]


def content(request: HttpRequest) -> str:
    """Return a hash of a form's address, fields and files, without its key."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in INTERNAL)
    files = sorted((name, [_file(file) for file in some]) for name, some in request.FILES.lists())
    whole = json.dumps([request.get_full_path(), fields, files])
    return hashlib.sha256(whole.encode()).hexdigest()


def digest(request: HttpRequest) -> str:
    """Return the hash that is the same only for one form by one person with the same content.

    Content counts, so that nothing is lost if someone goes back and sends other text with an old
    key.
    """
    whole = "\0".join((key_of(request), _sender(request), content(request)))
    return hashlib.sha256(whole.encode()).hexdigest()


def _sender(request: HttpRequest) -> str:
    """Return the user, or the browser of a visitor who has not signed in."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return f"visitor {request.META.get('CSRF_COOKIE', '')}"


def _file(file: Any) -> list[str]:
    whole = hashlib.sha256()
    for chunk in file.chunks():
        whole.update(chunk)
    file.seek(0)
    return [str(file.name), whole.hexdigest()]
