"""The base of the forms that correct a child's record: who told us, and how they know."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from onroll.accounts.models import User
from onroll.cases.forms import OFF, SMALL
from onroll.cases.words import BASES
from onroll.children import actions as children
from onroll.children.models import Basis, Child, Part
from onroll.children.queries import state_of, version_of
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form

INLINE = {"is_inline": True}


def text(label: str, size: int = 80, *, help_text: str = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=size,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={**OFF, **attrs}),
    )


def not_after(form: Form, name: str, on: date) -> None:
    field = form.fields[name]
    assert isinstance(field, GovDateField)
    field.not_after = on


class CorrectionForm(Form):
    """One part of a child's record, to be corrected, with the evidence."""

    part: ClassVar[Part]
    version = forms.CharField(widget=forms.HiddenInput)
    said_by = forms.CharField(
        label="Who told us?",
        help_text="The person and their school, team or organisation; you, if you saw it yourself.",
        max_length=120,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Say who told us"},
    )
    basis = forms.ChoiceField(
        label="How is it known?",
        choices=[(basis.value, words) for basis, words in BASES.items()],
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={"required": "Select how it is known"},
    )
    remark = forms.CharField(
        label="What else should be known about this?",
        help_text="For example, which document. It stays with the record.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, child: Child, on: date, user: User) -> None:
        state = state_of(child, self.part)
        super().__init__(data, initial={"version": version_of(state), **self.initial_values(child)})
        self.child, self.on, self.user = child, on, user
        self.order_fields([name for name in self.fields if name not in _LAST] + list(_LAST))
        self.prepare(child)

    def initial_values(self, child: Child) -> dict[str, Any]:
        """Return the current values of the fields."""
        return {}

    def prepare(self, child: Child) -> None:
        """Adapt the questions to what is on record."""

    @property
    def facts(self) -> children.Facts:
        """Return the corrected part."""
        raise TypeError(f"{type(self).__name__} says nothing of a child.")

    @property
    def evidence(self) -> children.Evidence:
        """Return who told us, and how they know."""
        data = self.cleaned_data
        return children.Evidence(data["said_by"], Basis(data["basis"]), data["remark"])

    def drop(self, name: str) -> None:
        """Remove a question that does not apply."""
        del self.fields[name]

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the choices of a question, or remove it if there are none."""
        if not choices:
            self.drop(name)
            return
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


_LAST = ("said_by", "basis", "remark")
