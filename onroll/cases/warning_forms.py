"""What is asked of a warning on a child or an address, and of whether the police know."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from onroll.cases.actions.police import PoliceFacts
from onroll.cases.forms import OFF
from onroll.cases.queries.sightings import home_in_words
from onroll.children.models import Address
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form, choose
from onroll.rules.warnings import FURTHEST

YEARS = timedelta(days=366 * 3)
CHILD = "child"


def _day_of_review() -> GovDateField:
    return GovDateField(
        label="By which day is it looked at again?",
        help_text="It then comes back to who has the case.",
        error_messages={"required": "Enter the day"},
    )


def _limit(form: Form, name: str, *, on: date, ahead: date) -> None:
    field = form.fields[name]
    assert isinstance(field, GovDateField)
    field.not_before, field.not_after, field.initial = on + timedelta(1), on + FURTHEST, ahead


class WarningForm(Form):
    """A warning: of what, in words, and when it is looked at again."""

    about = forms.ChoiceField(
        label="What is it about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is about"},
    )
    text = forms.CharField(
        label="What must somebody know who visits or rings?",
        help_text="For example: visit in pairs; a dog is loose. Facts, and who says so.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what somebody must know"},
    )
    review_on = _day_of_review()

    def __init__(
        self, *args: Any, on: date, ahead: date, addresses: Sequence[Address], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.addresses = {f"home_{address.pk}": address for address in addresses}
        homes = [(key, home_in_words(address)) for key, address in self.addresses.items()]
        choose(self, "about", [(CHILD, "The child and the family, wherever they are"), *homes])
        _limit(self, "review_on", on=on, ahead=ahead)

    @property
    def address(self) -> Address | None:
        """Return the address that it is about, of a form that is valid."""
        return self.addresses.get(self.cleaned_data["about"])


class WarningReviewForm(Form):
    """Whether a warning still holds: until when, or why it is over."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "holds": {"yes": ("review_on",), "no": ("why",)}
    }
    holds = forms.ChoiceField(
        label="Does it still hold?",
        choices=[("yes", "Yes"), ("no", "No: end it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it still holds"},
    )
    review_on = _day_of_review()
    why = forms.CharField(
        label="Why is it over?",
        help_text="Who says so. It stays to read.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is over"},
    )

    def __init__(self, *args: Any, on: date, ahead: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit(self, "review_on", on=on, ahead=ahead)


def _line(label: str, most: int, hint: str = "", *, needs: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(needs),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": needs} if needs else {},
    )


class PoliceForm(Form):
    """Whether the police know that the child is missing, and under which numbers."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "told": {
            "yes": ("reported_by", "reported_on", "force", "reference", "missing_number"),
            "no": ("why_not",),
        }
    }
    told = forms.ChoiceField(
        label="Do the police know that the child is missing?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the police know"},
    )
    reported_by = _line("Who told them?", 120, "Name and team.", needs="Enter who told them")
    reported_on = GovDateField(label="On which day?", required=False)
    force = _line("Which force?", 80, "For example: Metropolitan Police.")
    reference = _line("Their reference", 60, "Of the report, if they gave one.")
    missing_number = _line(
        "Number of the missing person", 60, "In the force’s system for missing people, if known."
    )
    why_not = forms.CharField(
        label="Why were they not told?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why they were not told"},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reported_on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after = on - YEARS, on

    @property
    def facts(self) -> PoliceFacts:
        """Return what is told, of a form that is valid."""
        answers = self.cleaned_data
        return PoliceFacts(
            is_reported=answers["told"] == "yes",
            reported_by=answers["reported_by"] or "",
            reported_on=answers["reported_on"],
            force=answers["force"] or "",
            reference=answers["reference"] or "",
            missing_number=answers["missing_number"] or "",
            why_not=answers["why_not"] or "",
        )
