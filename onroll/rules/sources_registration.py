"""School age, school days, clocks and the register of pupils: rules, sources and tests."""

from onroll.rules.sourced import EA96, END_OF_AGE, REGS_2024, START_OF_AGE, Sourced

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
)
