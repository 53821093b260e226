"""The off-roll checker (P35, P36). Source: Regs 2024 reg 9; law 3.3."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import grounds, removal
from onroll.rules.attendance import Day
from onroll.rules.calendar import SchoolCalendar, Term
from onroll.rules.conditions import All, Ask, Either, Question
from onroll.rules.grounds import CONSENTS
from onroll.rules.policy_file import HARROW
from onroll.rules.removal import GROUNDS, QUESTIONS, Ground, Lawful, Verdict, decide

ON = date(2026, 11, 23)
CODES = sorted(GROUNDS)
ANSWERS = st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.sampled_from([True, False, None]))

LAWFUL: dict[str, dict[str, bool]] = {
    "9(1)(a)": {
        "registered_elsewhere": True, "order_names_school": False, "is_main_school": False,
        "dual_agreed": False,
    },
    "9(1)(b)": {"came_for_nursery": True, "nursery_finished": True, "may_return": False},
    "9(1)(c)": {
        "is_dual": True, "may_return": False, "others_consent": True, "order_names_school": False,
        "is_main_school": False,
    },
    "9(1)(d)": {"order_changed": True},
    "9(1)(e)": {"order_revoked": True},
    "9(1)(f)": {"parent_wrote": True, "day_passed": True, "order_names_school": False},
    "9(1)(g)": {"lives_far": True, "may_return": False, "is_boarder": False},
    "9(1)(h)": {
        "had_leave": True, "absent_10_after_leave": True, "may_be_unable": False,
        "joint_efforts": True, "was_found": False,
    },
    "9(1)(i)": {
        "absent_20": True, "only_gno": True, "may_be_unable": False, "joint_efforts": True,
        "was_found": False,
    },
    "9(1)(j)": {"is_detained": True, "may_return_after": False},
    "9(1)(k)": {"has_died": True},
    "9(1)(l)": {"over_age_next": True, "may_return": False},
    "9(1)(m)": {
        "is_boarder": True, "is_state_school": True, "board_payable": True, "board_unpaid": True,
    },
    "9(1)(n)": {"has_ceased": True, "is_state_school": False},
    "9(1)(o)": {"is_excluded": True, "exclusion_final": True},
    "9(3)(a)": {"is_boarder": False, "may_return": False},
    "9(3)(b)": {"is_boarder": True, "has_ceased": True},
    "9(3)(c)": {
        "absent_20": True, "had_leave_in_absence": False, "may_be_unable": False,
        "school_efforts": True, "was_found": False,
    },
    "9(3)(d)": {"has_died": True},
    "9(3)(e)": {"is_excluded": True, "exclusion_final": True},
}  # fmt: skip

NEED_NO_CONSENT = {"9(1)(d)", "9(1)(e)", "9(1)(k)", "9(1)(o)"}
AGREED = {"was_found": True, "steps_weighed": True, "school_agrees": True, "authority_agrees": True}


def lawful(code: str) -> dict[str, bool]:
    """Return the least answers that make a ground lawful for an ordinary child."""
    answers = {"of_school_age": code.startswith("9(1)"), **LAWFUL[code]}
    if code.startswith("9(1)") and code not in NEED_NO_CONSENT:
        answers["placed_in_special_school"] = False
    return answers


def ask(code: str, **changes: bool | None) -> Verdict:
    return decide(code, {**lawful(code), **changes}, on=ON)


def test_the_grounds_are_those_of_regulation_9():
    assert {f"9(1)({letter})" for letter in "abcdefghijklmno"} == {
        code for code in GROUNDS if code.startswith("9(1)")
    }
    assert {f"9(3)({letter})" for letter in "abcde"} == {
        code for code in GROUNDS if code.startswith("9(3)")
    }


@pytest.mark.parametrize("code", CODES)
def test_a_ground_whose_conditions_are_all_met_is_lawful(code: str):
    found = ask(code)
    assert found.answer is Lawful.YES
    assert found.clause == f"Regs 2024 reg {code}"
    assert len(found.because) == 1


@pytest.mark.parametrize("code", CODES)
def test_one_answer_missing_leaves_it_open_and_says_which(code: str):
    for question in lawful(code):
        found = ask(code, **{question: None})
        assert found.answer is Lawful.CANNOT_SAY, question
        assert any(QUESTIONS[question].text in sentence for sentence in found.because)


@pytest.mark.parametrize("code", CODES)
def test_one_answer_wrong_makes_it_not_lawful_and_says_the_clause(code: str):
    for question, right in lawful(code).items():
        found = ask(code, **{question: not right})
        if found.answer is Lawful.CANNOT_SAY:
            # There is another way to meet the condition, and it has not been answered.
            assert question in {"was_found", "placed_in_special_school", "may_return"}
            continue
        assert found.answer is Lawful.NO, question
        assert found.clause.startswith("Regs 2024 reg 9")
        assert "must be" in found.because[0]


@given(st.sampled_from(CODES), ANSWERS)
def test_a_missing_answer_never_makes_a_removal_lawful(code: str, answers: dict[str, bool | None]):
    # Whatever is filled in later, what is said now stands.
    found = decide(code, answers, on=ON).answer
    for filled in (True, False):
        full = {q: filled if answers.get(q) is None else answers[q] for q in QUESTIONS}
        later = decide(code, full, on=ON).answer
        assert later is not Lawful.CANNOT_SAY
        assert found in (later, Lawful.CANNOT_SAY)


@given(st.sampled_from(CODES), ANSWERS, st.sampled_from(sorted(QUESTIONS)), st.booleans())
def test_a_further_answer_never_turns_yes_into_no_or_no_into_yes(
    code: str, answers: dict[str, bool | None], question: str, answer: bool
):
    before = decide(code, answers, on=ON).answer
    if answers.get(question) is None and before is not Lawful.CANNOT_SAY:
        assert decide(code, {**answers, question: answer}, on=ON).answer is before


@given(st.sampled_from(CODES), ANSWERS)
def test_every_answer_has_its_reasons_and_a_clause(code: str, answers: dict[str, bool | None]):
    found = decide(code, answers, on=ON)
    assert found.because
    assert found.clause.startswith("Regs 2024 reg 9")


@given(st.sampled_from(CODES))
def test_with_no_answers_nothing_can_be_said(code: str):
    assert decide(code, {}, on=ON).answer is Lawful.CANNOT_SAY


@given(st.sampled_from(CODES), ANSWERS, st.dates(max_value=date(2024, 8, 18)))
def test_a_deletion_before_these_regulations_is_not_judged(
    code: str, answers: dict[str, bool | None], on: date
):
    found = decide(code, answers, on=on)
    assert found.answer is Lawful.CANNOT_SAY
    assert "2006" in found.because[0]


def test_the_regulations_decide_from_their_first_day():
    first = date(2024, 8, 19)
    assert decide("9(1)(k)", lawful("9(1)(k)"), on=first).answer is Lawful.YES


def test_absence_alone_is_never_a_ground():
    found = removal.without_ground(on=ON)
    assert found.answer is Lawful.NO
    assert "Absence alone" in found.because[0]
    assert removal.without_ground(on=date(2024, 1, 1)).answer is Lawful.CANNOT_SAY


@pytest.mark.parametrize("code", ["9(1)(h)", "9(1)(i)"])
def test_when_the_child_is_found_both_must_agree(code: str):
    assert ask(code, **AGREED).answer is Lawful.YES
    for one in ("school_agrees", "authority_agrees", "steps_weighed"):
        assert ask(code, **{**AGREED, one: False}).answer is Lawful.NO
        assert ask(code, **{**AGREED, one: None}).answer is Lawful.CANNOT_SAY
    assert "(iii)(bb)" in ask(code, **{**AGREED, "authority_agrees": False}).because[-1]


@pytest.mark.parametrize("code", ["9(1)(h)", "9(1)(i)"])
def test_school_and_authority_must_have_looked_together(code: str):
    found = ask(code, joint_efforts=False)
    assert found.answer is Lawful.NO
    assert found.clause == f"Regs 2024 reg {code}(iii)"


@pytest.mark.parametrize(
    "code", [c for c in CODES if c.startswith("9(1)") and c not in NEED_NO_CONSENT]
)
def test_a_child_placed_in_a_special_school_needs_the_authoritys_consent(code: str):
    # Regs 2024 reg 9(2).
    placed = {"placed_in_special_school": True}
    refused = {**placed, "placing_authority_consents": False, "minister_directs": False}
    assert ask(code, **placed).answer is Lawful.CANNOT_SAY
    assert ask(code, **refused).answer is Lawful.NO
    assert ask(code, **{**refused, "placing_authority_consents": True}).answer is Lawful.YES
    assert ask(code, **{**refused, "minister_directs": True}).answer is Lawful.YES
    assert "9(2)" in ask(code, **refused).clause


@pytest.mark.parametrize("code", sorted(NEED_NO_CONSENT))
def test_four_grounds_need_no_consent(code: str):
    assert ask(code, placed_in_special_school=True).answer is Lawful.YES
    assert "placed_in_special_school" not in {q.code for q in GROUNDS[code].questions}


@pytest.mark.parametrize("code", ["9(1)(a)", "9(1)(c)", "9(1)(f)"])
def test_an_attendance_order_that_names_the_school_keeps_the_child_on_its_roll(code: str):
    found = ask(code, order_names_school=True)
    assert found.answer is Lawful.NO
    assert "9(1)" in found.clause


def test_home_education_needs_a_parents_writing():
    # P44; law 11 (5).
    found = ask("9(1)(f)", parent_wrote=False)
    assert (found.answer, found.clause) == (Lawful.NO, "Regs 2024 reg 9(1)(f)")


def test_an_exclusion_must_be_final():
    found = ask("9(1)(o)", exclusion_final=False)
    assert (found.answer, found.clause) == (Lawful.NO, "Regs 2024 reg 9(5)(c), (d)")


def test_a_child_of_school_age_cannot_go_by_the_other_regime_nor_the_reverse():
    assert ask("9(3)(a)", of_school_age=True).answer is Lawful.NO
    assert ask("9(1)(g)", of_school_age=False).answer is Lawful.NO


def test_sixth_form_entry_is_the_other_way_to_leave_at_the_end_of_school_age():
    assert ask("9(1)(l)", may_return=True, meets_sixth_form=False).answer is Lawful.YES
    assert ask("9(1)(l)", may_return=True, meets_sixth_form=True).answer is Lawful.NO


def test_nobody_leaves_for_age_before_the_last_friday_in_june():
    # P36: born in Year 11 of 2026/27, whose leaving date is 25 June 2027.
    born, friday = date(2011, 3, 1), date(2027, 6, 25)
    early = removal.answers_from_age(born, on=date(2027, 5, 28), next_meets_on=date(2027, 6, 7))
    assert early == {"of_school_age": True, "over_age_next": False}
    assert ask("9(1)(l)", **early).answer is Lawful.NO
    on_the_day = removal.answers_from_age(born, on=friday, next_meets_on=friday + timedelta(3))
    assert ask("9(1)(l)", **on_the_day).answer is Lawful.YES
    after = removal.answers_from_age(born, on=date(2027, 7, 20), next_meets_on=date(2027, 9, 2))
    assert after["of_school_age"] is False


def test_the_register_answers_the_questions_about_absence():
    school = SchoolCalendar((Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),))
    came, *gone = (
        Day(day, "O", "O") for day in (school.after(date(2026, 11, 1), n) for n in range(1, 22))
    )
    came = Day(came.on, "/", "\\")

    def answers(days: list[Day], on: date = date(2026, 12, 1)) -> tuple[bool | None, ...]:
        found = removal.answers_from_register(days, on=on, calendar=school)
        return found["absent_20"], found["only_gno"], found["had_leave_in_absence"]

    assert answers([came, *gone]) == (True, True, False)
    assert answers(gone) == (True, True, False)
    assert answers([came, *gone[:-1]], on=gone[-1].on) == (False, None, None)
    assert answers(gone[:-1], on=gone[-1].on) == (None, None, None)
    sick = [came, *gone[:10], Day(gone[10].on, "I", "I"), *gone[11:]]
    assert answers(sick) == (True, False, False)
    leave = [came, *gone[:10], Day(gone[10].on, "C", "C"), *gone[11:]]
    assert answers(leave) == (True, False, True)
    late = [came, *gone[:10], Day(gone[10].on, "U", "O"), *gone[11:]]
    assert answers(late) == (False, None, None)


def test_a_hole_in_the_register_leaves_ground_i_open():
    # law 13 (4). Nobody can say that the child was not there on the day that is left out.
    school = SchoolCalendar((Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),))
    gone = [Day(school.after(date(2026, 11, 1), n), "O", "O") for n in range(1, 25)]
    on = school.after(date(2026, 11, 1), 25)
    for hole in range(5, 24):
        days = gone[:hole] + gone[hole + 1 :]
        found = removal.answers_from_register(days, on=on, calendar=school)
        assert ask("9(1)(i)", **found).answer is Lawful.CANNOT_SAY, hole
    found = removal.answers_from_register(gone, on=on, calendar=school)
    assert ask("9(1)(i)", **found).answer is Lawful.YES
    found = removal.answers_from_register(gone, on=date(2026, 12, 18), calendar=school)
    assert ask("9(1)(i)", **found).answer is Lawful.CANNOT_SAY


def test_the_plan_is_a_local_wish_and_never_changes_the_verdict():
    # P35: consulting the SEN team is Harrow's, not the law's.
    for answers in ({}, {"has_plan": True}, {"has_plan": True, "sen_team_asked": False}):
        assert ask("9(1)(k)", **answers).answer is Lawful.YES
    (check,) = removal.local_checks({"has_plan": True, "sen_team_asked": True}, HARROW)
    assert check.is_done is True
    assert "SENARS" in check.text
    (check,) = removal.local_checks({}, HARROW)
    assert check.is_done is None
    assert removal.local_checks({"has_plan": False}, HARROW) == ()
    assert removal.local_checks({}, replace(HARROW, is_ehcp_consulted=False)) == ()


def test_every_question_is_asked_by_some_ground_and_none_twice():
    conditions = [*(row.condition for row in grounds.ROWS), *(c.condition for c in CONSENTS)]
    asked = {leaf.question for condition in conditions for leaf in condition.leaves()}
    assert asked == set(QUESTIONS.values())
    for ground in GROUNDS.values():
        codes = [question.code for question in ground.questions]
        assert len(codes) == len(set(codes))


A, B = (Ask(Question(code, f"{code}?"), True, f"reg {code}") for code in "ab")


@pytest.mark.parametrize(
    ("a", "b", "both", "one"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_all_and_either_know_three_answers(
    a: bool | None, b: bool | None, both: bool | None, one: bool | None
):
    for answers in ({"a": a, "b": b}, {"a": b, "b": a}):
        assert All((A, B)).holds(answers) is both
        assert Either((A, B)).holds(answers) is one


def test_only_what_explains_the_finding_is_given_as_a_reason():
    ground = Ground(code="9(9)(z)", title="Made up", condition=All((A, Either((A, B)))))
    found = removal.judge(ground, {"a": False})
    assert found.because == ("“a?” The answer is no; it must be yes (reg a).",)
