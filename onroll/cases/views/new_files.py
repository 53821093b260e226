"""What a school is asked for when a child who left it is found: a new transfer file."""

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import actions, queries
from onroll.cases.frame import today
from onroll.govuk.fields import GovDateField, in_words
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done, ask
from onroll.rules.action_points import Fate
from onroll.schools.queries import our_policy

FIELDS = ("initials", "year group")


class SentForm(Form):
    """On which day the school sent the file."""

    on = GovDateField(
        label="On which day did you send it?", error_messages={"required": "Enter the day"}
    )
    words = forms.CharField(
        label="Anything the council should know",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@needs(Permission.FILE_UPLOAD)
def new_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a school for which pupil a new file is asked, and ask on which day it was sent."""
    try:
        row = queries.new_file_of(me(request), ref, on=today())
    except queries.NoNewFile:
        raise Http404 from None
    if row.done_on and request.method != "POST":
        raise Http404  # what was sent meanwhile is said to who tells it a second time
    pupil = queries.as_school_sees(row, on=today())
    home = reverse("school_home")

    def act(form: SentForm) -> Done:
        actions.finish_action_point(
            action=row,
            fate=Fate.DONE,
            on=form.cleaned_data["on"],
            result=_result(pupil.school, form.cleaned_data["on"], form.cleaned_data["words"]),
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(home, f"The council knows now that the file is sent ({row.ref}).")

    def page(form: SentForm) -> HttpResponse:
        saw(request, [pupil.child_id], "school: new file", Permission.CASE_LIST, FIELDS)
        context = {
            "title": "A new transfer file is asked for",
            "pupil": pupil,
            "form": form,
            "button": "Tell the council that it is sent",
            "policy": our_policy(),
            "back_url": home,
        }
        return render(request, "cases/school_new_file.html", context)

    return ask(request, SentForm(posted(request)[0]), act, page)


def _result(school: str, on: date, words: str) -> str:
    sent = f"{school} says that the new file was sent on {in_words(on)}."
    return f"{sent} {words}".strip()
