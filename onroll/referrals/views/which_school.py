"""Which school refers a child who is in no file: staff of a trust work at more than one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from onroll.accounts.request import me
from onroll.drafts.wizard import Inputs, Page
from onroll.govuk.forms import Form, choose
from onroll.schools.models import School
from onroll.schools.queries import schools_at_work

OUR_SCHOOL = "our_school"


class OurSchoolForm(Form):
    """Which of several schools refers."""

    our_school = forms.ChoiceField(
        label="Which of your schools refers the child?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the school that refers the child"},
    )


def _form(inputs: Inputs) -> Form:
    form = OurSchoolForm(inputs.data, initial=inputs.initial)
    schools = schools_at_work(me(inputs.request))
    choose(form, OUR_SCHOOL, [(school.number, school.name) for school in schools])
    return form


def _is_asked(inputs: Inputs) -> bool:
    return schools_at_work(me(inputs.request)).count() > 1


WHICH_SCHOOL = Page("our-school", "Your school", _form, is_asked=_is_asked, is_always_seen=True)
"""Nobody sends it unanswered, urgent or not: the referral would stand with another school."""


def school_that_refers(request: HttpRequest, answers: Mapping[str, Any]) -> School | None:
    """Return the school that was answered; of who works at one, that one."""
    schools = {school.number: school for school in schools_at_work(me(request))}
    first = next(iter(schools.values()), None)
    return schools.get(answers.get(OUR_SCHOOL) or "", first)
