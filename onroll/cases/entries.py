"""Searches for a child: the form, and what was typed, stored while it is in use.

It is stored in the session under a random handle, so that no name stands in an address.
"""

import secrets
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from onroll.accounts.permissions import Permission
from onroll.cases.queries import Typed
from onroll.cases.record_forms.correction import not_after, text
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form

ENTRIES = "entries"
MOST_ENTRIES = 10
TO_ADD = (Permission.CHILD_FIND, Permission.CASE_TRIAGE)
"""What is needed to put a child on the register by hand."""


class FindChildForm(Form):
    """The child to look for: a name, or a number. Sent by POST, so never in an address."""

    marks_optional = False
    forename = text("Forename", help_text="A child with one name: type it in either box.")
    surname = text("Surname")
    born = GovDateField(label="Date of birth", help_text="For example, 27 3 2015", required=False)
    number = text(
        "Number or reference",
        20,
        help_text="A UPN, ULN or NHS number, or the reference of a child, a case or a referral.",
        **{"class": "govuk-input--width-20"},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        not_after(self, "born", on)

    def clean(self) -> dict[str, Any]:
        """Refuse an empty search."""
        cleaned = super().clean()
        names = ("forename", "surname", "number")
        if not self.errors and not any(cleaned.get(name) for name in names):
            self.add_error("forename", "Enter a name or a number")
        return cleaned

    @property
    def typed(self) -> Typed:
        """Return what was typed, once the form is valid."""
        answers = self.cleaned_data
        return Typed(**{name: answers[name] for name in ("forename", "surname", "born", "number")})


def keep_entry(request: HttpRequest, typed: Typed) -> str:
    """Store what was typed in the session and return its handle."""
    handle = secrets.token_urlsafe(9)
    entries = dict(request.session.get(ENTRIES, {}))
    born = typed.born.isoformat() if typed.born else ""
    entries[handle] = {
        "forename": typed.forename,
        "surname": typed.surname,
        "born": born,
        "number": typed.number,
    }
    request.session[ENTRIES] = dict(list(entries.items())[-MOST_ENTRIES:])
    return handle


def find_entry(request: HttpRequest, handle: str) -> Typed:
    """Return what was typed under a handle; 404 if it is gone or another person's."""
    entry: dict[str, Any] | None = request.session.get(ENTRIES, {}).get(handle)
    if entry is None:
        raise Http404
    born = date.fromisoformat(entry["born"]) if entry["born"] else None
    return Typed(entry["forename"], entry["surname"], born, entry.get("number", ""))
