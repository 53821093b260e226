"""P17: the record says who was told of each step, when and how, or why not (policy p.9)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.referrals import actions, queries
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import (
    Audience,
    Channel,
    Happening,
    HubDecision,
    Notification,
    Referral,
    ReferredChild,
)
from onroll.referrals.queries.progress import finished_day
from onroll.rules.refusal import Refused
from onroll.schools.queries import our_policy
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts
from tests.referrals.forms import day
from tests.referrals.made import decide, hand_over, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADDED = "The person who referred added something"


def now() -> datetime:
    return timezone.localtime()


def accepted(world: World, people: People, **more: str) -> tuple[Referral, Case]:
    referral = hand_over(refer(at=now(), **more), by=people.mo, at=now())
    case = actions.accept_child(
        entry=referral.children.get(),
        child=world.child(),
        because="x",
        by=people.olive,
        at=now(),
    )
    return Referral.objects.get(pk=referral.pk), case


def close(case: Case, people: People) -> Case:
    return cases.close_case(
        case=case,
        outcome="other_provision",
        facts=facts("other_provision", on=now().date()),
        why="x",
        by=people.olive,
        at=now(),
    )


def told(referral: Referral) -> list[tuple[str, str, str]]:
    rows = referral.notifications.order_by("pk")
    return list(rows.values_list("happening", "audience", "channel"))


def test_each_step_says_whom_onroll_told(world: World, people: People) -> None:
    referral, case = accepted(world, people, referrer_contact="nora@example.org")
    close(case, people)
    assert told(referral) == [
        ("received", "referrer", "status_page"),
        ("received", "referrer", "email_link"),
        ("decided", "referrer", "status_page"),
        ("decided", "officer", "on_screen"),
        ("accepted", "referrer", "status_page"),
        ("accepted", "hub", "on_screen"),
        ("closed", "referrer", "status_page"),
        ("closed", "referrer", "email_link"),
        ("closed", "hub", "on_screen"),
    ]


def test_where_the_hub_ends_it_nobody_tells_the_hub(people: People) -> None:
    referral = refer(at=now())
    decide(referral=referral, decision=Decision.NO_ACTION, why="x", by=people.mo, at=now())
    assert told(referral)[1:] == [
        ("decided", "referrer", "status_page"),
        ("closed", "referrer", "status_page"),
    ]


def test_who_referred_is_told_once_that_it_is_over_and_again_after_a_reopening(
    world: World, people: People
) -> None:
    referral, case = accepted(world, people)
    case = close(case, people)
    actions.case_closed(case=case, at=now())
    closed = referral.notifications.filter(happening="closed", audience="referrer")
    assert closed.count() == 1
    case = cases.reopen_case(case=case, why="x", by=people.olive, at=now())
    cases.close_case(
        case=case,
        outcome="other_provision",
        facts=facts("other_provision", on=now().date()),
        why="x",
        by=people.olive,
        at=now() + timedelta(days=1),
    )
    assert closed.count() == 2


def test_of_two_children_it_is_over_with_the_second(world: World, people: People) -> None:
    two = (ChildWords(forename="Sam", surname="Example"), ChildWords(home="Elm Road"))
    referral = hand_over(refer(at=now(), children=two), by=people.mo, at=now())
    opened = [
        actions.accept_child(
            entry=entry,
            child=world.child(forename, born=born),
            because="x",
            by=people.olive,
            at=now(),
        )
        for entry, forename, born in zip(
            referral.children.all(),
            ("Sam", "Ada"),
            (date(2015, 3, 4), date(2014, 3, 4)),
            strict=True,
        )
    ]
    close(opened[0], people)
    closed = [row for row in told(referral) if row[0] == "closed"]
    assert closed == [("closed", "hub", "on_screen")]
    close(opened[1], people)
    closed = [row for row in told(referral) if row[0] == "closed"]
    assert closed[1:] == [("closed", "referrer", "status_page"), ("closed", "hub", "on_screen")]


def test_hub_and_officer_read_what_the_other_did_each_for_themselves(
    world: World, people: People
) -> None:
    """Policy p.9."""
    referral, case = accepted(world, people)
    actions.add_update(referral=referral, text="He is back.", file=None, by=None, at=now())
    for who in (people.mo, people.olive):
        Visitor(who).open("/referrals/").see("Something new for you (1)")
        page = Visitor(who).open("/today/").see("1referral with something new for you")
        page.follow("referral with something new").follow(referral.ref)
        page.see("He is back.", "Not read yet").send("I have read it")
        assert "1referral with something new" not in page.open("/today/").text
        page.open("/referrals/?list=news").see("There is nothing new for you.")
    page.open(f"/referrals/{referral.ref}/").see("Read Mo", "Read Olive Obi")
    page.open(f"/cases/{case.ref}/").see("He is back.", "Read Olive Obi")
    Visitor(people.olive).open(f"/cases/{case.ref}/chronology/").see("He is back.")


def test_a_manager_reads_what_stands_for_an_officer_and_leaves_it_new_to_them(
    world: World, people: People
) -> None:
    referral, _ = accepted(world, people)
    actions.add_update(referral=referral, text="He is back.", file=None, by=None, at=now())
    page = f"/referrals/{referral.ref}/"
    manager = Visitor(people.max).open(page)
    manager.see("New for you", "This stands for Olive Obi, and stays new to them")
    assert "I have read it" not in manager.text
    assert actions.note_read(referral=referral, by=people.max, at=now()) == 0
    manager.open("/today/").see("1referral with something new for you or an officer")
    manager.open("/referrals/?list=news").see(referral.ref, "For Olive Obi to read")
    assert "to read" not in Visitor(people.olive).open("/referrals/?list=news").text
    olive = Visitor(people.olive).open(page).send("I have read it")
    olive.see("Read Olive Obi")
    assert "New for you" not in manager.open(page).text


@pytest.mark.parametrize("whose", ["nobody", "manager", "deputy"])
def test_who_reads_for_an_officer(
    world: World, people: People, whose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A manager of a case that is nobody's or their own, and the deputy whom the policy names."""
    referral, case = accepted(world, people)
    if whose == "deputy":
        policy = replace(our_policy(), cme_deputy_email=people.max.email)
        monkeypatch.setattr("onroll.referrals.queries.readers.our_policy", lambda: policy)
    else:
        Case.objects.filter(pk=case.pk).update(owner=None if whose == "nobody" else people.max)
    actions.add_update(referral=referral, text="He is back.", file=None, by=None, at=now())
    manager = Visitor(people.max).open(f"/referrals/{referral.ref}/").send("I have read it")
    manager.see("Marked as read.", "Read Max Marsh")


def test_the_list_of_news_says_what_is_new_and_how_long_that_has_waited(
    world: World, people: People
) -> None:
    """No clock of the hub counts there: it is over with the decision."""
    first = hand_over(refer("333-333-333", at=now() - 20 * DAY), by=people.mo, at=now() - 19 * DAY)
    urgent = refer("444-444-444", at=now() - 9 * DAY, urgent_why="Hurt.")
    calm = refer("555-555-555", at=now() - 9 * DAY)
    for referral, days in ((calm, 4), (urgent, 1), (first, 6), (first, 2)):
        at = now() - days * DAY
        actions.add_update(referral=referral, text="x", file=None, by=None, at=at)
    mo = Visitor(people.mo).open("/referrals/?list=news")
    mo.see("It waits", f"{ADDED} 6 days", f"{ADDED} 4 days", f"{ADDED} 1 day")
    refs = [row.ref for row in queries.with_news(people.mo)]
    assert refs == [urgent.ref, first.ref, calm.ref]
    assert mo.text.count(ADDED) == 3
    for words in ("Its grade allows", "Until it is graded", "overdue", "19 days"):
        assert words not in mo.text


def test_the_list_of_news_costs_the_same_however_much_is_new(world: World, people: People) -> None:
    mo = Client()
    mo.force_login(people.mo)
    costs = []
    for refs in (["333-333-333"], ["444-444-444", "555-555-555", "666-666-666"]):
        for ref in refs:
            referral = hand_over(refer(ref, at=now(), children=TWO), by=people.mo, at=now())
            actions.add_update(referral=referral, text="x", file=None, by=None, at=now())
        mo.get("/referrals/?list=news")
        with CaptureQueriesContext(connection) as asked:
            mo.get("/referrals/?list=news")
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries))
    assert costs[0] == costs[1] <= 12


def test_a_colleague_s_case_is_theirs_to_read_and_a_manager_sees_all(
    world: World, people: People
) -> None:
    referral, case = accepted(world, people)
    cases.assign_case(case=case, owner=people.max, by=people.max, at=now())
    actions.add_update(referral=referral, text="He is back.", file=None, by=None, at=now())
    assert "1referral with something new" not in Visitor(people.olive).open("/today/").text
    Visitor(people.max).open("/today/").see("1referral with something new")


def test_who_may_not_read_referrals_sees_that_there_is_something_and_no_word(
    world: World, people: People
) -> None:
    """Matrix, row 9."""
    referral, case = accepted(world, people)
    cases.add_member(case=case, user=people.cat, by=people.max, at=now())
    actions.add_update(referral=referral, text="He is back.", file=None, by=None, at=now())
    page = Visitor(people.cat).open(f"/cases/{case.ref}/")
    page.see("Something was added on", "Ask the lead officer what it is.")
    assert "He is back." not in page.text
    assert not page.page.xpath(f"//a[contains(@href, '{referral.ref}')]")


def test_a_person_writes_down_whom_they_rang_and_why_a_family_was_not_told(
    people: People,
) -> None:
    referral = refer(at=now())
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/").follow("Write down who was told")
    page.send("Save", happening="received", audience="school", channel="telephone", why="Mrs Hall")
    page.see("Who was told is kept.", "By telephone", "Mrs Hall")
    page.follow("Write down who was told")
    page.send("Save", happening="received", audience="family", channel="not_told")
    page.see("Say why nobody was told")
    page.send("Save", happening="received", audience="family", channel="not_told", why="Not safe.")
    page.see("Not told", "Not safe.")
    assert referral.notifications.filter(by=people.mo).count() == 2


def test_nobody_was_told_of_a_step_that_has_not_happened(world: World, people: People) -> None:
    referral, case = accepted(world, people)
    address = f"/referrals/{referral.ref}/information/"
    page = Visitor(people.mo).open(address).see("It came in", "The hub decided", "It was accepted")
    assert "The work is over" not in page.text
    assert "The hub looks at it again" not in page.text
    with pytest.raises(Refused, match="a step that has happened"):
        tell_family(referral, people, Happening.CLOSED)
    close(case, people)
    page.open(address).see("The work is over")
    tell_family(referral, people, Happening.CLOSED)


def tell_family(referral: Referral, people: People, happening: Happening) -> None:
    actions.note_information(
        referral=referral,
        happening=happening,
        audience=Audience.FAMILY,
        channel=Channel.TELEPHONE,
        on=now().date(),
        why="",
        by=people.mo,
        at=now(),
    )


def test_who_was_told_is_written_once_where_it_is_sent_again(people: People) -> None:
    """With the button Back of a browser; a telephone call later on is another."""
    referral = refer(at=now())
    mo = Visitor(people.mo)
    for _ in range(2):
        mo.open(f"/referrals/{referral.ref}/information/")
        mo.send("Save", happening="received", audience="family", channel="letter", why="He is ill.")
    mo.see("You wrote exactly this at", "Nothing was added")
    assert referral.notifications.filter(by=people.mo).count() == 1
    mo.send("Save", why="He is well.").see("Who was told is kept.")


def test_a_step_nobody_wrote_down_is_shown_as_that(people: People) -> None:
    referral = refer(at=now())
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    page.see("Who was told", "It came in", "Status page", "Not written down")


@pytest.mark.parametrize("channel", [Channel.STATUS_PAGE, Channel.ON_SCREEN])
def test_nobody_writes_down_what_onroll_does(people: People, channel: Channel) -> None:
    with pytest.raises(Refused, match="Onroll writes down"):
        actions.note_information(
            referral=refer(at=now()),
            happening=Happening.RECEIVED,
            audience=Audience.REFERRER,
            channel=channel,
            on=now().date(),
            why="",
            by=people.mo,
            at=now(),
        )


@pytest.mark.parametrize(("days", "sentence"), [(-1, "before the referral came"), (1, "today or")])
def test_nobody_was_told_before_a_referral_came_nor_will_have_been(
    people: People, days: int, sentence: str
) -> None:
    referral = refer(at=now())
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/information/")
    on = day("on", timezone.localdate() + timedelta(days=days))
    page.send("Save", happening="received", audience="family", channel="letter", **on)
    page.see(sentence)
    assert not referral.notifications.filter(audience="family").exists()


def test_the_database_takes_no_silence_without_a_reason(people: People) -> None:
    referral = refer(at=now())
    refused = pytest.raises(IntegrityError, match="notification_that_was_not_given_says_why")
    with refused, transaction.atomic():
        Notification.objects.create(
            referral=referral,
            happening="received",
            audience="family",
            channel="not_told",
            on=now().date(),
            at=now(),
            by=people.mo,
        )


def test_a_case_that_joins_another_of_the_child_goes_on_there(world: World, people: People) -> None:
    referral, case = accepted(world, people)
    Case.objects.filter(pk=case.pk).update(
        stage="closed", outcome="same_child", closed_on=now().date(), is_outcome_proved=True
    )
    other = cases.report_child(
        key="k",
        child=case.child,
        reason="referral",
        because="x",
        said_by="x",
        by=people.olive,
        on=now().date(),
        at=now(),
    )
    assert finished_day(referral) is None
    close(other, people)
    assert finished_day(referral) == now().date()
    assert referral.notifications.filter(happening="closed", audience="referrer").exists()


# Several children, and what is looked at again


TWO = (ChildWords(forename="Sam", surname="Example"), ChildWords(forename="Kim", home="Elm Road"))


def accept(world: World, people: People, entry: ReferredChild, born: date) -> Case:
    child = world.child(entry.forename, born=born)
    return actions.accept_child(entry=entry, child=child, because="x", by=people.olive, at=now())


def rows_of(referral: Referral, happening: str) -> list[tuple[str, list[int]]]:
    """Return who was told of a step, and about which children."""
    rows = referral.notifications.filter(happening=happening).order_by("pk")
    return [(row.audience, row.about) for row in rows]


def test_the_hub_is_told_of_each_child_that_is_accepted_and_who_referred_once(
    world: World, people: People
) -> None:
    referral = hand_over(refer(at=now(), children=TWO), by=people.mo, at=now())
    first, second = referral.children.all()
    case = accept(world, people, first, date(2015, 3, 4))
    assert rows_of(referral, "accepted") == [("referrer", []), ("hub", [1])]
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    page.see("It was accepted (child 1)", f"Accepted as case {case.ref} (child 1)")
    accept(world, people, second, date(2014, 3, 4))
    assert rows_of(referral, "accepted") == [("referrer", []), ("hub", [1]), ("hub", [2])]
    cases = referral.notifications.filter(happening="accepted", audience="hub")
    assert {row.case_id for row in cases} == {child.case_id for child in referral.children.all()}


def test_who_referred_is_not_told_of_one_child_while_the_hub_decides_about_the_other(
    world: World, people: People
) -> None:
    """Their page says *Someone reads your form* until then."""
    referral = decide(refer(at=now(), children=TWO), by=people.mo, at=now(), only={1})
    accept(world, people, referral.children.get(number=1), date(2015, 3, 4))
    assert rows_of(referral, "accepted") == [("hub", [1])]
    decide(referral, Decision.ADVICE, by=people.mo, at=now())
    assert rows_of(referral, "accepted") == [("hub", [1]), ("referrer", [])]


def test_the_hub_is_told_on_screen_that_an_officer_turned_a_child_back(people: People) -> None:
    referral = hand_over(refer(at=now(), children=TWO), by=people.mo, at=now())
    first, second = referral.children.all()
    actions.turn_back(entry=second, why="She is in Brent.", by=people.olive, at=now())
    assert rows_of(referral, "reopened") == [("referrer", [2]), ("hub", [2])]
    actions.turn_back(entry=first, why="So is he.", by=people.olive, at=now())
    assert rows_of(referral, "reopened")[2:] == [("hub", [1])]
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    page.see("The hub looks at it again (child 1)", "Turned back to the hub (child 2)")


def steps_told(people: People, referral: Referral) -> list[str]:
    """Return the steps in the table of who was told, in their order."""
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/").page
    (table,) = (
        table for table in page.xpath("//table") if "Who was told" in table.xpath("string(caption)")
    )
    return [str(row.xpath("normalize-space(*[1])")) for row in table.xpath("tbody/tr")]


def test_after_opening_again_the_rest_is_told_again_below_on_the_same_day_too(
    people: People,
) -> None:
    referral = refer(at=now(), referrer_contact="nora@example.org")
    decide(referral, Decision.NO_ACTION, by=people.mo, at=now())
    before = ["It came in", "The hub decided", "The work is over"]
    assert steps_told(people, referral) == before
    actions.open_again(entry=referral.children.get(), why="x", by=people.mo, at=now())
    again = [*before, "The hub looks at it again"]
    assert steps_told(people, referral) == again
    assert told(referral)[-1] == ("reopened", "referrer", "status_page")
    decide(referral, Decision.ADVICE, by=people.mo, at=now())
    assert steps_told(people, referral) == [*again, "The hub decided", "The work is over"]
    closed = [("closed", "referrer", "status_page"), ("closed", "referrer", "email_link")]
    assert told(referral)[-2:] == closed
    assert [row for row in told(referral) if row[0] == "closed"] == 2 * closed


def test_the_page_of_a_school_tells_it_as_well(world: World, people: People) -> None:
    referral = decide(
        refer(at=now(), school=world.st_anns.pk), Decision.ADVICE, by=people.mo, at=now()
    )
    actions.open_again(entry=referral.children.get(), why="x", by=people.mo, at=now())
    assert told(referral)[-2:] == [
        ("reopened", "referrer", "status_page"),
        ("reopened", "school", "school_page"),
    ]
    assert steps_told(people, referral).count("The hub looks at it again") == 1


def test_of_two_children_the_rows_say_which_is_looked_at_again(people: People) -> None:
    referral = decide(refer(at=now(), children=TWO), Decision.ADVICE, by=people.mo, at=now())
    first, second = referral.children.all()
    for entry in (second, first):
        actions.open_again(entry=entry, why="x", by=people.mo, at=now())
        decide(referral, Decision.NO_ACTION, by=people.mo, at=now())
    assert rows_of(referral, "decided") == [("referrer", []), ("referrer", [2]), ("referrer", [1])]
    assert steps_told(people, referral)[3:] == [
        "The hub looks at it again (child 2)",
        "The hub decided (child 2)",
        "The work is over",
        "The hub looks at it again (child 1)",
        "The hub decided (child 1)",
        "The work is over",
    ]
    happened = list(referral.steps.values_list("what", flat=True))
    assert "Opened again; it was: Advice only (child 1)" in happened
    assert "Opened again; it was: Advice only (child 2)" in happened


def test_what_a_person_wrote_down_stands_with_the_step_it_is_of(people: People) -> None:
    referral = decide(refer(at=now()), Decision.ADVICE, by=people.mo, at=now())
    actions.open_again(entry=referral.children.get(), why="x", by=people.mo, at=now())
    actions.note_information(
        referral=referral,
        happening=Happening.CLOSED,
        audience=Audience.FAMILY,
        channel=Channel.TELEPHONE,
        on=now().date(),
        why="",
        by=people.mo,
        at=now(),
    )
    expected = ["It came in", "The hub decided", "The work is over", "The hub looks at it again"]
    assert steps_told(people, referral) == expected


def test_a_case_that_its_officer_opens_again_is_told_to_the_hub_and_to_who_referred(
    world: World, people: People
) -> None:
    """Policy p.9: the page of who referred said that the work was over."""
    referral, case = accepted(world, people)
    case = close(case, people)
    before = ["It came in", "The hub decided", "It was accepted", "The work is over"]
    assert steps_told(people, referral) == before
    case = cases.reopen_case(case=case, why="x", by=people.olive, at=now())
    assert told(referral)[-2:] == [
        ("reopened", "referrer", "status_page"),
        ("reopened", "hub", "on_screen"),
    ]
    assert steps_told(people, referral) == [*before, "The case was opened again"]
    mo = Visitor(people.mo).open("/referrals/?list=news").follow(referral.ref)
    mo.see("The case was opened again").send("I have read it")
    close(case, people)
    expected = [*before, "The case was opened again", "The work is over"]
    assert steps_told(people, referral) == expected


def test_of_two_cases_each_has_its_row_when_it_is_opened_again(
    world: World, people: People
) -> None:
    """Who referred is told with the first: until then the work was over."""
    referral = hand_over(refer(at=now(), children=TWO), by=people.mo, at=now())
    birthdays = (date(2015, 3, 4), date(2014, 3, 4))
    children = zip(referral.children.all(), birthdays, strict=True)
    opened = [accept(world, people, entry, born) for entry, born in children]
    for case in [close(case, people) for case in opened]:
        cases.reopen_case(case=case, why="x", by=people.olive, at=now())
    assert rows_of(referral, "reopened") == [("referrer", [1]), ("hub", [1]), ("hub", [2])]


def test_a_long_name_leaves_room_for_which_child_it_is(people: People) -> None:
    referral = decide(refer(at=now(), children=TWO), Decision.EARLY_HELP, by=people.mo, at=now())
    sent = HubDecision.objects.get(entry__number=2)
    actions.enter_receipt(decision=sent, name="N" * 120, on=now().date(), by=people.mo, at=now())
    assert referral.steps.first().what.endswith("N (child 2)")


# Who is to be rung

RING = "Ring who referred: no message reaches them"


def today(person: User) -> Visitor:
    return Visitor(person).open("/today/")


def write_down(people: People, referral: Referral, step: str, how: str = "telephone") -> None:
    page = today(people.mo).follow(referral.ref).follow("Write down who was told")
    said = {"happening": step, "audience": "referrer", "channel": how, "why": "She knows now."}
    page.send("Save", **said).see("Who was told is kept.")


def test_who_left_a_number_and_no_address_is_rung_by_the_hub_at_each_step(
    world: World, people: People
) -> None:
    """Their page alone would say it, and nobody sent them the link."""
    referral, case = accepted(world, people)
    today(people.mo).see("Somebody waits to be told", RING, referral.ref)
    assert RING not in today(people.olive).text
    write_down(people, referral, "received")
    today(people.mo).see(RING)
    write_down(people, referral, "decided")
    assert RING not in today(people.mo).text
    close(case, people)
    page = today(people.mo).see("Something new about what was referred")
    page.follow(referral.ref).send("I have read it")
    today(people.mo).see(RING)
    write_down(people, referral, "closed")
    assert RING not in today(people.mo).text


def test_one_call_tells_of_the_decision_and_of_the_end(world: World, people: People) -> None:
    referral, case = accepted(world, people)
    close(case, people)
    write_down(people, referral, "closed", how="not_told")
    assert RING not in today(people.mo).text


def test_the_page_says_which_call_is_owed_and_its_form_is_filled_in_beforehand(
    people: People,
) -> None:
    """Whom, at which number, about which step; to the hub alone, until somebody told them."""
    referral = hand_over(refer(at=now()), by=people.mo, at=now())
    page = today(people.mo).follow(referral.ref)
    page.see("A call is owed: ring Nora Nextdoor, 020 7946 0000", "“The hub decided”")
    assert "A call is owed" not in Visitor(people.olive).open(f"/referrals/{referral.ref}/").text
    page.follow("Write down the call").send("Save", why="She knows now.")
    page.see("Who was told is kept.", "By telephone")
    assert "A call is owed" not in page.text
    assert RING not in today(people.mo).text


def test_a_call_that_nobody_answered_is_kept_and_still_owed(people: People) -> None:
    """Also of a step that did not happen nothing is filled in."""
    referral = hand_over(refer(at=now()), by=people.mo, at=now())
    form = Visitor(people.mo).open(f"/referrals/{referral.ref}/information/?of=closed")
    form.send("Save").see("Select who was told")
    page = today(people.mo).follow(referral.ref).follow("Write down the call")
    page.send("Save", channel="no_answer").see("They are still to be rung", "A call is owed")
    page.see("Nobody answered: Mo Malik", "Rang, and nobody answered")
    again = today(people.mo).see("Ring again who referred: nobody answered")
    assert RING not in again.text
    write_down(people, referral, "decided")
    assert "Ring again" not in today(people.mo).text


def test_an_end_that_was_undone_is_told_to_nobody(world: World, people: People) -> None:
    referral, case = accepted(world, people)
    write_down(people, referral, "decided")
    case = close(case, people)
    cases.reopen_case(case=case, why="He is gone again.", by=people.max, at=now())
    assert RING not in today(people.mo).text


@pytest.mark.parametrize("contact", ["", "nora@example.org, 020 7946 0000", "the blue door, no 7"])
def test_who_gets_a_message_or_left_no_number_is_not_to_be_rung(
    people: People, contact: str
) -> None:
    hand_over(refer(at=now(), referrer_contact=contact), by=people.mo, at=now())
    assert RING not in today(people.mo).text


def test_what_a_colleague_at_the_hub_looks_at_is_theirs_to_ring(people: People) -> None:
    referral = hand_over(refer(at=now()), by=people.mo, at=now())
    Referral.objects.filter(pk=referral.pk).update(owner=people.max)
    assert RING not in today(people.mo).text
