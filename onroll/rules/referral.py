"""Where a worry about a child goes: the school's pathway, and what the LOCME takes.

Source: policy p.7 (the pathway, P11), p.8 (what goes to the LOCME and what does not, P14), p.9 (the
MASH first, a telephone call for serious concern, children who live elsewhere: P07, P15, P16).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.duties import Moment, duties_on


class Route(StrEnum):
    """Who acts first."""

    MASH_URGENT = "mash_urgent"
    MASH = "mash"
    SOCIAL_WORKER = "social_worker"
    HOME_EDUCATION = "home_education"
    HOME_AUTHORITY = "home_authority"
    ATTENDANCE = "attendance"
    NEW_SCHOOL = "new_school"


@dataclass(frozen=True)
class PathwayStep:
    """One question of the pathway, whose answer yes leads to a route and to exact actions."""

    code: str
    question: str
    route: Route
    actions: tuple[str, ...]


_PHONE = "Telephone the MASH now, then send the referral with the reasonable enquiry form."
_REFER = "Refer to the MASH, for the attention of the LOCME."
_RECORD = "Record the details in the school's management system."
_UPLOAD = "Upload the details to S2S."
_TELL = "Tell the Admissions Service."

PATHWAY: tuple[PathwayStep, ...] = (
    PathwayStep(
        "gone_missing",
        "Has the child gone missing, run away, been taken, or been the victim of a crime?",
        Route.MASH_URGENT,
        (_PHONE,),
    ),
    PathwayStep(
        "known_to_social_care",
        "Is the child known to children's services?",
        Route.SOCIAL_WORKER,
        ("Speak to the social worker, who refers to the LOCME through the MASH where needed.",),
    ),
    PathwayStep(
        "home_education",
        "Has a parent said that the child will be educated at home?",
        Route.HOME_EDUCATION,
        (
            "Ask the parent to say so in writing: without that the name must stay on the roll.",
            _RECORD,
            "Refer to the home education officer, through the MASH.",
            _UPLOAD,
            _TELL,
            "Remove the name only when the day the parent named has passed and the law allows it.",
        ),
    ),
    PathwayStep(
        "records_asked_for",
        "Has a new school asked for the child's records?",
        Route.NEW_SCHOOL,
        (
            "Confirm with the new school that the child is on its roll.",
            _RECORD,
            "Remove the name from the roll.",
            _UPLOAD,
            _TELL,
        ),
    ),
    PathwayStep(
        "located_absent",
        "Has the child stopped attending, and do you know where the child is?",
        Route.ATTENDANCE,
        ("Follow the attendance process, and refer for legal action where it says so.",),
    ),
    PathwayStep(
        "no_contact",
        "Has the child been absent for more than ten school days, and can nobody be reached?",
        Route.MASH,
        (_REFER,),
    ),
    PathwayStep(
        "address_not_confirmed",
        "Has the child left for an address you could not confirm, after reasonable enquiries?",
        Route.MASH,
        (_REFER,),
    ),
    PathwayStep(
        "thought_moved",
        "Has the child stopped attending, and do you think the family has moved?",
        Route.MASH,
        ("Make reasonable enquiries first.", "If the child is still not found: " + _REFER),
    ),
)
"""Asked in this order, so that danger to a child comes before everything else."""


_MOMENTS: dict[Route, Moment] = {
    Route.HOME_EDUCATION: "withdrawal",
    Route.HOME_AUTHORITY: "hand_over",
    Route.SOCIAL_WORKER: "sharing",
    Route.NEW_SCHOOL: "placement",
}
"""What the law may ask as well, by where a worry goes."""


def actions_on(
    step: PathwayStep, *, on: date, provisions: Provisions = PROVISIONS
) -> tuple[str, ...]:
    """Return what a step leads to on a day: the policy's actions, and what the law asks as well."""
    moment = _MOMENTS.get(step.route)
    duties = duties_on(moment, on=on, provisions=provisions) if moment else ()
    return (*step.actions, *(f"{duty.words} ({duty.source})" for duty in duties))


def next_step(answers: Mapping[str, bool | None]) -> PathwayStep | None:
    """Return the first step answered yes, else the first not answered; None when all are no."""
    for step in PATHWAY:
        if answers.get(step.code) is not False:
            return step
    return None


@dataclass(frozen=True)
class Circumstance:
    """A reason to refer, or not to; `instead` tells where one that is not taken belongs."""

    code: str
    text: str
    is_taken: bool
    instead: str = ""


_TAKEN = (
    ("cannot_be_located", "No longer attends and cannot be found at the last known address"),
    ("no_new_address_or_school", "Left, and the parents gave no new address or school"),
    ("not_started", "Has not started at the new school"),
    ("moved_in", "Moved into the area, and no new school is named"),
    ("offer_not_taken_up", "Did not come after a place was offered, or nobody has applied"),
    ("asked_about_places", "The family asked about places"),
    ("not_suitable", "The parent has not shown that the child will be suitably educated"),
)

_NOT_TAKEN = (
    (
        "admitted_elsewhere",
        "Moved, and has been admitted to another school",
        "Send the common transfer file to that school.",
    ),
    (
        "applied_elsewhere",
        "Moved, and has applied to the new authority, which has told its own CME officer",
        "Record who confirmed it there, and when.",
    ),
    (
        "left_country_proved",
        "Moved away, and the parents proved that they are leaving the country",
        "Keep the proof with the record.",
    ),
    (
        "poor_attendance",
        "Poor attendance of a child on roll",
        "Follow the attendance process.",
    ),
)

CIRCUMSTANCES: dict[str, Circumstance] = {
    **{code: Circumstance(code, text, True) for code, text in _TAKEN},
    **{code: Circumstance(code, text, False, instead) for code, text, instead in _NOT_TAKEN},
}


def first_route(*, is_in_danger: bool, is_known_to_social_care: bool, is_resident: bool) -> Route:
    """Return who must hear of a missing child first: danger, then the social worker, then home."""
    if is_in_danger:
        return Route.MASH_URGENT
    if is_known_to_social_care:
        return Route.SOCIAL_WORKER
    return Route.MASH if is_resident else Route.HOME_AUTHORITY
