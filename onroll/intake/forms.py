"""What the pages ask about a file: the files themselves, what a list is, and its columns."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from onroll.formats.problems import THE_SCHOOL, WHOEVER_MADE_IT, Audience, words
from onroll.formats.sheets import guess_mapping
from onroll.govuk.fields import Choice, GovDateField, ManyFilesField
from onroll.govuk.forms import Form, choose
from onroll.intake.actions import Submission, inspect_file, is_list
from onroll.intake.list_kinds import LIST_TYPES
from onroll.intake.models import Attachment
from onroll.schools.queries import our_policy


class UploadForm(Form):
    """One or more files, as they come from S2S or a school's system."""

    files = ManyFilesField(  # type: ignore[assignment]  # Form keeps its fields elsewhere
        label="Files",
        help_text="CTF, CML, CMJ or ATF files (.xml), a zip of them, or a roll as .csv or .xlsx. "
        "Do not open and save them first.",
        allow_empty_file=True,
        error_messages={"required": "Choose at least one file"},
    )

    def __init__(self, *args: Any, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._audience = audience

    def clean_files(self) -> list[Submission]:
        """Return each file with whether it is taken; refuse in words when none of them is.

        Those that are taken are not lost because of one that is not.
        """
        limit = our_policy().largest_file_megabytes
        submissions = [
            inspect_file(content=file.read(), name=str(file.name), megabytes=limit)
            for file in self.cleaned_data["files"]
        ]
        if all(submission.rule for submission in submissions):
            raise forms.ValidationError(
                [_why_not(submission, self._audience) for submission in submissions]
            )
        return submissions


def _why_not(submission: Submission, audience: Audience, *, whom: str = THE_SCHOOL) -> str:
    """Return why a file is not taken, with its name."""
    why = words(submission.rule, submission.facts, submission.name, audience=audience, whom=whom)
    return why if submission.name in why else f"{submission.name}: {why}"


class ListForm(Form):
    """A list to compare with what is known: what it is, and of which day.

    `attached` is a file that was chosen before, when something else was still to mend.
    """

    kind = forms.ChoiceField(
        label="What is the list?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the list is"},
    )
    on = GovDateField(
        label="Day of the list",
        help_text="The day it was true, not the day it was sent.",
        error_messages={"required": "Enter the day of the list"},
    )
    file = forms.FileField(
        label="List",
        help_text="The whole list as .csv or .xlsx; from a part of it children would seem gone.",
        allow_empty_file=True,
        error_messages={"required": "Choose a list"},
    )

    def __init__(self, *args: Any, attached: Attachment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = LIST_TYPES.items()
        choose(self, "kind", [(code, Choice(kind.choice, kind.hint)) for code, kind in types])
        self.attached = attached
        if attached is not None:
            self.fields["file"].required = False

    def clean_file(self) -> UploadedFile | Attachment:
        """Return the list, refusing in words one that is too large or of another type."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None and self.attached is not None:
            return self.attached
        assert file is not None
        limit = our_policy().largest_file_megabytes
        content = file.read()
        submission = inspect_file(content=content, name=str(file.name), megabytes=limit)
        if submission.rule:
            raise forms.ValidationError(_why_not(submission, "council", whom=WHOEVER_MADE_IT))
        if not is_list(content, name=submission.name):
            raise forms.ValidationError(f"{file.name} is not a list. Send .csv or .xlsx.")
        file.seek(0)
        return file


NEEDED = {"surname": "Surname", "forename": "Forename", "born": "Date of birth"}
WANTED = {
    "upn": "Pupil number (UPN)",
    "former_upn": "Former UPN",
    "sex": "Sex",
    "postcode": "Postcode",
    "address": "Address",
    "la": "Number of the authority",
    "estab": "Number of the school",
    "school": "Name of the school",
    "entry_on": "Day the child joined",
    "leaving_on": "Day the child left",
}


class ColumnsForm(Form):
    """Which column of a list holds what."""

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guessed = {field: heading for heading, field in guess_mapping(headings).items()}
        for field, label in {**NEEDED, **WANTED}.items():
            self.fields[field] = forms.ChoiceField(
                label=label,
                required=field in NEEDED,
                initial=guessed.get(field, ""),
                choices=[("", "No such column"), *((h, h) for h in headings)],
                error_messages={"required": f"Select the column for {label.lower()}"},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a column that is chosen for two things."""
        chosen = [heading for heading in self.cleaned_data.values() if heading]
        twice = next((heading for heading in chosen if chosen.count(heading) > 1), None)
        if twice is not None:
            raise forms.ValidationError(f"The column “{twice}” is chosen twice. Choose it once.")
        return self.cleaned_data

    def mapping(self) -> dict[str, str]:
        """Return our field for each heading that was chosen."""
        return {heading: field for field, heading in self.cleaned_data.items() if heading}
