"""Worries, cases and how they end: rules, sources and tests."""

from onroll.rules.sourced import EA96, GUIDANCE_2025, REGS_2024, Sourced

RULES: tuple[Sourced, ...] = (
    Sourced(
        "Which change of school a child missed, by the schools before and the age",
        "missed_change.missed_change",
        "policy p.3",
        (
            "missed_change::test_the_school_before_says_which_change_was_missed",
            "missed_change::test_of_several_schools_the_last_decides_and_none_that_came_later",
        ),
    ),
    Sourced(
        "How a clock was counted: each day with its number, or why it did not count",
        "counting.count",
        "EA96 s.579(1); Regs 2024",
        (
            "counting::test_school_days_are_numbered_and_each_other_day_says_why",
            "counting::test_the_count_ends_on_the_day_that_the_clock_is_due",
        ),
    ),
    Sourced(
        "A copy of a case names no third party: what may name somebody is left out",
        "redaction.redact",
        "UK GDPR Article 15(4); DPA18 Schedule 2 para 16, recalled",
        (
            "redaction::test_names_numbers_and_addresses_are_left_out",
            "redaction::test_a_known_name_is_left_out_however_it_is_written",
        ),
    ),
    Sourced(
        "Which cases a meeting of agencies is asked to talk about",
        "meetings.grounds_of",
        "Onroll; the policy names no such meeting",
        (
            "meetings::test_each_ground_is_given_by_its_fact",
            "meetings::test_a_child_who_is_found_needs_a_meeting_only_for_risk_or_law",
            "meetings::test_a_name_in_what_was_said_becomes_initials",
        ),
    ),
    Sourced(
        "Which cases an audit reads: a sample that a seed draws and nobody picks",
        "case_audits.sample",
        "Onroll; the policy names no such audit",
        (
            "case_audits::test_the_same_seed_gives_the_same_sample_in_whatever_order_the_cases_come",
            "case_audits::test_each_case_is_as_likely_to_be_drawn_as_another",
        ),
    ),
    Sourced(
        "What is to be done on a case, who asks for it, and how it may end",
        "action_points.ORIGINS",
        "Onroll; the policy names no action points",
        (
            "action_points::test_each_origin_has_its_clock_and_its_number_of_days",
            "action_points::test_what_goes_on_does_so_only_when_the_case_closes",
        ),
    ),
    Sourced(
        "Who complains about a case, and how a family is told",
        "complaints.COMPLAINANTS",
        "Onroll; the policy sets none",
        ("complaints::test_everybody_who_complains_has_words",),
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
        "Who writes a referral, by where the worry goes",
        "referral.REFERRERS",
        "policy p.7-9, 16",
        (
            "referral::test_the_route_says_who_writes_a_referral",
            "referral::test_who_refers_has_a_clause_and_an_end_may_say_it_itself",
        ),
    ),
    Sourced(
        "Children who live elsewhere are decided to that authority",
        "referral.elsewhere",
        "policy p.9",
        ("referral::test_children_who_all_live_in_one_other_authority_go_to_it",),
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
        "Is this child on a roll: yes and no are said of one certain child alone",
        "roll_question.reply",
        "policy p.7, 19; access matrix, row 43",
        ("roll_question::test_yes_and_no_are_said_of_one_certain_child",),
    ),
    Sourced(
        "What has to be known where a worry needs no referral, and of a call",
        "start_records.PROOFS",
        "policy p.4, 7-9",
        ("start_records::test_each_of_the_four_asks_for_what_makes_it_true",),
    ),
    Sourced(
        "Is this child on a roll: ten questions an hour and thirty a day",
        "roll_question.LIMITS",
        "policy p.7, 19; access matrix, row 43",
        ("roll_question::test_who_has_reached_a_limit_is_told_which_and_when_it_ends",),
    ),
    Sourced(
        "What is likely a slip in a referral is asked about and never stops it",
        "doubts.doubts",
        "practice 4.2 B",
        ("doubts::test_an_nhs_number_that_does_not_check_is_asked_about",),
    ),
    Sourced(
        "Who on record may be a referred child, and who shares only a name with them",
        "likeness.shares_a_name_alone",
        "Onroll; the policy sets none",
        (
            "likeness::test_a_name_alone_is_weak_where_the_birthday_or_the_other_name_is_another",
            "likeness::test_a_street_that_was_told_is_compared_without_a_postcode",
        ),
    ),
    Sourced(
        "What the open cases of an officer weigh, and who has least",
        "workload.Load",
        "Onroll; the policy sets none",
        (
            "workload::test_graver_cases_count_more",
            "workload::test_who_has_least_is_who_carries_the_lightest_cases_and_not_the_fewest",
        ),
    ),
    Sourced(
        "The level of risk of a case, from its facts and from what an officer sets",
        "risk_level.FACTS",
        "policy p.4, 5, 9, 15, 16, 18; which is high and which medium is Onroll's",
        (
            "risk_level::test_each_fact_alone_gives_its_level",
            "risk_level::test_what_makes_a_referral_urgent_makes_a_case_high",
            "risk_level::test_what_is_set_counts_instead_of_what_was_known_and_beside_what_is_new",
        ),
    ),
    Sourced(
        "The manager's review of a case: how often by its level, and what it cannot do without",
        "manager_review.lacking_in_manager_review",
        "policy p.5, 15, 18; how often is Onroll's",
        (
            "manager_review::test_a_review_says_what_is_known_what_was_done_and_what_is_decided",
            "manager_review::test_the_next_review_is_no_later_than_the_level_asks",
        ),
    ),
    Sourced(
        "Further checks that a school asks for, and what it does after each answer",
        "further_checks.must_refer",
        "policy p.5",
        ("further_checks::test_who_is_not_found_is_referred",),
    ),
    Sourced(
        "What an authority is told that asks after a missing pupil, and of whom nothing is told",
        "pupil_messages.ANSWERS",
        "policy p.10",
        (
            "pupil_messages::test_nothing_is_told_of_who_is_withheld_or_not_certain",
            "pupil_messages::test_what_is_told_names_no_more_than_was_chosen",
        ),
    ),
    Sourced(
        "When a warning on a child or an address is looked at again",
        "warnings.lacking_in_review_day",
        "Onroll; the policy sets none",
        ("warnings::test_a_warning_is_looked_at_within_a_year",),
    ),
    Sourced(
        "Partner agencies, and when each is told",
        "agencies.PARTNERS",
        "policy p.3, 12, 17",
        ("agencies::test_those_the_policy_names_are_on_the_list_each_once",),
    ),
    Sourced(
        "Risk assessment",
        "risk.assess",
        "policy p.15-16",
        ("risk::test_a_yes_or_a_not_sure_needs_a_talk_with_the_safeguarding_lead",),
    ),
    Sourced(
        "A school’s report of home education goes where the authority set it; of an unknown "
        "destination or a protection concern always to the hub as well",
        "school_reports.desks",
        "policy p.7, 9, 16",
        (
            "school_reports::test_home_education_goes_where_it_is_set",
            "school_reports::test_the_hub_always_has_what_is_graver",
        ),
    ),
    Sourced(
        "A child whom the hub sends to attendance goes where the authority set it: to the court "
        "officer, or to the officer for home education",
        "sent_on.AttendanceDesk",
        "policy p.3, 5",
        ("sent_on::test_harrow_sends_to_the_court_officer_and_may_say_otherwise",),
    ),
    Sourced(
        "Whether a referral is ready",
        "readiness.gaps",
        "practice 4.3; policy p.8-9, 16",
        (
            "readiness::test_nothing_is_missing_from_a_whole_referral",
            "readiness::test_what_is_missing_is_said_with_why_it_matters",
        ),
    ),
    Sourced(
        "The policy's words beside the questions of a referral",
        "policy_words.WORDS",
        "policy p.4, 7-10, 15-16",
        ("policy_words::test_only_an_authority_of_this_policy_is_quoted",),
    ),
    Sourced(
        "What letters to families say, and what follows from what families tell",
        "letters.POLICY",
        "policy p.5",
        (
            "letters::test_what_a_family_tells_is_a_lead_with_its_next_step",
            "letters::test_only_an_authority_of_this_policy_is_quoted",
        ),
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
        "How an enquiry runs, and which a case asks for",
        "enquiry_log.PLANS",
        "policy p.9, 17; the plans are Onroll’s",
        (
            "enquiry_log::test_an_enquiry_is_asked_then_chased_then_answered",
            "enquiry_log::test_each_reason_of_a_case_has_a_plan_of_steps_that_the_authority_may_take",
        ),
    ),
    Sourced(
        "What each kind of agency is asked, and the least that it is told for it",
        "requests.KINDS",
        "policy p.9, 12, 17; UK GDPR Article 5(1)(c); the least is Onroll’s reading",
        (
            "requests::test_every_request_asks_a_step_of_the_authority_on_a_basis_of_law",
            "requests::test_every_request_shares_little_and_more_for_a_reason_alone",
        ),
    ),
    Sourced(
        "What an agency can answer about a child; the codes for child benefit",
        "reply_codes.CODES",
        "policy p.9; the codes are Onroll’s, to be set beside those of HM Revenue and Customs",
        ("reply_codes::test_a_lead_says_which_kind_it_is_and_nothing_else_does",),
    ),
    Sourced(
        "On what basis something is shared about a child, on each day",
        "sharing.BASES",
        "policy p.12; EA96 s.436A; Regs 2024 reg 9(1)(h)-(i); UK GDPR Articles 6 and 9, recalled",
        (
            "sharing::test_every_basis_names_its_source_and_how_it_is_known",
            "sharing::test_a_basis_that_is_not_in_force_is_no_choice_until_its_day",
        ),
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
        "Why a referred child is on the register",
        "reasons.OF_REFERRAL",
        "policy p.3, 7-8, 18",
        ("reasons::test_what_a_form_says_of_why_it_refers_is_why_the_child_is_on_the_register",),
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
        "What an officer's day asks first",
        "day.ORDER",
        "Onroll; the policy sets no order",
        (
            "day::test_danger_is_first_and_what_nobody_looked_at_is_last",
            "day::test_red_stands_for_danger_and_for_the_law_alone",
            "day::test_ten_working_days_count_neither_weekends_nor_bank_holidays",
        ),
    ),
    Sourced(
        "How a case calls on a day: nobody has it, a clock, something new, nobody looked",
        "day.calls_of_case",
        "Onroll; the policy sets no order",
        (
            "day::test_a_case_calls_by_all_that_is_due_and_by_who_has_it",
            "day::test_a_case_that_somebody_looked_at_lately_does_not_call",
        ),
    ),
    Sourced(
        "Alerts of one kind are one; who has seen them is not told again; muted until a day",
        "alerts.groups",
        "Onroll; policy p.18 thinks of a case again after four weeks at the latest",
        (
            "alerts::test_several_of_one_kind_are_one_and_the_gravest_kind_comes_first",
            "alerts::test_they_come_back_when_one_as_grave_is_raised_after_it",
            "alerts::test_danger_and_a_child_whom_nobody_finds_are_never_muted",
        ),
    ),
    Sourced(
        "How a referral calls on a day: urgent or red is danger, one to decide goes by its clock",
        "day_referrals.calls_of_referral",
        "Onroll; policy p.4, 7 and 16 say what is urgent",
        (
            "day::test_something_urgent_is_danger_unless_it_is_only_to_be_read",
            "day::test_what_the_hub_decides_calls_by_its_clock",
            "day::test_of_several_things_a_referral_asks_the_first_is_done_first",
        ),
    ),
    Sourced(
        "The hub's queue: age counts by grade, and green is never last for ever",
        "grades.time_used",
        "policy p.9; hours of the grades as Merton's hub has them, reported",
        (
            "grades::test_each_grade_has_used_its_time_after_its_own_hours",
            "grades::test_green_is_not_last_for_ever",
            "grades::test_red_alone_binds_within_its_hours",
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
            "triage::test_a_no_after_a_yes_or_a_doubt_says_why",
            "triage::test_what_the_hub_found_out_is_owed_no_longer",
        ),
    ),
    Sourced(
        "What must be said where a child was seen: by whom, when, where, safe, what they want",
        "sightings.lacking_in_telling",
        "policy p.9",
        (
            "sightings::test_what_is_missing_is_said_beside_its_question",
            "sightings::test_of_a_child_whom_nobody_saw_neither_safety_nor_wishes_are_asked",
        ),
    ),
    Sourced(
        "What makes a referral urgent by itself: a child gone missing or harmed, a protection plan",
        "urgency.urgent_because",
        "policy p.4, 7, 16",
        (
            "urgency::test_a_child_who_was_taken_or_harmed_or_ran_away_is_urgent",
            "urgency::test_a_protection_plan_or_concern_is_named_by_an_answer_or_a_group",
        ),
    ),
    Sourced(
        "How often one person may use break-glass in a day, and that a use more is refused",
        "break_glass.is_over_limit",
        "trust.md 4.2 row 34, 4.3",
        ("break_glass::test_the_limit_is_the_last_that_is_let_through",),
    ),
    Sourced(
        "References hide nothing about the child",
        "references.speakable",
        "policy p.10: no pupil data in e-mail",
        ("references::test_a_reference_is_three_groups_of_letters_nobody_confuses",),
    ),
)
