"""Rule -> source -> tests: what `docs/law.md` is made from; `onroll docs` writes it.

A test fails when the page, a rule or a test named here is gone or has changed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from onroll.rules import clocks, duties, grounds, orders
from onroll.rules.clock import Clock, Unit
from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.conditions import All, Ask, Condition
from onroll.rules.dated import Dated, holds_from, in_words
from onroll.rules.departures import DEPARTURES, done_about
from onroll.rules.policy import HARROW, Setting, settings

EA96 = date(1996, 11, 1)
START_OF_AGE, END_OF_AGE = date(1998, 8, 1), date(1997, 9, 1)
REGS_2024 = date(2024, 8, 19)
GUIDANCE_2025 = date(2025, 9, 8)
ACT_2026 = date(2026, 4, 29)
"""The days on which what the rules rest on came into force; of the Act of 2026, its passing."""

DATED: dict[str, tuple[Dated, ...]] = {
    "clock": clocks.ROWS,
    "ground": grounds.ROWS,
    "consent": grounds.CONSENTS,
    "step": orders.STEPS,
    "rule": orders.RULES,
    "duty": duties.DUTIES,
}
"""Every table of rows of which the day of the event chooses one."""


def law_on(on: date, provisions: Provisions = PROVISIONS) -> frozenset[str]:
    """Return what holds on a day, each as its table and its code: `ground 9(1)(f)`."""
    return frozenset(
        f"{table} {row.code}"
        for table, rows in DATED.items()
        for row in rows
        if row.holds(on=on, provisions=provisions)
    )


@dataclass(frozen=True)
class Sourced:
    """One rule: in words, where it stands in `onroll/rules`, its source, and its tests.

    A test is named `file::test`, without `tests/rules/test_` before it and `.py` after. `from_on`
    is the day from which the law behind it holds; without one no law stands behind it.
    """

    rule: str
    where: str
    source: str
    tests: tuple[str, ...]
    from_on: date | None = None


RULES: tuple[Sourced, ...] = (
    Sourced(
        "Compulsory school age begins",
        "age.starts_on",
        "EA96 s.8(2); SI 1998/1607",
        (
            "age::test_school_age_starts_and_ends_as_the_law_says",
            "age::test_school_age_begins_on_a_prescribed_day_at_five",
        ),
        START_OF_AGE,
    ),
    Sourced(
        "Compulsory school age ends; school leaving date",
        "age.ends_on",
        "EA96 s.8(3); SI 1997/1970",
        (
            "age::test_leaving_dates_are_the_last_fridays_in_june",
            "age::test_school_age_ends_on_a_friday_in_june_with_the_sixteenth_birthday_in_that_school_year",
            "removal::test_nobody_leaves_for_age_before_the_last_friday_in_june",
        ),
        END_OF_AGE,
    ),
    Sourced(
        "What a school day is",
        "calendar.SchoolCalendar",
        "EA96 s.579(1)",
        (
            "calendar::test_an_inset_day_a_closure_and_a_bank_holiday_are_no_school_days",
            "calendar::test_what_the_school_says_stands_over_what_the_authority_says",
            "calendar::test_terms_for_one_part_of_the_year_leave_the_rest_to_the_authority",
            "calendar::test_an_autumn_term_that_begins_in_august_begins_the_school_year",
            "calendar::test_an_independent_schools_year_may_end_in_june",
            "calendar::test_counting_on_and_counting_between_agree",
            "calendar::test_days_outside_listed_terms_are_answered_but_not_certain",
        ),
        EA96,
    ),
    Sourced(
        "Clocks count what their source says",
        "clocks.due_on",
        "Regs 2024 reg 9, 10, 13; EA96 s.437-439; policy p.7-16",
        (
            "clocks::test_each_clock_counts_as_its_source_says",
            "clocks::test_no_clock_of_the_law_has_a_setting",
            "clocks::test_four_weeks_are_not_twenty_school_days_when_a_holiday_lies_between",
        ),
        EA96,
    ),
    Sourced(
        "A name is deleted on a ground of reg 9, and not otherwise",
        "removal.decide",
        "Regs 2024 reg 9(1), 9(3); EA96 s.434(3)",
        (
            "removal::test_a_ground_whose_conditions_are_all_met_is_lawful",
            "removal::test_one_answer_wrong_makes_it_not_lawful_and_says_the_clause",
            "removal::test_a_missing_answer_never_makes_a_removal_lawful",
            "removal::test_a_further_answer_never_turns_yes_into_no_or_no_into_yes",
        ),
        REGS_2024,
    ),
    Sourced(
        "Absence alone is never a ground",
        "removal.without_ground",
        "Regs 2024 reg 9(1); policy p.15",
        ("removal::test_absence_alone_is_never_a_ground",),
        REGS_2024,
    ),
    Sourced(
        "Joint efforts, and agreement when the child is found",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(1)(h)(iii), (i)(iii)",
        (
            "removal::test_school_and_authority_must_have_looked_together",
            "removal::test_when_the_child_is_found_both_must_agree",
        ),
        REGS_2024,
    ),
    Sourced(
        "Special schools: the placing authority's consent",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(2)",
        (
            "removal::test_a_child_placed_in_a_special_school_needs_the_authoritys_consent",
            "removal::test_four_grounds_need_no_consent",
        ),
        REGS_2024,
    ),
    Sourced(
        "An attendance order keeps the child on the roll it names",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(1)(a)(i), (c)(iii), (f)(ii)",
        ("removal::test_an_attendance_order_that_names_the_school_keeps_the_child_on_its_roll",),
        REGS_2024,
    ),
    Sourced(
        "An exclusion counts once it is final",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(1)(o), 9(5)(c), (d)",
        ("removal::test_an_exclusion_must_be_final",),
        REGS_2024,
    ),
    Sourced(
        "The law of the day decides",
        "dated.row_on",
        "Regs 2024 reg 1, 4(2)",
        (
            "dated::test_the_day_of_the_event_chooses_the_row",
            "removal::test_a_deletion_before_these_regulations_is_not_judged",
            "removal::test_the_regulations_decide_from_their_first_day",
        ),
        REGS_2024,
    ),
    Sourced(
        "The SEN team is asked about a child with a plan",
        "removal.local_checks",
        "policy p.7, 10, 16",
        ("removal::test_the_plan_is_a_local_wish_and_never_changes_the_verdict",),
    ),
    Sourced(
        "An answer is yes, no or not known yet",
        "conditions.All",
        "Onroll: no removal is certified on a missing answer",
        ("removal::test_all_and_either_know_three_answers",),
    ),
    Sourced(
        "Attendance codes; which absence counts",
        "attendance.latest_absence",
        "Regs 2024 reg 9(1)(i)(i), 9(3)(c), 10, 13(7)(b)",
        (
            "attendance::test_the_codes_are_those_of_regulation_10",
            "attendance::test_a_child_who_came_late_after_registration_was_there",
            "attendance::test_any_other_code_breaks_the_absence_for_removal",
            "attendance::test_a_school_day_of_which_nothing_is_known_leaves_the_length_open",
            "attendance::test_a_day_told_twice_counts_once",
            "attendance::test_half_a_day_present_ends_it_whatever_the_other_half_says",
        ),
        REGS_2024,
    ),
    Sourced(
        "Returns to the authority",
        "returns.RETURNS",
        "Regs 2024 reg 8, 13",
        (
            "returns::test_a_deletion_return_owes_seven_things_and_neither_upn_nor_birth_date",
            "returns::test_of_a_child_who_lives_with_no_parent_no_parent_is_owed",
            "returns::test_the_first_class_in_september_and_the_last_class_in_july_owe_none_unless_asked",
        ),
        REGS_2024,
    ),
    Sourced(
        "What a leaver's row means: in doubt a case or a person",
        "leavers.meaning",
        "EA96 s.436A; Regs 2024 reg 9, 13(4); policy p.8, 18",
        (
            "leavers::test_no_row_about_a_child_who_may_be_of_school_age_is_dropped",
            "leavers::test_what_a_row_means",
            "leavers::test_the_letter_alone_never_settles_a_row",
        ),
        REGS_2024,
    ),
    Sourced(
        "A ground's letter has two readings from 19 August 2024",
        "leaving_codes.readings",
        "DfE CBDS CS097, CS099; Regs 2024 reg 9(1)",
        (
            "leavers::test_both_readings_of_a_letter_are_kept",
            "leavers::test_a_letter_reads_by_the_law_of_the_day_the_pupil_left",
        ),
        REGS_2024,
    ),
    Sourced(
        "Words for not knowing are no destination",
        "leaver.Leaver",
        "Regs 2024 reg 8(4), 13(4)(f)",
        ("leavers::test_words_for_not_knowing_are_no_school",),
        REGS_2024,
    ),
    Sourced(
        "Pupil, learner and NHS numbers; authority and school numbers",
        "identifiers.check_upn",
        "DfE CBDS N00001, CS003; NHS data dictionary",
        (
            "identifiers::test_a_right_upn_is_valid",
            "identifiers::test_exactly_one_letter_makes_a_upn_valid",
            "identifiers::test_a_right_nhs_number_is_valid",
            "identifiers::test_a_uln_has_one_right_last_digit_or_none",
        ),
    ),
    Sourced(
        "Where a worry about a child goes",
        "referral.first_route",
        "policy p.4, 7-10",
        (
            "referral::test_danger_comes_first_then_the_social_worker_then_home",
            "referral::test_the_pathway_asks_the_eight_questions_of_the_policy_danger_first",
        ),
    ),
    Sourced(
        "What goes to the lead officer, and what does not",
        "circumstances.CIRCUMSTANCES",
        "policy p.8",
        ("circumstances::test_what_is_not_taken_says_where_it_belongs_and_what_makes_it_true",),
    ),
    Sourced(
        "Where a worry starts: questions that end in what to do; not to know is never the end",
        "front_door.DOORS",
        "policy p.4-5, 7-9, 15-16",
        (
            "front_door::test_every_answer_leads_to_a_question_or_to_actions_with_their_source",
            "front_door::test_a_school_is_asked_the_pathway_in_its_order",
            "front_door::test_what_is_not_known_never_ends_without_a_referral",
        ),
    ),
    Sourced(
        "Risk assessment",
        "risk.assess",
        "policy p.15-16",
        ("risk::test_a_yes_or_a_not_sure_needs_a_talk_with_the_safeguarding_lead",),
    ),
    Sourced(
        "Groups at particular risk",
        "groups.RISK_GROUPS",
        "DfE CME guidance; policy p.4",
        ("reasons::test_there_are_seven_national_groups_and_sixteen_of_harrow",),
        GUIDANCE_2025,
    ),
    Sourced(
        "Reasonable enquiries",
        "enquiries.ENQUIRY_STEPS",
        "Regs 2024 reg 9(1)(h)-(i), 9(3)(c); policy p.9-10, 17",
        ("reasons::test_the_enquiries_cover_school_and_authority",),
        REGS_2024,
    ),
    Sourced(
        "Why a child is on the register; the Department's reasons and bands",
        "reasons.CASE_REASONS",
        "policy p.3, 8; DfE data dictionary 2026",
        (
            "reasons::test_every_case_reason_has_a_requirement_and_a_source",
            "reasons::test_there_are_twenty_primary_reasons_and_no_officer_can_leave_one_out",
            "reasons::test_a_time_falls_in_one_band",
        ),
    ),
    Sourced(
        "What a compared list shows, and what follows from it",
        "findings.FINDINGS",
        "EA96 s.436A; policy p.3, 8, 17, 18",
        (
            "findings::test_each_kind_has_a_clause_and_a_reason_for_a_case",
            "findings::test_a_child_on_two_rolls_has_somebody_and_all_others_nobody",
            "findings::test_a_stay_ends_where_the_school_itself_does_not_have_the_child",
        ),
        EA96,
    ),
    Sourced(
        "Stages of a case",
        "pathway.MOVES",
        "policy p.7-10, 18",
        ("pathway::test_a_move_is_offered_exactly_where_it_is_allowed",),
    ),
    Sourced(
        "How a case may end, and what proves it",
        "outcomes.OUTCOMES",
        "CMEG25; policy p.8-10",
        (
            "outcomes::test_being_untraced_is_no_outcome",
            "outcomes::test_every_outcome_asks_for_facts",
        ),
        GUIDANCE_2025,
    ),
    Sourced(
        "What is stated before a school's claim of a leaver is taken as so",
        "confirmations.refuse",
        "CMEG25; policy p.8-10, 18",
        (
            "confirmations::test_a_tick_confirms_nothing",
            "confirmations::test_a_first_day_may_lie_ahead_and_a_confirmation_may_not",
        ),
        GUIDANCE_2025,
    ),
    Sourced(
        "What is stated when a case closes agrees with itself and with the record",
        "contradictions.contradictions",
        "CMEG25; policy p.8-10: an outcome is proved",
        (
            "contradictions::test_no_day_lies_before_the_child_was_born",
            "contradictions::test_nothing_is_confirmed_before_it_is_so",
        ),
        GUIDANCE_2025,
    ),
    Sourced(
        "The hub's queue: age counts by grade, and green is never last for ever",
        "grades.time_used",
        "policy p.9; hours of the grades as Merton's hub has them, reported",
        (
            "grades::test_each_grade_has_used_its_time_after_its_own_hours",
            "grades::test_green_is_not_last_for_ever",
        ),
    ),
    Sourced(
        "What is checked before the hub decides: telephone first, social worker, police, risks",
        "triage.lacking",
        "policy p.5, 9, 16",
        (
            "triage::test_a_serious_concern_is_not_passed_on_without_a_call",
            "triage::test_the_social_worker_of_a_child_on_a_plan_is_told",
            "triage::test_the_police_are_told_of_a_missing_child_at_risk_or_there_is_a_reason",
            "triage::test_the_seven_greater_risks_are_those_of_the_policy",
        ),
    ),
    Sourced(
        "References hide nothing about the child",
        "references.speakable",
        "policy p.10: no pupil data in e-mail",
        ("references::test_a_reference_is_three_groups_of_letters_nobody_confuses",),
    ),
    Sourced(
        "Local settings, each with its page",
        "policy.LocalPolicy",
        "Harrow, Children Missing Education 2025",
        (
            "policy::test_every_setting_says_where_it_comes_from",
            "dated::test_the_day_of_the_event_chooses_the_setting",
            "settings_and_law::test_no_setting_changes_what_the_law_fixes",
            "policy::test_a_wrong_policy_says_in_a_sentence_what_is_wrong",
        ),
    ),
    Sourced(
        "Outside the hub's hours the line that answers then is shown, and 999 stands first",
        "hours.whom_to_ring",
        "policy p.8, 9; hours and number to be confirmed by the council",
        (
            "hours::test_the_hub_answers_from_its_first_minute_and_not_in_its_last",
            "hours::test_weekends_and_bank_holidays_are_outside_the_hours",
            "hours::test_outside_the_hours_the_other_line_is_to_be_rung",
        ),
    ),
    Sourced(
        "Where policy and law differ, both are kept and the law decides",
        "departures.DEPARTURES",
        "EA96; Regs 2024; CMEG25; policy",
        ("departures::test_where_a_number_differs_both_clocks_are_kept",),
    ),
    Sourced(
        "An order takes three steps for a child without a plan, two for one with",
        "orders.steps",
        "EA96 s.437-443",
        ("dated::test_an_order_takes_three_steps_for_a_child_without_a_plan",),
        EA96,
    ),
    Sourced(
        "What the law asks where a child is withdrawn, handed over or placed",
        "duties.duties_on",
        "EA96 s.19B; 2026 c.21",
        ("dated::test_what_the_law_asks_is_said_where_a_worry_goes",),
        ACT_2026,
    ),
    Sourced(
        "Law to come is switched on by its date",
        "commencement.PROVISIONS",
        "Children's Wellbeing and Schools Act 2026 s.78",
        (
            "dated::test_a_section_that_begins_changes_what_names_it_and_nothing_else",
            "dated::test_every_section_is_read_by_something",
        ),
        ACT_2026,
    ),
)

_GROUNDS = grounds.GROUNDS.values()
_UNITS = {
    Unit.SCHOOL_DAYS: "school days",
    Unit.DAYS: "days",
    Unit.WEEKS: "weeks",
    Unit.WORKING_DAYS: "working days",
    Unit.HOURS: "hours",
}

_HEAD = """\
# The law, and where each rule of it stands

Written from the code by `onroll.rules.sources`; a test fails when it drifts. Change the rule, not
this page.

EA96 is the Education Act 1996. Regs 2024 are the School Attendance (Pupil Registration) (England)
Regulations 2024, SI 2024/208, in force from 19 August 2024; Regs 2006 are those before them.
CMEG25 is the Department's guidance on children missing education of 8 September 2025. “Policy” is
Harrow's *Children Missing Education (CME) 2025*. This page is not legal advice.
"""


def render(
    *,
    used: Collection[str],
    started: Collection[str],
    read: Collection[str],
    not_built: Mapping[int, str],
) -> str:
    """Return the whole page in Markdown.

    `asked` are the modules of rules that something in the service asks, `started` the clocks that
    something starts, `read` the settings that something reads: the page says so of the others.
    `not_built` holds in words the rows of the access matrix that are not built.
    """
    parts = (
        *(_rules(used), _grounds(), _consents(), _clocks(started), _orders(), _duties()),
        *(_departures(not_built), _to_come()),
    )
    return "\n".join((_HEAD, *parts, _policy(read)))


NOT_YET = "by nothing yet"


def holds_locally(source: str) -> str:
    """Return in words from when what no law asks holds: with the policy, or with its source."""
    is_of_policy = source.startswith("policy p.") or "Harrow" in source
    return f"{HARROW.policy_dated}, with the policy" if is_of_policy else "as its source stands"


def _rules(used: Collection[str]) -> str:
    words = (
        "A rule that nothing asks yet is tested, and no user meets it. *(local)* stands where no "
        "law is behind a rule: it is the policy's, a standard's or Onroll's."
    )
    rows = (
        (
            rule.rule if rule.from_on else f"{rule.rule} *(local)*",
            f"`{rule.where}`",
            rule.source,
            in_words(rule.from_on) if rule.from_on else holds_locally(rule.source),
            "<br>".join(f"`{test}`" for test in rule.tests),
            "yes" if rule.where.partition(".")[0] in used else NOT_YET,
        )
        for rule in RULES
    )
    heads = ("Rule", "In `onroll/rules`", "Source", "Holds from", "Tests", "Asked")
    return _section("Rules", words, heads, rows)


def _grounds() -> str:
    words = "Each question, the answer it must have, and the paragraph that asks it."
    rows = (
        (g.code, g.title, holds_from(g), "<br>".join(map(_condition, _parts(g.condition))))
        for g in _GROUNDS
    )
    heads = ("Reg", "Ground", "Holds from", "Questions")
    return _section("Grounds for deletion", words, heads, rows)


def _consents() -> str:
    rows = (
        (c.title, ", ".join(sorted(c.grounds)), holds_from(c), _condition(c.condition), c.source)
        for c in grounds.CONSENTS
    )
    heads = ("Whose", "On grounds", "Holds from", "Questions", "Source")
    return _section("Consents to a deletion", "", heads, rows)


def _orders() -> str:
    words = "The first and the last column say when; the steps stand in their order."
    plans = {None: "either", True: "with a plan", False: "without a plan"}
    steps = (
        (step.title, step.to, plans[step.for_plan], step.clause, holds_from(step))
        for step in orders.STEPS
    )
    rules = (
        (rule.words, rule.about, "either", rule.clause, holds_from(rule)) for rule in orders.RULES
    )
    heads = ("Step or rule", "To or about", "Child", "Source", "Holds from")
    return _section("School attendance orders", words, heads, (*steps, *rules))


def _duties() -> str:
    rows = ((d.words, d.moment.replace("_", " "), d.source, holds_from(d)) for d in duties.DUTIES)
    heads = ("What is asked", "When", "Source", "Holds from")
    return _section("What the law asks at a moment", "", heads, rows)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that must all hold, each on a line of its own."""
    if not isinstance(condition, All):
        return (condition,)
    return tuple(inner for part in condition.parts for inner in _parts(part))


def _condition(condition: Condition) -> str:
    if isinstance(condition, Ask):
        where = condition.clause.removeprefix("Regs 2024 reg ")
        return f"{condition.question.text} **{'Yes' if condition.wanted else 'No'}** ({where})"
    if isinstance(condition, All):
        return "; and ".join(map(_condition, condition.parts))
    return "Either: " + "<br>or: ".join(map(_condition, condition.parts))


def _clocks(started: Collection[str]) -> str:
    words = (
        "Local clocks are settings; no setting changes a clock of the law. “Reported” sources have "
        "not been read in their own text."
    )
    rows = (
        (
            *(_clock_title(clock), _length(clock), clock.counts_from, clock.then, _source(clock)),
            holds_from(clock) if clock.basis == "law" else holds_locally(clock.source),
            "yes" if clock.code in started else NOT_YET,
        )
        for clock in clocks.ROWS
    )
    heads = ("Clock", "Length", "Counts from", "Then", "Source", "Holds from", "Started")
    return _section("Clocks", words, heads, rows)


def _clock_title(clock: Clock) -> str:
    return clock.title if clock.basis == "law" else f"{clock.title} *(local)*"


def _length(clock: Clock) -> str:
    n = clock.length(HARROW)
    return f"{n} {_UNITS[clock.unit].removesuffix('s' if n == 1 else '')}"


def _source(clock: Clock) -> str:
    evidence = "" if clock.evidence == "read" else f", {clock.evidence}"
    return f"{clock.source} {clock.clause}".strip() + f" ({clock.basis}{evidence})"


def _departures(not_built: Mapping[int, str]) -> str:
    rows = (
        (
            *(d.title, f"{d.local} ({d.page})", f"{d.law} ({d.clause})"),
            done_about(d, not_built=not_built),
        )
        for d in DEPARTURES
    )
    heads = ("Matter", "Policy", "Law", "Onroll")
    return _section("Where the policy and the law differ", "The law decides.", heads, rows)


def _to_come() -> str:
    rows = (
        (p.title, p.source, in_words(p.from_on) if p.from_on else "no day known", _begins(p.code))
        for p in PROVISIONS.values()
    )
    words = (
        "One provision a section. Two sets of commencement regulations have been made and not been "
        "read: read *Commencement No. 1* and *No. 2* (SI 2026/803) before you take a section "
        "without a day to be out of force."
    )
    heads = ("Provision", "Source", "In force from", "What begins or ends with it")
    return _section("In force from", words, heads, rows)


def _begins(code: str) -> str:
    """Return in words the rows that begin or end with a provision."""
    named = [
        (table, row)
        for table, rows in DATED.items()
        for row in rows
        if code in (row.begins_with, row.ends_with)
    ]
    lines = (
        f"{table} `{row.code}` {'begins' if row.begins_with == code else 'ends'}"
        for table, row in named
    )
    return "<br>".join(lines)


def _policy(read: Collection[str]) -> str:
    rows = (
        (
            *(
                s.says,
                f"`{s.section}.{s.name}`",
                shown_over_time(s),
                holds_locally(s.source),
                s.source,
            ),
            "yes" if s.name in read else NOT_YET,
        )
        for s in settings(HARROW)
    )
    words = (
        "A setting of `days`, `working` or `keeping` may change on a day: the policy's file says "
        "so in `[[changes]]`, and what happened before keeps the rule of its day."
    )
    heads = ("What it sets *(local)*", "Setting", "Harrow", "Holds from", "Source", "Read")
    return _section("Local settings", words, heads, rows)


def shown_over_time(setting: Setting) -> str:
    """Return the value of a setting, and what it is from a later day on."""
    later = (f"from {in_words(day)}: {in_cell(value)}" for day, value in setting.later)
    return "; ".join((in_cell(setting.value), *later))


def in_cell(value: object) -> str:
    """Return the value of a setting as people read it."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "not set"


def _section(
    title: str, words: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    return f"## {title}\n\n" + (f"{words}\n\n" if words else "") + f"{table}\n"
