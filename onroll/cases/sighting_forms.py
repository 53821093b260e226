"""What is asked when a child was seen: by whom, where, safe, and with whom they live (P66)."""

from collections.abc import Collection, Mapping, Sequence
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


def line(label: str, most: int, *, help_text: str = "", needs: str = "") -> forms.CharField:
    """Return a question answered in a line; `needs` is said where it is left empty."""
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
        "is_care_told": {"yes": ("care_name", "care_team", "care_on"), "no": ("care_words",)},
        "is_safe": {
            RiskAnswer.NO.value: ("unsafe_words",),
            RiskAnswer.NOT_SURE.value: ("unsure_words",),
        },
    }
    needed_by_answer: ClassVar[Collection[str]] = ("is_safe", "wishes", "is_care_told")
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
    company = line(
        "Who else was there?",
        200,
        help_text="Name, and who they are to the child.",
        needs="Enter who else was there",
    )
    on = GovDateField(label="On which day?", error_messages={"required": "Enter the day"})
    seen_by = line(
        "Who saw the child, or tried to?",
        120,
        help_text="Their name.",
        needs="Enter the name of who saw the child, or tried to",
    )
    role = line(
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
    elsewhere = line("Where?", 200, needs="Enter where it was")
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
    care_name = line("Name of who was told", 120, needs="Enter the name of who was told")
    care_team = line("Their team", 120, needs="Enter the team of who was told")
    care_on = GovDateField(
        label="On which day were they told?", error_messages={"required": "Enter the day"}
    )
    care_words = line(
        "Why not?",
        200,
        help_text="The case says that social care is to be told until somebody has done it.",
        needs="Say why nobody was told",
    )
    said_by = line(
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
        for name in ("on", "care_on"):
            field = self.fields[name]
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
            care_name=answers.get("care_name") or "",
            care_team=answers.get("care_team") or "",
            care_on=answers.get("care_on"),
            care_words=answers.get("care_words") or "",
            said_by=answers.get("said_by") or "",
        )
