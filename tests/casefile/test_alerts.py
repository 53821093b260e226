"""Alerts on Today and on the case: one line a kind, seen by whom, muted until when, never lost."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.accounts.actions import add_person, set_cover
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.audit.models import AccessEvent, ChangeEvent
from onroll.casefile.features import day, todos
from onroll.cases import actions
from onroll.cases.models import Alert, AlertKind, AlertWord, Case
from onroll.rules.dated import in_words
from onroll.rules.refusal import Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen, Spot, Telling
from tests.cases.world import World
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LEAD = "This child may be on"
FOLLOW_UP = "Follow it up"


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Return a case of Olive's on which two records wait, and no clock."""
    case = world.case(world.child("Amina", "Example"), owner=people.olive)
    case.deadlines.running().delete()
    for row in (1, 2):
        raise_lead(case, world, row)
    return case


def raise_lead(case: Case, world: World, row: int) -> Alert:
    return actions.raise_alert(
        case=case,
        kind=AlertKind.LEAD,
        source=world.source,
        row=row,
        is_unsure=True,
        at=timezone.localtime(),
    )


def newest(case: Case) -> int:
    return max(alert.pk for alert in case.alerts.all())


def mute(case: Case, by: User, *, back_on: date | None = None, kind: str = "lead") -> None:
    actions.mute_alerts(
        case=case,
        kind=kind,
        newest=newest(case),
        back_on=back_on or timezone.localdate() + 7 * DAY,
        why="The school sends the same list each week.",
        by=by,
        at=timezone.localtime(),
    )


def is_told(user: User) -> bool:
    return FOLLOW_UP in Visitor(user).open("/today/").text


def typed(name: str, when: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def test_several_of_one_kind_are_one_line_on_today_and_on_the_case(
    case: Case, people: People
) -> None:
    olive = Visitor(people.olive).open("/today/")
    olive.see("record 2 of file T-1", "1 more like it.")
    assert olive.text.count(LEAD) == 1
    olive.open(f"/cases/{case.ref}/").see("Record that may be the child: 2", "record 1 of file T-1")


def test_what_somebody_has_seen_calls_them_no_more_and_their_colleague_still(
    case: Case, people: People
) -> None:
    lena = add_person(
        email="lena@council.test", name="Lena Lord", role=Role.LOC, by=None, at=timezone.localtime()
    )
    on = timezone.localdate()
    set_cover(
        absent=people.olive,
        colleague=lena,
        from_on=on,
        until_on=on + DAY,
        by=people.olive,
        at=timezone.localtime(),
        last=0,
    )
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").send("I have seen it")
    olive.see(f"It is written down that you saw this. Case {case.ref}", "Seen by Olive Obi")
    assert not is_told(people.olive)
    assert is_told(lena)
    olive.open("/today/").follow("Alerts seen or muted").see("Amina Example", "Seen by Olive Obi")
    Visitor(lena).open("/cases/alerts/").see("Seen by Olive Obi", "for Olive Obi")


def test_what_is_muted_calls_nobody_stands_on_its_page_and_is_brought_back(
    case: Case, people: People
) -> None:
    """P30."""
    until = timezone.localdate() + 7 * DAY
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/").follow("Mute until a day")
    olive.send("Mute").see("Say why", "Enter the day on which it comes back")
    olive.send("Mute", why="The same list each week.", **typed("back_on", until))
    olive.see("It is muted", case.ref, "by Olive Obi", "The same list each week.")
    assert not is_told(people.olive)
    olive.open("/cases/alerts/").see("Amina Example", "1 more like it.", in_words(until))
    Visitor(people.max).open("/cases/alerts/").see("No alert is seen or muted")
    Visitor(people.max).open("/cases/alerts/?whose=everyone").see("The same list each week.")
    olive.send("Show it again").see("It is shown again", "No alert is seen or muted")
    assert is_told(people.olive)
    chronology = olive.open(f"/cases/{case.ref}/chronology/")
    chronology.see(f"Alerts muted until {in_words(until)}", "Alerts shown again")


def test_they_come_back_when_the_day_comes_and_when_one_as_grave_is_raised(
    case: Case, world: World, people: People
) -> None:
    mute(case, people.olive)
    assert not is_told(people.olive)
    at = timezone.localtime() + 7 * DAY
    rows = day(people.olive, todos(people.olive, on=at.date(), at=at), on=at.date(), at=at).first()
    assert any(row.words.startswith(LEAD) for row in rows)
    raise_lead(case, world, 3)
    assert is_told(people.olive)


def test_what_is_less_grave_leaves_the_rest_muted(case: Case, people: People) -> None:
    mute(case, people.olive)
    actions.raise_alert(case=case, kind=AlertKind.OVER_AGE, at=timezone.localtime())
    page = Visitor(people.olive).open("/today/").see("Over compulsory school age")
    assert LEAD not in page.text


def worry(case: Case, by: User) -> None:
    telling = Telling(
        seen=Seen.NO,
        on=timezone.localdate(),
        by="Ama Boateng",
        role="social worker",
        spot=Spot.ELSEWHERE,
        place="The library",
        is_safe=RiskAnswer.NOT_SURE,
        safe_words="Nobody opened.",
    )
    actions.record_sighting(case=case, telling=telling, by=by, at=timezone.localtime())


def test_a_mute_ends_when_the_child_may_be_in_danger_and_none_is_taken_then(
    case: Case, people: People
) -> None:
    mute(case, people.olive)
    worry(case, people.olive)
    Visitor(people.olive).open("/today/").see("A child may be in danger", "Not known to be safe")
    page = Visitor(people.olive).open(f"/cases/{case.ref}/").see("I have seen it")
    assert "Mute until a day" not in page.text
    with pytest.raises(Refused, match="may be in danger"):
        mute(case, people.olive)


def test_a_child_whom_nobody_finds_is_not_muted(case: Case, people: People) -> None:
    actions.raise_alert(case=case, kind=AlertKind.LOST_AGAIN, at=timezone.localtime())
    with pytest.raises(Refused, match="where this child is"):
        mute(case, people.olive, kind="lost_again")
    address = f"/cases/{case.ref}/alerts/lost_again/mute/"
    assert Visitor(people.olive).open(address).status == 404


def test_a_clock_of_the_law_still_calls_where_alerts_are_muted(
    world: World, people: People
) -> None:
    on = timezone.localdate()
    case = world.case(owner=people.olive)
    clock = case.deadlines.running()[0]
    clock.clock, clock.starts_on, clock.due_on = "excluded_6", on - 20 * DAY, on - 9 * DAY
    clock.save(update_fields=["clock", "starts_on", "due_on"])
    raise_lead(case, world, 1)
    mute(case, people.olive)
    Visitor(people.olive).open("/today/").see("Overdue by law", case.ref)


def test_who_decides_on_an_older_page_is_told_that_another_came(
    case: Case, world: World, people: People
) -> None:
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/")
    raise_lead(case, world, 3)
    olive.send("I have seen it").see("Something else was raised on this case after you opened")
    assert not AlertWord.objects.exists()


def test_every_word_is_in_the_trail_and_the_list_is_a_read_of_children(
    case: Case, people: People
) -> None:
    mute(case, people.olive)
    Visitor(people.olive).open("/cases/alerts/")
    seen = AccessEvent.objects.get(page="alerts")
    assert seen.child_ids == [case.child_id]
    assert ChangeEvent.objects.filter(table_name="cases_alertword").exists()


def test_the_database_keeps_no_mute_without_a_day_or_a_reason(case: Case, people: People) -> None:
    row = AlertWord(
        case=case, kind="lead", word="muted", why="", by=people.olive, at=timezone.now()
    )
    with pytest.raises(IntegrityError, match="alert_word_that_mutes"), transaction.atomic():
        row.save()


def test_who_does_not_work_on_cases_mutes_nothing(case: Case, people: People) -> None:
    assert Visitor(people.sam).open("/cases/alerts/").status in {403, 404}
    assert Visitor(people.cat).open(f"/cases/{case.ref}/alerts/lead/mute/").status in {403, 404}


def test_more_of_them_ask_no_more_of_the_database(world: World, people: People) -> None:
    client = Client()
    client.force_login(people.olive)
    asked = []
    for number in (1, 5):
        for n in range(number):
            case = world.case(world.child(f"Child{'abcdef'[n]}{'xy'[number // 5]}"))
            actions.assign_case(
                case=case, owner=people.olive, by=people.olive, at=timezone.localtime()
            )
            raise_lead(case, world, 1)
            mute(case, people.olive)
        client.get("/cases/alerts/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/cases/alerts/").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1]
