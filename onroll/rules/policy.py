"""The local policy: every name, number and choice an authority may set for itself.

Read from a TOML file; `harrow.toml`, shipped here, is the default. Each setting carries in its
metadata the page of the policy it comes from. A setting never overrides the law: where the two
differ, `departures.py` says how, and the rule that decides takes the law's number.

What a council changes later stands in the same file, with the day it begins: `[[changes]]`. What
happened before that day keeps the rule of its own (`LocalPolicy.on`). Names and telephone numbers
are always today's, since they are there to be rung.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

NO_POLICY = "Onroll; the policy sets none"
"""The source of a setting about which Harrow's policy is silent."""

TO_CONFIRM = "not in the policy; recalled, not read; to confirm with the council before use"
"""The source of a setting that the council knows and the policy does not say."""

MANAGER = "policy p.18 brings complex cases to the manager; the number is Onroll's"
"""The source of how often the manager reviews a case, which the policy does not say."""


MOST = 10_000
"""No number of days, hours, years or rows here is larger; a slip would put clocks out of reach."""


def _set(section: str, source: str, says: str, least: int | None = None) -> Any:
    """Return a field with its section, its source, what it sets and the least value allowed."""
    metadata = {"section": section, "source": source, "says": says, "least": least}
    return field(metadata=metadata)


@dataclass(frozen=True)
class Change:
    """What a council sets anew from a day on: settings by name."""

    from_on: date
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class LocalPolicy:
    """One authority's settings. `settings()` lists them with their sources.

    As it is, it holds what stood first; `on` gives what stood on a day.
    """

    authority_name: str = _set("authority", "policy p.1", "The authority's full name")
    short_name: str = _set("authority", "policy p.1", "The name in running text")
    authority_code: str = _set("authority", "DfE list of authorities", "Its three-digit code")
    ons_code: str = _set("authority", "DfE list of authorities", "Its statistical code")
    colour: str = _set("authority", NO_POLICY, "Colour of the page header, as #rrggbb")
    neighbour_codes: tuple[str, ...] = _set(
        "authority", "policy p.10", "Neighbouring authorities with working arrangements"
    )
    policy_title: str = _set("authority", "policy p.1", "Title of the policy")
    policy_dated: str = _set("authority", "policy p.10", "When the policy was issued")

    mash_name: str = _set("contacts", "policy p.8", "Where a worry about a child goes first")
    mash_phone: str = _set("contacts", "policy p.8", "Telephone number of the MASH")
    mash_email: str = _set("contacts", "policy p.8", "Secure e-mail address of the MASH")
    mash_hours: tuple[str, ...] = _set(
        "contacts", TO_CONFIRM, "When the MASH answers its telephone; never on a bank holiday"
    )
    out_of_hours_name: str = _set("contacts", TO_CONFIRM, "Who answers at all other times")
    out_of_hours_phone: str = _set("contacts", TO_CONFIRM, "Telephone at all other times")
    cme_name: str = _set("contacts", "policy p.3", "Title of the officer for missing education")
    cme_short_name: str = _set("contacts", "policy p.3", "The same, as people say it")
    cme_phone: str = _set("contacts", "policy p.20", "Telephone of that officer")
    cme_email: str = _set("contacts", "policy p.20", "E-mail of that officer")
    mash_deputy_email: str = _set(
        "contacts",
        TO_CONFIRM,
        "Account of the MASH's deputy, who is told of what nobody decides; empty: the manager is",
    )
    cme_deputy_email: str = _set(
        "contacts",
        TO_CONFIRM,
        "Account of that officer's deputy, who is told of what nobody accepts; empty: the manager",
    )
    visit_call_name: str = _set(
        "contacts", TO_CONFIRM, "Whom somebody who visits a home rings before and after"
    )
    visit_call_phone: str = _set("contacts", TO_CONFIRM, "Telephone for such calls")
    home_education_name: str = _set("contacts", "policy p.3", "Officer for home education")
    court_officer_name: str = _set("contacts", "policy p.3", "Officer who goes to court")
    attendance_officer_name: str = _set(
        "contacts", "policy p.3, 5", "Who takes a child on a roll who does not attend"
    )
    social_care_name: str = _set(
        "contacts", "policy p.15", "Social care, as the list of partner agencies names it"
    )
    early_help_name: str = _set(
        "contacts", "policy p.16", "Early help, as the list of partner agencies names it"
    )
    sen_team_name: str = _set("contacts", "policy p.7", "Team for special educational needs")
    admissions_name: str = _set("contacts", "policy p.8", "Team that offers school places")
    attendance_process_name: str = _set("contacts", "policy p.3", "Route for poor attendance")
    file_system_name: str = _set("contacts", "policy p.10", "System that collects S2S files")

    no_contact_school_days: int = _set(
        "days", "policy p.7", "School days of absence without contact before a referral", 1
    )
    joiner_days: int = _set("days", "policy p.9", "Days in which a CMJ is wanted", 0)
    cml_days: int = _set("days", "policy p.9", "Days in which a CML is wanted", 0)
    four_weeks: int = _set("days", "policy p.10", "Weeks before lost-pupil advice", 1)
    four_week_point_school_days: int = _set(
        "days", "policy p.10; Regs 2024 reg 9(1)(i)", "The same in school days, which govern", 20
    )
    starters_leavers_school_days: int = _set(
        "days", "policy p.16", "School days in which Admissions hears of starters and leavers", 1
    )
    triage_school_days: int = _set("days", NO_POLICY, "School days to look at something new", 0)
    referral_decision_working_days: int = _set(
        "days", NO_POLICY, "Working days in which the hub decides on a referral", 0
    )
    referral_acceptance_working_days: int = _set(
        "days", NO_POLICY, "Working days in which a referral handed over is accepted", 0
    )
    urgent_decision_working_days: int = _set(
        "days",
        "policy p.16, 'immediately'; the number is Onroll's",
        "Working days in which the hub decides on an urgent referral; 0 is the same day",
        0,
    )
    urgent_acceptance_hours: int = _set(
        "days",
        "policy p.16, 'immediately'; the number is Onroll's",
        "Hours in which an urgent referral handed over is accepted",
        1,
    )
    sent_on_receipt_working_days: int = _set(
        "days", NO_POLICY, "Working days in which who was sent a referral says that they have it", 0
    )
    further_checks_working_days: int = _set(
        "days", NO_POLICY, "Working days in which a school that asks for further checks is told", 1
    )
    pupil_message_working_days: int = _set(
        "days",
        "policy p.10 says that it is answered; the number is Onroll's",
        "Working days in which an authority that asks after a missing pupil is answered",
        1,
    )
    first_enquiries_school_days: int = _set("days", NO_POLICY, "School days to start enquiries", 1)
    complaint_answer_working_days: int = _set(
        "days", NO_POLICY, "Working days in which a complaint about a case is answered", 1
    )
    meeting_decision_days: int = _set(
        "days", NO_POLICY, "Days in which what a meeting of agencies decided is done", 1
    )
    audit_action_days: int = _set(
        "days", NO_POLICY, "Days in which what a case audit asks for is done", 1
    )
    new_file_school_days: int = _set(
        "days",
        "policy p.17 says that it is made; the number is Onroll's",
        "School days in which the last school of a child who is found makes a new transfer file",
        1,
    )
    meeting_long_open_days: int = _set(
        "days",
        NO_POLICY,
        "Days after which a case is proposed to a meeting of agencies because it is long open",
        1,
    )
    break_glass_review_working_days: int = _set(
        "days", NO_POLICY, "Working days in which each use of break-glass is reviewed", 1
    )
    break_glass_a_day: int = _set(
        "days", NO_POLICY, "How often one person may use break-glass in a day", 1
    )
    enquiry_answer_school_days: int = _set("days", NO_POLICY, "School days before we chase", 1)
    letter_answer_school_days: int = _set(
        "days", NO_POLICY, "School days in which a family is asked to answer a letter", 1
    )
    letter_link_days: int = _set(
        "days", NO_POLICY, "Days for which the private link of a letter opens", 1
    )
    handover_answer_school_days: int = _set(
        "days", NO_POLICY, "School days for another authority to acknowledge a child", 1
    )
    arrival_school_days: int = _set(
        "days", NO_POLICY, "School days in which a named new school should say the child arrived", 1
    )
    home_education_school_days: int = _set(
        "days", NO_POLICY, "School days to first contact with a newly home-educating family", 1
    )
    attendance_check_weeks: int = _set("days", NO_POLICY, "Weeks until 'still there?' is asked", 1)
    untraced_review_weeks: int = _set(
        "days", NO_POLICY, "Weeks between looks at an untraced child", 1
    )
    risk_review_weeks: int = _set(
        "days",
        "policy p.5 names the risks; the number is Onroll's",
        "Weeks between reviews of the greater risks of a missing child",
        1,
    )
    warning_review_weeks: int = _set(
        "days", NO_POLICY, "Weeks until a warning on a child or an address is looked at again", 1
    )
    manager_review_high_working_days: int = _set(
        "days", MANAGER, "Working days between the manager's reviews of a case of high risk", 1
    )
    manager_review_medium_working_days: int = _set(
        "days", MANAGER, "Working days between the manager's reviews of a case of medium risk", 1
    )
    manager_review_low_school_days: int = _set(
        "days", MANAGER, "School days between the manager's reviews of a case of low risk", 1
    )
    believed_review_weeks: int = _set(
        "days", NO_POLICY, "Weeks between looks at a child believed to be abroad", 1
    )
    silent_school_weeks: int = _set(
        "days", NO_POLICY, "School weeks without a file after which a school is called silent", 1
    )

    visit_call_minutes: int = _set(
        "working", NO_POLICY, "Minutes after which somebody on a visit rings again", 1
    )
    weekly_report_weekday: str = _set("working", "policy p.10, 'weekly'", "Day of weekly report")
    is_ehcp_consulted: bool = _set(
        "working", "policy p.7, 10, 16", "Ask the SEN team before a child with a plan is removed"
    )
    is_phone_first_for_serious_concern: bool = _set(
        "working", "policy p.9", "A serious concern is telephoned to the MASH first"
    )
    school_reports_to: str = _set(
        "working",
        "policy p.7, 9",
        "Who receives a school's report of home education: 'hub', 'home_education' or 'both'; with "
        "'home_education' it leaves the hub's list once that officer has received it by name, and "
        "what is urgent or reports more stays with the hub",
    )
    is_most_junior_class_return_asked: bool = _set(
        "working", "Regs 2024 reg 13(3)", "Joiners of the first class in September are asked for"
    )
    is_most_senior_class_return_asked: bool = _set(
        "working", "Regs 2024 reg 13(6)", "Leavers of the last class in July are asked for"
    )
    attendance_to: str = _set(
        "working",
        "policy p.3, 5 (the court officer, or the officer for home education)",
        "Who has a child whom the hub sends to attendance: 'court_officer' or 'home_education'",
    )
    unknown_destination_to_hub: str = _set(
        "working",
        "policy p.10 (to the lead officer), p.18 (through the MASH)",
        "A case that a leaver's file opens for an unknown destination: the hub is 'told' of it, or "
        "it passes the hub 'first'",
    )
    list_findings_to_case: tuple[str, ...] = _set(
        "working", "policy p.18", "What compared lists show that opens a case without review"
    )
    census_on: tuple[date, ...] = _set(
        "working",
        "DfE termly collection; those from October 2026 are from memory and to be confirmed",
        "Days of the termly return",
    )

    board_guidance_url: str = _set(
        "sharing",
        "policy p.12; the address is recalled, not read",
        "The safeguarding board’s guidance on sharing information; empty: not on any page",
    )
    london_procedures_url: str = _set(
        "sharing",
        "policy p.12; the address is recalled, not read",
        "The London Child Protection Procedures; empty: not on any page",
    )
    joint_protocol_url: str = _set(
        "sharing",
        "policy p.12; the address is not known",
        "The board’s joint protocol on children who go missing; empty: not on any page",
    )
    sharing_advice_url: str = _set(
        "sharing",
        "DfE, Information sharing, May 2024; the address is recalled, not read",
        "The Department’s advice on sharing information; empty: not on any page",
    )

    largest_file_megabytes: int = _set("intake", NO_POLICY, "Largest file taken", 1)

    closed_case_years: int = _set("keeping", NO_POLICY, "Years a closed case is kept", 1)
    untraced_until_age: int = _set(
        "keeping", NO_POLICY, "Age to which an untraced case is kept", 18
    )

    changes: tuple[Change, ...] = ()
    """What is set anew later, the earliest first."""

    def on(self, day: date) -> "LocalPolicy":
        """Return the settings as they stand on a day."""
        return _as_of(self, day) if self.changes else self

    @property
    def weekly_report_day(self) -> int:
        """Return the weekday of the weekly report as Python counts: Monday is 0."""
        return WEEKDAYS.index(self.weekly_report_weekday)


@cache
def _as_of(policy: LocalPolicy, day: date) -> LocalPolicy:
    begun = [change for change in policy.changes if change.from_on <= day]
    values = {name: value for change in begun for name, value in change.values}
    return replace(policy, changes=(), **values)


@dataclass(frozen=True)
class Setting:
    """One setting as a page lists it; `later` holds what it is from a day on."""

    name: str
    value: object
    says: str
    source: str
    section: str
    later: tuple[tuple[date, object], ...] = ()


def settings(policy: LocalPolicy) -> tuple[Setting, ...]:
    """Return every setting with its value, what it sets and where it comes from."""
    return tuple(
        Setting(
            f.name,
            getattr(policy, f.name),
            **{k: f.metadata[k] for k in _METADATA},
            later=tuple(
                (change.from_on, dict(change.values)[f.name])
                for change in policy.changes
                if f.name in dict(change.values)
            ),
        )
        for f in FIELDS
    )


_METADATA = ("says", "source", "section")
FIELDS = tuple(f for f in fields(LocalPolicy) if "section" in f.metadata)
