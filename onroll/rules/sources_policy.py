"""Local settings, orders, and law to come: rules, sources and tests."""

from onroll.rules.sourced import ACT_2026, EA96, Sourced

RULES: tuple[Sourced, ...] = (
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
        "A decision of the hub that contradicts grade, form or checks asks for a reason",
        "hub_decisions.contradictions",
        "policy p.7, 9, 15-16; grades and decisions of hubs, reported",
        (
            "hub_decisions::test_each_grave_thing_is_contradicted_by_advice",
            "hub_decisions::test_how_far_a_decision_goes_says_what_it_contradicts",
            "hub_decisions::test_what_is_not_grave_contradicts_no_decision",
        ),
    ),
    Sourced(
        "A decision that sends a child where the home does not lie asks for a reason",
        "hub_decisions.contradiction_of_home",
        "policy p.9",
        (
            "hub_decisions::test_a_child_goes_to_where_the_home_lies",
            "hub_decisions::test_a_home_that_only_the_record_knows_is_said_to_be_the_record_s",
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
