"""Made-up things for the style guide. Nobody in it exists."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator

from onroll.govuk import charts
from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import Form
from onroll.govuk.parts import Column, Link, Table

TODAY = date(2026, 3, 16)
REASONS = [
    (
        "left",
        Choice(
            "The child has left and nobody knows where to", "They may have moved, or gone abroad"
        ),
    ),
    (
        "never",
        Choice("The child never started at the school", "A place was offered and not taken up"),
    ),
    ("other", Choice("Something else", either="or")),
]
ENQUIRIES = [
    ("rang", Choice("Rang every number we hold")),
    ("visited", Choice("Visited the home")),
    ("asked", Choice("Asked brothers' and sisters' schools", "Also nurseries and colleges")),
    ("none", Choice("None of these", either="or", is_exclusive=True)),
]


class QuestionsForm(Form):
    """One of each kind of question."""

    name = forms.CharField(
        label="Child's full name",
        max_length=100,
        help_text="As the school's records have it",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the child's full name"},
    )
    upn = forms.CharField(
        label="Unique pupil number (UPN)",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    born = GovDateField(label="Date of birth", help_text="For example, 27 3 2015", not_after=TODAY)
    absences = forms.IntegerField(
        label="School days missed so far",
        min_value=0,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    reason = forms.ChoiceField(
        label="Why are you worried?", widget=forms.RadioSelect, choices=REASONS
    )
    details = forms.CharField(label="What is it?", max_length=500, widget=forms.Textarea)
    has_moved = forms.ChoiceField(
        label="Has the family moved home?",
        widget=forms.RadioSelect(attrs={"is_inline": True}),
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Select yes if the family has moved home"},
    )
    enquiries = forms.MultipleChoiceField(
        label="What has the school done?",
        help_text="Select all that apply",
        widget=forms.CheckboxSelectMultiple,
        choices=ENQUIRIES,
    )
    year = forms.ChoiceField(
        label="Year group",
        choices=[("", "Choose a year group"), ("R", "Reception"), ("1", "Year 1"), ("2", "Year 2")],
    )
    notes = forms.CharField(
        label="Anything else we should know", required=False, widget=forms.Textarea
    )
    form_file = forms.FileField(
        label="Reasonable Enquiry Form", required=False, help_text="PDF or Word, up to 10MB"
    )
    password = forms.CharField(label="Password", required=False, widget=forms.PasswordInput)
    is_true = forms.BooleanField(
        label="What I have said is true as far as I know",
        error_messages={"required": "Tick to say that this is true"},
    )

    reveals: ClassVar = {"reason": {"other": ("details",)}}


class FiltersForm(Form):
    """The filters of a made-up register."""

    stage = forms.MultipleChoiceField(
        label="Stage",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"is_small": True}),
        choices=[("new", "New"), ("enquiries", "Enquiries"), ("untraced", "Untraced")],
    )
    school = forms.CharField(label="Last school", required=False)
    marks_optional = False


def everything() -> dict[str, Any]:
    """Return what the style guide's template draws."""
    return {
        "today": TODAY,
        "moment": datetime(2026, 3, 13, 14, 35),
        "navigation": [
            Link("Today", "#today", is_current=True),
            Link("Register", "#register", count=24),
            Link("Referrals", "#referrals", count=3),
            Link("Files", "#files"),
            Link("Reports", "#reports"),
        ],
        "crumbs": [Link("Register", "#register"), Link("Case 4821-07")],
        "sections": [
            Link("Overview", "#overview", is_current=True),
            Link("Enquiries", "#enq", count=4),
            Link("History", "#h"),
        ],
        "phase": {
            "name": "Demo",
            "words": "Every child, family and member of staff here is made up.",
        },
        "facts": ["Year 4, aged 8", "Case 4821-07", "Open 17 school days"],
        "filter_form": FiltersForm(),
        "chosen": [Link("Enquiries", "#"), Link("Over four weeks", "#")],
        "table": _table(),
        "empty_table": Table(
            "Referrals to accept",
            ["Child", "From"],
            [],
            "No referral is waiting. New ones appear here.",
        ),
        "page": Paginator(range(240), 20).get_page(4),
        "leavers": _leavers(),
        "ages": charts.age_of_cases(
            [2, 5, 9, 16, 20, 27, 31, 33, 60, 120], bands=_bands(), late_from=28
        ),
        "places": _places(),
    }


def _bands() -> list[tuple[int, str]]:
    return [
        (0, "Under 2 weeks"),
        (14, "2 to 4 weeks"),
        (28, "4 to 12 weeks"),
        (84, "Over 12 weeks"),
    ]


def _table() -> Table:
    columns = [
        Column("Child", sort_url="?sort=name", sorted="ascending"),
        Column("Last school", sort_url="?sort=school"),
        Column("Year"),
        Column("School days open", is_numeric=True, sort_url="?sort=age"),
    ]
    rows = [
        ("Amara Made-Up", "St Ann's Primary School", "Year 4", 17),
        ("Bogdan Made-Up", "Northfield High School", "Year 9", 4),
        ("Chidi Made-Up", "Not known", "Year 1", 121),
    ]
    return Table("Children on the register", columns, rows)


def _leavers() -> charts.Drawing:
    bars = [
        charts.Bar("A school in this borough", 41, url="#in"),
        charts.Bar("A school in another borough or county", 28, url="#out"),
        charts.Bar("Moved abroad, with an address", 7, url="#abroad"),
        charts.Bar("Home education", 5, url="#home"),
        charts.Bar("Nobody knows yet", 9, url="#unknown", meaning="late"),
    ]
    return charts.bar_chart(
        bars, name="leavers", title="Where leavers went this term", counted="Children", of="Where"
    )


def _places() -> charts.Drawing:
    spans = [
        charts.Span(
            "registered", "Bridge Nursery and Infant School", date(2021, 9, 6), date(2024, 7, 19)
        ),
        charts.Span("registered", "St Ann's Primary School", date(2024, 9, 3), date(2025, 10, 24)),
        charts.Span(
            "home_education", "At home with his mother", date(2025, 1, 6), date(2025, 4, 4)
        ),
        charts.Span("gap", "Nobody knows", date(2025, 10, 25)),
        charts.Span("offered", "Northfield Primary School", date(2026, 2, 9), date(2026, 4, 20)),
    ]
    return charts.timeline_drawing(spans, on=TODAY)
