"""What goes to the lead officer for children missing education, and what not (policy p.8, P14)."""

from dataclasses import dataclass

from onroll.rules.referral import REFERRED, Action, End, Route


@dataclass(frozen=True)
class Circumstance:
    """A reason to refer, or not to; `instead` tells where one that is not taken belongs.

    `asks` is what makes one that is not taken true; without a yes it is a referral.
    """

    code: str
    text: str
    is_taken: bool
    instead: str = ""
    asks: str = ""


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
        "Has that school confirmed the child's first day there?",
    ),
    (
        "applied_elsewhere",
        "Moved, and has applied to the new authority, which has told its own officer",
        "Record who confirmed it there, and when.",
        "Has the new authority's admissions team confirmed that its officer was told?",
    ),
    (
        "left_country_proved",
        "Moved away, and the parents proved that they are leaving the country",
        "Keep the proof with the record.",
        "Have you seen proof that the family is leaving the United Kingdom?",
    ),
    (
        "poor_attendance",
        "Poor attendance of a child on roll",
        "Follow the attendance process.",
        "Do you know where the child is?",
    ),
)

CIRCUMSTANCES: dict[str, Circumstance] = {
    **{code: Circumstance(code, text, True) for code, text in _TAKEN},
    **{code: Circumstance(code, text, False, *rest) for code, text, *rest in _NOT_TAKEN},
}


def end_of(circumstance: Circumstance) -> End:
    """Return what is done about a circumstance: of one not taken, once it is known to be so."""
    if circumstance.code == "asked_about_places":
        return _PLACES
    if circumstance.is_taken:
        return REFERRED
    action = Action(circumstance.instead, "policy p.8")
    is_about_attendance = circumstance.code == "poor_attendance"
    return End(Route.NOBODY, (action,), is_about_attendance=is_about_attendance)


_PLACES = End(
    Route.LEAD_OFFICER,
    (
        Action(
            "Record how to reach the family, and the full names and dates of birth.", "policy p.8"
        ),
        Action(
            "Tell the {policy.admissions_name} or the {policy.cme_name}.",
            "policy p.8",
            by="Promptly",
        ),
        Action("Do not take it that the family will ask them or apply online.", "policy p.8"),
    ),
    is_about_places=True,
)
