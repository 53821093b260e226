"""What is asked of an action point: what is to be done, and what becomes of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from onroll.cases.actions import ActionFacts, FateFacts
from onroll.cases.forms import OFF
from onroll.cases.models import ActionPoint
from onroll.cases.outcome_forms import FactsForm
from onroll.govuk.answer_forms import refuse_empty_words
from onroll.govuk.fields import GovDateField, in_words
from onroll.govuk.forms import Form
from onroll.rules.action_points import ENDINGS, FATES, Fate

ACTION = ("action", "whom", "due_on")
_LONGEST_NAME = 200


class ActionForm(Form):
    """What is to be done, who does it and by when; each kind of origin asks in its own words."""

    action = forms.CharField(
        label="What is to be done?",
        help_text="One thing. More can follow.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is to be done"},
    )
    whom = forms.CharField(
        label="Who does it?",
        max_length=_LONGEST_NAME,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Say who does it"},
    )
    due_on = GovDateField(label="By when?", error_messages={"required": "Enter the day"})

    @property
    def action_facts(self) -> ActionFacts | None:
        """Return what is to be done, of a form that is valid; None for nothing."""
        words, whom, due_on = (self.cleaned_data[name] for name in ACTION)
        return ActionFacts(words, whom, due_on) if words else None


class FinishForm(Form):
    """What became of an action point, and on which day."""

    fate = forms.ChoiceField(
        label="What became of it?",
        choices=[(fate.value, FATES[fate]) for fate in ENDINGS],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what became of it"},
    )
    on = GovDateField(label="On which day?", error_messages={"required": "Enter the day"})
    result = forms.CharField(
        label="What came of it, or why is it given up?",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what came of it, or why it is given up"},
    )


class ClosingForm(FactsForm):
    """The facts that close a case, and what becomes of each thing still to be done on it."""

    def __init__(self, *args: Any, actions: Iterable[ActionPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actions = list(actions)
        for row in self._actions:
            asks = f"Still to be done: {row.words} ({row.person}, by {in_words(row.due_on)})"
            self.fields[_fate(row)] = forms.ChoiceField(
                label=asks,
                help_text=f"{row.origin_name} asked for it. What becomes of it?",
                choices=[(fate.value, title) for fate, title in FATES.items()],
                widget=forms.RadioSelect,
                error_messages={"required": f"Select what becomes of this: {row.words}"},
            )
            self.fields[_words(row)] = forms.CharField(
                label="What came of it, why it is given up, or who goes on with it",
                help_text="For who goes on with it: a name, and of which agency.",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, **OFF}),
                error_messages={"required": f"Say in words what becomes of this: {row.words}"},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse words that say nothing, and a name that is none for its length."""
        cleaned = super().clean()
        for row in self._actions:
            refuse_empty_words(self, _words(row))
            is_name = cleaned.get(_fate(row)) == Fate.GOES_ON
            if is_name and len(cleaned.get(_words(row)) or "") > _LONGEST_NAME:
                self.add_error(
                    _words(row), f"Who goes on with it: at most {_LONGEST_NAME} characters"
                )
        return cleaned

    @property
    def fates(self) -> Mapping[str, FateFacts]:
        """Return what becomes of each, of a form that is valid."""
        data = self.cleaned_data
        return {
            row.ref: FateFacts(Fate(data[_fate(row)]), data[_words(row)]) for row in self._actions
        }


def _fate(row: ActionPoint) -> str:
    return f"fate_{row.pk}"


def _words(row: ActionPoint) -> str:
    return f"fate_words_{row.pk}"
