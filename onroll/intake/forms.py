"""What the pages of intake ask."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from onroll.govuk.fields import Choice, ManyFilesField
from onroll.govuk.forms import Form
from onroll.schools.queries import our_policy

ACCEPTED = (".xml", ".zip", ".csv", ".xlsx")
NOT_ANY = "none"


class UploadForm(Form):
    """One or more files, as they come from S2S or a school's system."""

    files = ManyFilesField(
        label="Files",
        help_text="CTF, CML, CMJ or ATF files (.xml), a zip of them, or a roll as .csv or .xlsx. "
        "Do not open and save them first.",
        error_messages={"required": "Choose at least one file"},
    )

    def clean_files(self) -> list[UploadedFile]:
        """Return the files, refusing in words those that are too large or of another type."""
        limit = our_policy().largest_file_megabytes
        for file in self.cleaned_data["files"]:
            if not str(file.name).lower().endswith(ACCEPTED):
                raise forms.ValidationError(
                    f"{file.name} is not a file Onroll reads. Send .xml, .zip, .csv or .xlsx."
                )
            if (file.size or 0) > limit * 1024 * 1024:
                raise forms.ValidationError(f"{file.name} is larger than {limit} MB. Split it.")
        found: list[UploadedFile] = self.cleaned_data["files"]
        return found


class SettleForm(Form):
    """Which of the children shown this record is about, and why."""

    child = forms.ChoiceField(
        label="Which child is this record about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which child the record is about"},
    )
    why = forms.CharField(
        label="How do you know?",
        help_text="Kept with your answer. Nobody is asked again about the same details.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter how you know"},
    )

    def __init__(self, *args: Any, children: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = Choice(
            "None of these", "A child Onroll does not know yet; a new record is made", either="or"
        )
        self.fields["child"].choices = [*children, (NOT_ANY, none)]  # type: ignore[attr-defined]  # a ChoiceField's


class ConfirmForm(Form):
    """Whether what a school says about a leaver is so."""

    answer = forms.ChoiceField(
        label="What have you found out?",
        widget=forms.RadioSelect,
        choices=[
            ("as_said", Choice("It is as the school says", "You have seen or heard it confirmed")),
            (
                "case",
                Choice(
                    "It is not, or nobody can confirm it",
                    "The child goes onto the register of children missing education",
                ),
            ),
        ],
        error_messages={"required": "Select what you have found out"},
    )
    why = forms.CharField(
        label="Who confirmed it, or what speaks against it?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter who confirmed it, or what speaks against it"},
    )
