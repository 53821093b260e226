"""The form that corrects where a child lives."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from onroll.cases.forms import OFF, SMALL, refuse_what_is_none
from onroll.cases.record_forms.correction import CorrectionForm, not_after, text
from onroll.children import actions as children
from onroll.children.actions import AddressFacts
from onroll.children.models import AddressKind, Child, Part
from onroll.children.queries import homes_of
from onroll.govuk.fields import Choice, GovDateField


class HomeForm(CorrectionForm):
    """Where a child lives now."""

    part = Part.HOME
    where = forms.ChoiceField(
        label="Where does the child live now?",
        widget=forms.RadioSelect,
        choices=[
            ("address", "At an address"),
            ("no_fixed", Choice("No fixed abode", "The child has no settled home.")),
            ("unknown", "Nobody knows"),
        ],
        error_messages={"required": "Select where the child lives, or that nobody knows"},
    )
    lines = forms.CharField(
        label="Address, without town and postcode",
        max_length=400,
        widget=forms.Textarea(attrs={**OFF, "rows": 3}),
        error_messages={"required": "Enter the address"},
    )
    town = text("Town", 60)
    postcode = text("Postcode", 8, **{"class": "govuk-input--width-10"})
    country = text("Country, if abroad", 60)
    from_on = GovDateField(
        label="Since when?", required=False, help_text="Leave this empty if nobody knows."
    )
    old = forms.ChoiceField(
        label="If you changed the address: what is the one on record?",
        required=False,
        widget=forms.RadioSelect(attrs=SMALL),
        choices=[
            ("theirs", "Where the child lived before"),
            ("wrong", "Never the child’s address, or written wrongly"),
        ],
    )
    is_protected = forms.BooleanField(
        label="This address must be protected",
        required=False,
        help_text="Only people who work on the case, and have to know it, will be able to see it.",
    )
    reveals: ClassVar[dict[str, dict[str, Sequence[str]]]] = {
        "where": {"address": ("lines", "town", "postcode", "country")}
    }

    def initial_values(self, child: Child) -> dict[str, Any]:
        """Return the current home as the answers of the form; empty if none is on record."""
        current = [home for home in homes_of(child) if home.to_on is None]
        if not current:
            return {}
        home = current[-1]
        if home.kind == AddressKind.NO_FIXED.value:
            return {"where": "no_fixed", "from_on": home.from_on}
        return {
            "where": "address",
            "lines": "\n".join(home.lines),
            "town": home.town,
            "postcode": home.postcode,
            "country": home.country,
            "from_on": home.from_on,
            "is_protected": home.is_protected,
        }

    def prepare(self, child: Child) -> None:
        """Ask what the old address is only if there is one."""
        not_after(self, "from_on", self.on)
        if not self.initial.get("where"):
            self.drop("old")

    def clean(self) -> dict[str, Any]:
        """Refuse an address like “none”, and require what the old one was if it changes."""
        cleaned = super().clean()
        if cleaned.get("where") == "address":
            instead = "Select “No fixed abode” or “Nobody knows”, or enter where the child lives"
            refuse_what_is_none(self, instead=instead)
        before = self.initial.get("where")
        is_same = before == cleaned.get("where") and (
            before != "address" or self._text(self.initial) == self._text(cleaned)
        )
        if before and not is_same and not cleaned.get("old") and not self.errors:
            self.add_error("old", "Select what the address on record is")
        return cleaned

    @staticmethod
    def _text(data: Mapping[str, Any]) -> list[str]:
        """Return an address for comparison: without spaces and case."""
        names = ("lines", "town", "postcode", "country")
        return ["".join(str(data.get(name) or "").split()).casefold() for name in names]

    @property
    def facts(self) -> children.Home:
        """Return the corrected home."""
        data = self.cleaned_data
        return children.Home(
            address=None if data["where"] == "unknown" else self._address(data),
            was_theirs=data.get("old") != "wrong",
            is_protected=data["is_protected"],
        )

    def _address(self, data: dict[str, Any]) -> AddressFacts:
        if data["where"] == "no_fixed":
            return AddressFacts(from_on=data["from_on"], has_none=True)
        lines = (line.strip()[:120] for line in data["lines"].splitlines())
        return AddressFacts(
            lines=tuple(line for line in lines if line),
            town=data["town"],
            postcode=data["postcode"].upper(),
            country=data["country"],
            from_on=data["from_on"],
        )
