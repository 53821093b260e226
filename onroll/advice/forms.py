"""What is asked of who asks us, and of who answers a school."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from onroll.advice.actions.further_checks import CheckFacts
from onroll.cases.queries.typed import Typed
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form, choose
from onroll.referrals.models import Referral
from onroll.referrals.queries.pupils import Pupil
from onroll.rules import age
from onroll.rules.further_checks import OUTCOMES, WANTED
from onroll.rules.roll_question import PURPOSES
from onroll.schools.models import School

NOBODY_BORN = gettext_noop("Date of birth: nobody born then is at school")
NAMES = ("forename", "surname")
REFER_INSTEAD = (
    "The last day is more than ten school days ago: refer the child, or say why you ask instead"
)
OFF = {"autocomplete": "off", "spellcheck": "false"}


class RollForm(Form):
    """One child, and for what one asks."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Why do you ask?"),
        choices=[(purpose.value, gettext_lazy(words)) for purpose, words in PURPOSES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select why you ask")},
    )
    forename = forms.CharField(
        label=gettext_lazy("The child’s forename"),
        max_length=80,
        widget=forms.TextInput(attrs=OFF),
    )
    surname = forms.CharField(
        label=gettext_lazy("The child’s surname"),
        max_length=80,
        widget=forms.TextInput(attrs=OFF),
    )
    born = GovDateField(label=gettext_lazy("Date of birth"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_born(self) -> date:
        """Refuse a birthday that no pupil has."""
        born: date = self.cleaned_data["born"]
        if not age.is_of_a_pupil(born, on=self.on):
            raise forms.ValidationError(gettext(NOBODY_BORN))
        return born

    @property
    def typed(self) -> Typed:
        """Return what was typed of the child."""
        answers = self.cleaned_data
        return Typed(answers["forename"], answers["surname"], answers["born"])


class RollByCodeForm(RollForm):
    """The same for who has a code of the council instead of an account."""

    field_order = ("code", "purpose", "forename", "surname", "born")

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("The council gave it to you by name. Do not pass it on."),
        max_length=40,
        widget=forms.TextInput(attrs=OFF),
    )


class ChecksForm(Form):
    """A pupil who is not there, and what the school wants to be found out.

    Of a pupil on record (`chosen`) nothing is asked that the school's files hold.
    """

    field_order = ("school",)

    school = forms.ChoiceField(label="Which school asks?", widget=forms.RadioSelect)
    forename = forms.CharField(label="Forename", max_length=80, widget=forms.TextInput(attrs=OFF))
    surname = forms.CharField(label="Surname", max_length=80, widget=forms.TextInput(attrs=OFF))
    born = GovDateField(label="Date of birth")
    last_attended = GovDateField(label="Last day at your school")
    wanted = forms.MultipleChoiceField(
        label="What do you want us to find out?",
        choices=[(wanted.value, words) for wanted, words in WANTED.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what you want us to find out"},
    )
    account = forms.CharField(
        label="What do you know, and what have you tried?",
        help_text="What the parents said, whom you asked, and what came of it.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    why_not_refer = forms.CharField(
        label="Why do you ask, and not refer?",
        help_text="For example: who has seen the child since, and on which day.",
        max_length=1000,
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        data: Any,
        *,
        on: date,
        schools: Sequence[School],
        pupil: Pupil | None,
        is_late: Callable[[str, date], bool],
    ) -> None:
        super().__init__(data)
        self.on, self.is_late = on, is_late
        self.chosen = pupil
        self.referred: Callable[[], list[Referral]] = list
        self.is_to_refer = False
        """Whether the school refers by its answers, unless it says why not."""
        for name in ("born", "last_attended"):
            field = self.fields[name]
            assert isinstance(field, GovDateField)
            field.not_after = on
        choose(self, "school", [(school.number, school.name) for school in schools])
        answered = _on_record(pupil) if pupil else {"school"} if len(schools) == 1 else set()
        for name in answered:
            del self.fields[name]

    def clean_born(self) -> date:
        """Refuse a birthday that no pupil has."""
        born: date = self.cleaned_data["born"]
        if not age.is_of_a_pupil(born, on=self.on):
            raise forms.ValidationError(NOBODY_BORN)
        return born

    def clean(self) -> dict[str, Any]:
        """Ask of a child who has been away for long why the school does not refer."""
        answers = super().clean()
        last: date | None = answers.get("last_attended") or (
            self.chosen.left_on if self.chosen else None
        )
        self.is_to_refer = last is not None and self.is_late(answers.get("school", ""), last)
        if self.is_to_refer:
            field = self.fields["why_not_refer"]
            field.widget = forms.Textarea(attrs={"rows": 3})
            field.required = True  # so that it is not called optional
            if not answers.get("why_not_refer"):
                self.add_error("why_not_refer", REFER_INSTEAD)
        return answers

    @property
    def child(self) -> Typed | None:
        """Return whom a form is about that is sent to refer; None where the name is not whole."""
        record = self.chosen.words if self.chosen else {}
        forename, surname = (
            str(record.get(name) or self.cleaned_data.get(name) or "") for name in NAMES
        )
        born = (self.chosen and self.chosen.born_on) or self.cleaned_data.get("born")
        return Typed(forename, surname, born) if forename and surname else None

    @property
    def facts(self) -> CheckFacts:
        """Return what was typed, and of a pupil on record what the school's files hold instead."""
        record: Mapping[str, Any] = {}
        if chosen := self.chosen:
            names = {name: chosen.words[name] for name in ("forename", "surname")}
            record = {**names, "born": chosen.born_on, "last_attended": chosen.left_on}
        facts = {**record, **self.cleaned_data}
        return CheckFacts(
            forename=facts["forename"],
            surname=facts["surname"],
            born_on=facts["born"],
            last_attended_on=facts["last_attended"],
            wanted=tuple(facts["wanted"]),
            account=facts["account"],
            why_not_refer=facts["why_not_refer"] if self.is_to_refer else "",
        )


def _on_record(pupil: Pupil) -> set[str]:
    """Return the questions that a school's own files answer of its pupil."""
    days = {"born": pupil.born_on, "last_attended": pupil.left_on}
    return {"school", "forename", "surname", *(name for name, day in days.items() if day)}


class CheckAnswerForm(Form):
    """What came of the checks."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=[(outcome.value, words) for outcome, words in OUTCOMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what came of it"},
    )
    why = forms.CharField(
        label="What do you tell the school?",
        help_text="The school reads this. Do not write an address that may be protected.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what you tell the school"},
    )
