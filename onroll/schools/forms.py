"""Forms of schools: search, and loading schools and term dates."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from onroll.formats import Unreadable
from onroll.formats.gias import Establishment, read_establishments
from onroll.formats.terms import SchoolDates, read_terms
from onroll.govuk.forms import Form

MOST_ROWS = 3000
"""More schools than an authority and its neighbours have; load all of England on the server."""


class FindSchoolForm(Form):
    """The search for a school. Names and numbers are public and may stand in the address."""

    marks_optional = False
    words = forms.CharField(
        label="Name, DfE number or URN",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reporting = forms.BooleanField(
        label="Only schools that report to us",
        required=False,
        widget=forms.CheckboxInput(attrs={"is_small": True}),
    )


class LoadSchoolsForm(Form):
    """A file of Get information about schools."""

    file = forms.FileField(
        label="Schools file (CSV)",
        help_text="From Get information about schools: all establishment data, as it is there.",
        error_messages={"required": "Choose the schools file"},
    )

    def clean_file(self) -> tuple[Establishment, ...]:
        """Return the establishments in the file; refuse one that is unreadable or has too many."""
        establishments = _read(read_establishments, self.cleaned_data["file"])
        if len(establishments) > MOST_ROWS:
            raise forms.ValidationError(
                f"This file has {len(establishments):,} schools. Download it for your authority "
                "alone, or ask whoever runs the server to load it there."
            )
        return tuple(establishments)


class LoadTermsForm(Form):
    """A list of term dates and closures."""

    file = forms.FileField(
        label="Term dates (CSV or Excel)",
        error_messages={"required": "Choose the list of term dates"},
    )

    def clean_file(self) -> tuple[SchoolDates, ...]:
        """Return the dates; refuse the whole list if any row is wrong."""
        name = self.cleaned_data["file"].name
        listed = _read(lambda content: read_terms(content, name=name), self.cleaned_data["file"])
        if listed.problems:
            raise forms.ValidationError([*listed.problems[:20], "Nothing was loaded."])
        return tuple(listed.dates)


def _read(reader: Any, file: UploadedFile) -> Any:
    try:
        return reader(file.read())
    except Unreadable as fault:
        raise forms.ValidationError(str(fault)) from None
