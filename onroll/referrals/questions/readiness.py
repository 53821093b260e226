"""Whether a referral is ready, from the answers of its form, and the question that goes with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from onroll.formats.numbers import is_postcode
from onroll.govuk.forms import Form
from onroll.referrals.definition import LATER, QUESTIONS, owed_pages
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.definition.risk import answer_of
from onroll.referrals.queries.pupils import Pupil
from onroll.referrals.questions.urgency import finding, risk_answers, urgent_why
from onroll.rules.age import age
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.doubts import Doubt, doubts
from onroll.rules.readiness import PAGE, Gap, ReferralState, gaps, words_of
from onroll.rules.risk import RISK_QUESTIONS
from onroll.schools.queries import our_policy

Answers = Mapping[str, Any]
PAGES_OF_GAPS = {
    "call": "worry",
    "police": "worry",
    "whereabouts": "worry",
    "talk": "talk",
    "exploitation": "exploitation",
    "social_worker": "known",
    "enquiries": "enquiries",
    "home_visit": "enquiries",
    "next_authority": "enquiries",
    "sibling_schools": "siblings",
    "plan": QUESTIONS["plan_agreed"].page,
    "located": "worry",
}
NO_POSTCODE = gettext_noop("The postcode is none that there can be. Is it as it was written?")
NO_NAME_OR_PLACE = gettext_noop("You gave no name and no place. Can you add one?")
MOVED = {"moved_unknown", "moved_known", "no_destination", "abroad"}
"""Reasons to refer with which the family may live elsewhere."""


class SendForm(Form):
    """Why a referral is sent although something is missing; asked only where something is.

    `slips` are what may be a slip: the sentence, and the title and the address of its page.
    `url_of` gives the address of the page on which a gap is filled, or "".
    `is_written_to` says whether a message can tell that the work is over; None: nobody knows yet.
    """

    missing_why = forms.CharField(
        label=gettext_lazy("Why do you send it without this?"),
        help_text=gettext_lazy("For example: nobody opened the door, or it cannot wait."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why you send it without this")},
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        gaps: Sequence[Gap],
        slips: Sequence[tuple[str, str, str]],
        url_of: Callable[[str], str],
        is_urgent: bool,
        about: str,
        is_written_to: bool | None,
    ) -> None:
        super().__init__(data)
        self.gaps, self.slips, self.is_urgent, self.about = gaps, slips, is_urgent, about
        self.is_written_to = is_written_to
        of_calm = [] if is_urgent else gaps
        self.owed = [(gap_in_language(gap), url_of(gap.code)) for gap in gaps]
        needed = [gap for gap in of_calm if gap.is_needed]
        self.needed_gaps = [(gap_in_language(gap), url_of(gap.code)) for gap in needed]
        others = [gap for gap in of_calm if not gap.is_needed]
        self.reason_gaps = [(gap_in_language(gap), url_of(gap.code)) for gap in others]
        if is_urgent or not gaps:
            del self.fields["missing_why"]

    def clean(self) -> dict[str, Any]:
        """Add which things are missing, and which record it is about."""
        missing = [gap.code for gap in self.gaps]
        return {**super().clean(), "missing": missing, "about": self.about}


def gap_in_language(gap: Gap) -> Gap:
    """Return a gap in the language of the reader."""
    said = words_of(gap.code, LATER, say=gettext)
    return replace(gap, missing=said, why=gettext(gap.why))


def page_of(gap: str, answers: Answers) -> str:
    """Return the page on which a gap is filled, by the code of the gap; "" for none of them."""
    if gap == "risk":
        answered = risk_answers(answers)
        codes = (q.code for q in RISK_QUESTIONS if q.code not in answered)
        return next((QUESTIONS[answer_of(code)].page for code in codes), "")
    return gap.removeprefix(PAGE) if gap.startswith(PAGE) else PAGES_OF_GAPS.get(gap, "")


def slips_of(answers: Answers, *, on: date) -> list[tuple[str, str]]:
    """Return what is likely a slip, by page and in a sentence; it can be sent as it is."""
    born_on = answers.get("born")
    sentences = {
        Doubt.NHS_NUMBER: gettext("The NHS number does not check. Is it as it was written?"),
        Doubt.BORN: gettext("By the date of birth the child is {years}. Is the year right?").format(
            years=age(born_on, on=on) if born_on else ""
        ),
    }
    number = answers.get("nhs_number") or ""
    of_child = doubts(nhs_number=number, born_on=born_on, on=on)
    slips = [("child", sentences[doubt]) for doubt in of_child]
    named = ("forename", "surname", "home", "school_words")
    if "forename" in answers and not any(answers.get(code) for code in named):
        slips.append(("child", gettext(NO_NAME_OR_PLACE)))
    postcode = "".join((answers.get("postcode") or "").split())
    if postcode and not is_postcode(f"{postcode[:-3]} {postcode[-3:]}"):
        slips.append(("home", gettext(NO_POSTCODE)))
    return slips


def gaps_of(
    answers: Answers,
    depth: Depth,
    *,
    on: date,
    calendar: SchoolCalendar,
    pupil: Pupil | None = None,
) -> list[Gap]:
    """Return what is missing from a referral of a school or a professional; else nothing."""
    if depth not in (Depth.SCHOOL, Depth.PROFESSIONAL):
        return []
    state = state_of(answers, depth, on=on, calendar=calendar, pupil=pupil)
    return gaps(state, policy=our_policy().on(on), on=on)


def state_of(
    answers: Answers,
    depth: Depth,
    *,
    on: date,
    calendar: SchoolCalendar,
    pupil: Pupil | None = None,
) -> ReferralState:
    """Return what is known of a referral that is not sent."""
    siblings = [row for row in answers.get("siblings") or () if row["sibling_school"]]
    attended_on = answers.get("attended_on") or (pupil.left_on if pupil else None)
    risk = finding(answers)
    is_in_danger = answers.get("danger") == "yes"
    may_be_missing = answers.get("whereabouts") != "yes"
    return ReferralState(
        is_school=depth is Depth.SCHOOL,
        is_urgent=bool(urgent_why(answers)),
        steps=[row["enquiry_step"] for row in answers.get("enquiries") or ()],
        born_on=answers.get("born") or (pupil.born_on if pupil else None),
        has_siblings_at_school=bool(siblings),
        has_asked_siblings_schools=any(row["sibling_asked"] == "yes" for row in siblings),
        may_have_moved=answers.get("reason") in MOVED,
        knows_whereabouts=answers.get("whereabouts") == "yes",
        is_home_education=answers.get("reason") == "home_education",
        has_plan=answers.get("plan_of_needs") == "plan",
        has_asked_about_plan=answers.get("plan_agreed") == "yes",
        has_social_worker=answers.get("social_worker") == "yes",
        has_told_social_worker=bool(answers.get("social_worker_about")),
        owes_pages=owed_pages(answers, depth, without=pupil.answered if pupil else ()),
        owes_call=_owes_call(answers),
        owes_police=is_in_danger and may_be_missing and answers.get("police") != "yes",
        owes_risk=not risk.is_complete,
        owes_whereabouts=not answers.get("whereabouts"),
        owes_talk=risk.talk_to_safeguarding_lead and not answers.get("talk_on"),
        owes_exploitation_talk=(
            risk.talk_to_mash_or_social_worker and not answers.get("exploitation_on")
        ),
        school_days_absent=calendar.between(attended_on, on) if attended_on else None,
    )


def _owes_call(answers: Answers) -> bool:
    """Return whether a call to the hub is owed, or when it was and with whom (policy p.4)."""
    if answers.get("called") == "yes":
        return not answers.get("called_about")
    return answers.get("danger") == "yes"
