"""What the hub sent to home education or to attendance: who may see it, and what stands there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.messages.kinds import letter
from onroll.messages.models import Kind, Message
from onroll.referrals import actions, queries
from onroll.referrals.codes import Decision
from onroll.referrals.models import HomeEducationReport, HubDecision, Referral
from onroll.rules.day import PLACES, Call
from onroll.rules.grades import Grade
from onroll.rules.refusal import Refused
from onroll.rules.school_reports import Concern
from onroll.schools.queries import our_policy
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import decide, refer

pytestmark = pytest.mark.django_db
DANGER = PLACES[Call.DANGER].because
ATTENDANCE, HOME_EDUCATION = Decision.ATTENDANCE, Decision.HOME_EDUCATION


def sent(people: People, way: Decision = ATTENDANCE, ref: str = "234-567-89A") -> HubDecision:
    decide(refer(ref, worry="She has bruises."), way, by=people.mo, why="Sam Example was hit.")
    return HubDecision.objects.get(entry__referral__ref=ref)


@pytest.mark.parametrize("way", [ATTENDANCE, HOME_EDUCATION])
def test_nothing_of_the_child_stands_there_nor_in_the_message(
    people: People, way: Decision
) -> None:
    """Matrix, rows 9 and 16: neither notes nor what the hub wrote."""
    decision = sent(people, way)
    reader = Visitor(people.cat if way is ATTENDANCE else people.hal)
    texts = [reader.open(page).text for page in ("/sent-to-you/", f"/sent-to-you/{decision.ref}/")]
    whole = letter(Kind.REFERRAL_SENT, decision.ref)
    for text in (*texts, reader.open("/today/").text, whole.subject, whole.body):
        assert not any(word in text for word in ("Sam", "Example", "bruises", "was hit"))
    assert decision.ref in texts[0]


@pytest.mark.parametrize(
    "who", ["mo", "olive", "max", "ada", "sen", "sam", "dee", "pat", "ola", "ari"]
)
def test_who_has_no_such_desk_sees_nothing(people: People, who: str) -> None:
    """P15: who has it at the hub enters the receipt on the hub's own page."""
    decision = sent(people)
    person = Visitor(getattr(people, who))
    assert person.open("/sent-to-you/").status == 403
    for page in ("", "outcome/"):
        assert person.open(f"/sent-to-you/{decision.ref}/{page}").status in (403, 404)
        answer = person.client.post(f"/sent-to-you/{decision.ref}/{page}", {"words": "x"})
        assert answer.status_code in (403, 404)
    assert HubDecision.objects.get().receipt_on is None


def test_each_desk_has_its_own(people: People) -> None:
    attendance, home = sent(people), sent(people, HOME_EDUCATION, "334-567-89A")
    shown = {
        name: [d.ref in Visitor(getattr(people, name)).open("/sent-to-you/").text for d in found]
        for found in [(attendance, home)]
        for name in ("cat", "hal")
    }
    assert shown == {"cat": [True, False], "hal": [False, True]}
    assert Visitor(people.hal).open(f"/sent-to-you/{attendance.ref}/").status == 404
    assert Visitor(people.cat).open(f"/sent-to-you/{home.ref}/").status == 404


@pytest.mark.parametrize("who", ["olive", "max", "mo"])
def test_who_sees_all_that_was_sent_on_sees_it_there(people: People, who: str) -> None:
    """Matrix, rows 16 and 22: the lead officer and the manager are sent nothing of it."""
    home = sent(people, HOME_EDUCATION)
    person = Visitor(getattr(people, who))
    assert person.open(f"/sent-to-you/{home.ref}/").status == 404
    person.open("/referrals/?list=sent_on").see(home.entry.referral.ref, "To home education")
    if who != "mo":
        reports = person.open("/home-education/reports/")
        assert "Sent to you by the hub" not in reports.text
        reports.follow("sent on").see(home.entry.referral.ref)
    Visitor(people.hal).open("/home-education/reports/").follow("Sent to you by the hub")


def test_by_the_setting_attendance_is_the_home_education_adviser_s(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P02; policy p.3, 5."""
    policy = replace(our_policy(), attendance_to="home_education")
    monkeypatch.setattr("onroll.referrals.desks.our_policy", lambda: policy)
    decision = sent(people)
    assert [message.user for message in Message.objects.all()] == [people.hal]
    assert Visitor(people.cat).open("/sent-to-you/").status == 403
    hal = Visitor(people.hal).open(f"/sent-to-you/{decision.ref}/").send("I have this")
    hal.follow("Say what came of it").send("Save", words="Back.").see("Back.")


def test_what_goes_elsewhere_is_told_to_nobody_here(people: People) -> None:
    sent(people, Decision.EARLY_HELP)
    assert not Message.objects.exists()


def test_what_the_hub_took_back_waits_for_nobody(people: People) -> None:
    """The link of the message says so, and the receipt is refused."""
    decision = sent(people)
    late = Visitor(people.cat).open(f"/sent-to-you/{decision.ref}/")
    referral = Referral.objects.get()
    at = AT + timedelta(hours=1)
    actions.open_again(entry=decision.entry, why="Not on a roll.", by=people.mo, at=at)
    late.send("I have this").see("The hub has taken this back.")
    late.open(f"/sent-to-you/{decision.ref}/").see("Taken back")
    assert decision.ref not in late.open("/sent-to-you/").text
    assert not referral.children.get().decisions.exclude(receipt_on=None).exists()


def test_two_take_one_child_and_the_second_is_told_who_has_it(people: People) -> None:
    decision = sent(people)
    actions.take_sent(decision=decision, by=people.cat, at=timezone.localtime())
    with pytest.raises(Refused, match="Cat Cole has this already"):
        actions.take_sent(decision=decision, by=people.cat, at=timezone.localtime())


def test_a_school_s_report_of_the_same_child_is_received_with_it(people: People) -> None:
    """P68: one receipt for both."""
    decision = sent(people, HOME_EDUCATION)
    referral = Referral.objects.get()
    actions.pass_to_home_education(referral, [Concern.HOME_EDUCATION], at=AT)
    hal = Visitor(people.hal).open(f"/sent-to-you/{decision.ref}/").see("read its report")
    hal.send("I have this")
    assert HomeEducationReport.objects.get().received_by == people.hal
    assert "1school" not in hal.open("/today/").text


@pytest.mark.parametrize(("way", "who"), [(ATTENDANCE, "cat"), (HOME_EDUCATION, "hal")])
def test_what_is_not_for_a_desk_goes_back_to_the_hub_with_a_reason(
    people: People, way: Decision, who: str
) -> None:
    """As the lead officer turns back: it waits with the hub again, with its clock and on Today."""
    decision, person = sent(people, way), getattr(people, who)
    desk = Visitor(person).open(f"/sent-to-you/{decision.ref}/")
    desk.follow("Not for me: back to the hub")
    desk.send("Back to the hub", why=" ").see("Say why it is not for you")
    desk.send("Back to the hub", why="He is on a roll.").see("It is back with the hub")
    desk.see("Turned back", "Nothing waits for you here any more")
    assert decision.ref not in desk.open("/sent-to-you/").text
    referral = Referral.objects.get()
    assert queries.hub_queue(people.mo, at=AT, whose="back").get() == referral
    assert not HubDecision.objects.sent_on().exists()
    assert [clock.clock for clock in referral.deadlines.running()] == ["referral_decision_1"]
    assert not decision.deadlines.running().exists()
    mo = Visitor(people.mo).open("/today/").follow("referral turned back to the hub")
    mo.see(f"{person.name}: He is on a roll.").follow(referral.ref)
    mo.see(f"Turned back by {person.name}", "He is on a roll.")


def test_what_somebody_has_does_not_go_back_from_its_desk(people: People) -> None:
    decision = sent(people)
    late = Visitor(people.cat).open(f"/sent-to-you/{decision.ref}/turn-back/")
    actions.take_sent(decision=decision, by=people.cat, at=timezone.localtime())
    late.send("Back to the hub", why="A slip.").see("Cat Cole has this already.", "A slip.")
    assert HubDecision.objects.get().turned_back_at is None
    assert "Not for me" not in late.open(f"/sent-to-you/{decision.ref}/turn-back/").text


def test_what_is_done_says_in_its_row_what_came_of_it(people: People) -> None:
    decision, home = sent(people), sent(people, HOME_EDUCATION, "334-567-89A")
    back = sent(people, ref="434-567-89A")
    cat = Visitor(people.cat)
    for each in (decision, back):
        cat.open(f"/sent-to-you/{each.ref}/").send("I have this")
    assert "What came of it" not in cat.open("/sent-to-you/?list=outcome").text
    cat.open(f"/sent-to-you/{decision.ref}/outcome/").send("Save", words="Back at school since.")
    actions.open_again(entry=back.entry, why="Not his.", by=people.mo, at=timezone.localtime())
    done = cat.open("/sent-to-you/").follow("Done")
    done.see("What came of it", "Back at school since.", "The hub took it back")
    assert "Receipt due" not in done.text
    hal = Visitor(people.hal).open(f"/sent-to-you/{home.ref}/").send("I have this")
    hal.open("/sent-to-you/?list=over").see("Home education has it. Nothing more is asked.")


@pytest.mark.parametrize("how", ["urgent", "red"])
@pytest.mark.parametrize("way", [ATTENDANCE, HOME_EDUCATION])
def test_a_desk_sees_that_a_child_is_urgent_and_its_day_calls_until_somebody_has_them(
    people: People, way: Decision, how: str
) -> None:
    """On its list, on the item, and on the school's report of the same; red is said to be red."""
    mark = "Urgent" if how == "urgent" else "Graded red"
    calm = sent(people, way, "334-567-89A")
    referral = refer(urgent_why="He was hit." if how == "urgent" else "")
    grade = Grade.RED if how == "red" else Grade.AMBER
    decide(referral, way, by=people.mo, grade=grade, contradicts_why="They have the papers.")
    grave = HubDecision.objects.get(entry__referral=referral)
    reader = Visitor(people.cat if way is ATTENDANCE else people.hal)
    page = reader.open("/sent-to-you/").see(f"{grave.ref} {mark}")
    assert page.text.index(grave.ref) < page.text.index(calm.ref)
    assert f"{calm.ref} {mark}" not in page.text
    today = reader.open("/today/")
    today.see("1 child whom the hub sent to you, urgent or graded red", DANGER)
    assert "2 children whom the hub sent to you" not in today.text
    if way is HOME_EDUCATION:
        actions.pass_to_home_education(referral, [Concern.HOME_EDUCATION], at=AT)
        reader.open("/home-education/reports/").see(f"{referral.ref} {mark}")
        reader.open(f"/home-education/reports/{referral.ref}/").see(mark)
    reader.open(f"/sent-to-you/{grave.ref}/").see(mark).send("I have this")
    today = reader.open("/today/")
    assert DANGER not in today.text
    assert "urgent or graded red" not in today.text
