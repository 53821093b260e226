"""The service's addresses, and a form of two pages for anyone, as public forms will be."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path

from onroll.accounts.decorators import public
from onroll.accounts.sides import Side, on
from onroll.config.urls import urlpatterns as service
from onroll.drafts import question_pages
from onroll.drafts.wizard import Inputs, Page, Wizard
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done
from onroll.rules.refusal import Refused

SENT: list[Mapping[str, Any]] = []


class WorryForm(Form):
    """What somebody worries about."""

    worry = forms.CharField(label="What worries you?", widget=forms.Textarea)
    kind = forms.MultipleChoiceField(
        label="About what?",
        choices=[("a", "A child"), ("b", "A school")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class DayForm(Form):
    """Since when."""

    since = GovDateField(label="Since when?")
    is_urgent = forms.BooleanField(label="It is urgent", required=False)


def _send(_request: HttpRequest, _ref: str, answers: Mapping[str, Any]) -> Done:
    if answers["worry"] == "Nothing":
        raise Refused("Say what worries you", field="worry")
    SENT.append(answers)
    return Done("/accessibility/", "Thank you.")


def _worry(inputs: Inputs) -> Form:
    return WorryForm(inputs.data)


def _day(inputs: Inputs) -> Form:
    return DayForm(inputs.data)


WORRY = Wizard(
    title="Tell us of a worry",
    route="worry_page",
    pages=(Page("worry", "What worries you?", _worry), Page("day", "Since when?", _day)),
    send=_send,
    button="Send",
)


@public
def start(request: HttpRequest) -> HttpResponse:
    """Start it."""
    return question_pages.start(request, WORRY, initial={}, back_url="/")


@public
def go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Go on with it."""
    return question_pages.go_on(request, WORRY, ref, page)


of_anyone = [
    path("worry/", start, name="worry"),
    path("worry/<ref:ref>/<slug:page>/", go_on, name="worry_page"),
]
urlpatterns = [*on(Side.ANYONE, routes=of_anyone), *service]
