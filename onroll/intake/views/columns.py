"""Which column of a list holds what: asked of officers and of schools."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.govuk.questions import Done, ask
from onroll.intake import actions, forms, queries
from onroll.intake.models import Transfer

ROW = ("first row",)
SAID_ALREADY = "Somebody else has said which column is which. The list is read as they said."


@needs(Permission.FILES_VIEW, Permission.CASE_VIEW)
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask which column of a list holds what, where its headings do not tell.

    A list without headings shows its first child in their place: not a page for data people.
    """
    file = queries.get_transfer(me(request), ref)
    saw(request, queries.children_in(file), "columns of a list", Permission.FILES_VIEW, ROW)
    return ask_columns(request, file, back_url=reverse("intake:transfer", args=[ref]))


def ask_columns(request: HttpRequest, file: Transfer, *, back_url: str) -> HttpResponse:
    """Ask for, or take, which column holds what; a list that no longer waits is shown."""
    if file.stage != "columns":
        if request.method == "POST":
            messages.info(request, SAID_ALREADY)
        return redirect(back_url)
    form = forms.ColumnsForm(posted(request)[0], headings=queries.headings_of(file))

    def act(form: forms.ColumnsForm) -> Done:
        taken = actions.map_columns(transfer=file, mapping=form.mapping(), by=me(request))
        if taken.mapped_by_id == me(request).pk:
            return Done(back_url, "Thank you. The list is being read.")
        return Done(back_url, SAID_ALREADY, messages.INFO)

    def show(form: forms.ColumnsForm) -> HttpResponse:
        context = {"form": form, "title": "Which column is which?", "back_url": back_url}
        return render(request, "intake/columns.html", {**context, "transfer": file})

    return ask(request, form, act, show)
