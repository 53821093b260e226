"""Today: each item says its oldest and whose that is, and what is empty is folded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.casefile.features import todos
from onroll.casefile.queries import today
from onroll.cases.queries.waiting import oldest, waited
from onroll.rules.dated import in_words
from tests import routes
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.reading import Page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.build()


def test_each_item_says_since_when_its_oldest_waits(world: routes.World) -> None:
    """P15: for everyone who could act."""
    at = timezone.now() + 3 * DAY
    said = {}
    for user in world.people.all():
        for todo in todos(user, on=at.date(), at=at):
            if todo.number:
                said[todo.code, user.role] = oldest(todo, at=at)
    assert {code for code, words in said.items() if not words} == set()
    assert said["families", "adm"] == "Oldest: 3 days, Admissions"
    assert said["families", "loc"] == "Oldest: 3 days, the lead officer"
    assert said["further_checks", "loc"] == "Oldest: 3 days, the lead officer"
    assert said["home_education_reports", "sal"] == "Oldest: 3 days, home education"
    assert said["referrals_sent_on", "mash"] == "Oldest: 3 days, Mo Malik"
    assert said["sent_to_you", "cao"] == "Oldest: 3 days, nobody’s yet"
    assert said["sent_outcomes", "cao"] == "Oldest: 3 days, A. Officer"
    assert said["unowned", "loc"].endswith(", nobody’s yet")
    assert {code for code, _ in said} >= {
        "unsure",
        "findings",
        "merges",
        "referrals_news",
        "claims",
    }


def test_what_is_the_persons_own_says_its_age_and_no_name(world: routes.World) -> None:
    at = timezone.now() + 2 * DAY  # the form was begun a day ago
    found = {todo.code: todo for todo in todos(world.people.olive, on=at.date(), at=at)}
    assert oldest(found["drafts"], at=at) == "Oldest: 3 days"


@pytest.mark.parametrize(("days", "is_said"), [(19, False), (20, True), (26, True)])
def test_in_the_last_week_it_says_on_which_day_a_form_that_was_not_sent_is_deleted(
    world: routes.World, days: int, *, is_said: bool
) -> None:
    """The form was begun a day ago, and is kept for 28 days."""
    at = timezone.now() + days * DAY
    found = {todo.code: todo for todo in todos(world.people.olive, on=at.date(), at=at)}
    day = in_words(timezone.localtime(timezone.now() + 27 * DAY).date())
    says = f"Oldest: {days + 1} days, deleted on {day} unless you go on with it"
    assert (oldest(found["drafts"], at=at) == says) is is_said


def test_the_owner_is_that_of_the_oldest(world: routes.World) -> None:
    ours = world.ours
    ours.owner, ours.opened_on = world.people.max, ours.opened_on - 9 * DAY
    ours.save(update_fields=["owner", "opened_on"])
    world.theirs.owner = world.people.olive
    world.theirs.save(update_fields=["owner"])
    at = timezone.now()
    for clock in (*ours.deadlines.running(), *world.theirs.deadlines.running()):
        clock.due_on = clock.starts_on = at.date() - (9 if clock.subject_id == ours.pk else 2) * DAY
        clock.save(update_fields=["starts_on", "due_on"])
    found = {todo.code: todo for todo in todos(world.people.olive, on=at.date(), at=at)}
    assert oldest(found["overdue"], at=at) == "Oldest: 9 days, Max Marsh"
    assert oldest(found["overdue_mine"], at=at) == "Oldest: 2 days"


def test_a_childs_name_stands_in_the_list_of_what_to_do_and_nowhere_else(
    world: routes.World,
) -> None:
    for name in ("olive", "max", "mo", "hal", "cat", "ada"):
        source = Visitor(getattr(world.people, name)).open("/today/").content
        text = Page(source).without("What to do now")
        assert not [canary.text for canary in world.canaries if canary.text in text]


def test_what_is_empty_is_folded_and_still_there(people: People) -> None:
    """Nothing is said of what the reader may not see."""
    ada = Visitor(people.ada).open("/today/").see("Nothing that you may see needs someone now.")
    ada.see("4 lists on which nothing waits that you may see")
    (folded,) = ada.page.xpath("//details[not(@open)]")
    assert [link.text for link in folded.iter("a")] == [
        "Open cases you are on",
        "Open cases you are on with an overdue clock",
        "Open cases you are on with an alert",
        "Families that ask about places",
    ]
    assert not ada.page.xpath("//li[contains(@class, 'onroll-stat')]")
    assert "Referrals for the hub" not in ada.text
    ada.follow("Families that ask about places")
    assert ada.status == 200


def test_what_waits_is_counted_by_one_query_with_its_oldest(
    world: routes.World, django_assert_max_num_queries
) -> None:
    at = timezone.localtime()
    with django_assert_max_num_queries(15):
        today(world.people.max, at=at)


def test_ages_are_said_in_minutes_then_hours_then_days_and_of_days_in_days() -> None:
    at = timezone.localtime()
    minutes = (0, 1, 59, 60, 24 * 60 - 1, 24 * 60, 48 * 60 - 1, 48 * 60)
    assert [waited(at - timedelta(minutes=number), at=at) for number in minutes] == [
        "less than a minute",
        "1 minute",
        "59 minutes",
        "1 hour",
        "23 hours",
        "1 day",
        "1 day",
        "2 days",
    ]
    assert [waited(at.date() - days * DAY, at=at) for days in (0, 1, 5)] == [
        "since today",
        "1 day",
        "5 days",
    ]


def test_a_list_on_the_list_of_the_day_is_said_once_with_who_has_it(world: routes.World) -> None:
    """What Admissions alone has to do stood on her page twice, as a row and as a number."""
    ada = Visitor(world.people.ada).open("/today/")
    ada.see("families that ask about places", "(less than a minute), Admissions")
    assert len(ada.page.xpath("//main//a[@href='/families/']")) == 2
    assert not ada.page.xpath("//li[contains(@class, 'onroll-stat')]//a[@href='/families/']")
    assert "Nothing that you may see needs someone now." not in ada.text
