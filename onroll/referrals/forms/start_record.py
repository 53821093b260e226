"""What is asked where a worry needs no referral, and after a call about danger."""

from datetime import date
from typing import Any

from django import forms

from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.referrals.facts import StartWords
from onroll.referrals.queries.pupils import Pupil
from onroll.rules.start_records import PROOFS, Kind, Proof, last_day_to_come

OFF = {"autocomplete": "off", "spellcheck": "false"}
NOT_KNOWN = "not_known"
TOO_FAR = (
    "{Label} must be on or before {limit}. If it is later, tick “One of these is not known”: the "
    "child is then to be referred, since nobody would look for them until that day."
)
OF_CHILD = ("forename", "surname", "born")


class StartRecordForm(Form):
    """The child, and each thing that makes it true; or that one of them is not known.

    A pupil of the school is not asked for: `chosen` is what its files hold.
    """

    forename = forms.CharField(
        label="The child’s forename", max_length=80, widget=forms.TextInput(attrs=OFF)
    )
    surname = forms.CharField(
        label="The child’s surname", max_length=80, widget=forms.TextInput(attrs=OFF)
    )
    born = GovDateField(label="Date of birth", required=False)

    def __init__(
        self, *args: Any, kind: Kind, on: date, pupil: Pupil | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.chosen = kind, pupil
        born = self.fields["born"]
        assert isinstance(born, GovDateField)
        born.not_after = on
        if pupil:
            for name in OF_CHILD:
                del self.fields[name]
        for proof in PROOFS[kind]:
            self.fields[proof.code] = (
                _day_of(proof, on=on, is_any=bool(self.data.get(NOT_KNOWN)))
                if proof.is_day
                else forms.CharField(
                    label=proof.words,
                    max_length=500,
                    required=False,
                    widget=forms.TextInput(attrs=OFF),
                )
            )
        # Each is needed unless the box below them is ticked, so none is marked as optional.
        self.needed_when_shown |= {proof.code for proof in PROOFS[kind]}
        if kind is not Kind.CALL:
            self.fields[NOT_KNOWN] = forms.BooleanField(
                label="One of these is not known", required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for each thing, unless one is said not to be known."""
        cleaned = super().clean()
        if not cleaned.get(NOT_KNOWN):
            for proof in PROOFS[self.kind]:
                if not cleaned.get(proof.code) and proof.code not in self.errors:
                    self.add_error(proof.code, f"Answer “{proof.words}”")
        return cleaned

    @property
    def words(self) -> StartWords:
        """Return what was said, of a form that is valid."""
        answers, pupil = self.cleaned_data, self.chosen
        return StartWords(
            kind=self.kind,
            forename=pupil.words["forename"] if pupil else answers["forename"],
            surname=pupil.words["surname"] if pupil else answers["surname"],
            born_on=pupil.born_on if pupil else answers["born"],
            proofs=self._proofs(),
        )

    def _proofs(self) -> dict[str, str]:
        """Return the answers by code, days as 2026-11-29."""
        answers = {proof.code: self.cleaned_data.get(proof.code) for proof in PROOFS[self.kind]}
        return {
            code: answer.isoformat() if isinstance(answer, date) else answer or ""
            for code, answer in answers.items()
        }


def _day_of(proof: Proof, *, on: date, is_any: bool) -> GovDateField:
    """Return the question for a day that must have come, or must come within a term.

    Of a child who is to be referred `is_any` day to come is taken, as it was typed.
    """
    if is_any and not proof.is_past:
        return GovDateField(label=proof.words, required=False)
    if proof.is_past:
        return GovDateField(label=proof.words, required=False, not_after=on)
    return GovDateField(
        label=proof.words,
        required=False,
        not_after=last_day_to_come(on=on),
        error_messages={"too_late": TOO_FAR},
    )
