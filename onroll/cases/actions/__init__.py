"""Every write to cases. Nothing leaves the register without an outcome, proved or believed."""

from onroll.cases.actions.action_points import (
    ActionFacts,
    FateFacts,
    add_action_point,
    finish_action_point,
)
from onroll.cases.actions.alert_words import mute_alerts, see_alerts, show_alerts_again
from onroll.cases.actions.alerts import end_leads, raise_alert, settle_alert
from onroll.cases.actions.clocks import meet_deadline, move_deadline, note_look, start_clocks
from onroll.cases.actions.closing import FactsRefused, close_case, reopen_case
from onroll.cases.actions.corrections import correct_child, correct_missed_change, correct_reasons
from onroll.cases.actions.doubts import doubt_case
from onroll.cases.actions.handing_on import HandedOn, assign_cases
from onroll.cases.actions.manager_questions import (
    answer_question,
    ask_manager,
    note_answer_read,
)
from onroll.cases.actions.manager_reviews import (
    Findings,
    due_by_level,
    due_of,
    hold_review,
    keep_case_reviews,
    recount_review,
)
from onroll.cases.actions.merges import join_cases, part_cases
from onroll.cases.actions.nightly import open_for_nowhere_known, raise_ageing_out
from onroll.cases.actions.on_record import record_of
from onroll.cases.actions.opening import open_case, report_child
from onroll.cases.actions.police import PoliceFacts, record_police, take_over_police
from onroll.cases.actions.register import forget_view, save_view
from onroll.cases.actions.report import LastSchool, Report
from onroll.cases.actions.reviews import answer_review, keep_reviews, review_risks
from onroll.cases.actions.risk_level import note_grave_referral, set_risk_level
from onroll.cases.actions.seals import (
    decline_seal,
    keep_sealed_teams,
    leave_team,
    people_of,
    propose_seal,
    seal_case,
    unseal_case,
)
from onroll.cases.actions.sightings import (
    answer_worry,
    record_sighting,
    tell_care,
    withdraw_sighting,
)
from onroll.cases.actions.stating import state_place
from onroll.cases.actions.taking_back import take_report_back
from onroll.cases.actions.telling import tell_workers
from onroll.cases.actions.warnings import add_warning, end_warning, review_warning
from onroll.cases.actions.whereabouts import (
    SAME_MOVE,
    tell_of_claim,
    update_all_whereabouts,
    update_whereabouts,
)
from onroll.cases.actions.work import (
    add_member,
    add_note,
    assign_case,
    move_case,
    note_whereabouts,
)

__all__ = [
    "SAME_MOVE",
    "ActionFacts",
    "FactsRefused",
    "FateFacts",
    "Findings",
    "HandedOn",
    "LastSchool",
    "PoliceFacts",
    "Report",
    "add_action_point",
    "add_member",
    "add_note",
    "add_warning",
    "answer_question",
    "answer_review",
    "answer_worry",
    "ask_manager",
    "assign_case",
    "assign_cases",
    "close_case",
    "correct_child",
    "correct_missed_change",
    "correct_reasons",
    "decline_seal",
    "doubt_case",
    "due_by_level",
    "due_of",
    "end_leads",
    "end_warning",
    "finish_action_point",
    "forget_view",
    "hold_review",
    "join_cases",
    "keep_case_reviews",
    "keep_reviews",
    "keep_sealed_teams",
    "leave_team",
    "meet_deadline",
    "move_case",
    "move_deadline",
    "mute_alerts",
    "note_answer_read",
    "note_grave_referral",
    "note_look",
    "note_whereabouts",
    "open_case",
    "open_for_nowhere_known",
    "part_cases",
    "people_of",
    "propose_seal",
    "raise_ageing_out",
    "raise_alert",
    "record_of",
    "record_police",
    "record_sighting",
    "recount_review",
    "reopen_case",
    "report_child",
    "review_risks",
    "review_warning",
    "save_view",
    "seal_case",
    "see_alerts",
    "set_risk_level",
    "settle_alert",
    "show_alerts_again",
    "start_clocks",
    "state_place",
    "take_over_police",
    "take_report_back",
    "tell_care",
    "tell_of_claim",
    "tell_workers",
    "unseal_case",
    "update_all_whereabouts",
    "update_whereabouts",
    "withdraw_sighting",
]
