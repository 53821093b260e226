"""Searching the audit trail (row 39 of the access matrix)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onroll.accounts import forms, queries
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.sentences import Sentence, sentences
from onroll.audit import actions as audit
from onroll.audit import queries as trail

MOST = 200


@needs(Permission.AUDIT_SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show the entries found, one sentence each; the search itself is recorded too."""
    form = forms.TrailForm(request.POST or None)
    entries: list[Sentence] | None = None
    user = request.user
    assert isinstance(user, User)  # @needs lets nobody else in
    if request.method == "POST" and form.is_valid():
        query = form.cleaned_data
        since, until = form.bounds()
        results = trail.search(
            kind=query["kind"],
            actor=query["actor"],
            actor_ids=queries.whose_trail(user),
            since=since,
            until=until,
            most=MOST,
        )
        entries = sentences(results)
        kind = dict(form.fields["kind"].choices)[query["kind"]].lower()  # type: ignore[attr-defined]  # a choice
        about = f"{kind} {query['actor']} {query['day'] or ''}"
        audit.security(
            by=user,
            event="audit_searched",
            outcome=f"{len(entries)} entries",
            about=about.strip(),
            at=timezone.now(),
        )
    context = {"form": form, "filter_method": "post", "entries": entries, "most": MOST}
    return render(request, "accounts/trail.html", context)
