"""What people do to a case on its pages, and how a refusal comes back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onroll.cases import actions
from onroll.cases.models import AlertKind, Case
from onroll.cases.queries import nowhere_known
from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind
from onroll.children.queries import where_is
from onroll.clocks.models import DeadlineChange
from onroll.govuk.fields import in_words
from onroll.rules import pathway
from onroll.rules.pathway import Stage
from onroll.rules.refusal import Refused
from onroll.schools.actions import load_authorities
from tests.cases.world import AT, LEFT_ON, today
from tests.proof import as_form, facts, school_day
from tests.reading import Page
from tests.world import establishment, load

pytestmark = pytest.mark.django_db
WHY = "Agreed with the manager on the telephone"


def ask(client, name, case, *more, **said):
    """Send a form as from a page that was opened just now."""
    said.setdefault("version", fresh(case).version)
    return client.post(reverse(f"cases:{name}", args=[case.ref, *more]), said)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def page_of(answer):
    assert answer.status_code == 200
    return Page(answer.content)


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
    shown = page_of(as_(people.max).get(reverse("casefile:case", args=[case.ref])))
    for move in pathway.MOVES:
        is_open = move in pathway.moves_from(Stage.REPORTED)
        assert (move.title in shown.links) is is_open, move.title


def test_a_move_not_open_at_the_stage_comes_back_in_words(case, people, as_):
    answer = ask(as_(people.olive), "move", case, "child-lost-again", why=WHY)
    shown = page_of(answer)
    assert "You cannot record that the child is lost again" in shown.text
    assert WHY in shown.text
    assert fresh(case).stage == "reported"


def test_a_move_nobody_knows_is_not_there(case, people, as_):
    assert ask(as_(people.olive), "move", case, "close-the-case", why=WHY).status_code == 404
    assert ask(as_(people.olive), "move", case, "fly", why=WHY).status_code == 404


def test_two_people_at_once_lose_nothing_that_was_typed(case, people, as_):
    """T19: the second is told what the first did, and can send the same again."""
    actions.assign_case(case=case, owner=people.max, by=people.max, at=AT)
    client = as_(people.max)
    answer = ask(client, "move", case, "start-enquiries", why=WHY, version=case.version)
    shown = page_of(answer)
    assert "Someone else changed this case" in shown.text
    assert "Assigned to Max Marsh" in shown.text
    assert WHY in shown.text
    assert fresh(case).stage == "reported"
    version = answer.context["form"]["version"].value()
    assert int(version) == fresh(case).version
    ask(client, "move", case, "start-enquiries", why=WHY, version=version)
    assert fresh(case).stage == "enquiries"


# Closing


def close(client, case, outcome="on_roll", why=WHY, **more):
    stated = as_form(facts(outcome, on=today(), **more))
    slug = outcome.replace("_", "-")
    return ask(client, "close_as", case, slug, why=why, version=case.version, **stated)


def test_which_way_a_case_ends_is_asked_first_and_then_only_what_that_needs(case, people, as_):
    client = as_(people.olive)
    answer = ask(client, "close", case, outcome="home_educated", version=case.version)
    assert answer["Location"] == f"/cases/{case.ref}/close/home-educated/"
    shown = page_of(client.get(answer["Location"]))
    assert "Which parent gave notice in writing?" in shown.text
    assert "Which school?" not in shown.text
    assert "Select the outcome" in page_of(ask(client, "close", case)).text


def test_a_case_closes_with_facts_that_stay_on_it_and_in_the_childs_record(
    world, case, people, as_
):
    """P43: on a roll, from which day, attending since when, who said so and how."""
    answer = close(as_(people.olive), case, school=world.mill_lane)
    assert answer["Location"] == f"/cases/{case.ref}/"
    closed = fresh(case)
    assert (closed.stage, closed.outcome, closed.is_outcome_proved) == ("closed", "on_roll", True)
    shown = page_of(as_(people.olive).get(reverse("casefile:case", args=[case.ref])))
    for words in ("Mill Lane School", "Mrs Office, the office", "By telephone", WHY, "Olive Obi"):
        assert words in shown.text
    place = Place.objects.get(child=case.child, school=world.mill_lane)
    assert (place.from_on, place.is_confirmed) == (school_day(today()), True)
    assert place.source.said_by == "Mrs Office, the office"
    assert where_is(case.child, on=today()).places == (place,)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("home_educated", "home_education"),
        ("other_provision", "alternative"),
        ("other_authority", "other_authority"),
        ("abroad_proved", "abroad"),
    ],
)
def test_every_proved_outcome_writes_where_the_child_is(case, people, as_, outcome, kind):
    load_authorities()
    close(as_(people.olive), case, outcome)
    place = Place.objects.get(child=case.child)
    assert (place.kind, place.is_confirmed) == (kind, True)
    assert place in Place.objects.on_day(today())
    assert fresh(case).closings.get().place == place
    assert not nowhere_known(on=today() + timedelta(365)).exists()


def test_a_fact_left_out_is_asked_for_and_what_was_typed_stays(case, people, as_):
    shown = page_of(close(as_(people.olive), case, confirmed_by=""))
    assert "Enter an answer to “Who at the school confirmed it?”" in shown.text
    assert WHY in shown.text
    assert "Hill House" in shown.answers.values()
    assert fresh(case).is_open


def test_a_first_day_still_to_come_proves_nothing(case, people, as_):
    tomorrow = today() + timedelta(1)
    shown = page_of(close(as_(people.olive), case, starts_on=tomorrow, attended_on=tomorrow))
    assert "still to come" in shown.text
    assert fresh(case).is_open
    assert not Place.objects.filter(child=case.child).exists()


def test_nobody_attends_before_the_first_day_on_the_roll(case, people, as_):
    before = school_day(school_day(today()) - timedelta(1))
    shown = page_of(close(as_(people.olive), case, attended_on=before))
    assert "before the first day on the roll" in shown.text
    assert fresh(case).is_open


def test_a_school_that_nobody_knows_is_not_taken_unasked(world, case, people, as_):
    client, stated = as_(people.olive), as_form(facts(on=today()))
    del stated["is_not_on_file"]
    unknown = ask(client, "close_as", case, "on-roll", why=WHY, version=case.version, **stated)
    assert "No school on file is called that" in page_of(unknown).text
    assert fresh(case).is_open


def test_a_school_named_in_part_is_chosen_before_it_is_kept(world, case, people, as_):
    """P30: which school was taken is seen first, even when one alone fits."""
    client, stated = as_(people.olive), as_form(facts(on=today()))
    del stated["is_not_on_file"]
    sent = {**stated, "school": "mill", "why": WHY, "version": case.version}
    shown = page_of(ask(client, "close_as", case, "on-roll", **sent))
    assert "Which of these schools do you mean?" in shown.text
    assert "Mill Lane School" in shown.text
    assert "number 310/2002, open" in shown.text
    assert "Select which school you mean" in shown.text
    assert fresh(case).is_open
    ask(client, "close_as", case, "on-roll", **sent, school_meant="3102002")
    assert fresh(case).closings.get().school == world.mill_lane


def test_two_schools_of_one_name_are_told_apart_and_can_be_chosen(world, case, people, as_):
    (closed,) = load(establishment("3102009", "Mill Lane School", status="Closed"))
    client, stated = as_(people.olive), as_form(facts(on=today()))
    del stated["is_not_on_file"]
    sent = {**stated, "school": "Mill Lane School", "why": WHY, "version": case.version}
    shown = page_of(ask(client, "close_as", case, "on-roll", **sent))
    assert shown.text.index("number 310/2002, open") < shown.text.index("number 310/2009, closed")
    refused = ask(client, "close_as", case, "on-roll", **sent, school_meant=closed.number)
    assert "Which school? Mill Lane School closed" in page_of(refused).text
    ask(client, "close_as", case, "on-roll", **sent, school_meant="3102002")
    assert fresh(case).closings.get().school == world.mill_lane


def test_what_is_unlikely_is_asked_about_once_and_kept_with_the_answer(world, case, people, as_):
    """P30, P43: what is only unlikely may be so; the case keeps why."""
    world.at_school(case.child, world.mill_lane)
    client = as_(people.olive)
    sent = {**as_form(facts("home_educated", on=today())), "why": WHY, "version": case.version}
    first = ask(client, "close_as", case, "home-educated", **sent)
    assert (
        "The record has the child at Mill Lane School since 2 September 2021" in page_of(first).text
    )
    assert fresh(case).is_open
    seen = first.context["form"]["explained"].value()
    unexplained = ask(client, "close_as", case, "home-educated", **sent, explained=seen)
    assert "Say why it is so, or correct the answers" in page_of(unexplained).text
    for nothing in ("x", "N/A", "?"):
        said = {**sent, "explained": seen, "explanation": nothing}
        shown = page_of(ask(client, "close_as", case, "home-educated", **said))
        assert f"“{nothing}” tells nobody anything" in shown.text
    assert fresh(case).is_open
    because = "The school takes the child off its roll tomorrow."
    ask(client, "close_as", case, "home-educated", **sent, explained=seen, explanation=because)
    closing = fresh(case).closings.get()
    assert (closing.doubts, closing.explanation) == (["place"], because)
    shown = page_of(client.get(reverse("casefile:case", args=[case.ref])))
    assert because in shown.text
    assert "The record has the child somewhere else" in shown.text


def test_an_explanation_answers_only_the_doubts_that_were_shown(world, case, people):
    world.at_school(case.child, world.mill_lane)
    with pytest.raises(actions.FactsRefused, match="Mill Lane School"):
        actions.close_case(
            case=case,
            outcome="home_educated",
            facts=facts("home_educated", on=AT.date()),
            why=WHY,
            by=people.olive,
            at=AT,
            explained=["age"],
            explanation="So it is.",
        )


@pytest.mark.parametrize(
    ("outcome", "kinds"),
    [
        ("other_authority", ["abroad", "home_education", "named"]),
        ("abroad_proved", ["abroad", "home_education", "named"]),
        ("on_roll", ["abroad", "home_education", "named"]),
        ("died", ["abroad", "home_education", "named"]),
    ],
)
def test_what_is_proved_ends_what_was_only_claimed(world, case, people, outcome, kinds):
    load_authorities()
    for kind in kinds:
        children.start_place(
            child=case.child,
            kind=PlaceKind(kind),
            from_on=LEFT_ON,
            source=world.source,
            provision="Said to be there",
        )
    actions.close_case(
        case=case,
        outcome=outcome,
        facts=facts(outcome, on=AT.date()),
        why=WHY,
        by=people.max,
        at=AT,
    )
    claims = Place.objects.filter(child=case.child, provision="Said to be there")
    assert sorted(claims.values_list("kind", flat=True)) == kinds
    assert not claims.filter(to_on__isnull=True).exists()


def test_abroad_is_worded_as_proved_or_as_claimed(case, people, as_):
    children_page = reverse("casefile:case_child", args=[case.ref])
    close(as_(people.max), case, "abroad_believed")
    assert "Said to be abroad" in page_of(as_(people.max).get(children_page)).text
    actions.reopen_case(case=fresh(case), why=WHY, by=people.max, at=timezone.localtime())
    close(as_(people.max), fresh(case), "abroad_proved")
    shown = page_of(as_(people.max).get(children_page))
    assert "Living abroad" in shown.text


def test_a_school_that_says_the_child_has_left_proves_nothing(world, people, as_):
    child = world.child()
    world.at_school(child)
    world.left(child)
    case = world.case(child, owner=people.olive)
    day = LEFT_ON - timedelta(1)
    shown = close(as_(people.olive), case, school=world.st_anns, starts_on=day, attended_on=day)
    assert "has said that the child left on 6 November 2026" in page_of(shown).text


def test_over_age_is_read_off_the_record(case, people, as_):
    """EA96 s.8: the date of birth on record decides, not a tick."""
    assert "of school age until" in page_of(close(as_(people.olive), case, "over_age")).text
    assert fresh(case).is_open


@pytest.mark.parametrize("mistake", ["educated", "not_of_age"])
def test_reported_in_error_must_be_what_the_record_says(case, people, as_, mistake):
    answer = close(as_(people.max), case, "reported_in_error", mistake=mistake)
    assert "on record" in page_of(answer).text
    assert fresh(case).is_open


def test_a_death_is_kept_on_the_child(case, people, as_):
    close(as_(people.max), case, "died")
    case.child.refresh_from_db()
    assert case.child.died_on == today()
    for page in (reverse("casefile:case_child", args=[case.ref]), f"/children/{case.child.ref}/"):
        shown = page_of(as_(people.max).get(page))
        assert f"Died {in_words(today())}" in shown.identity
        assert "Compulsory school age until" not in shown.identity
        assert ", Year " not in shown.identity


def test_a_death_recorded_in_error_is_taken_back_with_the_closing(case, people, as_):
    close(as_(people.max), case, "died")
    actions.reopen_case(case=fresh(case), why=WHY, by=people.max, at=timezone.localtime())
    case.child.refresh_from_db()
    assert case.child.died_on is None


@pytest.mark.parametrize("outcome", ["abroad_believed", "died", "reported_in_error"])
def test_what_leaves_a_child_unfound_is_for_a_manager(case, people, as_, outcome):
    """Access matrix, row 20."""
    client = as_(people.olive)
    answer = close(client, case, outcome)
    shown = page_of(client.get(answer["Location"]))
    assert "is for a manager to record" in shown.text
    assert "only a manager records them" in shown.text
    assert f"Ask {people.max.name}" in shown.text
    assert outcome not in shown.choices
    offered = page_of(as_(people.max).get(reverse("cases:close", args=[case.ref])))
    assert outcome in offered.choices
    close(as_(people.max), case, outcome)
    assert fresh(case).outcome == outcome


def test_the_same_child_is_joined_not_closed(case, people, as_):
    page = reverse("cases:close_as", args=[case.ref, "same-child"])
    assert as_(people.olive).get(page).status_code == 404
    with pytest.raises(Refused, match="Join the two records"):
        actions.close_case(
            case=case,
            outcome="same_child",
            facts={"reference": "K7F-2QM-9RT"},
            why=WHY,
            by=people.max,
            at=AT,
        )


def test_closing_asks_for_its_facts_and_why(case, people, as_):
    shown = page_of(ask(as_(people.olive), "close_as", case, "on-roll"))
    assert "Say why" in shown.text
    assert "Enter an answer to “Which school?”" in shown.text


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
    shown = page_of(ask(as_(people.olive), "reopen", case, why="The school was wrong"))
    assert "already has another open case" in shown.text


# Notes, people, clocks, alerts


def test_a_note_is_added_and_stays_as_written(case, people, as_):
    ask(as_(people.olive), "note", case, text="Rang the school", is_safeguarding="on")
    note = case.notes.get()
    assert (note.text, note.by, note.is_safeguarding) == ("Rang the school", people.olive, True)


def test_the_very_same_note_sent_again_from_a_page_loaded_anew_is_not_added(case, people, as_):
    client = as_(people.olive)
    ask(client, "note", case, text="Rang, no answer")
    shown = page_of(ask(client, "note", case, text="Rang, no answer"))
    assert "You wrote exactly this at" in shown.text
    assert shown.answers["text"] == "Rang, no answer"
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
    assert "Someone else changed this case" in page_of(answer).text
    assert fresh(case).owner == people.max


def test_a_case_is_given_to_a_colleague_who_can_own_one(case, people, as_):
    client = as_(people.olive)
    shown = page_of(client.get(reverse("cases:assign", args=[case.ref])))
    assert "Max Marsh" in shown.text
    assert "Cat Cole" not in shown.text
    ask(client, "assign", case, person=people.max.pk, version=case.version)
    assert fresh(case).owner == people.max
    assert "Choose a colleague" in page_of(ask(client, "assign", case)).text


def test_who_joins_the_team_sees_the_case_from_then_on(case, people, as_):
    page = reverse("casefile:case", args=[case.ref])
    assert as_(people.cat).get(page).status_code == 404
    ask(as_(people.olive), "join", case, person=people.cat.pk)
    assert as_(people.cat).get(page).status_code == 200


def test_school_staff_are_never_offered_for_a_team(case, people, as_):
    shown = page_of(as_(people.olive).get(reverse("cases:join", args=[case.ref])))
    for name in ("Sam Sharp", "Ola Okoro", "Ari Aydin", "Dee Diaz"):
        assert name not in shown.text


def test_a_clock_is_marked_as_done_with_what_was_done(case, people, as_):
    clock = case.deadlines.get(clock="first_enquiries_5")
    ask(as_(people.olive), "meet_clock", case, clock.pk, why="Rang three neighbours")
    clock.refresh_from_db()
    assert clock.met_on is not None
    assert case.steps.first().what == "Done: First enquiries made"


def due(day):
    return as_form({"due_on": day})


@pytest.mark.parametrize(
    "day", [date(2099, 1, 1), today() + timedelta(367), today() - timedelta(1)]
)
def test_a_clock_moves_neither_back_nor_for_ever(world, people, as_, day):
    """P32: at most a year ahead, and not past school age."""
    case = world.case(owner=people.olive)
    clock = case.deadlines.get(clock="first_enquiries_5")
    shown = page_of(ask(as_(people.olive), "move_clock", case, clock.pk, why=WHY, **due(day)))
    assert "New due day must be on or" in shown.text
    with pytest.raises(Refused, match="New due day: "):
        actions.move_deadline(
            case=case, deadline=clock, due_on=day, why=WHY, by=people.olive, at=timezone.localtime()
        )
    assert not DeadlineChange.objects.exists()


def test_a_local_clock_moves_with_a_reason_and_leaves_a_trace(case, people, as_):
    clock = case.deadlines.get(clock="first_enquiries_5")
    was = clock.due_on
    day = today() + timedelta(9)
    ask(as_(people.olive), "move_clock", case, clock.pk, why="Family in hospital", **due(day))
    clock.refresh_from_db()
    assert clock.due_on == day
    change = DeadlineChange.objects.get()
    assert (change.was_on, change.why, change.by) == (was, "Family in hospital", people.olive)
    shown = page_of(as_(people.olive).get(reverse("casefile:case", args=[case.ref])))
    assert "Day moved 1 time" in shown.text


def test_a_clock_of_the_law_is_not_moved_by_any_page(world, people, as_):
    case = world.case(reason="no_answer", owner=people.olive)
    clock = case.deadlines.get(clock="absence_20")
    day = today() + timedelta(9)
    shown = page_of(ask(as_(people.olive), "move_clock", case, clock.pk, why=WHY, **due(day)))
    assert "is set by law (Regs 2024) and cannot be moved" in shown.text
    assert not DeadlineChange.objects.exists()


def test_a_clock_of_another_case_is_not_reached_through_this_one(world, case, people, as_):
    other = world.case(world.child("Other")).deadlines.first()
    assert ask(as_(people.olive), "meet_clock", case, other.pk, why=WHY).status_code == 404
    other.refresh_from_db()
    assert other.met_on is None


def test_an_alert_is_settled_by_someone_who_says_what_was_done(case, people, as_):
    alert = actions.raise_alert(
        case=case, kind=AlertKind.LOST_AGAIN, quote="Seen at Mill Lane", at=AT
    )
    client = as_(people.olive)
    page = reverse("cases:settle", args=[case.ref, alert.pk])
    assert "Seen at Mill Lane" in page_of(client.get(page)).text
    client.post(page, {"why": "Rang Mill Lane: another child"})
    alert.refresh_from_db()
    assert (alert.settled_by, alert.settled_why) == (
        people.olive,
        "Rang Mill Lane: another child",
    )
    assert client.get(page).status_code == 404
