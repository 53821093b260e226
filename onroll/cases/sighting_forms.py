"""What is asked when a child was seen, and what was done where the child is not safe (P66)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from onroll.cases.forms import OFF
from onroll.cases.queries.sightings import home_in_words
from onroll.children.models import Address
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form, choose
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen, Spot, Telling, lacking_in_telling

YEARS = timedelta(days=366 * 3)
NOT_ASKED = "not_asked"
SMALL = {"rows": 2}
SPOTS = [(Spot.SCHOOL.value, "At a school"), (Spot.ELSEWHERE.value, "Somewhere else")]


def _line(label: str, most: int, *, help_text: str = "", needs: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=bool(needs),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": needs} if needs else {},
    )


class SightingForm(Form):
    """Whether the child was seen: by whom, when, where and with whom; safe, and what they want."""

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        "seen": {Seen.WITH.value: ("company",)},
        "where": {Spot.SCHOOL.value: ("school",), Spot.ELSEWHERE.value: ("elsewhere",)},
        "is_care_told": {"yes": ("care_who",), "no": ("care_why",)},
        "is_safe": {
            RiskAnswer.NO.value: ("unsafe_words",),
            RiskAnswer.NOT_SURE.value: ("unsure_words",),
        },
    }
    seen = forms.ChoiceField(
        label="Was the child seen?",
        choices=[
            (Seen.ALONE.value, "Yes, alone"),
            (Seen.WITH.value, "Yes, with somebody else there"),
            (Seen.NO.value, "No"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the child was seen"},
    )
    company = _line(
        "Who else was there?",
        200,
        help_text="Name, and who they are to the child.",
        needs="Enter who else was there",
    )
    on = GovDateField(label="On which day?", error_messages={"required": "Enter the day"})
    seen_by = _line(
        "Who saw the child, or tried to?",
        120,
        help_text="Their name.",
        needs="Enter the name of who saw the child, or tried to",
    )
    role = _line(
        "What is their role?",
        120,
        help_text="And their team or school.",
        needs="Enter what their role is, and their team or school",
    )
    where = forms.ChoiceField(
        label="Where was that?",
        choices=SPOTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where it was"},
    )
    school = forms.CharField(
        label="Which school?",
        max_length=120,
        widget=forms.TextInput(attrs={**OFF, "list": "schools"}),
        error_messages={"required": "Enter which school"},
    )
    elsewhere = _line("Where?", 200, needs="Enter where it was")
    is_safe = forms.ChoiceField(
        label="Is the child safe?",
        help_text="If nobody saw the child, answer only if something worries you.",
        choices=[
            (RiskAnswer.YES.value, "Yes"),
            (RiskAnswer.NO.value, "No"),
            (RiskAnswer.NOT_SURE.value, "I am not sure"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    unsafe_words = forms.CharField(
        label="What was seen or heard?",
        max_length=2000,
        widget=forms.Textarea(attrs=SMALL),
        error_messages={"required": "Say what was seen or heard"},
    )
    unsure_words = forms.CharField(
        label="What makes you unsure?",
        max_length=2000,
        widget=forms.Textarea(attrs=SMALL),
        error_messages={"required": "Say what makes you unsure"},
    )
    wishes = forms.CharField(
        label="What does the child say they want?",
        help_text="In the child’s words. If nobody asked, say why.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=SMALL),
    )
    fostering = forms.ChoiceField(
        label="Does the child live with somebody who is no parent and no close relative?",
        help_text="Close relatives are grandparents, brothers, sisters, uncles, aunts and "
        "step-parents. With anybody else it may be private fostering.",
        choices=[
            (RiskAnswer.YES.value, "Yes"),
            (RiskAnswer.NO.value, "No"),
            (RiskAnswer.NOT_SURE.value, "I am not sure"),
            (NOT_ASKED, "It was not asked"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select who the child lives with, or that it was not asked"},
    )
    is_care_told = forms.ChoiceField(
        label="Was children’s social care told where the child lives?",
        help_text="Only if you answered yes or not sure above.",
        choices=[("yes", "Yes"), ("no", "No")],
        required=False,
        widget=forms.RadioSelect,
    )
    care_who = _line("Who was told, and when?", 200, needs="Say who was told, and when")
    care_why = _line("Why not?", 200, needs="Say why nobody was told")
    said_by = _line(
        "Who says so, if you did not see it yourself?",
        200,
        help_text="Name and role, and how they told you.",
    )

    def __init__(
        self, *args: Any, today: date, addresses: Sequence[Address] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.addresses = {f"home_{address.pk}": address for address in addresses}
        homes = [(key, home_in_words(address)) for key, address in self.addresses.items()]
        choose(self, "where", [*homes, *SPOTS])
        field = self.fields["on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after = today - YEARS, today

    def clean(self) -> dict[str, Any]:
        """Ask for what depends on other answers (`rules.sightings`)."""
        cleaned = super().clean()
        if not self.errors:
            for name, sentence in lacking_in_telling(self.telling, today=self.today).items():
                self.add_error(name if name in self.fields else None, sentence)
        return cleaned

    @property
    def address(self) -> Address | None:
        """Return the address on record that was chosen."""
        return self.addresses.get(self.cleaned_data["where"])

    @property
    def telling(self) -> Telling:
        """Return what is told, of a form that is valid."""
        answers = self.cleaned_data
        is_home, lives = answers["where"] in self.addresses, answers["fostering"]
        return Telling(
            seen=Seen(answers["seen"]),
            on=answers["on"],
            by=answers["seen_by"],
            role=answers["role"],
            spot=Spot.HOME if is_home else Spot(answers["where"]),
            place=answers.get("school") or answers.get("elsewhere") or "",
            company=answers.get("company") or "",
            is_safe=RiskAnswer(answers["is_safe"]) if answers.get("is_safe") else None,
            safe_words=answers.get("unsafe_words") or answers.get("unsure_words") or "",
            wishes=answers.get("wishes") or "",
            fostering=None if lives == NOT_ASKED else RiskAnswer(lives),
            is_care_told=answers["is_care_told"] == "yes" if answers.get("is_care_told") else None,
            care_words=answers.get("care_who") or answers.get("care_why") or "",
            said_by=answers.get("said_by") or "",
        )


class WorryForm(Form):
    """What was done about a child who is not safe, or of whom nobody is sure."""

    why = forms.CharField(
        label="What was done, and who was told?",
        help_text="Names, teams, and when: for example the hub, the social worker, the police.",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say what was done, and who was told"},
    )


class WithdrawSightingForm(Form):
    """Why something that was written down is no longer to stand."""

    why = forms.CharField(
        label="What was mistaken?",
        help_text="It stays to read, with this reason. To correct it, write it down anew.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what was mistaken"},
    )
