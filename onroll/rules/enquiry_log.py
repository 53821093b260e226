"""How an enquiry runs, what it may find, and which enquiries a case asks for (P12, P31).

Source: policy p.9 and 17 (to record who was asked, when and how, and the outcome); law 2.6 for
what an entry holds. No clause names the enquiries that each case needs: the plans are Onroll's, of
the steps of the policy, and whoever leaves one out says why.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from onroll.rules.enquiries import ENQUIRY_STEPS, EnquiryStep
from onroll.rules.refusal import Refused


class EnquiryStage(StrEnum):
    """How far an enquiry is."""

    PLANNED = "planned"
    ASKED = "asked"
    CHASED = "chased"
    ANSWERED = "answered"
    LEFT_OUT = "left_out"
    WITHDRAWN = "withdrawn"


STAGE_TITLES = {
    EnquiryStage.PLANNED: "To be asked",
    EnquiryStage.ASKED: "Asked",
    EnquiryStage.CHASED: "Chased",
    EnquiryStage.ANSWERED: "Answered",
    EnquiryStage.LEFT_OUT: "Left out",
    EnquiryStage.WITHDRAWN: "Withdrawn",
}
WAITING = frozenset({EnquiryStage.ASKED, EnquiryStage.CHASED})
"""The stages at which an answer is waited for."""


class Act(StrEnum):
    """What is done about an enquiry."""

    ASK = "ask"
    CHASE = "chase"
    ANSWER = "answer"
    LEAVE_OUT = "leave_out"
    WITHDRAW = "withdraw"
    """It is about another child: a referral came to this case by mistake. Nobody presses it."""


ACT_TITLES = {
    Act.ASK: "Asked",
    Act.CHASE: "Asked again",
    Act.ANSWER: "Answered",
    Act.LEAVE_OUT: "Left out",
    Act.WITHDRAW: "Withdrawn",
}


@dataclass(frozen=True)
class EnquiryMove:
    """From which stages an act is open, and to which it leads."""

    title: str
    starts: frozenset[EnquiryStage]
    ends: EnquiryStage


MOVES = {
    Act.ASK: EnquiryMove(
        "Record that they were asked",
        frozenset({EnquiryStage.PLANNED, EnquiryStage.LEFT_OUT}),
        EnquiryStage.ASKED,
    ),
    Act.CHASE: EnquiryMove("Record that they were chased", WAITING, EnquiryStage.CHASED),
    # Who is rung answers at once. What comes after an answer is another one: the first stays.
    Act.ANSWER: EnquiryMove(
        "Record an answer",
        WAITING | {EnquiryStage.PLANNED, EnquiryStage.ANSWERED},
        EnquiryStage.ANSWERED,
    ),
    Act.LEAVE_OUT: EnquiryMove(
        "Leave it out", frozenset({EnquiryStage.PLANNED}), EnquiryStage.LEFT_OUT
    ),
    Act.WITHDRAW: EnquiryMove(
        "Withdraw it",
        frozenset(EnquiryStage) - {EnquiryStage.WITHDRAWN},
        EnquiryStage.WITHDRAWN,
    ),
}


def can_be_asked(step: str) -> bool:
    """Return whether a school can be asked: by a step of its own, or of one before or after."""
    return ENQUIRY_STEPS[step].by != "authority" or step in ("former_authority", "next_authority")


def after(act: Act, stage: EnquiryStage) -> EnquiryStage:
    """Return the stage of an enquiry after an act; Refused where the act is not open to it."""
    move = MOVES[act]
    if stage not in move.starts:
        raise Refused(
            f"This enquiry stands at “{STAGE_TITLES[stage]}” now. What you wrote is not saved."
        )
    return move.ends


class Result(StrEnum):
    """What came of an enquiry."""

    NOTHING_KNOWN = "nothing_known"
    LEAD = "lead"
    LOCATED = "located"
    DECLINED = "declined"
    NO_REPLY = "no_reply"
    IN_WORDS = "in_words"
    """As it was told in a referral: nobody has sorted it."""


RESULT_TITLES = {
    Result.NOTHING_KNOWN: "They know nothing of where the child is",
    Result.LEAD: "They gave a lead",
    Result.LOCATED: "They know where the child is",
    Result.DECLINED: "They would not tell us",
    Result.NO_REPLY: "No reply, and we stop asking",
    Result.IN_WORDS: "As told in the referral",
}
TO_CHOOSE = tuple(result for result in Result if result is not Result.IN_WORDS)
"""The results that somebody who records an answer chooses from."""


class Lead(StrEnum):
    """What kind of lead an answer gives."""

    ADDRESS = "address"
    SCHOOL = "school"
    SIGHTING = "sighting"
    UNSORTED = "unsorted"


LEAD_TITLES = {
    Lead.ADDRESS: "An address",
    Lead.SCHOOL: "A school, or another council",
    Lead.SIGHTING: "Somebody saw the child",
    Lead.UNSORTED: "Something else",
}
FOLLOW_UPS = {
    Lead.ADDRESS: "home_visit",
    Lead.SCHOOL: "next_authority",
    Lead.SIGHTING: "police",
}
"""The step that a lead asks for next, by itself. What else was found, a person thinks about."""

_RECORDS = ("education_records", "admissions", "sen", "social_care", "health", "s2s", "giap")
_HOME = ("home_visit", "neighbours", "council_tax", "housing")
_ABROAD = ("abroad", "border", "hmrc")
PLANS: dict[str, tuple[str, ...]] = {
    "unknown_destination": (*_RECORDS, *_HOME, "next_authority", "hmrc"),
    "no_answer": (*_RECORDS, *_HOME, "police"),
    "never_arrived": (*_RECORDS, *_HOME, "former_authority", "next_authority"),
    "ceased_to_attend": (*_RECORDS, *_HOME, "next_authority"),
    "leave_not_returned": (*_RECORDS, *_HOME, *_ABROAD),
    "moved_in": (*_RECORDS, "home_visit", "former_authority"),
    "never_started": (*_RECORDS, "home_visit", "council_tax"),
    "excluded": ("education_records", "admissions", "sen", "social_care", "home_visit"),
    "moved_abroad": (*_RECORDS, "home_visit", "council_tax", *_ABROAD),
    "home_education_unsuitable": ("education_records", "sen", "social_care", "home_visit"),
    "gone_missing": (*_RECORDS, *_HOME, "police", "refuges", "border"),
    "on_no_list": (*_RECORDS, "home_visit", "council_tax", "census"),
    "handed_over": (*_RECORDS, *_HOME, "former_authority"),
    "referral": (*_RECORDS, *_HOME),
}
"""The authority's enquiries that a case with each reason asks for."""


def plan(reasons: Collection[str], *, known: Collection[str] = ()) -> list[EnquiryStep]:
    """Return the steps that the reasons of a case ask for and that are not among `known`.

    `reasons` are codes of `rules.reasons`, `known` codes of steps. In the catalogue's order.
    """
    codes = {step for reason in reasons for step in PLANS.get(reason, ())}
    return [step for step in ENQUIRY_STEPS.values() if step.code in codes.difference(known)]


def follow_up(lead: Lead, *, known: Collection[str]) -> str:
    """Return the step that a lead asks for; "" where it is on its way (`known`), or none fits."""
    step = FOLLOW_UPS.get(lead, "")
    return "" if step in known else step
