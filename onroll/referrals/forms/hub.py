"""What the hub and the lead officer are asked about a referral."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import Form, VersionForm, choose
from onroll.referrals.definition import QUESTIONS
from onroll.referrals.forms.parts import ON_THE_CASE
from onroll.referrals.models import HubDecision
from onroll.rules import age
from onroll.rules.refusal import Refused

NO_VERSION = "We cannot tell whether the referral has changed. Read it again, then decide."
NEW, ANOTHER = "new", "another"
OF_NEW = ("forename", "middle_names", "surname", "born", "sex")
"""What is asked of a child who is not on record."""
LOOK = "This is a child on record. If it is the one referred, select them, and accept"
NO_SUCH = "No child whom you may see has this number or reference"
OFF = {"autocomplete": "off", "spellcheck": "false"}


class OnReferral(VersionForm):
    """A form that changes a referral as it was when the page was opened."""

    no_version = NO_VERSION

    def offer(self, code: str, answer: object) -> None:
        """Choose what the referral answers to a question that its form asked too, and say so.

        It can be changed; an answer that is none here, such as *I am not sure*, is only said.
        """
        words = dict(QUESTIONS[code].choices).get(str(answer or ""))
        if not words:
            return
        field = self.fields[code]
        assert isinstance(field, forms.ChoiceField)
        field.help_text = f"From the referral: “{words}”. Change it if you know better."
        if field.valid_value(answer):
            self.initial.setdefault(code, answer)


class ReferenceForm(Form):
    """The reference of a referral, as somebody says it who rings."""

    NO_SUCH: ClassVar[str] = "No referral has this reference"
    reference = forms.CharField(
        label="Reference of a referral",
        help_text="It looks like K7P-2QX-9HD. Who referred was shown it.",
        max_length=40,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-10"}),
        error_messages={"required": "Enter the reference"},
    )


class AcceptForm(OnReferral):
    """Which child on record it is, or a new one, and what the case is to say."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "child": {ANOTHER: ("reference",), NEW: OF_NEW}
    }
    field_order = ("child", "reference", *OF_NEW, "not_same_why", "because", "version")

    child = forms.ChoiceField(
        label="Which child is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which child it is"},
    )
    reference = forms.CharField(
        label="Number or reference of the child",
        help_text="A UPN, ULN or NHS number, or the reference of the child or of a case.",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    forename = forms.CharField(
        label="Forename",
        help_text="Enter a forename, a surname or both. If nobody knows either, write what tells "
        "the child apart, such as “Boy of 12 Elm Road”, and correct it when you know more.",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    middle_names = forms.CharField(
        label="Middle names", max_length=80, required=False, widget=forms.TextInput(attrs=OFF)
    )
    surname = forms.CharField(
        label="Surname", max_length=80, required=False, widget=forms.TextInput(attrs=OFF)
    )
    born = GovDateField(
        label="Date of birth", required=False, help_text="Leave this empty if nobody knows."
    )
    sex = forms.ChoiceField(
        label="Sex",
        choices=[("F", "Female"), ("M", "Male"), ("U", "Not known")],
        widget=forms.RadioSelect(attrs={"is_inline": True}),
        error_messages={"required": "Select the child's sex, or that it is not known"},
    )
    not_same_why = forms.CharField(
        label="Why is it another child?",
        help_text="Kept with both records, and in the chronology of the case.",
        max_length=4000,
        required=False,
        widget=forms.HiddenInput,
    )
    because = forms.CharField(
        label="Why is the child on the register?",
        help_text=f"This stands {ON_THE_CASE}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the child is on the register"},
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]],
        is_named: bool,
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.is_named = on, is_named
        born = self.fields["born"]
        assert isinstance(born, GovDateField)
        born.not_after = on
        self.offer_children(children)
        if self.data.get("not_same_why"):
            self._ask_why_another()

    def offer_children(self, children: Sequence[tuple[str, str]]) -> None:
        """Offer children on record, another one, and one who is new."""
        hint = "Whom the list above does not show" if children else "Whose number you have"
        another = Choice("Another child on record", hint)
        new = Choice("A child who is not on record", "A new record is made", either="or")
        choose(self, "child", [*children, (ANOTHER, another), (NEW, new)])

    def begin_with(self, decision: HubDecision | None, children: Collection[str]) -> None:
        """Choose the child on record whom the hub means, or a new one where it means none; say so.

        `children` are the references of those who are offered.
        """
        child = decision.meant_now if decision else None
        if decision and decision.is_none_meant:
            self.initial["child"] = NEW
            self.fields["child"].help_text = "The hub says: none of the likely children."
        elif child and child.ref in children:
            self.initial["child"] = child.ref
            self.fields["child"].help_text = f"The hub says that it is {child.name}."

    def _ask_why_another(self) -> None:
        """Show under a new child the question why it is another than one on record."""
        under = {ANOTHER: ("reference",), NEW: (*OF_NEW, "not_same_why")}
        self.reveals = {"child": under}  # type: ignore[misc]  # asked of those who are alike alone
        field = self.fields["not_same_why"]
        field.widget, field.required = forms.Textarea(attrs={"rows": 4}), True

    def refuse(self, refusal: Refused) -> None:
        """Ask why a child who is new is another than one on record who is like it."""
        if "not_same_why" in refusal.errors:
            self._ask_why_another()
        super().refuse(refusal)

    def clean(self) -> dict[str, Any]:
        """Refuse a new child without any name, and a birthday that no pupil has.

        Another child, of whom a reference was typed, is shown first: it may be a slip.
        """
        cleaned = super().clean()
        if cleaned.get("child") == ANOTHER:
            if self.is_named:
                self.add_error("child", LOOK)
            else:
                self.add_error("reference", NO_SUCH)
        if cleaned.get("child") != NEW:
            return cleaned
        if not cleaned.get("forename") and not cleaned.get("surname"):
            self.add_error("forename", "Enter a forename, a surname, or what tells the child apart")
        born = cleaned.get("born")
        if born and not age.is_of_a_pupil(born, on=self.on):
            self.add_error("born", "Date of birth: nobody born then is at school")
        return cleaned


class ReasonForm(OnReferral):
    """Why somebody takes back what was decided; `needs` is said where no reason is given."""

    why = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, hint: str, needs: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        why = self.fields["why"]
        why.label, why.help_text, why.error_messages["required"] = label, hint, needs
