"""What a person who referred is asked afterwards, and who was told as an officer writes it down."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy

from onroll.govuk.fields import FILES_TAKEN, GovDateField
from onroll.govuk.forms import Form, choose
from onroll.referrals.lacks import Lack
from onroll.rules.references import grouped, is_speakable

OFF = {"autocomplete": "off", "spellcheck": "false"}


class AddForm(Form):
    """What somebody adds to their referral: words, a file, or both.

    Where something is still owed, it asks first which of that they tell of.
    """

    text = forms.CharField(
        label=gettext_lazy("What do you want to add?"),
        help_text=gettext_lazy("Tell us what is new."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label=gettext_lazy("A letter or a picture"),
        help_text=FILES_TAKEN,
        required=False,
        allow_empty_file=True,
    )
    gives = forms.MultipleChoiceField(
        label=gettext_lazy("This tells you about"),
        help_text=gettext_lazy("Tick what we still need and you tell us now."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, lacks: Sequence[Lack], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "gives", [(lack.code, lack.words) for lack in lacks])
        self.order_fields(["gives"])
        if not lacks:
            del self.fields["gives"]

    def attached(self) -> tuple[str, bytes] | None:
        """Return the file that was chosen: its name and its bytes."""
        file: UploadedFile | None = self.cleaned_data["file"]
        return (str(file.name), file.read()) if file else None


class LostLinkForm(Form):
    """The reference of the form whose link is lost."""

    reference = forms.CharField(
        label=gettext_lazy("Your reference"),
        help_text=gettext_lazy("It looks like K7P-2QX-9HD. We showed it when you sent the form."),
        max_length=40,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-10"}),
        error_messages={"required": gettext_lazy("Enter your reference")},
    )

    def clean_reference(self) -> str:
        """Return the reference as it is stored; refuse what cannot be one."""
        reference = grouped(self.cleaned_data["reference"])
        if not is_speakable(reference):
            raise forms.ValidationError(gettext("The reference must look like K7P-2QX-9HD"))
        return reference


class InformationForm(Form):
    """Who was told of a step, when and how, or why not."""

    happening = forms.ChoiceField(
        label="Of what?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they were told of"},
    )
    audience = forms.ChoiceField(
        label="Who was told?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who was told"},
    )
    channel = forms.ChoiceField(
        label="How?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select how"},
    )
    on = GovDateField(
        label="On which day?", error_messages={"required": "Enter the day on which it was"}
    )
    why = forms.CharField(
        label="What was said, or why was nobody told?",
        help_text="A family is told only where that is safe for the child. Say so if it is not.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            choose(self, name, offered)
