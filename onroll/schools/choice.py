"""Which school a page of several is about: people of a trust work at more than one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from onroll.accounts.request import me
from onroll.govuk.forms import Form
from onroll.schools.models import School
from onroll.schools.queries import schools_at_work

FIELD = "school"
"""In the address: the number of a school, which is public (GIAS)."""
ALL = "All of them"


class SchoolForm(Form):
    """One of several schools, or all."""

    school = forms.ChoiceField(label="School")


@dataclass(frozen=True)
class SchoolChoice:
    """The schools where a person works, and the one whose rows a page lists; None for all."""

    schools: tuple[School, ...]
    chosen: School | None = None

    @property
    def has_several(self) -> bool:
        """Return whether a page has to say of which school each row is."""
        return len(self.schools) > 1

    @property
    def names(self) -> str:
        """Return the names of the schools whose rows stand on the page."""
        listed = (self.chosen,) if self.chosen else self.schools
        return ", ".join(school.name for school in listed)

    @property
    def query(self) -> str:
        """Return what the addresses of further pages keep."""
        return urlencode({FIELD: self.chosen.number}) if self.chosen else ""

    @property
    def form(self) -> SchoolForm:
        """Return the question which school."""
        form = SchoolForm(initial={FIELD: self.chosen.number if self.chosen else ""})
        field: Any = form.fields[FIELD]
        field.choices = [("", ALL), *((school.number, school.name) for school in self.schools)]
        return form


def school_choice(request: HttpRequest) -> SchoolChoice:
    """Return the schools of the person who asks, and the one that the address names, if theirs."""
    schools = tuple(schools_at_work(me(request)))
    number = request.GET.get(FIELD, "")
    chosen = next((school for school in schools if school.number == number), None)
    return SchoolChoice(schools, chosen if len(schools) > 1 else None)
