"""Which change of school was missed: kept on the case, put right, and found again (P65)."""

from datetime import date

import pytest
from django.urls import reverse

from onroll.cases import actions, queries
from onroll.cases.models import Case
from onroll.cases.queries.register import Filters
from onroll.children import actions as children
from onroll.children.models import PlaceKind
from onroll.rules.missed_change import MissedChange
from onroll.rules.refusal import Changed, Refused
from onroll.schools.models import School
from tests.cases.test_entry import shown
from tests.cases.world import AT, TODAY
from tests.duplicates.pairs import merge
from tests.migrations import undone
from tests.proof import facts

pytestmark = pytest.mark.django_db

WENT_UP = date(2015, 3, 4)
"""The birthday of a child who goes into year 7 in September 2026."""
JULY = date(2026, 7, 22)


@pytest.fixture
def primary(world):
    School.objects.filter(pk=world.st_anns.pk).update(phase="Primary", lowest_age=4, highest_age=11)
    School.objects.filter(pk=world.mill_lane.pk).update(
        phase="Secondary", lowest_age=11, highest_age=16
    )
    world.st_anns.refresh_from_db()
    world.mill_lane.refresh_from_db()
    return world


@pytest.fixture
def case(primary):
    child = primary.child(born=WENT_UP)
    primary.at_school(child)
    primary.left(child, on=JULY)
    return primary.case(child, since=date(2026, 7, 23))


def test_a_case_opens_with_the_change_that_was_missed_and_says_so(case, people, as_):
    """P65."""
    page = shown(as_(people.olive).get(reverse("casefile:case", args=[case.ref])))
    assert "Change of school missed: Primary to secondary" in page.text


def test_the_place_that_was_offered_tells_it_where_no_school_before_is_known(primary):
    child = primary.child(born=WENT_UP)
    children.start_place(
        child=child,
        kind=PlaceKind.OFFERED,
        from_on=date(2026, 9, 2),
        source=primary.source,
        school=primary.mill_lane,
        is_confirmed=False,
    )
    case = primary.case(child, reason="never_arrived", school=primary.mill_lane)
    assert case.missed_change == "primary_to_secondary"


def test_a_school_that_the_child_never_came_to_is_not_the_one_before(primary):
    case = primary.case(
        primary.child(born=WENT_UP),
        reason="never_arrived",
        school=primary.mill_lane,
        since=date(2026, 9, 3),
    )
    assert case.missed_change == "primary_to_secondary"


def test_a_birthday_that_is_only_about_right_tells_nothing(primary):
    child = primary.child(born=WENT_UP)
    child.is_born_estimated = True
    child.save()
    assert primary.case(child).missed_change == "not_known"


def correct(client, case, **said):
    where = reverse("cases:missed_change", args=[case.ref])
    version = client.get(where).context["form"]["version"].value()
    return client.post(where, {"version": version, **said})


def test_an_officer_puts_it_right_and_says_why(case, people, as_):
    """P65: the case, its chronology and the history of its fields say it."""
    client = as_(people.olive)
    case_page = shown(client.get(reverse("casefile:case", args=[case.ref])))
    where = reverse("cases:missed_change", args=[case.ref])
    assert case_page.tree.xpath(f'//a[@href="{where}"]')
    answer = correct(client, case, change="in_year", why="She was at Park High until October.")
    page = shown(client.get(answer["Location"]))
    assert "Change of school missed: In the middle of a year or phase" in page.text
    history = shown(client.get(f"/cases/{case.ref}/record/history/")).text
    for words in (
        "Change of school missed: In the middle of a year or phase",
        "Before: Primary to secondary",
        "She was at Park High until October.",
        "Olive Obi",
    ):
        assert words in history


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"why": "So."}, "Select which change of school was missed"),
        ({"change": "in_year"}, "Say why"),
        ({"change": "primary_to_secondary", "why": "So."}, "The case says that already"),
    ],
)
def test_a_correction_that_says_too_little_comes_back(case, people, as_, said, sentence):
    assert sentence in shown(correct(as_(people.olive), case, **said)).text
    case.refresh_from_db()
    assert case.missed_change == "primary_to_secondary"


def test_who_comes_second_overwrites_nothing(case, people):
    def say(change):
        actions.correct_missed_change(
            case=case, change=change, why="So.", by=people.olive, at=AT, version=case.version
        )

    say(MissedChange.IN_YEAR)
    with pytest.raises(Changed):
        say(MissedChange.NOT_KNOWN)
    case.refresh_from_db()
    assert case.missed_change == "in_year"


def test_a_closed_case_is_opened_again_first(case, primary, people):
    actions.close_case(
        case=case,
        outcome="on_roll",
        facts=facts(on=TODAY, school=primary.mill_lane),
        why="Seen there.",
        by=people.max,
        at=AT,
    )
    with pytest.raises(Refused, match="closed"):
        actions.correct_missed_change(
            case=case, change=MissedChange.IN_YEAR, why="So.", by=people.olive, at=AT
        )


@pytest.mark.parametrize("who", ["ada", "hal", "cat", "sen", "dee"])
def test_who_may_not_put_children_on_the_register_does_not_correct_it(case, people, as_, who):
    """Row 16."""
    where = reverse("cases:missed_change", args=[case.ref])
    assert as_(getattr(people, who)).get(where).status_code == 403


def test_the_register_is_filtered_by_it(case, primary, people, as_):
    """P65."""
    other = primary.case(primary.child("Other", born=None))
    client = as_(people.olive)
    page = shown(client.get(reverse("cases:register"), {"change": "primary_to_secondary"})).text
    assert case.ref in page
    assert other.ref not in page
    found = queries.register(people.olive, Filters(change="no such"), on=TODAY)
    assert {c.ref for c in found} == {case.ref, other.ref}


@pytest.mark.django_db(transaction=True)
def test_cases_from_before_are_filled_in_by_the_rule(case, primary, owner_url):
    """`cases.0022`: also of a case whose school only the report named, and that is closed."""
    never = primary.case(
        primary.child("Other", born=WENT_UP),
        reason="never_arrived",
        school=primary.mill_lane,
        since=date(2026, 9, 3),
    )
    unknown = primary.case(primary.child("Third", born=None))
    with undone(owner_url, [("cases", "0022_action_points_join")]):
        pass
    changes = dict(Case.objects.values_list("ref", "missed_change"))
    assert changes == {
        case.ref: "primary_to_secondary",
        never.ref: "primary_to_secondary",
        unknown.ref: "not_known",
    }


def test_when_records_are_joined_the_change_of_the_first_case_stands(case, primary, people):
    again = primary.child("Jade", born=None)
    later = primary.case(again)
    assert later.missed_change == "not_known"
    merge(case.child, again, people)
    case.refresh_from_db()
    assert (case.is_open, case.missed_change) == (True, "primary_to_secondary")
