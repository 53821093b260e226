"""The questions that the grounds for deleting a name from an admission register ask.

Source: Regs 2024 reg 9(1)-(5); EA96 s.434A(9) and 434B(1)(e).
"""

from onroll.rules.conditions import Question

_QUESTIONS = {
    "of_school_age": "Is the child of compulsory school age on the day of the deletion?",
    "placed_in_special_school": "Is this a special school, and did an authority place the child "
    "in it?",
    "placing_authority_consents": "Has the authority that placed the child agreed to the deletion?",
    "minister_directs": "Did that authority refuse, and has the Secretary of State directed it?",
    "registered_elsewhere": "Has another school confirmed that the child is on its roll?",
    "order_names_school": "Is a school attendance order naming this school in force?",
    "is_main_school": "Is this the main school of a child who travels with a parent's trade?",
    "dual_agreed": "Is it agreed that the child be registered at more than one school?",
    "came_for_nursery": "Was the child admitted to the school for nursery education?",
    "nursery_finished": "Has the child finished nursery, and would now move to reception or above?",
    "may_return": "Has the school reasonable grounds to believe that the child will come back?",
    "others_consent": "Has every other school where the child is registered agreed?",
    "is_dual": "Is the child also registered at another school?",
    "order_changed": "Has the authority changed an order so that it names another school instead?",
    "order_revoked": "Has the authority revoked the order because of suitable education elsewhere?",
    "parent_wrote": "Has a parent written that from a certain day the child is educated otherwise?",
    "day_passed": "Has that day passed?",
    "lives_far": "Does the child no longer normally live a reasonable distance from the school?",
    "is_boarder": "Is the child a boarder?",
    "had_leave": "Was the child given leave of absence?",
    "absent_10_after_leave": "Has the child missed the ten school days straight after the leave?",
    "may_be_unable": "Are there reasonable grounds to believe the child is sick or unable to come?",
    "joint_efforts": "Have school and authority jointly made reasonable efforts to find the child "
    "and learn the circumstances?",
    "was_found": "Did they find out where the child is, and the circumstances?",
    "steps_weighed": "Were the reasonable steps that could secure attendance taken into account?",
    "school_agrees": "Does the school agree that there are no grounds to believe in a return?",
    "authority_agrees": "Does the authority agree that there are none?",
    "absent_20": "Has the child been absent without a break for at least twenty school days?",
    "only_gno": "Was every one of those sessions coded G, N or O?",
    "is_detained": "Is the child detained under a sentence of detention?",
    "may_return_after": "Are there reasonable grounds to believe in a return after the sentence?",
    "has_died": "Has the child died?",
    "over_age_next": "Will the child be over compulsory school age when the school next meets?",
    "meets_sixth_form": "Does the child meet the academic entry requirements of the sixth form?",
    "is_state_school": "Is the school maintained by an authority, or an academy?",
    "board_payable": "Must a parent pay for board and lodging?",
    "board_unpaid": "Is that still unpaid at the end of the term it was for?",
    "has_ceased": "Has the child ceased to be a pupil at the school?",
    "is_excluded": "Has the child been permanently excluded?",
    "exclusion_final": "Has every right to a review been used, given up or run out (reg 9(5))?",
    "had_leave_in_absence": "Was any of the absence with leave?",
    "needs_consent_to_withdraw": "Did an authority place the child in a special school or in one "
    "organised for special needs, or is an authority making child-protection enquiries or acting "
    "on them, or did it act so in the past five years?",
    "withdrawal_consented": "Has the school had notice that the authority consents to the child "
    "being withdrawn?",
    "in_meeting_pilot": "Does the pilot scheme of meetings before a withdrawal cover the child?",
    "meeting_held": "Has the school had notice from the authority that the meeting took place?",
    "school_efforts": "Has the school made reasonable efforts to find the child and learn the "
    "circumstances?",
}

QUESTIONS: dict[str, Question] = {code: Question(code, text) for code, text in _QUESTIONS.items()}
