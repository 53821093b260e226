"""What the hub decides about a child, and why."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from onroll.govuk.fields import Choice
from onroll.govuk.forms import choose
from onroll.referrals.actions import Way
from onroll.referrals.codes import DECISION_TITLES, Decision
from onroll.referrals.forms.checks import ChecksForm
from onroll.referrals.forms.parts import NOT_WHO, ON_THE_CASE, SMALL, grades, radios, words
from onroll.rules.grades import Grade
from onroll.rules.refusal import Refused
from onroll.schools.queries import authority_coded

MEANT, NO_CHILD, NOT_SAID = "meant_", "none", "not_said"
"""The field that asks which child it is, with the number after it; the answer that it is nobody of
those likely, and that of who cannot say."""
PASS_IT = (
    "Pass the papers the way you always do. It stays on a list until they say that they have it"
)
PASSED = {
    Decision.SOCIAL_CARE: "passed_how",
    Decision.ATTENDANCE: "passed_attendance",
    Decision.HOME_EDUCATION: "passed_home_education",
    Decision.OTHER_AUTHORITY: "passed_authority",
    Decision.EARLY_HELP: "passed_early_help",
}
"""The field of each decision that sends a child on: to whom the papers were passed, and how."""
HINTS = {
    Decision.LEAD_OFFICER: "It waits until a named person has accepted it",
    Decision.OTHER_AUTHORITY: "For a child who lives elsewhere",
    Decision.OPEN_CASE: "The case says so, and whoever works on it sees it",
    Decision.ADVICE: "Say what was advised, and to whom",
    Decision.NO_ACTION: "Say why there is nothing to do",
}


def _passed() -> Any:
    """Return the question to whom the papers of a child who is sent on were passed, and how."""
    field = words("To whom were the papers passed, and how?", 400, f"{PASS_IT}. {NOT_WHO}")
    field.error_messages["required"] = "Say to whom the papers were passed, and how"
    return field


class DecideForm(ChecksForm):
    """What the hub decides, and why. `cases` are the open cases of likely children.

    How grave it looks is asked where nobody has graded the referral.
    `numbers` are the children nobody has decided about; which is asked where there are several.
    """

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        **ChecksForm.reveals,
        "decision": {
            Decision.OPEN_CASE.value: ("case",),
            **{way.value: (name,) for way, name in PASSED.items()},
            Decision.OTHER_AUTHORITY.value: ("authority", PASSED[Decision.OTHER_AUTHORITY]),
        },
    }

    children = forms.MultipleChoiceField(
        label="About which children do you decide?",
        help_text="Tick only those of whom all that you enter here is true. You decide about the "
        "others afterwards.",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
        error_messages={
            "required": "Select at least one child: this referral is about several, and each may "
            "need another decision"
        },
    )
    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={"required": "Select what you decide"},
    )
    case = forms.ChoiceField(
        label="Which case?",
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={"required": "Select the case that it joins"},
    )
    authority = forms.ChoiceField(
        label="Which authority?",
        error_messages={"required": "Select the authority where the child lives"},
    )
    passed_how, passed_attendance, passed_home_education, passed_authority, passed_early_help = (
        _passed() for _ in PASSED
    )
    grade = grades("Nobody has graded this referral yet. What you write below is the reason.")
    why = forms.CharField(
        label="Why?",
        help_text="Kept with the decision. If the child joins an open case, it stands "
        f"{ON_THE_CASE}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )
    contradicts_why = forms.CharField(
        label="Why is this right all the same?",
        help_text=f"Kept with the decision, for who may read what was checked. {NOT_WHO}",
        max_length=4000,
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        *args: Any,
        numbers: Sequence[tuple[str, str]],
        cases: Sequence[tuple[str, str]],
        authorities: Sequence[tuple[str, str]],
        names: Mapping[Decision, str],
        first: Decision,
        is_graded: bool,
        likely: Mapping[int, tuple[str, Sequence[tuple[str, str]]]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_graded:
            del self.fields["grade"]
        offered = [first, *(choice for choice in Decision if choice is not first)]
        titles = (
            (code.value, Choice(names.get(code, DECISION_TITLES[code]), HINTS.get(code, "")))
            for code in offered
            if cases or code is not Decision.OPEN_CASE
        )
        choose(self, "decision", list(titles))
        choose(self, "case", cases)
        if len(cases) == 1:
            self.initial.setdefault("case", cases[0][0])
        choose(self, "authority", [("", "Choose an authority"), *authorities])
        choose(self, "children", numbers)
        if len(numbers) < 2:
            del self.fields["children"]
        self._ask_who_it_is(likely or {})
        if self.data.get("contradicts_why"):
            self._ask_why_all_the_same()

    def _ask_who_it_is(self, likely: Mapping[int, tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Ask of each child of whom some are likely which it is, before what is decided."""
        for number, (label, children) in likely.items():
            none = Choice("None of these", either="or")
            self.fields[f"{MEANT}{number}"] = radios(
                label,
                [*children, (NO_CHILD, none), (NOT_SAID, "I cannot say")],
                "Kept with the decision, for who accepts the child. Who referred is not told.",
            )
            self.fields[f"{MEANT}{number}"].required = False
            self.initial.setdefault(f"{MEANT}{number}", NOT_SAID)
        fields = [f"{MEANT}{number}" for number in likely]
        names = [name for name in self.fields if name not in fields]
        place = names.index("decision")
        self.order_fields([*names[:place], *fields, *names[place:]])

    def _ask_why_all_the_same(self) -> None:
        """Show the question that is asked of a decision that contradicts what is known."""
        field = self.fields["contradicts_why"]
        field.widget, field.required = forms.Textarea(attrs={"rows": 4}), True

    def refuse(self, refusal: Refused) -> None:
        """Ask why a decision is right, beside the sentence that says what it contradicts."""
        if "contradicts_why" in refusal.errors:
            self._ask_why_all_the_same()
        super().refuse(refusal)

    def clean(self) -> dict[str, Any]:
        """Let an open case be joined by one child at a time."""
        cleaned = super().clean()
        is_joined = cleaned.get("decision") == Decision.OPEN_CASE.value
        if is_joined and len(cleaned.get("children") or ["1"]) > 1:
            self.add_error("children", "Select one child: each joins the case of its own")
        return cleaned

    @property
    def ticked(self) -> Sequence[str]:
        """Return the numbers of the children that are ticked, whatever else was typed."""
        return self["children"].value() or () if "children" in self.fields else ()

    @property
    def only(self) -> tuple[int, ...]:
        """Return the numbers of the children decided about; none of an only child."""
        return tuple(int(number) for number in self.cleaned_data.get("children") or ())

    def way_so_far(
        self, cases: Mapping[str, Any], children: Mapping[str, Any] | None = None
    ) -> Way | None:
        """Return what is decided; None where nobody has said what, about which children, or which
        case it joins."""
        if {"decision", "children", "case"} & self.errors.keys():
            return None
        return self.way(cases, children)

    def way(self, cases: Mapping[str, Any], children: Mapping[str, Any] | None = None) -> Way:
        """Return what is decided, of a form that says what; `children` are those likely, by
        reference."""
        answers = self.cleaned_data
        case, authority = answers.get("case"), answers.get("authority")
        return Way(
            decision=Decision(answers["decision"]),
            why=answers.get("why") or "",
            case=cases[case] if case else None,
            authority=authority_coded(authority) if authority else None,
            passed_how=answers.get(PASSED.get(Decision(answers["decision"]), "")) or "",
            grade=Grade(answers["grade"]) if answers.get("grade") else None,
            contradicts_why=answers.get("contradicts_why") or "",
            meant=self._meant(children or {}),
        )

    def _meant(self, children: Mapping[str, Any]) -> dict[int, Any]:
        """Return by the number of each child decided about which it is, where that is said."""
        answers = {
            int(name.removeprefix(MEANT)): answer
            for name, answer in self.cleaned_data.items()
            if name.startswith(MEANT) and answer not in ("", NOT_SAID)
        }
        decided = self.only or answers.keys()
        return {number: children.get(answers[number]) for number in answers if number in decided}
