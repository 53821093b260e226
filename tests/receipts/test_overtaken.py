"""Two windows are open on one thing, and both are answered: the second overwrites nothing.

It is told what happened, and what was typed is still there.
"""

import pytest
from django.db import transaction

from onroll.cases import actions as cases
from onroll.cases.models import SavedView, Sighting
from onroll.clocks.models import DeadlineChange
from onroll.rules.refusal import Refused
from tests import routes
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.reading import Page
from tests.receipts.forms import DUE, FORMS, fill_in, filled_in
from tests.receipts.test_sent_twice import state

OTHER = "Said otherwise in the other window"
WORDS = {
    "cases:move": "Someone else changed this case",
    "cases:close_as": "Someone else changed this case",
    "cases:reopen": "Someone else changed this case",
    "cases:move_clock": "Someone else changed this case",
    "cases:meet_clock": "This clock ended on",
    "cases:reasons": "Someone else changed this case",
    "cases:missed_change": "Someone else changed this case",
    "children:correct": "This was changed after you opened the page",
    "cases:review": "Somebody has answered this meanwhile",
    "cases:review_risks": "Someone else changed this case",
    "cases:risk_level": "Someone else changed this case",
    "cases:manager_review": "Someone else changed this case",
    "cases:answer_manager": "Max Marsh has answered this meanwhile",
    "cases:answer_worry": "Olive Obi wrote down what was done meanwhile",
    "cases:tell_care": "Olive Obi wrote down who was told meanwhile",
    "cases:withdraw_sighting": "Olive Obi withdrew this meanwhile",
    "cases:review_warning": "Olive Obi ended this warning meanwhile",
    "cases:seal": "Mo Malik sealed this case meanwhile",
    "cases:unseal": "Mo Malik unsealed this case meanwhile",
    "cases:decline_seal": "Mo Malik answered this proposal meanwhile",
    "cases:propose_seal": "Olive Obi has proposed this already",
    "glass:review": "Pat Patel reviewed this meanwhile",
    "advice:pupil_message": "Olive Obi has answered this message meanwhile",
    "cases:settle": "Olive Obi settled this alert meanwhile",
    "cases:mute_alerts": "Olive Obi muted this meanwhile",
    "cases:show_alerts_again": "Somebody has had this shown again meanwhile",
    "intake:settle": "Someone answered before you",
    "intake:confirm": "Someone answered before you",
    "lists:finding": "Someone answered before you",
    "lists:finding_place": "Someone answered before you",
    "duplicates:merge": "This can no longer be saved",
    "duplicates:apart": "This can no longer be saved",
    "duplicates:propose": "This can no longer be saved",
    "cases:assign": "Someone else changed this case",
    "cases:assign_several": "Max Marsh has it already.",
    "cases:cover": "Somebody said something else about this absence",
    "cases:end_cover": "Somebody said something else about this absence",
    "cases:take": "Someone else changed this case",
    "referrals:take_on": "This referral changed after you opened the page",
    "referrals:put_down": "This referral changed after you opened the page",
    "referrals:decide": "Mo Malik decided about this referral meanwhile: No further action",
    "referrals:joined": "This referral changed after you opened the page",
    "referrals:read_notices": "Somebody has read of these meanwhile",
    "referrals:answered": "This referral changed after you opened the page",
    "referrals:grade": "This referral changed after you opened the page",
    "referrals:receipt": "This referral changed after you opened the page",
    "referrals:outcome": "This referral changed after you opened the page",
    "referrals:sent": "Cat Cole has this already",
    "referrals:sent_outcome": "What came of this child is entered already",
    "referrals:sent_turn_back": "Cat Cole turned this back to the hub meanwhile",
    "referrals:sent_not_taken": "Nobody has this child now",
    "referrals:receipt_mistake": "This referral changed after you opened the page",
    "referrals:acceptance_mistake": "This referral changed after you opened the page",
    "referrals:accept": "Olive Obi accepted this child meanwhile",
    "referrals:open_again": "Mo Malik opened this child again meanwhile",
    "referrals:turn_back": "Olive Obi turned this child back meanwhile",
    "admissions:family": "A colleague has taken note of this family meanwhile",
    "advice:check": "Olive Obi has answered this school meanwhile",
    "agencies:agency": "Someone else changed this agency",
    "agencies:end_code": "This code was ended meanwhile",
    "referrals:quarantined": "Somebody has answered about these forms meanwhile",
    "referrals:report": "has received this already",
    "referrals:report_mistake": "Nobody has received this report now",
    "enquiries:act": "You recorded exactly this",
    "school_enquiries:answer": "You recorded exactly this",
    "enquiries:plan": "Somebody has put some of these on the list meanwhile",
    "record:answer": "wrote down an answer of",
    "cases:action_point": "wrote down meanwhile what came of it",
    "school:new_file": "wrote down meanwhile what came of it",
    "meetings:talk": "wrote down meanwhile what was said",
    "meetings:remove": "took it off meanwhile",
    "meetings:end": "The meeting has ended",
    "case_audits:grade": "filled in this form meanwhile",
    "case_audits:leave_out": "left it out meanwhile",
    "case_audits:end": "This audit has ended",
    "letters:write": "This letter was made today",
    "letters:new": "This letter was made today",
    "letters:became": "This was written down meanwhile",
    "sharing:new": "Somebody asked about some of these meanwhile",
    "sharing:withdraw": "withdrew this line meanwhile",
    "sharing:replies": "This was answered meanwhile",
    "intake:columns": "The list is read as they said",
}
"""What the second is told, by route. Of the last three nothing was typed."""

NOTHING_TO_OVERTAKE = {
    "account_role": "one's own role",
    "reason": "each reason is kept",
    "cases:keep_view": "see below",
    "cases:forget_view": "one's own view",
    "cases:add_warning": "each warning is kept",
    "cases:police": "each telling is kept; the very same is refused",
    "enquiries:record_visit": "each visit is kept; the very same is refused",
    "advice:add_pupil_message": "each message is kept",
    "cases:join": "who is on the team stays on it",
    "cases:leave_team": "who has left the team has left it",
    "glass:open": "each use is written down",
    "cases:note": "each note is kept",
    "cases:ask_manager": "each question is kept; the same is refused",
    "cases:read_answer": "what is read stays read",
    "cases:see_alerts": "what is seen stays seen",
    "cases:see": "each telling is kept; the very same is refused, tests/cases/test_sightings.py",
    "cases:add": "each starts a form of one's own",
    "cases:new_child": "one's own form; sent twice, tests/cases/test_entry.py",
    "cases:open_for_child": "a second reason joins the case",
    "enquiries:add": "each enquiry is kept",
    "enquiries:read": "what is read stays read",
    "school_enquiries:add": "each enquiry is kept",
    "diary:make": "one's own address",
    "messages:choose": "one's own choice",
    "diary:withdraw": "one's own address",
    "record:tell": "each telling is kept; the very same is refused, tests/record",
    "record:complain": "each complaint is kept; the very same is refused",
    "record:make_file": "each file is kept",
    "meetings:plan": "each meeting is kept; the very same is refused, tests/meetings",
    "meetings:propose": "what is on the agenda stays on it",
    "meetings:add": "what is on the agenda stays on it, tests/meetings",
    "meetings:decide": "each decision is kept; the very same is refused, tests/meetings",
    "case_audits:start": "each audit is kept; the very same is refused, tests/case_audits",
    "case_audits:ask": "each action is kept; the very same is refused, tests/case_audits",
    "letters:heard": "each telling is kept; the very same is one",
    "letters:answer": "each answer is kept; the very same is one, tests/letters",
    "sharing:add": "each line is kept",
    "sharing:ask": "each request is kept; the same one is refused, tests/sharing",
    "admissions:tell": "each family is kept",
    "advice:ask_for_checks": "each request is kept",
    "advice:ask_for_checks_of_pupil": "each request is kept",
    "referrals:start_record": "each record is kept",
    "referrals:start_record_of_pupil": "each record is kept",
    "referrals:start_recorded": "begins a form of one's own",
    "agencies:add": "a second of the same name is refused in words",
    "agencies:give_code": "each is a code of its own",
    "advice:roll_question": "each question is written down",
    "advice:roll_question_by_code": "each question is written down",
    "advice:school_check": "begins a form of one's own",
    "advice:roll_answer": "begins a form of one's own",
    "referrals:refer": "each starts a form of one's own",
    "referrals:add_update": "each addition is kept",
    "referrals:answer_risk": "what is answered is asked no more; tests/referrals/test_owed_risk.py",
    "referrals:own_risk": "what is answered is asked no more; tests/referrals/test_owed_risk.py",
    "drafts:link": "whoever has the link goes on with it",
    "referrals:own_add": "each addition is kept",
    "referrals:lost_link": "each wish is the same",
    "referrals:to_hub": "a second worry is added to the first; tests/referrals/test_open_cases.py",
    "referrals:information": "each telling is kept",
    "messages:again": "each is tried anyway",
    "referrals:read": "what is read stays read",
    "referrals:form": "one's own form; sent twice, tests/referrals/test_anyone.py",
    "referrals:professional": "each starts a form of one's own",
    "referrals:professional_form": "one's own form",
    "referrals:pupil": "each starts a form of one's own",
    "referrals:pupil_form": "one's own form",
    "referrals:school_new": "each starts a form of one's own",
    "referrals:school_form": "one's own form",
    "referrals:typed": "each starts a form of one's own",
    "referrals:typed_form": "one's own form",
    "intake:upload": "each file is kept",
    "intake:upload_list": "each list is kept",
    "intake:again": "asks for nothing",
    "school_upload": "each file is kept",
    "school_columns": "as intake:columns",
    "weekly_read": "one's own notice",
    "advice:read_answer": "one's own notice",
    "schools:load": "brings a whole file up to date",
    "schools:terms": "brings a whole list up to date",
}


NOT_CASEWORK = {"access_event", "security_event", "receipts_receipt"}


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.build()


def test_every_form_says_what_happens_to_who_comes_second() -> None:
    assert set(WORDS) | set(NOTHING_TO_OVERTAKE) == set(FORMS)
    assert not set(WORDS) & set(NOTHING_TO_OVERTAKE)


def test_who_answers_second_overwrites_nothing_and_keeps_their_words(world: routes.World) -> None:
    found = []
    for route, words in WORDS.items():
        with transaction.atomic():
            found += _faults(world, route, words)
            transaction.set_rollback(True)
    assert found == []


SIDE_BY_SIDE = (
    *("cases:move", "cases:reopen", "cases:move_clock", "cases:reasons", "cases:assign"),
    *("children:correct", "agencies:agency", "record:answer"),
    *("referrals:grade", "referrals:decide", "enquiries:act", "school_enquiries:answer"),
    *("sharing:withdraw", "cases:answer_worry", "cases:tell_care", "cases:withdraw_sighting"),
)
"""Where two people write the same thing: the second sees what each wrote."""


def test_who_comes_second_sees_what_each_wrote_side_by_side(world: routes.World) -> None:
    silent = []
    for route in SIDE_BY_SIDE:
        with transaction.atomic():
            text = _second_page(world, route)
            if not all(words in text for words in ("What stands now", "What you typed")):
                silent.append((route, text))
            transaction.set_rollback(True)
    assert silent == []


def _second_page(world: routes.World, route: str) -> str:
    """Return what the second is shown, who typed something else than the first."""
    first, form = fill_in(world, route)
    second = Visitor(getattr(world.people, FORMS[route].who)).open(first.address)
    late = filled_in(world, route, second)
    names = ("why", "remark", "answer", "phone", "forename", "words", "care_name")
    typed = {name: OTHER for name in names if name in late.whole()}
    first.client.post(form.address, form.whole())
    answer = second.client.post(late.address, late.whole() | typed, follow=True)
    return Page(answer.content).text


BY_A_COLLEAGUE = ("enquiries:act", "cases:answer_worry", "cases:tell_care", "sharing:withdraw")
TWICE = {"enquiries:act", "cases:answer_worry", "cases:tell_care"}
"""Where what the second typed is kept, too, once they have seen what the first wrote."""


def test_a_colleague_sees_who_saved_and_when_and_chooses(world: routes.World) -> None:
    wrong = []
    for route in BY_A_COLLEAGUE:
        with transaction.atomic():
            wrong += _as_a_colleague(world, route)
            transaction.set_rollback(True)
    assert wrong == []


def _as_a_colleague(world: routes.World, route: str) -> list[str]:
    """Return what is wrong where Max answers what Olive has answered since he opened the page."""
    olive, form = fill_in(world, route)
    max_ = Visitor(world.people.max).open(olive.address)
    names = [name for name in ("why", "words", "care_name") if name in form.data]
    late = filled_in(world, route, max_, **dict.fromkeys(names, OTHER))
    olive.client.post(form.address, form.whole())
    before = state()
    max_.arrive(max_.client.post(late.address, late.whole()))
    text, now = max_.text, state()
    kept = [*Page(max_.content).answers.values(), text]
    found = []
    if not all(words in text for words in ("Olive Obi", "meanwhile, on ", form.data[names[0]])):
        found.append(f"{route} does not say who wrote what, and when: {text[:600]}")
    if {n for n in now if now[n] != before.get(n, 0)} - NOT_CASEWORK:
        found.append(f"{route} changed something.")
    if not any(OTHER in words for words in kept):
        found.append(f"{route} forgot what was typed.")
    again = filled_in(world, route, max_, **dict.fromkeys(names, OTHER))
    status = max_.client.post(again.address, again.whole()).status_code
    if (status == 302) is not (route in TWICE):
        found.append(f"{route}, sent again: {status}")
    return found


def test_what_a_second_person_says_was_done_is_added_to_what_the_first_wrote(
    world: routes.World,
) -> None:
    olive, form = fill_in(world, "cases:answer_worry")
    max_ = Visitor(world.people.max).open(olive.address)
    late = filled_in(world, "cases:answer_worry", max_, why=OTHER)
    olive.client.post(form.address, form.whole())
    max_.arrive(max_.client.post(late.address, late.whole()))
    again = filled_in(world, "cases:answer_worry", max_, why=OTHER)
    max_.client.post(again.address, again.whole())
    row = Sighting.objects.latest("pk")
    assert row.answer.startswith(str(form.data["why"]))
    assert row.answer.endswith(OTHER)
    assert "Max Marsh, " in row.answer
    assert row.answered_by == world.people.olive


@pytest.mark.parametrize("facts", [False, True])
def test_who_sets_the_level_second_sees_the_level_and_the_reason_of_the_first(
    world: routes.World, facts: bool
) -> None:
    """Also where the first took back what was set, so that the facts count again."""
    if facts:
        olive, form = fill_in(world, "cases:risk_level")
        olive.client.post(form.address, form.whole())
    olive, form = fill_in(world, "cases:risk_level")
    max_ = Visitor(world.people.max).open(olive.address)
    first = {"level": "low" if facts else "high", "why": "A neighbour heard shouting."}
    late = filled_in(world, "cases:risk_level", max_, level="medium", why=OTHER)
    assert olive.client.post(form.address, form.whole() | first).status_code == 302
    max_.arrive(max_.client.post(late.address, late.whole()))
    title = "Low risk" if facts else "High risk"
    max_.see(
        f"How grave is this case? {title}", f"Why? A neighbour heard shouting. {OTHER}", "Olive Obi"
    )
    assert "No reason given" not in max_.text


def test_the_hub_sees_what_a_colleague_wrote_of_a_referral(world: routes.World) -> None:
    first, form = fill_in(world, "referrals:grade")
    second = Visitor(world.people.mo).open(first.address)
    late = filled_in(world, "referrals:grade", second, grade="amber", why=OTHER)
    first.client.post(form.address, form.whole() | {"why": "Nobody has seen the child."})
    second.arrive(second.client.post(late.address, late.whole()))
    second.see("Mo Malik, ", "Graded red", "Nobody has seen the child.", OTHER)
    again = filled_in(world, "referrals:grade", second, grade="amber", why=OTHER)
    assert second.client.post(again.address, again.whole()).status_code == 302


def _faults(world: routes.World, route: str, words: str) -> list[str]:
    first, form = fill_in(world, route)
    second = Visitor(getattr(world.people, FORMS[route].who)).open(first.address)
    typed = {name: OTHER for name in ("why", "remark") if name in form.data}
    late = filled_in(world, route, second, **typed)
    if first.client.post(form.address, form.whole()).status_code != 302:
        return [f"{route} was not taken."]
    before = state()
    answer = second.client.post(late.address, late.whole(), follow=True)
    page = Page(answer.content)
    said, kept = page.text, [page.text, *page.answers.values()]
    changed = {name for name, n in state().items() if n != before.get(name, 0)}
    return [
        *([f"{route} changed {changed}."] if changed - NOT_CASEWORK else []),
        *([f"{route} does not say what happened."] if words not in said else []),
        *([f"{route} forgot what was typed."] if typed and OTHER not in " ".join(kept) else []),
    ]


# A form that does not say which state was seen


VERSIONS = (None, "", "x", "9" * 30, "-1")


def test_a_case_is_not_changed_by_a_form_that_does_not_say_which_state_was_seen(
    world: routes.World,
) -> None:
    for route in ("cases:move", "cases:assign", "cases:move_clock", "cases:close_as"):
        for version in VERSIONS:
            with transaction.atomic():
                _send_with_version(world, route, version)
                transaction.set_rollback(True)


def _send_with_version(world: routes.World, route: str, version: str | None) -> None:
    olive, form = fill_in(world, route)
    whole = {name: value for name, value in form.whole().items() if name != "version"}
    before = state()
    sent = whole if version is None else whole | {"version": version}
    olive.arrive(olive.client.post(form.address, sent))
    assert {name for name, n in state().items() if n != before.get(name, 0)} == {"access_event"}
    assert olive.status == 200
    says = ("We cannot tell whether the case has changed", "Someone else changed this case")
    assert any(words in olive.text for words in says), (route, version)
    again = filled_in(world, route, olive)
    assert olive.client.post(again.address, again.whole()).status_code == 302


def test_a_button_that_does_not_say_which_state_was_seen_takes_nothing(world: routes.World) -> None:
    olive, form = fill_in(world, "cases:take")
    whole = {name: value for name, value in form.whole().items() if name != "version"}
    olive.arrive(olive.client.post(form.address, whole, follow=True))
    olive.see("We cannot tell whether the case has changed")
    world.ours.refresh_from_db()
    assert world.ours.owner is None


def test_a_clock_moved_twice_from_one_page_is_moved_once(world: routes.World) -> None:
    olive, form = fill_in(world, "cases:move_clock")
    olive.client.post(form.address, form.whole())
    olive.client.post(form.address, form.whole() | {**DUE, "why": OTHER})
    assert DeadlineChange.objects.count() == 1


def test_other_filters_are_not_kept_over_those_of_the_same_name(people: People) -> None:
    def save(**filters: str) -> SavedView:
        return cases.save_view(user=people.olive, name="Mine", filters=filters)

    save(owner="me")
    with pytest.raises(Refused), transaction.atomic():
        save(stage="reported")
    assert save(owner="me").filters == {"owner": "me"}
