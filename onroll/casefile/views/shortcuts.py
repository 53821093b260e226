"""The keys that lead from every page to those that are opened most."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import own_account
from onroll.accounts.request import me
from onroll.casefile.navigation import shortcuts as keys_of
from onroll.govuk.parts import Table

BROWSERS = (
    ("Chrome and Edge, on Windows", "Alt"),
    ("Firefox, on Windows", "Alt and Shift"),
    ("Chrome, Edge, Firefox and Safari, on a Mac", "Control and Option"),
)


@own_account
@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """List the keys of this person's pages, and what each browser wants to be held with them."""
    context = {
        "keys": Table("Keys", ("Key", "Where it leads"), keys_of(request, me(request))),
        "browsers": Table("What to hold", ("Browser", "Keys"), BROWSERS),
    }
    return render(request, "casefile/shortcuts.html", context)
