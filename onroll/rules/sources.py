"""Rule -> source -> tests: what `docs/law.md` is made from; `onroll docs` writes it.

A test fails when the page, a rule or a test named here is gone or has changed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from onroll.rules.clock import Clock, Unit
from onroll.rules.clocks import CLOCKS
from onroll.rules.commencement import PROVISIONS
from onroll.rules.conditions import All, Ask, Condition
from onroll.rules.departures import DEPARTURES, done_about
from onroll.rules.grounds import GROUNDS
from onroll.rules.policy import HARROW, settings


@dataclass(frozen=True)
class Sourced:
    """One rule: in words, where it stands in `onroll/rules`, its source, and its tests.

    A test is named `file::test`, without `tests/rules/test_` before it and `.py` after.
    """

    rule: str
    where: str
    source: str
    tests: tuple[str, ...]


RULES: tuple[Sourced, ...] = (
    Sourced(
        "Compulsory school age begins",
        "age.starts_on",
        "EA96 s.8(2); SI 1998/1607",
        (
            "age::test_school_age_starts_and_ends_as_the_law_says",
            "age::test_school_age_begins_on_a_prescribed_day_at_five",
        ),
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
    ),
    Sourced(
        "What a school day is",
        "calendar.SchoolCalendar",
        "EA96 s.579(1)",
        (
            "calendar::test_an_inset_day_a_closure_and_a_bank_holiday_are_no_school_days",
            "calendar::test_what_the_school_says_stands_over_what_the_authority_says",
            "calendar::test_counting_on_and_counting_between_agree",
            "calendar::test_days_outside_listed_terms_are_answered_but_not_certain",
        ),
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
    ),
    Sourced(
        "Absence alone is never a ground",
        "removal.without_ground",
        "Regs 2024 reg 9(1); policy p.15",
        ("removal::test_absence_alone_is_never_a_ground",),
    ),
    Sourced(
        "Joint efforts, and agreement when the child is found",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(1)(h)(iii), (i)(iii)",
        (
            "removal::test_school_and_authority_must_have_looked_together",
            "removal::test_when_the_child_is_found_both_must_agree",
        ),
    ),
    Sourced(
        "Special schools: the placing authority's consent",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(2)",
        (
            "removal::test_a_child_placed_in_a_special_school_needs_the_authoritys_consent",
            "removal::test_four_grounds_need_no_consent",
        ),
    ),
    Sourced(
        "An attendance order keeps the child on the roll it names",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(1)(a)(i), (c)(iii), (f)(ii)",
        ("removal::test_an_attendance_order_that_names_the_school_keeps_the_child_on_its_roll",),
    ),
    Sourced(
        "An exclusion counts once it is final",
        "grounds.GROUNDS",
        "Regs 2024 reg 9(1)(o), 9(5)(c), (d)",
        ("removal::test_an_exclusion_must_be_final",),
    ),
    Sourced(
        "The law of the day decides",
        "removal.IN_FORCE_FROM",
        "Regs 2024 reg 1, 4(2)",
        (
            "removal::test_a_deletion_before_these_regulations_is_not_judged",
            "removal::test_the_regulations_decide_from_their_first_day",
        ),
    ),
    Sourced(
        "The SEN team is asked about a child with a plan (local)",
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
        "Regs 2024 reg 9(1)(i)(i), 10, 13(7)(b)",
        (
            "attendance::test_the_codes_are_those_of_regulation_10",
            "attendance::test_a_child_who_came_late_after_registration_was_there",
            "attendance::test_any_other_code_breaks_the_absence_for_removal",
        ),
    ),
    Sourced(
        "Returns to the authority",
        "returns.RETURNS",
        "Regs 2024 reg 8, 13",
        (
            "returns::test_a_deletion_return_owes_seven_things_and_neither_upn_nor_birth_date",
            "returns::test_the_first_class_in_september_and_the_last_class_in_july_owe_none_unless_asked",
        ),
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
    ),
    Sourced(
        "A ground's letter has two readings from 19 August 2024",
        "leaving_codes.readings",
        "DfE CBDS CS097, CS099; Regs 2024 reg 9(1)",
        (
            "leavers::test_both_readings_of_a_letter_are_kept",
            "leavers::test_a_letter_reads_by_the_law_of_the_day_the_pupil_left",
        ),
    ),
    Sourced(
        "Words for not knowing are no destination",
        "leaver.Leaver",
        "Regs 2024 reg 8(4), 13(4)(f)",
        ("leavers::test_words_for_not_knowing_are_no_school",),
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
    ),
    Sourced(
        "Reasonable enquiries",
        "enquiries.ENQUIRY_STEPS",
        "Regs 2024 reg 9(1)(h)-(i); policy p.9-10, 17",
        ("reasons::test_the_enquiries_cover_school_and_authority",),
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
        "Law to come is switched on by its date",
        "commencement.PROVISIONS",
        "Children's Wellbeing and Schools Act 2026 s.78",
        ("departures::test_law_without_a_date_is_not_in_force",),
    ),
)

_GROUNDS = GROUNDS.values()
_UNITS = {
    Unit.SCHOOL_DAYS: "school days",
    Unit.DAYS: "days",
    Unit.WEEKS: "weeks",
    Unit.WORKING_DAYS: "working days",
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
    asked: Collection[str],
    started: Collection[str],
    read: Collection[str],
    not_built: Mapping[int, str],
) -> str:
    """Return the whole page in Markdown.

    `asked` are the modules of rules that something in the service asks, `started` the clocks that
    something starts, `read` the settings that something reads: the page says so of the others.
    `not_built` holds in words the rows of the access matrix that are not built.
    """
    parts = (_rules(asked), _grounds(), _clocks(started), _departures(not_built), _to_come())
    return "\n".join((_HEAD, *parts, _policy(read)))


NOT_YET = "by nothing yet"


def _rules(asked: Collection[str]) -> str:
    words = "A rule that nothing asks yet is tested, and no user meets it."
    rows = (
        (
            rule.rule,
            f"`{rule.where}`",
            rule.source,
            "<br>".join(f"`{test}`" for test in rule.tests),
            "yes" if rule.where.partition(".")[0] in asked else NOT_YET,
        )
        for rule in RULES
    )
    heads = ("Rule", "In `onroll/rules`", "Source", "Tests", "Asked")
    return _section("Rules", words, heads, rows)


def _grounds() -> str:
    words = "Each question, the answer it must have, and the paragraph that asks it."
    rows = ((g.code, g.title, "<br>".join(map(_asked, _parts(g.condition)))) for g in _GROUNDS)
    return _section("Grounds for deletion", words, ("Reg", "Ground", "Questions"), rows)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that must all hold, each on a line of its own."""
    if not isinstance(condition, All):
        return (condition,)
    return tuple(inner for part in condition.parts for inner in _parts(part))


def _asked(condition: Condition) -> str:
    if isinstance(condition, Ask):
        where = condition.clause.removeprefix("Regs 2024 reg ")
        return f"{condition.question.text} **{'Yes' if condition.wanted else 'No'}** ({where})"
    if isinstance(condition, All):
        return "; and ".join(map(_asked, condition.parts))
    return "Either: " + "<br>or: ".join(map(_asked, condition.parts))


def _clocks(started: Collection[str]) -> str:
    words = "Local clocks are settings. “Reported” and “recalled” sources have not been read."
    rows = (
        (
            *(clock.title, _length(clock), clock.counts_from, clock.then, _source(clock)),
            "yes" if clock.code in started else NOT_YET,
        )
        for clock in CLOCKS.values()
    )
    heads = ("Clock", "Length", "Counts from", "Then", "Source", "Started")
    return _section("Clocks", words, heads, rows)


def _length(clock: Clock) -> str:
    n = clock.length(HARROW)
    return f"{n} {_UNITS[clock.unit].removesuffix('s' if n == 1 else '')}"


def _source(clock: Clock) -> str:
    seen = "" if clock.evidence == "read" else f", {clock.evidence}"
    return f"{clock.source} {clock.clause}".strip() + f" ({clock.basis}{seen})"


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
        (p.title, p.source, f"{p.in_force_on:%-d %B %Y}" if p.in_force_on else "not yet")
        for p in PROVISIONS.values()
    )
    return _section("In force from", "", ("Provision", "Source", "In force from"), rows)


def _policy(read: Collection[str]) -> str:
    rows = (
        (
            *(s.says, f"`{s.section}.{s.name}`", shown(s.value), s.source),
            "yes" if s.name in read else NOT_YET,
        )
        for s in settings(HARROW)
    )
    heads = ("What it sets", "Setting", "Harrow", "Source", "Read")
    return _section("Local settings", "", heads, rows)


def shown(value: object) -> str:
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
