"""Where a worry about a child goes: the school's pathway, and what the LOCME takes.

Source: policy p.7 (the pathway, P11), p.8 (what goes to the LOCME and what does not, P14), p.9 (the
MASH first, a telephone call for serious concern, children who live elsewhere: P07, P15, P16).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.duties import Duty, Moment, duties_on


class Route(StrEnum):
    """Who acts first."""

    MASH_URGENT = "mash_urgent"
    MASH = "mash"
    SOCIAL_WORKER = "social_worker"
    HOME_EDUCATION = "home_education"
    HOME_AUTHORITY = "home_authority"
    ATTENDANCE = "attendance"
    NEW_SCHOOL = "new_school"
    LEAD_OFFICER = "lead_officer"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Action:
    """One thing to do, and the clause that says so.

    `words` name people and numbers of the local policy, as `{policy.mash_name}`, and as `{line}`
    who answers for the hub at the moment. `by` says in words by when; `clock` is the code of the
    clock that says it.
    """

    words: str
    source: str = "policy p.7"
    by: str = ""
    clock: str = ""


class Referrer(StrEnum):
    """Who may have to write a referral to the hub at an end of the pathway."""

    EVERYBODY = "everybody"
    WHO_IS_AT_WORK = "who_is_at_work"
    NOBODY = "nobody"


REFERRERS: dict[Route, tuple[Referrer, str]] = {
    Route.MASH: (Referrer.EVERYBODY, "policy p.7, 8, 16"),
    Route.MASH_URGENT: (Referrer.EVERYBODY, "policy p.7, 9"),  # rung first, then written
    Route.SOCIAL_WORKER: (Referrer.WHO_IS_AT_WORK, "policy p.7"),  # who asks may be that worker
    Route.HOME_EDUCATION: (Referrer.WHO_IS_AT_WORK, "policy p.7"),  # through the hub
}
"""Who refers by where a worry goes, and the clause; where none is named, nobody."""


@dataclass(frozen=True)
class End:
    """Where a worry goes, and the exact actions, in their order.

    `own_referrer` is who refers where the route does not say it. `is_about_places` is true where a
    family asked about places, which is told to Admissions or the lead officer (policy p.8, P18),
    `is_about_attendance` where the child is on a roll and does not come (policy p.3).
    """

    route: Route
    actions: tuple[Action, ...]
    own_referrer: Referrer | None = None
    is_about_places: bool = False
    is_about_attendance: bool = False

    def is_referred(self, *, is_at_work: bool) -> bool:
        """Say whether somebody, at work or not, is led from here to the form of a referral."""
        referrer = self.own_referrer or REFERRERS.get(self.route, (Referrer.NOBODY, ""))[0]
        return referrer is Referrer.EVERYBODY or (
            is_at_work and referrer is Referrer.WHO_IS_AT_WORK
        )


@dataclass(frozen=True)
class PathwayStep:
    """One question of the pathway, whose answer yes leads to a route and to exact actions.

    `asks` is a second question, of what makes it true; without a yes the worry is a referral.
    `is_yes_if_not_known` is true where not to know counts as yes, for the child's safety.
    """

    code: str
    question: str
    end: End
    asks: str = ""
    is_yes_if_not_known: bool = False


PHONE = Action("Ring the {line}.", "policy p.7, 9", by="Now")
SEND = Action(
    "Then send an urgent referral, with the reasonable enquiry form.", by="After the call"
)
REFER = Action(
    "Refer to the {policy.mash_name}, for the attention of the {policy.cme_name}.",
    "policy p.7, 16",
    by="Promptly",
)
ENQUIRY_FORM = Action(
    "Send the reasonable enquiry form with it: what you tried, and what came of it.", "policy p.8"
)
ELSEWHERE = Action(
    "If the child lives outside {policy.short_name}, refer to the {policy.cme_name} instead.",
    "policy p.9",
)
_KEEP = Action("Keep the name on the roll until the law allows it to go.", "Regs 2024 reg 9(1)")
_RECORD = Action("Record the details in the school's management system.")
_UPLOAD = Action("Upload the details to S2S.", clock="leaver_at_deletion")
_TELL = Action("Tell the {policy.admissions_name}.", clock="admissions_5")
REFERRED = End(Route.MASH, (REFER, ENQUIRY_FORM, ELSEWHERE, _KEEP))
SOCIAL_WORKER = End(
    Route.SOCIAL_WORKER,
    (
        Action(
            "Speak to the child's social worker, or to the duty social worker.", "policy p.7, 9"
        ),
        Action("Where needed, the social worker refers through the {policy.mash_name}."),
    ),
)

PATHWAY: tuple[PathwayStep, ...] = (
    PathwayStep(
        "gone_missing",
        "Has the child gone missing, run away, been taken, or been the victim of a crime?",
        End(Route.MASH_URGENT, (PHONE, SEND)),
        is_yes_if_not_known=True,
    ),
    PathwayStep(
        "known_to_social_care",
        "Is the child known to children's services?",
        SOCIAL_WORKER,
    ),
    PathwayStep(
        "home_education",
        "Has a parent said that the child will be educated at home?",
        End(
            Route.HOME_EDUCATION,
            (
                Action(
                    "Ask the parent to say so in writing: without that the name must stay on the "
                    "roll.",
                    "policy p.7; Regs 2024 reg 9(1)(f)",
                ),
                _RECORD,
                Action(
                    "Refer to the {policy.home_education_name}, through the {policy.mash_name}."
                ),
                Action(
                    "Remove the name only when the day the parent named has passed and the law "
                    "allows it.",
                    "Regs 2024 reg 9(1)(f)",
                ),
                _UPLOAD,
                _TELL,
            ),
        ),
    ),
    PathwayStep(
        "records_asked_for",
        "Has a new school asked for the child's records?",
        End(
            Route.NEW_SCHOOL,
            (
                _RECORD,
                Action(
                    "Remove the name from the roll, since the child is registered there.",
                    "policy p.7; Regs 2024 reg 9(1)(a)",
                ),
                _UPLOAD,
                _TELL,
            ),
        ),
        asks="Has the new school confirmed the child's first day on its roll?",
    ),
    PathwayStep(
        "located_absent",
        "Has the child stopped attending, and do you know where the child is?",
        End(
            Route.ATTENDANCE,
            (
                Action("Follow the {policy.attendance_process_name} process."),
                Action("Refer for legal action where that process says so."),
            ),
        ),
    ),
    PathwayStep(
        "no_contact",
        "Has the child been absent for more than {policy.no_contact_school_days} school days, and "
        "can nobody be reached?",
        REFERRED,
    ),
    PathwayStep(
        "address_not_confirmed",
        "Has the child left for an address you could not confirm, after reasonable enquiries?",
        REFERRED,
    ),
    PathwayStep(
        "thought_moved",
        "Has the child stopped attending, and do you think the family has moved?",
        End(
            Route.MASH,
            (
                Action("Make reasonable enquiries, and record each with its day and its outcome."),
                Action("If the child is still not found, go on with the steps below."),
                *REFERRED.actions,
            ),
        ),
    ),
)
"""Asked in this order, so that danger to a child comes before everything else."""


MOMENTS: dict[Route, Moment] = {
    Route.HOME_EDUCATION: "withdrawal",
    Route.HOME_AUTHORITY: "hand_over",
    Route.SOCIAL_WORKER: "sharing",
    Route.NEW_SCHOOL: "placement",
}
"""What the law may ask as well, by where a worry goes."""


def duties_at(route: Route, *, on: date, provisions: Provisions = PROVISIONS) -> tuple[Duty, ...]:
    """Return what the law asks on a day, beside the policy's actions, where a worry goes."""
    moment = MOMENTS.get(route)
    return duties_on(moment, on=on, provisions=provisions) if moment else ()


def first_route(*, is_in_danger: bool, is_known_to_social_care: bool, is_resident: bool) -> Route:
    """Return who must hear of a missing child first: danger, then the social worker, then home."""
    if is_in_danger:
        return Route.MASH_URGENT
    if is_known_to_social_care:
        return Route.SOCIAL_WORKER
    return Route.MASH if is_resident else Route.HOME_AUTHORITY


def elsewhere(homes: Collection[str], *, ours: str) -> str:
    """Return the code of the other authority in which children live, who are then decided to it.

    `homes` are the codes of the authorities in which the homes lie that are known. Nothing where
    none is known, or one lies here or in a third authority: these are decided one by one (policy
    p.9, P16).
    """
    codes = set(homes)
    return codes.pop() if len(codes) == 1 and ours not in codes else ""
