"""What is asked of a visit to the home, on one page (P31, P66)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms

from onroll.cases.queries import home_in_words
from onroll.cases.sighting_forms import SightingForm
from onroll.children.models import Address
from onroll.enquiries.actions import Visit
from onroll.enquiries.forms.enquiry import steps_for
from onroll.enquiries.forms.entry import facts_of
from onroll.enquiries.forms.questions import RESULTS, evidence_file, line, text
from onroll.govuk.forms import choose
from onroll.rules.enquiries import OTHER
from onroll.rules.sightings import Spot

NOBODY = "Nobody was spoken to"


class VisitForm(SightingForm):
    """Who was met where, what was seen, whether the child was, and what is done next."""

    field_order = (
        *("on", "time", "seen_by", "role", "where", "elsewhere", "spoken_to", "relation"),
        *("words", "lives_there", "second", "second_words", "seen", "company", "is_safe"),
        *("unsafe_words", "unsure_words", "wishes", "fostering", "is_care_told", "care_who"),
        *("care_why", "result", "evidence", "file", "next_step"),
    )
    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {
        **{name: rows for name, rows in SightingForm.reveals.items() if name != "where"},
        "where": {Spot.ELSEWHERE.value: ("elsewhere",)},
    }
    time = line("At what time?", 20, help_text="For example: 4:15pm.")
    spoken_to = line("Who was spoken to?", 120, help_text="Leave it empty if nobody was.")
    relation = line("Who are they to the child?", 70, help_text="For example: the mother.")
    words = text(
        "What was seen and said there?",
        help_text="In their words, as far as you can. This cannot be changed later.",
        needs="Say what was seen and said, or that nobody opened",
    )
    lives_there = line(
        "Who lives at that address now?",
        help_text="If it was found out. For example: a family with another name, since October.",
    )
    second = forms.ChoiceField(label="Was another address tried as well?", required=False)
    second_words = text("What was found there?", rows=2)
    result = forms.ChoiceField(
        label="What came of the visit?",
        choices=RESULTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what came of the visit"},
    )
    evidence = text("What shows it?", help_text="For example: a letter; a picture.", rows=2)
    file = evidence_file()
    next_step = forms.ChoiceField(
        label="What is the next step?",
        help_text="It is put on the list of enquiries. What a lead asks for comes by itself.",
        required=False,
    )

    needed_by_answer = (*SightingForm.needed_by_answer, "relation", "second_words")

    def __init__(
        self, *args: Any, today: date, addresses: Sequence[Address], **kwargs: Any
    ) -> None:
        super().__init__(*args, today=today, addresses=addresses, **kwargs)
        homes = [(key, home_in_words(address)) for key, address in self.addresses.items()]
        choose(self, "where", [*homes, (Spot.ELSEWHERE.value, "Another address")])
        choose(self, "second", [("", "No"), *homes])
        steps = [row for row in steps_for(is_of_school=False) if row[0] != OTHER]
        choose(self, "next_step", [("", "No next step"), *steps])
        self.fields["on"].initial = today
        del self.fields["school"], self.fields["said_by"]
        if len(homes) < 2:
            del self.fields["second"], self.fields["second_words"]

    def clean(self) -> dict[str, Any]:
        """Ask who somebody is to the child, and what was found at a second address."""
        cleaned = super().clean()
        if cleaned.get("spoken_to") and not cleaned.get("relation"):
            self.add_error("relation", "Enter who they are to the child")
        if cleaned.get("second"):
            if cleaned["second"] == cleaned.get("where"):
                self.add_error("second", "Select another address than the one above, or “No”")
            if not cleaned.get("second_words"):
                self.add_error("second_words", "Say what was found there")
        return cleaned

    @property
    def visit(self) -> Visit:
        """Return what came of the visit, of a form that is valid."""
        answers = self.cleaned_data
        met = ", ".join(filter(None, (answers["spoken_to"], answers["relation"])))
        told = {
            **answers,
            "name": met or NOBODY,
            "done_by": answers["seen_by"],
            "contact": answers.get("elsewhere") or "",
            "method": "visit",
        }
        return Visit(
            facts=replace(facts_of(told, on=answers["on"]), address=self.address),
            telling=self.telling,
            second=self.addresses.get(answers.get("second", "")),
            second_words=answers.get("second_words", ""),
            next_step=answers["next_step"],
        )
