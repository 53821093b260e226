"""What the pages of intake ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from onroll.cases.outcome_forms import field_of, refuse_no_answer
from onroll.formats.problems import THE_SCHOOL, WHOEVER_MADE_IT, Audience, words
from onroll.formats.sheets import guess_mapping
from onroll.govuk.fields import Choice, GovDateField, ManyFilesField
from onroll.govuk.forms import Form, choose, say_what_is_wrong
from onroll.intake.actions import Submission, inspect_file, is_list
from onroll.intake.models import Attachment
from onroll.intake.words import AS_SAID, CLAIMS, LISTS
from onroll.rules import confirmations
from onroll.schools.queries import our_policy

NOT_ANY = "none"
NOT_SURE = "not_sure"


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
        found = [
            inspect_file(content=file.read(), name=str(file.name), megabytes=limit)
            for file in self.cleaned_data["files"]
        ]
        if all(one.rule for one in found):
            raise forms.ValidationError([_why_not(one, self._audience) for one in found])
        return found


def _why_not(one: Submission, audience: Audience, *, whom: str = THE_SCHOOL) -> str:
    """Return why a file is not taken, with its name."""
    why = words(one.rule, one.facts, one.name, audience=audience, whom=whom)
    return why if one.name in why else f"{one.name}: {why}"


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
        choose(self, "kind", [(code, Choice(*said)) for code, said in LISTS.items()])
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
        one = inspect_file(content=content, name=str(file.name), megabytes=limit)
        if one.rule:
            raise forms.ValidationError(_why_not(one, "council", whom=WHOEVER_MADE_IT))
        if not is_list(content, name=one.name):
            raise forms.ValidationError(f"{file.name} is not a list. Send .csv or .xlsx.")
        file.seek(0)
        return file


class SettleForm(Form):
    """Which of the children shown this record is about, and why."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    child = forms.ChoiceField(
        label="Which child is this record about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which child the record is about"},
    )
    why = forms.CharField(
        label="How do you know?",
        help_text="Kept with your answer. Nobody is asked again about the same details once it is "
        "settled. If you are not sure yet, say what is missing.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter how you know"},
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]],
        shown: str,
        for_nobody: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._shown = self.fields["shown"].initial = shown
        none = Choice("None of these", for_nobody, either="or")
        later = Choice("Not sure yet", "It goes on waiting, and others see what you found out")
        choose(self, "child", [*children, (NOT_ANY, none), (NOT_SURE, later)])

    def clean(self) -> dict[str, Any]:
        """Refuse an answer given on a page that showed other children than are possible now."""
        if self.cleaned_data.get("shown", "") != self._shown:
            raise forms.ValidationError(
                "The children this may be about have changed since you opened the page. Look again."
            )
        return self.cleaned_data


class ConfirmForm(Form):
    """Whether what a school says about a leaver is so."""

    answer = forms.ChoiceField(
        label="What have you found out?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you have found out"},
    )
    why = forms.CharField(
        label="What did they say, or what speaks against it?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter what they said, or what speaks against it"},
    )

    def __init__(self, *args: Any, effect: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._facts = confirmations.facts_of(effect)
        for fact in self._facts:
            field = self.fields[fact.code] = field_of(fact)
            say_what_is_wrong(field)
            if field.required:
                self.needed_when_shown.add(fact.code)
                field.required = False
        shown = {"as_said": tuple(fact.code for fact in self._facts)}
        self.reveals = {"answer": shown}  # type: ignore[misc]  # each claim asks its own facts
        self.fields["why"] = self.fields.pop("why")  # asked last
        choose(
            self,
            "answer",
            [
                ("as_said", Choice(*CLAIMS.get(effect, AS_SAID))),
                (
                    "case",
                    Choice(
                        "It is not so, or nobody can confirm it",
                        "The child goes onto the register of children missing education",
                    ),
                ),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a reason that says nothing, where what was said is not so."""
        cleaned = super().clean()
        if cleaned.get("answer") == "case":
            refuse_no_answer(self, "why")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """Return the answers by the code of the fact."""
        return {fact.code: self.cleaned_data.get(fact.code) for fact in self._facts}


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
