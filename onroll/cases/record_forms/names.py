"""The form that corrects a child's names."""

from typing import Any

from django import forms

from onroll.cases.forms import SMALL, refuse_what_is_none
from onroll.cases.record_forms.correction import CorrectionForm, text
from onroll.children import actions as children
from onroll.children.models import Child, NameKind, Part
from onroll.govuk.fields import Choice
from onroll.matching import compact


class NameForm(CorrectionForm):
    """The names of a child; a child may have one name only."""

    part = Part.NAME
    forename = text("Forename", help_text="A child may have one name only: leave the other empty.")
    middle_names = text("Middle names")
    surname = text("Surname")
    chosen_forename = text("Forename the child goes by, if another")
    chosen_surname = text("Surname the child goes by, if another")
    old = forms.ChoiceField(
        label="If you changed a name: what is the one on record?",
        required=False,
        widget=forms.RadioSelect(attrs=SMALL),
        choices=[
            ("misspelt", Choice("The same name, written wrongly")),
            ("former", Choice("A name the child had before")),
            ("not_theirs", Choice("Never this child’s name", "Nobody is found by it any more.")),
        ],
    )
    former_forename = text("Another former forename")
    former_surname = text("Another former surname")
    wrong = forms.MultipleChoiceField(
        label="Are any of these not this child’s names?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )

    def initial_values(self, child: Child) -> dict[str, Any]:
        """Return the current names."""
        initial_values = {
            name: getattr(child, name) for name in ("forename", "middle_names", "surname")
        }
        for name in _PAIR:
            initial_values[f"chosen_{name}"] = "" if _is_same(child, name) else _chosen(child, name)
        return initial_values

    def prepare(self, child: Child) -> None:
        """Offer the other names on record for removal."""
        names = child.names.exclude(kind=NameKind.WRONG.value).order_by("pk")
        named = [(str(n.pk), f"{n.forename} {n.surname}".strip()) for n in names]
        self.offer("wrong", named)

    def clean(self) -> dict[str, Any]:
        """Require a name, and what the old name was if it differs."""
        cleaned = super().clean()
        refuse_what_is_none(self, "forename", "middle_names", "surname")
        if not cleaned.get("forename") and not cleaned.get("surname") and not self.errors:
            self.add_error("forename", "Enter a forename or a surname")
        is_changed = any(
            cleaned.get(k) != v for k, v in self.initial_values(self.child).items() if v
        )
        if is_changed and not cleaned.get("old") and "old" not in self.errors:
            self.add_error("old", "Select what the name on record is")
        return cleaned

    @property
    def facts(self) -> children.Names:
        """Return the corrected names."""
        data = self.cleaned_data
        return children.Names(
            **{name: data[name] for name in ("forename", "middle_names", "surname")},
            **{f"chosen_{name}": self._chosen(name) for name in _PAIR},
            old=data["old"] or "misspelt",
            former=(data["former_forename"], data["former_surname"]),
            wrong=[int(pk) for pk in data.get("wrong", ())],
        )

    def _chosen(self, name: str) -> str:
        """Return the chosen name; one that only repeats the legal name changes with it."""
        typed: str = self.cleaned_data[f"chosen_{name}"]
        if typed or not _is_same(self.child, name):
            return typed
        is_kept = self.cleaned_data[name] == getattr(self.child, name)
        return _chosen(self.child, name) if is_kept else ""


_PAIR = ("forename", "surname")


def _chosen(child: Child, name: str) -> str:
    return str(getattr(child, f"chosen_{name}"))


def _is_same(child: Child, name: str) -> bool:
    return compact(_chosen(child, name)) == compact(getattr(child, name))
