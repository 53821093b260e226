"""Every clock a child's record runs on, what it counts, and who set it: law or policy (P32).

The law counts in three ways, and each clock says which: school days of one school (Regs 2024),
days (reg 13(1)), and days beginning with the day itself (EA96 s.437(2)). A local clock takes its
number from the policy; a clock of the law only where we have not read the text of the law.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from onroll.rules.calendar import SchoolCalendar, is_bank_holiday, is_weekend
from onroll.rules.policy import LocalPolicy


class Unit(StrEnum):
    """What a clock counts."""

    SCHOOL_DAYS = "school_days"
    DAYS = "days"
    WEEKS = "weeks"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One time limit.

    `setting` names the local policy's number, if it may set one. `is_start_counted` is true where
    the first day counts itself ("beginning with"). `evidence` says how the source was seen:
    `read` in its own text, `reported` by others, or `recalled` and to be confirmed.
    """

    code: str
    title: str
    n: int
    unit: Unit
    counts_from: str
    then: str
    source: str
    clause: str = ""
    basis: Literal["law", "local"] = "law"
    setting: str = ""
    is_start_counted: bool = False
    evidence: Literal["read", "reported", "recalled"] = "read"

    def length(self, policy: LocalPolicy) -> int:
        """Return how many units this clock counts under a policy."""
        return int(getattr(policy, self.setting)) if self.setting else self.n


REGS, EA96, PI05 = "Regs 2024", "EA96", "Pupil Information Regs 2005, SI 2005/1437"

_ALL = (
    Clock(
        code="absence_10",
        title="Ten school days' absence without a reason",
        n=10,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the first school day of absence coded only G, N, O or U",
        then="the school must name the child in its attendance return",
        source=REGS,
        clause="reg 13(7)(b)",
        is_start_counted=True,
    ),
    Clock(
        code="sickness_15",
        title="Fifteen school days' sickness",
        n=15,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the first school day of absence coded I",
        then="the school must make a sickness return, as soon as it can tell",
        source=REGS,
        clause="reg 13(9)",
        is_start_counted=True,
    ),
    Clock(
        code="n_code_5",
        title="Reason for absence settled",
        n=5,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the session coded N",
        then="code N must have been replaced",
        source=REGS,
        clause="reg 10(7)",
    ),
    Clock(
        code="leave_10",
        title="Ten school days after leave",
        n=10,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the last day of the leave",
        then="from the next day, ground (h) can be considered",
        source=REGS,
        clause="reg 9(1)(h)(i)",
    ),
    Clock(
        code="absence_20",
        title="Twenty school days' absence",
        n=20,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the first school day of absence coded only G, N or O",
        then="once it is over, ground (i) can be considered",
        source=REGS,
        clause="reg 9(1)(i)",
        is_start_counted=True,
    ),
    Clock(
        code="joiner_5",
        title="New pupil return (CMJ)",
        n=5,
        unit=Unit.DAYS,
        counts_from="the day the name was entered in the admission register",
        then="the return must have been made by the end of the day",
        source=REGS,
        clause="reg 13(1)",
    ),
    Clock(
        code="leaver_at_deletion",
        title="Deletion return (CML)",
        n=0,
        unit=Unit.DAYS,
        counts_from="the day the name was deleted from the admission register",
        then="the return is due when the name is deleted",
        source=REGS,
        clause="reg 13(4)",
    ),
    Clock(
        code="ctf_15",
        title="Common transfer file sent on",
        n=15,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the name was deleted from the admission register",
        then="the file must have gone to the new school, if it can be found out",
        source=PI05,
        clause="reg 9",
    ),
    Clock(
        code="ctf_request_15",
        title="Answer to a school asking for the record",
        n=15,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the request was received",
        then="the file must have been sent",
        source=PI05,
        clause="reg 9",
    ),
    Clock(
        code="sao_15",
        title="Parent's answer to the notice before an order",
        n=15,
        unit=Unit.DAYS,
        counts_from="the day the notice was served, which counts",
        then="the shortest time a notice may allow is over at the end of this day",
        source=EA96,
        clause="s.437(1)-(2)",
        is_start_counted=True,
    ),
    Clock(
        code="sao_choice_15",
        title="Parent's choice of school for an order",
        n=15,
        unit=Unit.DAYS,
        counts_from="the day the notice naming the school was served, which counts",
        then="the parent's time to choose another school is over at the end of this day",
        source=EA96,
        clause="s.438(3)-(6)",
        is_start_counted=True,
    ),
    Clock(
        code="sao_direction_15",
        title="School's time to ask for a direction",
        n=15,
        unit=Unit.DAYS,
        counts_from="the day the school received the notice, which counts",
        then="the school may no longer apply to the Secretary of State",
        source=EA96,
        clause="s.439(7)",
        is_start_counted=True,
    ),
    Clock(
        code="excluded_6",
        title="Full-time education after permanent exclusion",
        n=6,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the first school day of the exclusion, which counts",
        then="suitable full-time education must have begun",
        source=EA96,
        clause="s.19",
        setting="excluded_education_school_day",
        is_start_counted=True,
        evidence="recalled",
    ),
    Clock(
        code="in_year_15",
        title="Answer to an in-year application",
        n=15,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the application was received",
        then="the parent must have the outcome in writing",
        source="School Admissions Code 2021",
        setting="in_year_answer_school_days",
        evidence="reported",
    ),
    Clock(
        code="fair_access_20",
        title="School found by fair access",
        n=20,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the child was referred to the protocol",
        then="a school must have been identified",
        source="School Admissions Code 2021",
        setting="fair_access_school_days",
        evidence="reported",
    ),
    Clock(
        code="foi_20",
        title="Answer to a freedom of information request",
        n=20,
        unit=Unit.WORKING_DAYS,
        counts_from="the day the request was received",
        then="the answer must have been sent",
        source="Freedom of Information Act 2000",
        clause="s.10",
        evidence="reported",
    ),
    Clock(
        code="no_contact_10",
        title="More than ten school days without contact",
        n=10,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the first school day of absence",
        then="the school refers the child to the MASH for the attention of the LOCME",
        source="policy p.7",
        basis="local",
        setting="no_contact_school_days",
    ),
    Clock(
        code="cml_20",
        title="CML file, by the local policy",
        n=20,
        unit=Unit.DAYS,
        counts_from="the day the child left",
        then="the local policy's time is over; the law's was over at deletion",
        source="policy p.9",
        basis="local",
        setting="cml_days",
    ),
    Clock(
        code="cmj_5",
        title="CMJ file, by the local policy",
        n=5,
        unit=Unit.DAYS,
        counts_from="the day the child joined",
        then="the local policy's time is over",
        source="policy p.9",
        basis="local",
        setting="joiner_days",
    ),
    Clock(
        code="admissions_5",
        title="Starters and leavers to Admissions",
        n=5,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the child started or left",
        then="Admissions should have the form",
        source="policy p.16",
        basis="local",
        setting="starters_leavers_school_days",
    ),
    Clock(
        code="four_weeks",
        title="Four weeks, as the local policy counts",
        n=4,
        unit=Unit.WEEKS,
        counts_from="the day the child was reported missing",
        then="the policy speaks of lost-pupil advice; the school days below govern",
        source="policy p.10",
        basis="local",
        setting="four_weeks",
    ),
    Clock(
        code="four_week_point",
        title="Four-week point in school days",
        n=20,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the first school day of absence, or the day reported if that is not known",
        then="advice on the lost-pupil file and the roll can be weighed (P33)",
        source="policy p.10, read with Regs 2024",
        clause="reg 9(1)(i)",
        basis="local",
        setting="four_week_point_school_days",
        is_start_counted=True,
    ),
    Clock(
        code="triage_1",
        title="Looked at by an officer",
        n=1,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the child was reported missing",
        then="someone has decided what happens next",
        source="Onroll; the policy sets none",
        basis="local",
        setting="triage_school_days",
    ),
    Clock(
        code="first_enquiries_5",
        title="First enquiries made",
        n=5,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the child was reported missing",
        then="at least one enquiry by the authority is on record",
        source="Onroll; the policy sets none",
        basis="local",
        setting="first_enquiries_school_days",
    ),
    Clock(
        code="enquiry_answer_5",
        title="Answer to an enquiry",
        n=5,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the enquiry was sent",
        then="we chase the answer",
        source="Onroll; the policy sets none",
        basis="local",
        setting="enquiry_answer_school_days",
    ),
    Clock(
        code="handover_5",
        title="Another authority acknowledges a child",
        n=5,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the child was handed over",
        then="we chase the acknowledgement; until it comes the child stays ours",
        source="Onroll; the policy sets none",
        basis="local",
        setting="handover_answer_school_days",
    ),
    Clock(
        code="home_education_10",
        title="First contact with a home-educating family",
        n=10,
        unit=Unit.SCHOOL_DAYS,
        counts_from="the day the authority was told",
        then="someone has been in touch with the family",
        source="Onroll; the policy sets none",
        basis="local",
        setting="home_education_school_days",
    ),
    Clock(
        code="still_there",
        title="Still there?",
        n=6,
        unit=Unit.WEEKS,
        counts_from="the day the child started at the school",
        then="the school confirms that the child still attends (P43)",
        source="Onroll; the policy sets none",
        basis="local",
        setting="attendance_check_weeks",
    ),
    Clock(
        code="untraced_review",
        title="Review of an untraced child",
        n=6,
        unit=Unit.WEEKS,
        counts_from="the last review",
        then="someone looks again, until the child is found or over compulsory school age",
        source="Onroll; the policy sets none",
        basis="local",
        setting="untraced_review_weeks",
    ),
)

CLOCKS: dict[str, Clock] = {clock.code: clock for clock in _ALL}

_EVERY_CASE = ("triage_1", "first_enquiries_5", "four_weeks", "four_week_point")
_MORE_FOR = {
    "unknown_destination": ("cml_20",),
    "no_answer": ("absence_20",),
    "ceased_to_attend": ("absence_20",),
    "leave_not_returned": ("leave_10",),
    "excluded": ("excluded_6",),
}
_INSTEAD_FOR = {
    "home_education_unsuitable": ("triage_1", "first_enquiries_5"),
    "handed_over": ("triage_1", "handover_5", "first_enquiries_5", "four_weeks", "four_week_point"),
}


def due_on(clock: Clock, start: date, *, calendar: SchoolCalendar, policy: LocalPolicy) -> date:
    """Return the last day of a clock that counts from `start`.

    A clock of no length is due on `start` itself. Where the start counts but is not a day the
    clock counts (an absence "from" a Sunday), counting begins on the next that is.
    """
    n = clock.length(policy)
    if clock.is_start_counted:
        start, n = start - timedelta(1), max(n, 1)
    return _COUNT[clock.unit](start, n, calendar)


def for_case(reason: str) -> tuple[Clock, ...]:
    """Return the clocks a new case starts, by the reason the child is on the register."""
    codes = _INSTEAD_FOR.get(reason, (*_EVERY_CASE, *_MORE_FOR.get(reason, ())))
    return tuple(CLOCKS[code] for code in codes)


def _working_days_after(day: date, n: int) -> date:
    while n:
        day += timedelta(1)
        n -= not (is_weekend(day) or is_bank_holiday(day))
    return day


_COUNT: dict[Unit, Callable[[date, int, SchoolCalendar], date]] = {
    Unit.SCHOOL_DAYS: lambda day, n, calendar: calendar.after(day, n),
    Unit.DAYS: lambda day, n, calendar: day + timedelta(n),
    Unit.WEEKS: lambda day, n, calendar: day + timedelta(weeks=n),
    Unit.WORKING_DAYS: lambda day, n, calendar: _working_days_after(day, n),
}
