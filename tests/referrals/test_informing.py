"""P17: the record says who was told of each step, when and how, or why not (policy p.9)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.referrals import actions
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Audience, Channel, Happening, Notification, Referral
from onroll.referrals.queries.referrer import finished_day
from onroll.rules.refusal import Refused
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts
from tests.referrals.forms import day
from tests.referrals.made import decide, hand_over, refer

pytestmark = pytest.mark.django_db


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
