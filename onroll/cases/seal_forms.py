"""What is asked where a case is sealed or unsealed, or that is proposed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.accounts.models import User
from onroll.govuk.forms import Form, choose


def _why(label: str, hint: str, needs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": needs},
    )


class SealForm(Form):
    """Why a case is sealed, and who sees it then."""

    why = _why(
        "Why is it sealed?",
        "What could happen if more colleagues saw it. Its team reads this.",
        "Say why it is sealed",
    )
    team = forms.MultipleChoiceField(
        label="Who sees it, beside whoever has the case?",
        help_text="Others of the team now leave it. More people can join the team afterwards.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        titles = {key: f"{one.name}, {one.role_title}" for key, one in self.people.items()}
        choose(self, "team", list(titles.items()))

    @property
    def chosen(self) -> list[User]:
        """Return who was ticked, of a form that is valid."""
        return [self.people[key] for key in self.cleaned_data["team"]]


class UnsealForm(Form):
    """Why a case is no longer sealed."""

    why = _why(
        "Why is it no longer sealed?",
        "Everybody who may see cases sees it again, with all that was written meanwhile.",
        "Say why it is no longer sealed",
    )


class ProposalForm(Form):
    """Why a case should be sealed, or no longer be."""

    why = _why(
        "Why do you propose it?",
        "The safeguarding hub or a manager decides.",
        "Say why you propose it",
    )


class DeclineForm(Form):
    """Why a case is not sealed or unsealed as was proposed."""

    why = _why(
        "Why is it not agreed?",
        "Whoever proposed it reads this.",
        "Say why it is not agreed",
    )
