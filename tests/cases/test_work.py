"""What people do to a case on its pages, and how a refusal comes back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from onroll.cases import actions
from onroll.cases.models import Case, DeadlineChange
from onroll.rules import pathway
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import Stage
from tests.cases.world import AT

pytestmark = pytest.mark.django_db
WHY = "Agreed with the manager on the telephone"
SEEN = ["school_named", "roll_confirmed", "attendance_seen"]


def ask(client, name, case, *more, **said):
    """Send a form as from a page that was opened just now."""
    said.setdefault("version", fresh(case).version)
    return client.post(reverse(f"cases:{name}", args=[case.ref, *more]), said)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def fields_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def case(world, people):
    return world.case(owner=people.olive)


def test_a_move_takes_the_case_on_and_is_in_the_chronology(case, people, as_):
    answer = ask(as_(people.olive), "move", case, "start-enquiries", why=WHY, version=case.version)
    assert answer["Location"] == f"/cases/{case.ref}/"
    assert fresh(case).stage == "enquiries"
    step = fresh(case).steps.first()
    assert (step.what, step.why, step.by) == ("Start enquiries", WHY, people.olive)


def test_there_is_a_button_for_each_move_open_at_a_stage_and_no_other(case, people, as_):
    shown = fields_of(as_(people.max).get(reverse("cases:case", args=[case.ref])))
    for move in pathway.MOVES:
        is_open = move in pathway.moves_from(Stage.REPORTED)
        assert (f">{move.title}</a>" in shown) is is_open, move.title


def test_a_move_not_open_at_the_stage_comes_back_in_words(case, people, as_):
    answer = ask(as_(people.olive), "move", case, "child-lost-again", why=WHY)
    shown = fields_of(answer)
    assert "You cannot record that the child is lost again" in shown
    assert WHY in shown
    assert fresh(case).stage == "reported"


def test_a_move_nobody_knows_is_not_there(case, people, as_):
    assert ask(as_(people.olive), "move", case, "close-the-case", why=WHY).status_code == 404
    assert ask(as_(people.olive), "move", case, "fly", why=WHY).status_code == 404


def test_two_people_at_once_lose_nothing_that_was_typed(case, people, as_):
    """T19: the second is told what the first did, and can send the same again."""
    actions.assign_case(case=case, owner=people.max, by=people.max, at=AT)
    client = as_(people.max)
    answer = ask(client, "move", case, "start-enquiries", why=WHY, version=case.version)
    shown = fields_of(answer)
    assert "Someone else changed this case" in shown
    assert "Assigned to Max Marsh" in shown
    assert WHY in shown
    assert fresh(case).stage == "reported"
    version = answer.context["form"]["version"].value()
    assert int(version) == fresh(case).version
    ask(client, "move", case, "start-enquiries", why=WHY, version=version)
    assert fresh(case).stage == "enquiries"


# Closing


def close(client, case, outcome="on_roll", proofs=SEEN, why=WHY, **more):
    said = {"outcome": outcome, f"proofs_{outcome}": proofs, "why": why, **more}
    return ask(client, "close", case, **said)


def test_a_case_closes_with_proof(case, people, as_):
    """P43: on a roll, confirmed, attending."""
    close(as_(people.olive), case)
    closed = fresh(case)
    assert (closed.stage, closed.outcome, closed.is_outcome_proved) == ("closed", "on_roll", True)
    shown = fields_of(as_(people.olive).get(reverse("cases:case", args=[case.ref])))
    assert "On the roll of a school and attending" in shown
    assert "proved" in shown


def test_a_case_without_its_proof_stays_open_and_what_was_typed_stays(case, people, as_):
    shown = fields_of(close(as_(people.olive), case, proofs=SEEN[:2]))
    assert "still needs: The school confirmed the first day the child attended" in shown
    assert WHY in shown
    assert shown.count('" checked') == 3  # the outcome and two proofs
    assert fresh(case).is_open


def test_no_proof_at_all_is_asked_for_under_the_outcome(case, people, as_):
    assert "Tick what you have seen" in fields_of(close(as_(people.olive), case, proofs=[]))
    assert fresh(case).is_open


def test_proof_ticked_under_another_outcome_does_not_count(case, people, as_):
    shown = close(
        as_(people.olive), case, "died", ["told_by"], proofs_on_roll=SEEN, proofs_attendance=[]
    )
    assert "is for a manager to record" in fields_of(shown)
    assert fresh(case).is_open


@pytest.mark.parametrize("outcome", ["abroad_believed", "died", "reported_in_error"])
def test_what_leaves_a_child_unfound_is_for_a_manager(case, people, as_, outcome):
    """Access matrix, row 20."""
    proofs = [proof.code for proof in OUTCOMES[outcome].proofs]
    assert "is for a manager to record" in fields_of(
        close(as_(people.olive), case, outcome, proofs)
    )
    close(as_(people.max), case, outcome, proofs)
    assert fresh(case).outcome == outcome


def test_closing_asks_for_an_outcome_and_why(case, people, as_):
    shown = fields_of(ask(as_(people.olive), "close", case))
    assert "Select the outcome" in shown
    assert "Say why" in shown


@pytest.mark.parametrize("who", ["mo", "ada", "cat", "hal", "sen"])
def test_who_may_only_propose_to_close_cannot_close(case, people, as_, who):
    """Access matrix, row 20, `P`."""
    actions.add_member(case=case, user=getattr(people, who), by=people.max, at=AT)
    assert close(as_(getattr(people, who)), case).status_code == 403
    assert fresh(case).is_open


def test_an_officer_closes_cases_of_their_own_only(world, people, as_):
    """Access matrix, row 20, `A`."""
    case = world.case(owner=people.max)
    assert close(as_(people.olive), case).status_code == 403
    assert fresh(case).is_open


def test_a_closed_case_can_be_opened_again_with_its_reason(case, people, as_):
    close(as_(people.olive), case)
    answer = ask(as_(people.olive), "reopen", case, why="The school was wrong")
    assert answer.status_code == 302
    assert (fresh(case).stage, fresh(case).outcome) == ("enquiries", "")


def test_a_case_is_not_opened_again_beside_another_open_one(world, case, people, as_):
    """One open case for a child."""
    close(as_(people.olive), case)
    world.case(case.child)
    shown = fields_of(ask(as_(people.olive), "reopen", case, why="The school was wrong"))
    assert "already has another open case" in shown


# Notes, people, clocks, alerts


def test_a_note_is_added_and_stays_as_written(case, people, as_):
    ask(as_(people.olive), "note", case, text="Rang the school", is_safeguarding="on")
    note = case.notes.get()
    assert (note.text, note.by, note.is_safeguarding) == ("Rang the school", people.olive, True)


def test_the_very_same_note_sent_again_from_a_page_loaded_anew_is_not_added(case, people, as_):
    client = as_(people.olive)
    ask(client, "note", case, text="Rang, no answer")
    shown = fields_of(ask(client, "note", case, text="Rang, no answer"))
    assert "You wrote exactly this at" in shown
    assert "Rang, no answer</textarea>" in shown
    ask(client, "note", case, text="Rang at noon, no answer")
    assert case.notes.count() == 2


def test_the_same_words_later_or_of_somebody_else_are_another_note(case, people):
    said = {"case": case, "text": "Rang, no answer"}
    actions.add_note(**said, by=people.olive, at=AT)
    actions.add_note(**said, by=people.max, at=AT)
    actions.add_note(**said, by=people.olive, at=AT + timedelta(minutes=16))
    assert case.notes.count() == 3


def test_an_officer_writes_on_cases_of_their_own_only(world, people, as_):
    """Access matrix, row 12, `A`."""
    case = world.case(owner=people.max)
    assert ask(as_(people.olive), "note", case, text="Hello").status_code == 403
    assert not case.notes.exists()


def test_a_case_is_taken_with_one_button(world, people, as_):
    case = world.case()
    ask(as_(people.olive), "take", case, version=case.version)
    assert fresh(case).owner == people.olive


def test_a_case_taken_by_another_meanwhile_is_not_snatched(world, people, as_):
    case = world.case()
    actions.assign_case(case=case, owner=people.max, by=people.max, at=AT)
    answer = as_(people.olive).post(
        reverse("cases:take", args=[case.ref]), {"version": case.version}, follow=True
    )
    assert "Someone else changed this case" in answer.content.decode()
    assert fresh(case).owner == people.max


def test_a_case_is_given_to_a_colleague_who_can_own_one(case, people, as_):
    client = as_(people.olive)
    shown = fields_of(client.get(reverse("cases:assign", args=[case.ref])))
    assert "Max Marsh" in shown
    assert "Cat Cole" not in shown
    ask(client, "assign", case, person=people.max.pk, version=case.version)
    assert fresh(case).owner == people.max
    assert "Choose a colleague" in fields_of(ask(client, "assign", case))


def test_who_joins_the_team_sees_the_case_from_then_on(case, people, as_):
    page = reverse("cases:case", args=[case.ref])
    assert as_(people.cat).get(page).status_code == 404
    ask(as_(people.olive), "join", case, person=people.cat.pk)
    assert as_(people.cat).get(page).status_code == 200


def test_school_staff_are_never_offered_for_a_team(case, people, as_):
    shown = fields_of(as_(people.olive).get(reverse("cases:join", args=[case.ref])))
    for name in ("Sam Sharp", "Ola Okoro", "Ari Aydin", "Dee Diaz"):
        assert name not in shown


def test_a_clock_is_marked_as_done_with_what_was_done(case, people, as_):
    clock = case.deadlines.get(clock="first_enquiries_5")
    ask(as_(people.olive), "meet_clock", case, clock.pk, why="Rang three neighbours")
    clock.refresh_from_db()
    assert clock.met_on is not None
    assert case.steps.first().what == "Done: First enquiries made"


def test_a_local_clock_moves_with_a_reason_and_leaves_a_trace(case, people, as_):
    clock = case.deadlines.get(clock="first_enquiries_5")
    was = clock.due_on
    new = {"due_on_day": "7", "due_on_month": "12", "due_on_year": "2026"}
    ask(as_(people.olive), "move_clock", case, clock.pk, why="Family in hospital", **new)
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 12, 7)
    change = DeadlineChange.objects.get()
    assert (change.was_on, change.why, change.by) == (was, "Family in hospital", people.olive)
    shown = fields_of(as_(people.olive).get(reverse("cases:case", args=[case.ref])))
    assert "Day moved 1 time" in shown


def test_a_clock_of_the_law_is_not_moved_by_any_page(world, people, as_):
    case = world.case(reason="no_answer", owner=people.olive)
    clock = case.deadlines.get(clock="absence_20")
    new = {"due_on_day": "7", "due_on_month": "12", "due_on_year": "2027"}
    shown = fields_of(ask(as_(people.olive), "move_clock", case, clock.pk, why=WHY, **new))
    assert "is set by law (Regs 2024) and cannot be moved" in shown
    assert not DeadlineChange.objects.exists()


def test_a_clock_of_another_case_is_not_reached_through_this_one(world, case, people, as_):
    other = world.case(world.child("Other")).deadlines.first()
    assert ask(as_(people.olive), "meet_clock", case, other.pk, why=WHY).status_code == 404
    other.refresh_from_db()
    assert other.met_on is None


def test_an_alert_is_settled_by_someone_who_says_what_was_done(case, people, as_):
    alert = actions.raise_alert(case=case, kind="located", words="Seen at Mill Lane", at=AT)
    client = as_(people.olive)
    page = reverse("cases:settle", args=[case.ref, alert.pk])
    assert "Seen at Mill Lane" in fields_of(client.get(page))
    client.post(page, {"why": "Rang Mill Lane: another child"})
    alert.refresh_from_db()
    assert (alert.settled_by, alert.settled_why) == (
        people.olive,
        "Rang Mill Lane: another child",
    )
    assert client.get(page).status_code == 404
