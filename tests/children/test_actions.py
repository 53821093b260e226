"""What is written about children and their places: facts stand beside each other (DESIGN 4)."""

from datetime import UTC, date, datetime

import pytest

from onroll.audit.models import ChangeEvent
from onroll.children import actions
from onroll.children.actions import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import (
    Address,
    Child,
    Flag,
    Identifier,
    Name,
    Place,
    PlaceKind,
    Relationship,
    Source,
    SourceKind,
)
from onroll.children.queries import where_is
from onroll.schools.models import School

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = AT.date()
SAID = ChildFacts(
    forename="Sam",
    surname="Example",
    former_surname="Sample",
    born_on=date(2015, 3, 4),
    sex="F",
    identifiers=(("upn", "J310200025001"), ("upn", "J310200025001"), ("uln", "1234567890")),
    addresses=(AddressFacts(lines=("1 Invented Road", "Harrow"), postcode="HA1 2AB"),),
    adults=(AdultFacts(forename="Ann", surname="Example", kind="MOT", phones=("07700900001",)),),
    flags=("sen_support",),
)


@pytest.fixture
def source() -> Source:
    return actions.add_source(
        kind=SourceKind.FILE, said_by="St Ann's", said_on=TODAY, at=AT, reference="AAA-BBB-CCC"
    )


@pytest.fixture
def sam(source: Source) -> Child:
    return actions.add_child(facts=SAID, source=source, row=7)


@pytest.fixture
def school() -> School:
    return a_school("2001")


def a_school(number: str, *, is_reporting: bool = True) -> School:
    return School.objects.create(
        la_code="310",
        establishment=number,
        name=f"School {number}",
        phase="primary",
        is_reporting=is_reporting,
    )


def start(child: Child, school: School | None, source: Source, **said) -> Place:
    facts = {"kind": PlaceKind.REGISTERED, "from_on": date(2020, 9, 2), "is_confirmed": True}
    return actions.start_place(child=child, school=school, source=source, **(facts | said))


def end(child: Child, school: School, source: Source, left_on: date, **said) -> Place:
    return actions.end_place(child=child, school=school, source=source, left_on=left_on, **said)


def test_a_child_is_added_with_all_that_was_said_and_who_said_it(sam: Child) -> None:
    sam.refresh_from_db()
    assert (sam.name, sam.source_row, sam.born_on) == ("Sam Example", 7, date(2015, 3, 4))
    assert sorted(sam.identifiers.values_list("kind", flat=True)) == ["uln", "upn"]
    assert sam.names.get().surname == "Sample"
    assert sam.addresses.get().lines == ["1 Invented Road", "Harrow"]
    assert sam.relationships.get().adult.phones == ["07700900001"]
    assert sam.flags.get().from_on == TODAY
    assert "n:sample" in sam.search_keys


def test_many_children_come_back_in_the_order_they_were_given(source: Source) -> None:
    facts = [(n, ChildFacts(forename=f"Sam{n}", surname="Example")) for n in range(50)]
    added = actions.add_children(facts=facts, source=source)
    assert [(child.forename, child.source_row) for child in added] == [
        (f"Sam{n}", n) for n in range(50)
    ]
    assert {child.pk for child in added} == set(Child.objects.values_list("pk", flat=True))
    assert len(set(Child.objects.values_list("ref", flat=True))) == 50


def test_each_child_added_among_many_is_in_the_audit_trail(source: Source) -> None:
    added = actions.add_children(facts=[(n, SAID) for n in range(3)], source=source)
    trail = ChangeEvent.objects.filter(table_name="children_child", verb="insert")
    assert sorted(event.child_ids[0] for event in trail) == [child.pk for child in added]


def test_only_what_was_empty_is_filled(source: Source) -> None:
    child = actions.add_child(
        facts=ChildFacts(forename="Sam", surname="Example", middle_names="Ash"), source=source
    )
    told = ChildFacts(
        forename="Samuel",
        surname="Example",
        middle_names="Other",
        born_on=date(2015, 3, 4),
        sex="M",
        chosen_forename="Sammy",
    )
    actions.add_facts(child=child, facts=told, source=source)
    child.refresh_from_db()
    assert (child.forename, child.middle_names) == ("Sam", "Ash")
    assert (child.born_on, child.sex, child.chosen_forename) == (date(2015, 3, 4), "M", "Sammy")
    assert list(Name.objects.values_list("kind", "forename")) == [("alias", "Samuel")]
    assert {"n:sam", "n:samuel", "n:sammy"} <= set(child.search_keys)


def test_the_same_told_again_adds_nothing(sam: Child, source: Source) -> None:
    models = (Child, Identifier, Name, Address, Relationship, Flag)
    before = [model._default_manager.count() for model in models]
    actions.add_facts(child=sam, facts=SAID, source=source)
    assert [model._default_manager.count() for model in models] == before


def test_another_telephone_is_another_contact_and_changes_none(sam: Child, source: Source) -> None:
    """files.md 11.1: one name is never taken for one adult."""
    told = ChildFacts(adults=(AdultFacts(forename="Ann", surname="Example", kind="MOT"),))
    actions.add_facts(child=sam, facts=told, source=source)
    assert [r.adult.phones for r in sam.relationships.order_by("pk")] == [["07700900001"], []]


def test_a_stay_told_to_start_after_it_ended_stays_ended(
    sam: Child, school: School, source: Source
) -> None:
    end(sam, school, source, date(2026, 10, 9))
    place = start(sam, school, source, from_on=date(2026, 9, 3))
    assert (place.from_on, place.to_on) == (date(2026, 9, 3), date(2026, 10, 9))
    assert Place.objects.count() == 1


def test_a_new_stay_after_the_last_is_another_place(
    sam: Child, school: School, source: Source
) -> None:
    start(sam, school, source)
    end(sam, school, source, date(2026, 10, 9))
    again = start(sam, school, source, from_on=date(2026, 11, 2))
    assert (Place.objects.count(), again.to_on) == (2, None)


def test_an_end_told_twice_keeps_its_day_and_gathers_what_was_missing(
    sam: Child, school: School, source: Source
) -> None:
    start(sam, school, source)
    end(sam, school, source, date(2026, 11, 13))
    place = end(sam, school, source, date(2026, 11, 20), leaving_reason="UK", ground_letter="I")
    assert (place.to_on, place.leaving_reason, place.ground_letter) == (
        date(2026, 11, 13),
        "UK",
        "I",
    )
    assert Place.objects.count() == 1


def test_a_place_ended_before_it_is_said_to_have_begun_ends_on_its_first_day(
    sam: Child, school: School, source: Source
) -> None:
    start(sam, school, source, from_on=None)
    place = end(sam, school, source, date(2026, 11, 13), from_on=date(2026, 12, 1))
    assert place.to_on == date(2026, 11, 13)


def test_joining_ends_what_was_hoped_for_and_keeps_what_is_of_another_time(
    sam: Child, school: School, source: Source
) -> None:
    start(sam, school, source, kind=PlaceKind.NAMED, from_on=date(2026, 12, 24))
    at_home = start(sam, None, source, kind=PlaceKind.HOME_EDUCATION, provision="Home education")
    later = start(
        sam, None, source, kind=PlaceKind.ABROAD, provision="Abroad", from_on=date(2027, 6, 1)
    )
    actions.end_expectations(child=sam, school=school, on=TODAY, source=source)
    at_home.refresh_from_db()
    later.refresh_from_db()
    assert (at_home.to_on, at_home.ended_by) == (date(2026, 11, 22), source)
    assert later.to_on is None
    assert not Place.objects.filter(kind="named", to_on=None).exists()


def test_a_claim_that_is_not_so_ends_and_a_confirmed_one_stays(sam: Child, source: Source) -> None:
    start(sam, None, source, kind=PlaceKind.ABROAD, provision="Abroad", is_confirmed=False)
    start(sam, None, source, kind=PlaceKind.HOME_EDUCATION, provision="Home education")
    actions.end_claims(child=sam, on=TODAY, source=source)
    assert list(Place.objects.filter(to_on=None).values_list("kind", flat=True)) == [
        "home_education"
    ]


@pytest.mark.parametrize("is_reporting", [True, False])
def test_a_confirmed_name_of_a_school_counts_where_no_file_will_come(
    sam: Child, source: Source, is_reporting: bool
) -> None:
    named = a_school("2009", is_reporting=is_reporting)
    start(sam, named, source, kind=PlaceKind.NAMED, from_on=TODAY, is_confirmed=False)
    actions.confirm_claims(child=sam, kinds=[PlaceKind.NAMED], source=source)
    assert [p.school for p in where_is(sam, on=TODAY).places] == ([] if is_reporting else [named])
    assert Place.objects.get(kind="named").is_confirmed


def test_a_death_keeps_the_day_first_confirmed(sam: Child) -> None:
    actions.record_death(child=sam, on=date(2026, 11, 13))
    actions.record_death(child=sam, on=date(2026, 11, 20))
    sam.refresh_from_db()
    assert sam.died_on == date(2026, 11, 13)
