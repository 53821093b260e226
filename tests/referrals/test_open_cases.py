"""Children with open cases go to their worker; a case goes to the hub (P15, P42)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from onroll.audit.models import AccessEvent
from onroll.casefile.whole_day import WholeDay
from onroll.cases import actions as cases
from onroll.cases.models import Case, CaseReason
from onroll.cases.offers import Oldest
from onroll.cases.queries import reasons_of
from onroll.cases.queries.waiting import counted
from onroll.children.actions import AddressFacts
from onroll.clocks.models import Deadline
from onroll.govuk.templatetags.govuk import when as draw_when
from onroll.messages.models import Kind, Message
from onroll.referrals import actions, queries, tables, tasks
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import (
    HubDecision,
    HubNotice,
    Notification,
    Referral,
    ReferralStep,
)
from onroll.referrals.news import news_table
from onroll.rules import hours
from onroll.rules.dated import in_words
from onroll.rules.day import PLACES, Call
from onroll.rules.grades import Grade
from onroll.rules.refusal import Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS, Checks
from onroll.rules.urgency import GONE_MISSING
from onroll.schools.queries import our_policy
from tests import proof
from tests.cases.world import AT, BORN, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CALM, CHECKED, GRADED, decide, hand_over, refer
from tests.referrals.of_day import day_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
IN_DANGER = PLACES[Call.DANGER].because
SAM = ChildWords(forename="Sam", surname="Example", born_on=BORN)


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give an open case that Olive works on."""
    case = world.case(world.child("Sam", "Example"))
    return cases.assign_case(case=case, owner=people.olive, by=people.max, at=AT)


def test_a_child_with_an_open_case_goes_to_its_worker_and_not_through_the_hub(
    case: Case, people: People
) -> None:
    """Casework 5.1: contact is not referral."""
    referral = refer(children=(SAM,))
    assert referral.stage == "handed_over"
    assert not queries.hub_queue(people.mo, at=AT).exists()
    decision = queries.hand_overs(people.olive).get()
    assert (decision.decision, decision.by) == ("open_case", None)
    assert decision.deadlines.get(clock="referral_acceptance_1").is_running
    assert [m.user for m in Message.objects.exclude(kind=Kind.CASE_GIVEN)] == [people.olive]
    olive = Visitor(people.olive).open("/today/").follow("referral about your cases")
    olive.follow(referral.ref).see("works on it and sees this too").send("Take it into the case")
    olive.see("It has joined the case.", "Accepted", "Olive Obi")
    joined = reasons_of(case)[-1]
    assert (joined.code, Case.objects.count()) == ("referral", 1)
    referral.refresh_from_db()
    assert referral.stage == "accepted"
    olive.open(f"/cases/{case.ref}/chronology/").see("Came in, from: A neighbour", "Read for case")


@pytest.mark.parametrize(
    "child",
    [
        ChildWords(forename="Sam", surname="Example"),
        ChildWords(forename="Sam", surname="Other", born_on=BORN),
        ChildWords(forename="Sam", born_on=BORN + DAY),
        ChildWords(home="12 Elm Road", born_on=BORN),
    ],
)
def test_who_is_not_certainly_the_child_goes_to_the_hub(case: Case, child: ChildWords) -> None:
    referral = refer(children=(child,))
    assert referral.stage == "contact"
    assert referral.children.get().known_case is None


def test_two_children_of_one_name_and_birthday_go_to_the_hub(
    case: Case, world: World, people: People
) -> None:
    world.child("Sam", "Example")
    assert refer(children=(SAM,)).stage == "contact"


def test_a_protected_child_is_not_looked_for(world: World, people: People) -> None:
    world.case(world.child("Sam", "Example", is_protected=True))
    assert refer(children=(SAM,)).children.get().known_case is None


def test_a_case_of_nobody_or_of_who_sees_no_referrals_is_left_to_the_hub(
    case: Case, people: People
) -> None:
    Case.objects.update(owner=people.hal)
    assert refer(children=(SAM,)).stage == "contact"
    Case.objects.update(owner=None)
    assert refer("345-678-9AB", children=(SAM,)).stage == "contact"


def test_an_urgent_one_is_seen_by_hub_and_worker_at_once(case: Case, people: People) -> None:
    """P15."""
    referral = refer(children=(SAM,), urgent_why="He was hit.")
    assert referral.stage == "contact"
    assert [m.user for m in Message.objects.exclude(kind=Kind.CASE_GIVEN)] == [people.olive]
    for person, words in ((people.mo, "for the hub to decide"), (people.olive, "your cases")):
        Visitor(person).open("/today/").follow(words).see(referral.ref)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.see(f"Case {case.ref}: Sam Example")
    decide(referral, Decision.OPEN_CASE, by=people.mo, case=case)
    assert referral.children.get().case == case


def test_who_works_on_an_open_case_reads_that_its_child_did_not_join_it(
    case: Case, people: People
) -> None:
    """The hub says why not, and is not held up; the page shows the worker what was checked."""
    referral = refer(children=(SAM,), urgent_why="He was hit.")
    page = f"/referrals/{referral.ref}/"
    mo = Visitor(people.mo).open(f"{page}decide/")
    answers = {**CHECKED, "risk": "not_sure", "decision": "advice", "why": "He is safe."}
    mo.send("Save the decision", **answers).see(
        f"the referral is urgent and case {case.ref} is open for this child, worked on by Olive "
        "Obi: say why it is not joined, and why that is right all the same"
    )
    assert not HubDecision.objects.exists()
    assert "What was checked" not in Visitor(people.olive).open(page).text
    mo.send("Save the decision", contradicts_why="Olive knows.").see("Decided.", "Olive knows.")
    assert HubDecision.objects.get().contradicts == ["urgent", "open_case"]
    part = day_of(people.olive, at=AT)
    assert part is not None
    row = WholeDay([part])[0]
    assert (row.ref, row.step) == (referral.ref, "Read it")
    olive = Visitor(people.olive).open("/today/").follow("Read it")
    olive.see("New for you", "The hub decided", "A risk Not sure", "Olive knows.", "He is safe.")
    assert "Nora Nextdoor" not in olive.text
    olive.open("/referrals/?list=news").see("The hub decided").follow(referral.ref)
    olive.send("I have read it").open("/referrals/?list=news").see("There is nothing new for you")


@pytest.mark.parametrize("way", [Decision.OPEN_CASE, Decision.LEAD_OFFICER])
def test_what_joins_the_open_case_asks_for_no_reason(
    case: Case, people: People, way: Decision
) -> None:
    """With the decision, or with the acceptance by its worker, which her day asks for."""
    referral = refer(children=(SAM,), urgent_why="He was hit.")
    decide(referral, way, by=people.mo, case=case)
    assert HubDecision.objects.get().contradicts == []


def test_news_of_a_colleague_s_case_is_theirs_also_where_the_child_joins_another(
    case: Case, world: World, people: People
) -> None:
    """And who decides about a case of their own is not told of that."""
    other = world.case(world.child("Sam", "Other"), owner=people.max)
    referral = refer(children=(SAM,), urgent_why="He was hit.")
    with pytest.raises(Refused, match=f"case {case.ref} is open for this child, worked on by Ol"):
        decide(referral, Decision.OPEN_CASE, by=people.mo, case=other)
    decide(referral, Decision.OPEN_CASE, by=people.mo, case=other, contradicts_why="Another Sam.")
    rows = Notification.objects.filter(happening="decided", audience="officer", case=case)
    assert rows.get().about == []
    second = refer("345-678-9AB", children=(SAM,), urgent_why="He was hit again.")
    decide(second, Decision.ADVICE, by=people.olive, contradicts_why="I rang them.")
    assert rows.count() == 1
    assert {row.ref for row in queries.with_news(people.olive)} >= {referral.ref}


def test_the_worker_may_pass_it_to_the_hub(case: Case, people: People) -> None:
    referral = refer(children=(SAM,))
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/").follow("To the hub")
    olive.send("Turn it back", why="This is another Sam.")
    referral.refresh_from_db()
    assert (referral.stage, referral.children.get().case) == ("contact", None)
    assert queries.hub_queue(people.mo, at=AT).get() == referral


def test_one_brother_goes_to_his_worker_while_the_hub_decides_of_the_other(
    case: Case, people: People
) -> None:
    referral = refer(children=(SAM, ChildWords(forename="Kim")))
    assert referral.stage == "contact"
    assert queries.hand_overs(people.olive).count() == 1
    assert decide(referral, Decision.ADVICE, by=people.mo).stage == "handed_over"


def test_what_becomes_urgent_is_urgent_for_the_worker_as_well(case: Case, people: People) -> None:
    """P15: two hours, and no working day, also of the brother who went to his worker before."""
    referral = refer(children=(SAM, ChildWords(forename="Kim")))
    later = AT + timedelta(hours=1)
    actions.grade(
        referral=referral, grade=Grade.RED, why="", urgent_why="He was hit.", by=people.mo, at=later
    )
    clock = queries.hand_overs(people.olive).get().deadlines.running().get()
    assert clock.clock == "referral_acceptance_urgent"
    assert clock.due_at == later + timedelta(hours=our_policy().urgent_acceptance_hours)


def test_a_case_at_the_hub_that_becomes_urgent_is_accepted_in_time(
    case: Case, people: People
) -> None:
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "", "by": people.olive, "at": AT}
    referral = actions.send_to_hub(case=case, **sent)
    actions.grade(
        referral=referral, grade=Grade.RED, why="", urgent_why="He was hit.", by=people.mo, at=AT
    )
    running = {clock.clock for clock in referral.deadlines.running()}
    assert running == {"referral_acceptance_urgent", "referral_decision_urgent"}


# A case sent to the hub


def test_an_officer_sends_a_case_to_the_hub_and_it_is_accepted_by_name(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Send this case to the hub")
    olive.send("Send to the hub", worry="He is afraid of home.", urgent="no")
    olive.see("It waits until somebody at the hub accepts it.", "He is afraid of home.")
    referral = Referral.objects.get()
    clock = referral.deadlines.get(clock="referral_acceptance_1")
    assert clock.is_running
    mo = Visitor(people.mo).open("/referrals/").follow(referral.ref).see("Accepted by: nobody yet")
    mo.send("Accept it for the hub").see("You accepted this case", "Accepted by: Mo Malik")
    mo.see("Accepted by Mo Malik for the hub")
    clock.refresh_from_db()
    assert not clock.is_running
    mo.follow("Decide").see(f"Case {case.ref}")


def test_the_way_to_the_hub_stands_among_the_actions_of_an_open_case(
    case: Case, people: People
) -> None:
    """Beside the note, at the top, so that the keyboard comes to it before what the case says."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    actions_of_case = olive.page.xpath("//*[@class='onroll-identity__actions']//a")
    words = [" ".join(each.text_content().split()) for each in actions_of_case]
    assert words == ["Add a note", "Add a warning", "Send this case to the hub"]
    assert "Send this case to the hub" not in olive.text


def test_who_sent_a_case_neither_accepts_nor_grades_nor_decides_it(
    case: Case, people: People
) -> None:
    """P15: accepted by name, at the hub."""
    olive = Visitor(people.olive).open(f"/referrals/of-case/{case.ref}/")
    olive.send("Send to the hub", worry="He is afraid of home.", urgent="no")
    referral = Referral.objects.get()
    olive.see("You sent this case. Somebody else at the hub accepts it and decides.")
    assert not any(words in olive.text for words in ("Accept it for", "Grade it", "Decide "))
    for page in ("grade", "decide"):
        olive.open(f"/referrals/{referral.ref}/{page}/").see("Somebody else at the hub accepts it")
    by_olive = {"referral": referral, "by": people.olive, "at": AT}
    with pytest.raises(Refused, match="Somebody else there accepts it"):
        actions.take_on(**by_olive)
    with pytest.raises(Refused, match="Somebody else there accepts it"):
        actions.grade(**by_olive, grade=Grade.GREEN, why="", urgent_why="")
    with pytest.raises(Refused, match="Somebody else there accepts it"):
        decide(referral, Decision.NO_ACTION, by=people.olive)
    referral.refresh_from_db()
    assert (referral.stage, referral.owner) == ("contact", None)
    assert actions.take_on(referral=referral, by=people.max, at=AT).owner == people.max


def test_a_case_of_a_child_gone_missing_is_urgent_at_the_hub(case: Case, people: People) -> None:
    """P07: whatever its worker ticks."""
    CaseReason.objects.update(code="gone_missing")
    olive = Visitor(people.olive).open(f"/referrals/of-case/{case.ref}/")
    olive.send("Send to the hub", worry="He is gone.", urgent="no").see(GONE_MISSING)
    assert Referral.objects.get().deadlines.filter(clock="referral_decision_urgent").exists()


def test_what_the_hub_does_not_accept_is_passed_on(case: Case, people: People) -> None:
    actions.send_to_hub(
        case=case, ref="222-333-444", worry="x", urgent_why="Now.", by=people.olive, at=AT
    )
    assert tasks.look_over(AT + timedelta(hours=3)) == 1
    assert [m.user for m in Message.objects.filter(kind=Kind.REFERRAL_WAITS)] == [people.max]


def test_a_case_sent_twice_is_one_and_a_closed_one_is_refused(case: Case, people: People) -> None:
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "", "by": people.olive, "at": AT}
    first = actions.send_to_hub(case=case, **sent)
    assert actions.send_to_hub(case=case, **sent) == first
    Case.objects.update(
        stage="closed", outcome="over_age", closed_on=AT.date(), is_outcome_proved=True
    )
    with pytest.raises(Refused, match="The case is closed"):
        actions.send_to_hub(case=case, **{**sent, "ref": "222-333-555"})


def test_a_case_that_the_hub_has_gets_a_further_worry_and_becomes_urgent(
    case: Case, people: People
) -> None:
    """The page says before anything is typed that the hub has it, and nothing typed is lost."""
    sent = {"ref": "222-333-444", "worry": "He is afraid.", "urgent_why": "", "at": AT}
    referral = actions.send_to_hub(case=case, by=people.olive, **sent)
    olive = Visitor(people.olive).open(f"/referrals/of-case/{case.ref}/")
    olive.see("The hub has this case already", "and makes it urgent if you say so")
    olive.follow(referral.ref).open(f"/referrals/of-case/{case.ref}/")
    olive.send("Send to the hub", worry="He was hit.", urgent="yes", urgent_why="It goes on.")
    olive.see(f"Your worry is added to referral {referral.ref}. It is urgent now, and due sooner.")
    olive.see("Added since", "He was hit.", "A further worry was sent with case", "Olive Obi")
    assert Referral.objects.get() == referral
    referral.refresh_from_db()
    assert (referral.is_urgent, referral.urgent_why) == (True, "It goes on.")
    running = {clock.clock for clock in referral.deadlines.running()}
    assert running == {"referral_acceptance_urgent", "referral_decision_urgent"}
    step = ReferralStep.objects.filter(what__startswith="A further worry").get()
    assert (step.by, step.why) == (people.olive, "He was hit.\n\nWhy it is urgent: It goes on.")
    assert not queries.with_news(people.olive).exists()
    mo = Visitor(people.mo).open("/referrals/?list=news").see("A further worry was sent with the")
    mo.follow(referral.ref).see("It goes on.", "New for you", "By Olive Obi")


def test_a_further_worry_of_somebody_else_is_news_to_who_works_on_the_case(
    case: Case, people: People
) -> None:
    """It stays urgent where it is urgent, and whoever decides on an older page looks again."""
    sent = {"worry": "He is afraid.", "urgent_why": "Now.", "at": AT}
    referral = actions.send_to_hub(case=case, ref="222-333-444", by=people.olive, **sent)
    max_ = Visitor(people.max).open(f"/referrals/of-case/{case.ref}/")
    max_.see("What you send is added to it.")
    max_.send("Send to the hub", worry="His aunt rang.", urgent="no").see("Your worry is added")
    assert "urgent now" not in max_.text
    assert queries.with_news(people.olive).get() == referral
    with pytest.raises(Refused, match="A further worry was sent with case"):
        decide(referral, Decision.SOCIAL_CARE, by=people.mo, passed_how="By hand.", version=0)


def test_what_a_case_that_was_sent_says_is_true(world: World, people: People) -> None:
    """Nothing is answered for its worker; the home is that of the record, and she is named."""
    home = AddressFacts(lines=("5 Elm Road",), town="Harrow", postcode="HA1 1AA")
    case = world.case(world.child("Sam", "Example", addresses=[home]), owner=people.olive)
    olive = Visitor(people.olive).open(f"/referrals/of-case/{case.ref}/")
    olive.send("Send to the hub", worry="x").see("Select an answer to “Is it urgent?”")
    olive.send("Send to the hub", worry="He is afraid.", urgent="no")
    olive.see("Sent as not urgent.", "5 Elm Road", "Harrow", "Olive Obi", world.st_anns.name)
    assert "could be hurt soon" not in olive.text
    assert "Your role does not show who it was" not in olive.text


def test_a_protected_home_does_not_go_to_the_hub_with_a_case(world: World, people: People) -> None:
    home = AddressFacts(lines=("5 Elm Road",), postcode="HA1 1AA")
    case = world.case(world.child("Sam", "Example", addresses=[home]))
    case.child.addresses.update(is_protected=True)
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "", "by": people.olive, "at": AT}
    entry = actions.send_to_hub(case=case, **sent).children.get()
    assert (entry.home, entry.postcode) == ("", "")


# Leavers with an unknown destination


def test_the_hub_is_told_of_a_case_that_a_file_opened(world: World, people: People) -> None:
    """P42: policy p.18."""
    case = world.case(world.child("Sam", "Example"), reason="unknown_destination")
    tasks.look_over(AT)
    tasks.look_over(AT)
    assert HubNotice.objects.get().case == case
    mo = Visitor(people.mo).open("/today/").follow("case opened by a school’s file")
    mo.see(case.ref, "Sam Example").send("I have read of these").see("1 case marked as read.")
    notice = HubNotice.objects.get()
    assert notice.read_by == people.mo
    assert not Referral.objects.exists()
    assert actions.read_notices(notices=[notice.pk], by=people.max, at=AT) == 0


def test_by_the_setting_it_passes_the_hub_first(
    world: World, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P42: policy p.10 and 18 differ."""
    policy = replace(our_policy(), unknown_destination_to_hub="first")
    monkeypatch.setattr("onroll.referrals.actions.to_hub.our_policy", lambda: policy)
    case = world.case(world.child("Sam", "Example"), reason="unknown_destination")
    tasks.look_over(AT)
    tasks.look_over(AT)
    referral = Referral.objects.get()
    assert (referral.from_case, referral.made_by) == (case, None)
    assert not queries.unread_notices(people.mo).exists()
    assert queries.hub_queue(people.mo, at=AT).get() == referral


# Two officers at one referral


def test_the_second_officer_sees_the_first(world: World, people: People) -> None:
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert "opened this at" not in mo.text
    max_ = Visitor(people.max).open(f"/referrals/{referral.ref}/")
    at = hours.time_in_words(
        timezone.localtime(
            AccessEvent.objects.filter(actor_id=people.mo.pk).latest("pk").recorded_at
        ).time()
    )
    max_.see(f"Mo Malik opened this at {at}.")
    max_.follow("Decide").see(f"Mo Malik opened this at {at}. Who saves first decides")
    assert not HubDecision.objects.exists()


def test_who_opened_it_long_ago_is_not_named(world: World, people: People) -> None:
    """Nobody knows whether they are there still."""
    referral = refer()
    Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    later = timezone.now() + timedelta(minutes=2)
    assert [name for name, _ in queries.opened_by(people.max, referral, at=later)] == ["Mo Malik"]
    assert not queries.opened_by(people.max, referral, at=later + timedelta(minutes=2))


def test_who_accepts_second_is_told_who_did_and_finds_no_form(world: World, people: People) -> None:
    """Also where the child on record whom they chose is no longer among the answers."""
    sam = world.child("Sam", "Example")
    referral = hand_over(refer(), by=people.mo)
    page = f"/referrals/{referral.ref}/accept/1/"
    olive, max_ = Visitor(people.olive).open(page), Visitor(people.max).open(page)
    answers = {"child": sam.ref, "because": "He has no school."}
    olive.send("Accept", **answers)
    case = Case.objects.get()
    max_.send("Accept", **answers).see(
        f"Olive Obi accepted this child meanwhile, as case {case.ref}"
    )
    max_.see("What you wrote is not saved.", "He has no school.")
    assert "Select one" not in max_.text
    assert not max_.page.xpath("//main//form")
    max_.follow("Read the referral").see("Accepted", "Olive Obi")
    assert Case.objects.count() == 1


def test_who_grades_what_is_decided_is_told_who_decided(people: People) -> None:
    referral = refer()
    max_ = Visitor(people.max).open(f"/referrals/{referral.ref}/grade/")
    decide(referral, Decision.ADVICE, by=people.mo)
    max_.send("Save", grade="red", why="He is five.")
    max_.see("Mo Malik decided about this referral meanwhile: Advice only.", "He is five.")
    max_.see("That was on 18 November 2026 at 9:00am.")
    assert not max_.page.xpath("//main//form")


def test_who_grades_second_is_told_who_graded_when_and_how(people: People) -> None:
    """P15: nothing is overwritten, and the grade that stands is on the form."""
    referral = refer()
    late = Visitor(people.max).open(f"/referrals/{referral.ref}/grade/")
    assert "The grade that stands" not in late.text
    Visitor(people.mo).open(f"/referrals/{referral.ref}/grade/").send(
        "Save", grade="red", why="He is five."
    )
    late.send("Save", grade="green", why="A slip.")
    late.see("The last thing that happened: “Graded red” by Mo Malik, ", "A slip.")
    late.see("The grade that stands is red.")
    referral.refresh_from_db()
    assert referral.grade == "red"
    late.open(f"/referrals/{referral.ref}/decide/")
    at = timezone.localtime()
    actions.add_update(referral=referral, text="Again.", file=None, by=people.sam, at=at)
    late.send("Save the decision", **GRADED, decision="advice", why="Rang.")
    late.see(f"“The person who referred added something”, {in_words(at.date())} at ")


# What the case and its officer learn


def test_the_case_leads_to_the_referral_that_joined_it_and_says_what_the_hub_checked(
    case: Case, people: People
) -> None:
    referral = refer(urgent_why="He was hit.")
    risky = replace(CALM, risk=RiskAnswer.YES, call_with="Pat Police", call_at=AT, is_serious=True)
    decide(referral, Decision.OPEN_CASE, by=people.mo, case=case, checks=risky)
    assert [m.user for m in Message.objects.exclude(kind=Kind.CASE_GIVEN)] == [people.olive]
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see(f"Referral {referral.ref}", "Joined to an open case", "Spoke with Pat Police")
    olive.follow("Read the referral").see(referral.ref)
    hal = Visitor(people.hal).open(f"/cases/{case.ref}/")
    assert "Pat Police" not in hal.content.decode()


def test_what_joins_a_case_of_nobody_is_news_to_every_officer(case: Case, people: People) -> None:
    Case.objects.update(owner=None)
    case.refresh_from_db()
    decide(refer(), Decision.OPEN_CASE, by=people.mo, case=case)
    assert list(queries.with_news(people.olive)) == list(Referral.objects.all())


def test_who_sent_a_case_is_shown_what_the_hub_decided_until_she_has_read_it(
    case: Case, people: People
) -> None:
    """Policy p.9: told is shown on Today, and read is pressed."""
    actions.send_to_hub(
        case=case, ref="222-333-444", worry="x", urgent_why="", by=people.olive, at=AT
    )
    decide(Referral.objects.get(), Decision.NO_ACTION, by=people.mo, at=AT + DAY)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").see("The hub decided", "Not read yet")
    olive.open("/today/").follow("referral with something new").follow("222-333-444")
    olive.see("No further action", "New for you").send("I have read it")
    assert not queries.with_news(people.olive).exists()
    olive.open(f"/cases/{case.ref}/").see("Read Olive Obi")


def test_the_lists_of_an_officer_say_whose_case_it_is_and_not_who_handed_it_over(
    case: Case, people: People
) -> None:
    """About your cases, Something new for you, and its line about the oldest on Today."""
    own = refer(children=(SAM,))
    Referral.objects.update(owner=people.mo)
    rows = tables.hub_table(queries.yours(people.olive, at=AT), title="", at=AT).rows
    assert [str(row[5]) for row in rows] == ["Olive Obi"]
    actions.read_by_worker(entry=own.children.get(), by=people.olive, at=AT)
    actions.add_update(referral=own, text="He is back.", file=None, by=None, at=AT)
    handed_over = hand_over(refer("345-678-9AB"), by=people.mo)
    actions.add_update(referral=handed_over, text="Again.", file=None, by=None, at=AT + DAY)
    news = queries.with_news(people.olive)
    rows = news_table(people.olive, news, title="", at=AT).rows
    assert {str(row[4]) for row in rows} == {"Olive Obi", "Nobody yet"}
    todos = {todo.code: todo for todo in counted(queries.todo(people.max, on=AT.date(), at=AT))}
    assert todos["referrals_news"].oldest == Oldest(AT, "Olive Obi")


def test_what_the_hub_still_decides_is_the_hub_s_on_every_list(case: Case, people: People) -> None:
    urgent = refer(children=(SAM,), urgent_why="He was hit.")
    actions.take_on(referral=urgent, by=people.mo, at=AT)
    rows = tables.hub_table(queries.yours(people.olive, at=AT), title="", at=AT).rows
    assert [str(row[5]) for row in rows] == ["Mo Malik"]


def test_a_case_s_page_says_whether_the_hub_accepted_it_and_by_when(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/referrals/of-case/{case.ref}/")
    olive.send("Send to the hub", worry="He is afraid.", urgent="yes", urgent_why="He was hit.")
    referral = Referral.objects.get()
    due = referral.deadlines.get(clock="referral_acceptance_urgent")
    olive.open(f"/cases/{case.ref}/").see(f"Accepted by the hub Not accepted yet, due {when(due)}")
    olive.see("At the hub", f"{referral.ref} was sent to the hub on")
    assert "Referred again" not in olive.text
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").send("Accept it for the hub")
    olive.open(f"/cases/{case.ref}/").see("Accepted by the hub Mo Malik")
    assert "Not accepted yet" not in olive.text


def test_who_decides_about_a_case_that_nobody_accepted_accepts_it_by_deciding(
    case: Case, people: People
) -> None:
    actions.send_to_hub(
        case=case, ref="234-567-89A", worry="x", urgent_why="", by=people.olive, at=AT
    )
    referral = Referral.objects.get()
    decide(referral, Decision.ADVICE, by=people.mo)
    steps = list(referral.steps.values_list("what", "by__name"))
    accepted = ("Accepted by Mo Malik for the hub, by deciding about it", "Mo Malik")
    assert steps[1:3] == [("Decided: Advice only", "Mo Malik"), accepted]
    Visitor(people.olive).open(f"/cases/{case.ref}/").see("Accepted by the hub Mo Malik")
    actions.open_again(entry=referral.children.get(), why="x", by=people.mo, at=AT)
    decide(referral, Decision.ADVICE, by=people.max)
    assert referral.steps.filter(what__startswith="Accepted by").count() == 1


def when(clock: Deadline) -> str:
    """Return when a clock of hours is due, as pages say it."""
    assert clock.due_at is not None
    return strip_tags(draw_when(clock.due_at))


def test_a_case_that_comes_back_from_the_hub_is_accepted_and_asks_nothing_it_holds(
    case: Case, people: People
) -> None:
    """Who the child is and why they are on the register stands on the case already."""
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "", "by": people.olive, "at": AT}
    referral = actions.send_to_hub(case=case, **sent)
    hand_over(referral, by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/").follow("Accept this child")
    olive.see(f"Case {case.ref} says already who the child is, and why they are on the register.")
    assert "Why is the child on the register?" not in olive.text
    assert "Which child is it?" not in olive.text
    olive.send("Accept").see(f"Accepted as case {case.ref}.")
    decision = HubDecision.objects.get()
    assert (decision.accepted_by, decision.entry.case) == (people.olive, case)
    assert Case.objects.get().reasons.count() == 2


def test_a_case_that_closed_while_the_hub_had_it_is_asked_about_as_any_child(
    case: Case, people: People
) -> None:
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "", "by": people.olive, "at": AT}
    referral = hand_over(actions.send_to_hub(case=case, **sent), by=people.mo)
    facts = proof.facts("other_provision", on=timezone.localdate())
    closed = {"outcome": "other_provision", "facts": facts, "why": "x", "by": people.olive}
    cases.close_case(case=Case.objects.get(), at=timezone.now(), **closed)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    olive.see("Which child is it?", "Why is the child on the register?")


def test_an_urgent_referral_stands_at_the_head_of_its_case_until_the_risks_are_reviewed(
    case: Case, people: People
) -> None:
    referral = refer(children=(SAM,), urgent_why="He was hit.")
    olive, at_head = Visitor(people.olive), "This stands here until somebody has"
    olive.open(f"/cases/{case.ref}/").see("He was hit.", at_head)
    olive.see(f"Referral {referral.ref}, {in_words(AT.date())} at 9:00am.")
    decide(referral, by=people.mo)
    actions.accept_child(
        entry=referral.children.get(), child=case.child, because="x", by=people.olive, at=AT
    )
    text = strip_tags(olive.open(f"/cases/{case.ref}/").text)
    assert text.index("He was hit.") < text.index("Why this case exists")
    olive.follow("reviewed the greater risks")
    nothing = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
    cases.review_risks(case=case, answers=nothing, by=people.olive, at=AT + DAY)
    assert at_head not in olive.open(f"/cases/{case.ref}/").text


def test_an_urgent_decision_of_the_hub_is_danger_for_the_officer_until_it_is_read(
    case: Case, people: People
) -> None:
    """Ring the police today, the hub wrote; it stood among what had arrived, weeks of it before."""
    sent = {"ref": "222-333-444", "worry": "x", "urgent_why": "He was hit.", "by": people.olive}
    referral = actions.send_to_hub(case=case, **sent, at=AT)
    why = "Ring the police today."
    decide(referral, Decision.OPEN_CASE, case=case, by=people.mo, at=AT, why=why)
    olive = Visitor(people.olive).open("/today/")
    news = "Joined to your open case: the hub does not know that the child is safe"
    olive.see(IN_DANGER, f"{news}; nobody has reviewed the greater risks", referral.ref)
    olive.follow(referral.ref).see(why).send("I have read it")
    olive.open("/today/").see(IN_DANGER, "Urgent or graded red, and nobody has reviewed")
    assert news not in olive.text


def test_an_urgent_child_who_was_accepted_is_danger_until_the_risks_are_reviewed(
    case: Case, people: People
) -> None:
    referral = decide(refer(children=(SAM,), urgent_why="He was hit."), by=people.mo)
    actions.accept_child(
        entry=referral.children.get(), child=case.child, because="x", by=people.olive, at=AT
    )
    olive = Visitor(people.olive).open("/today/").see(IN_DANGER, "nobody has reviewed the greater")
    olive.follow("Review the greater risks").see(case.ref, "This stands here until somebody has")
    nothing = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
    cases.review_risks(case=case, answers=nothing, by=people.olive, at=AT + DAY)
    assert IN_DANGER not in olive.open("/today/").text


def test_a_risk_that_the_hub_found_is_denied_with_a_reason(case: Case, people: People) -> None:
    """P76: what the hub found likely does not leave the case without a word."""
    found = replace(CALM, risk=RiskAnswer.YES, greater_risks=("trafficking",))
    referral = decide(refer(children=(ChildWords(forename="Sam"),)), by=people.mo, checks=found)
    actions.accept_child(
        entry=referral.children.get(), child=case.child, because="x", by=people.olive, at=AT
    )
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/risks/")
    olive.see("The hub found this risk likely on").send(
        "Save the review", **dict.fromkeys(GREATER_RISKS, "no")
    )
    olive.see("Say why the answer is no now: being trafficked")
    assert not case.risk_reviews.exists()
    nothing = dict.fromkeys(GREATER_RISKS, (RiskAnswer.NO, ""))
    why = {"trafficking": (RiskAnswer.NO, "She is at her aunt’s.")}
    cases.review_risks(case=case, answers=nothing | why, by=people.olive, at=AT + DAY)
    olive.open(f"/cases/{case.ref}/chronology/").see(
        "Being trafficked: no. Before: yes. Why: She is at her aunt’s."
    )
    assert "The hub found this risk" not in olive.open(f"/cases/{case.ref}/risks/").text


def test_what_the_hub_knows_of_the_police_stands_on_the_open_case_that_it_joined(
    case: Case, people: People
) -> None:
    """Nobody has to ask again; what the officer writes down later stays the newest."""
    lost = replace(CALM, is_whereabouts_known=False, risk=RiskAnswer.NOT_SURE)
    checks = replace(lost, police_by="Mo Malik", police_reference="CAD 7")
    referral = refer(children=(ChildWords(forename="Sam"),))
    decide(referral, Decision.OPEN_CASE, case=case, by=people.mo, checks=checks)
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").see("Mo Malik", "CAD 7")
    assert "Nobody has written down whether the police" not in olive.text
    newer = cases.PoliceFacts(is_reported=True, reported_by="Olive Obi", reference="CAD 8")
    cases.record_police(case=case, facts=newer, by=people.olive, at=AT + DAY)
    first = cases.PoliceFacts(is_reported=True, reported_by="Mo Malik", reference="CAD 7")
    again = {"referral": referral.ref, "by": people.mo, "at": AT + 2 * DAY}
    assert cases.take_over_police(case=case, facts=first, **again) is None
    assert case.police_reports.first().reference == "CAD 8"


def test_what_the_hub_said_last_of_the_police_stands_though_an_older_child_is_accepted_later(
    case: Case, people: People
) -> None:
    def unknown(why: str) -> Checks:
        lost = replace(CALM, is_whereabouts_known=False, risk=RiskAnswer.NOT_SURE)
        return replace(lost, police_why_not=why)

    older = refer(children=(ChildWords(forename="Sam"),))
    decide(older, by=people.mo, checks=unknown("The aunt rings."))
    newer = refer("345-678-9AB", children=(ChildWords(forename="Sam"),))
    way = {"case": case, "checks": unknown("They know.")}
    decide(newer, Decision.OPEN_CASE, by=people.mo, at=AT + DAY, **way)
    entry, taken = older.children.get(), {"by": people.olive, "at": AT + 2 * DAY}
    actions.accept_child(entry=entry, child=case.child, because="x", **taken)
    assert [row.why_not for row in case.police_reports.all()] == ["They know.", "The aunt rings."]


def test_a_red_grade_stands_at_the_head_of_its_case_until_the_case_is_closed(
    case: Case, people: People
) -> None:
    decide(refer(children=(ChildWords(forename="Sam"),)), by=people.mo, grade=Grade.RED)
    referral = Referral.objects.get()
    actions.accept_child(
        entry=referral.children.get(), child=case.child, because="x", by=people.olive, at=AT
    )
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    olive.see("The hub graded it red. Red: harm is likely or has happened.", referral.ref)
    ended = {"outcome": "abroad_believed", "facts": proof.facts("abroad_believed", on=AT.date())}
    cases.close_case(case=case, **ended, why="A ticket was seen.", by=people.max, at=AT)
    assert "graded it red" not in olive.open(f"/cases/{case.ref}/").text
