"""Why a child is on the register, and the words the Department asks for in its termly return.

Source: policy p.3 and p.8 (case reasons); DfE data dictionary, February 2026, and the 2025/26
statistics (primary reasons, duration bands, in the Department's order and spelling).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from onroll.rules.age import birthday


@dataclass(frozen=True)
class CaseReason:
    """Why a case was opened: its code, what pages say, the requirement and the policy's page."""

    code: str
    title: str
    requirement: str
    source: str


_ALL = (
    CaseReason(
        "unknown_destination", "Left a school, destination not known", "P42", "policy p.8, 18"
    ),
    CaseReason("no_answer", "Absent, and nobody can be reached", "P32", "policy p.7"),
    CaseReason("never_arrived", "Offered a place but never arrived", "P04", "policy p.3, 8"),
    CaseReason(
        "ceased_to_attend", "Stopped attending, thought to have moved", "P03", "policy p.3, 8"
    ),
    CaseReason(
        "leave_not_returned", "Did not come back from leave", "P32", "Regs 2024 reg 9(1)(h)"
    ),
    CaseReason("moved_in", "Moved here and has no school", "P04", "policy p.8"),
    CaseReason("never_started", "Reached school age and never started", "P03", "policy p.3"),
    CaseReason(
        "excluded", "Permanently excluded, with no new school", "P47", "Regs 2024 reg 9(1)(o)"
    ),
    CaseReason("moved_abroad", "Said to have moved abroad, without proof", "P14", "policy p.8"),
    CaseReason("home_education_unsuitable", "Home education found unsuitable", "P44", "policy p.8"),
    CaseReason(
        "gone_missing", "Missing, run away, abducted or a victim of crime", "P07", "policy p.4, 7"
    ),
    CaseReason("on_no_list", "On no list we can see", "P05", "policy p.18"),
    CaseReason("handed_over", "Handed over by another authority", "P46", "policy p.10"),
    CaseReason("referral", "Referred by someone who is worried", "P10", "policy p.8"),
)

CASE_REASONS: dict[str, CaseReason] = {reason.code: reason for reason in _ALL}


REFERRED = "referral"
"""Why a child is on the register where a referral says nothing closer."""
OF_REFERRAL = {
    "gone_missing": "gone_missing",
    "no_contact": "no_answer",
    "moved_unknown": "ceased_to_attend",
    "moved_known": "ceased_to_attend",
    "moved_in": "moved_in",
    "never_enrolled": "never_started",
    "offer": "never_arrived",
    "leave": "leave_not_returned",
    "abroad": "moved_abroad",
    "no_destination": "unknown_destination",
}
"""By what the form answers to why it refers a child: why the child is then on the register.

Home education that nobody has looked at, a school that could not be named, and other words are
only a worry as yet.
"""


def reason_of_referral(answer: str) -> str:
    """Return why a child is on the register of whom a referral gives this reason, or none."""
    return OF_REFERRAL.get(answer, REFERRED)


@dataclass(frozen=True, kw_only=True)
class Event:
    """The day from which the law counts where a case has a certain reason, as a form asks it.

    `clock` counts from it. `is_by_last_day` says that it is not later than the last day at the
    school, from which is counted where nobody knows it; else nothing is counted then.
    """

    field: str
    clock: str
    title: str
    hint: str
    is_by_last_day: bool


EVENTS: dict[str, Event] = {
    "excluded": Event(
        field="excluded_on",
        clock="excluded_6",
        title="Day of the permanent exclusion",
        hint="Only for a child who was permanently excluded. The sixth school day after it is the "
        "day by which the law wants the child taught. If nobody knows it, enter the last day at "
        "the school.",
        is_by_last_day=True,
    ),
    "leave_not_returned": Event(
        field="leave_ended_on",
        clock="leave_10",
        title="Last day of the leave",
        hint="Only for a child who did not come back from leave. The ten school days that the law "
        "waits come after it.",
        is_by_last_day=False,
    ),
}
"""By the reason of the case: SI 2007/1870 reg 4(3)(a); Regs 2024 reg 9(1)(h)(i)."""
LONGEST_BEFORE = timedelta(days=366)
YOUNGEST = 4
"""So old is the youngest child in a reception class, whom a school may exclude or give leave."""


def why_not_event(event: Event, day: date, *, born: date | None, since: date) -> str:
    """Return why the day cannot be that from which the law counts; nothing where it can.

    `born` is the birthday where it is known exactly, `since` the day from which the case is about.
    """
    if born and day < born:
        return f"{event.title}: this is before the child was born. Check the year"
    if born and day < birthday(born, YOUNGEST):
        return f"{event.title}: the child was not yet {YOUNGEST} years old. Check the year"
    if day < since - LONGEST_BEFORE:
        return (
            f"{event.title}: this is more than a year before the child was missing. Check the year"
        )
    return ""


@dataclass(frozen=True)
class PrimaryReason:
    """One of the Department's twenty primary reasons; `number` is its place in the return."""

    number: int
    code: str
    title: str
    can_be_chosen: bool = True


_PRIMARY = (
    ("moved_in_authority", "Moved in from another local authority"),
    ("moved_in_country", "Moved in from another country"),
    ("application_waiting", "School application awaiting outcome"),
    ("offer_not_accepted", "Offered school place but not yet accepted"),
    ("waiting_to_start", "Waiting school start"),
    ("no_preference", "Did not get school preference"),
    ("home_education_unsuitable", "Unsuitable elective home education"),
    ("no_suitable_place", "Difficulty accessing suitable school place"),
    ("dissatisfied", "School dissatisfaction general"),
    ("dissatisfied_send", "School dissatisfaction SEND"),
    ("mental_health", "Mental health"),
    ("physical_health", "Physical health"),
    ("parental_decision", "Parental decision not to register at school"),
    ("did_not_apply", "Did not apply for school place at compulsory school age"),
    ("challenging_order", "Challenging school attendance order"),
    ("left_for_authority", "Believed to have moved to another local authority"),
    ("left_for_country", "Believed to have moved to another country"),
    ("unknown", "Unknown"),
    ("not_recorded", "Not recorded"),
    ("other", "Other"),
)

DFE_PRIMARY_REASONS: dict[str, PrimaryReason] = {
    code: PrimaryReason(number, code, title, can_be_chosen=code != "not_recorded")
    for number, (code, title) in enumerate(_PRIMARY, start=1)
}
"""`not_recorded` is the Department's, but no officer can choose it: a reason is always asked."""


@dataclass(frozen=True)
class DurationBand:
    """One of the Department's eight bands of time; `days` is the first day it covers."""

    code: str
    title: str
    days: int | None


DFE_DURATION_BANDS: tuple[DurationBand, ...] = (
    DurationBand("under_2_weeks", "Less than 2 weeks", 0),
    DurationBand("2_to_4_weeks", "2 to 4 weeks", 14),
    DurationBand("4_to_8_weeks", "4 to 8 weeks", 28),
    DurationBand("8_to_12_weeks", "8 to 12 weeks", 56),
    DurationBand("12_to_26_weeks", "12 to 26 weeks", 84),
    DurationBand("26_to_52_weeks", "26 to 52 weeks", 182),
    DurationBand("over_52_weeks", "Over 52 weeks", 364),
    DurationBand("unknown", "Unknown", None),
)
"""Where a band ends is not published; each here ends the day before the next begins."""


def duration_band(days: int | None) -> DurationBand:
    """Return the band for a number of days missing; None, when nobody knows, is `unknown`."""
    if days is None:
        return DFE_DURATION_BANDS[-1]
    bands = (b for b in reversed(DFE_DURATION_BANDS) if b.days is not None and b.days <= days)
    return next(bands, DFE_DURATION_BANDS[0])
