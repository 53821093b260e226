"""The first page for a pupil whom a school has chosen: what is held, and whether it is right."""

from collections.abc import Callable
from typing import Any

from django import forms

from onroll.govuk.forms import Form
from onroll.referrals.models import Referral
from onroll.referrals.queries.pupils import Pupil


class PupilForm(Form):
    """What is wrong with what is held of a pupil, or missing."""

    record_wrong = forms.CharField(
        label="Is anything of this wrong, or do you know more?",
        help_text="For example: a new telephone number, or other names.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, pupil: Pupil) -> None:
        super().__init__(data)
        self.chosen = pupil
        self.referred: Callable[[], list[Referral]] = list
        """Finds the open referrals that the school has made of this pupil, if a view says how."""

    def lines(self) -> list[tuple[str, str, str]]:
        """Return the pupil, and what the school adds."""
        words = str(self.cleaned_data.get("record_wrong") or "")
        added = [("What you add", words, "id_record_wrong")] if words else []
        return [("Pupil", self.chosen.name, "id_record_wrong"), *added]
