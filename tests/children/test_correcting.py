"""What is on record of a child is put right, stays put right, and the old value is kept."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from onroll.audit.models import ChangeEvent
from onroll.children import actions as children
from onroll.children.actions import (
    AddressFacts,
    Background,
    Birth,
    ChildFacts,
    Evidence,
    Groups,
    Home,
    Names,
    Numbers,
)
from onroll.children.models import Basis, Child, Correction, Detail, IdentifierKind, Part
from onroll.children.queries import (
    current_details,
    details_of,
    find_candidates,
    state_of,
    version_of,
    where_is,
)
from onroll.matching import Person
from onroll.rules.refusal import Changed, Refused
from tests.cases import world as worlds
from tests.cases.world import AT, BORN, TODAY

pytestmark = pytest.mark.django_db
EVIDENCE = Evidence("Mrs Basnet, the mother", Basis.DOCUMENT, "Birth certificate")
UPN, OTHER_UPN = "H801200001001", "B310200022001"
HOME = AddressFacts(lines=("12 Owlbarn Row",), town="Harrow", postcode="HA1 1AA")
NEW_HOME = AddressFacts(lines=("1 New Street",), town="Harrow", postcode="HA2 2AA")


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture
def correct(people):
    """Give a function that corrects a child as Olive, and the child as it is then."""

    def put_right(child, facts, **more):
        done = children.correct(
            child=child, facts=facts, evidence=EVIDENCE, by=people.olive, at=AT, **more
        )
        child.refresh_from_db()
        return done

    return put_right


def found(forename, surname, born=None):
    asked = Person(forenames=frozenset({forename}), surnames=frozenset({surname}), born=born)
    return [person.key for person in find_candidates([asked])[0]]


def told_again(world, child, facts):
    """The school's file comes again, as it does each week."""
    children.add_facts(child=child, facts=facts, source=world.source)
    child.refresh_from_db()


# Who, when, from what


def test_a_correction_keeps_what_was_what_is_who_said_so_and_how_it_is_known(
    world, people, correct
):
    child = world.child("Sujal", "Basnett")
    done = correct(child, Names("Sujal", "Basnet"))
    assert (child.surname, done.was["surname"], done.now["surname"]) == (
        "Basnet",
        "Basnett",
        "Basnet",
    )
    assert (done.part, done.basis, done.remark) == ("name", "document", "Birth certificate")
    source = done.source
    assert (source.said_by, source.kind) == ("Mrs Basnet, the mother", "officer")
    assert (source.recorded_by, source.recorded_at) == (people.olive, AT)
    event = ChangeEvent.objects.filter(table_name="children_correction").latest("id")
    assert (event.verb, event.child_ids) == ("insert", [child.pk])


def test_what_is_on_record_already_is_no_correction(world, correct):
    child = world.child("Sujal", "Basnet")
    with pytest.raises(Refused):
        correct(child, Names("Sujal", "Basnet"))
    assert not Correction.objects.exists()


def test_an_older_page_does_not_undo_a_newer_correction(world, correct):
    child = world.child("Sujal", "Basnett")
    opened = version_of(state_of(child, Part.NAME))
    correct(child, Names("Sujal", "Basnet"), version=opened)
    with pytest.raises(Changed):
        correct(child, Names("Sujan", "Basnett"), version=opened)
    assert child.surname == "Basnet"


def test_what_a_file_brought_meanwhile_is_a_change_too(world, correct):
    child = world.child("Sujal", "Basnet")
    opened = version_of(state_of(child, Part.NAME))
    told_again(world, child, ChildFacts("Sujal", "Ram", "Basnet"))
    with pytest.raises(Changed):
        correct(child, Names("Sujal", "Basnett"), version=opened)


def test_another_part_may_have_changed_meanwhile(world, correct):
    child = world.child("Sujal", "Basnett", upn=UPN)
    opened = version_of(state_of(child, Part.NAME))
    correct(child, Birth(date(2014, 3, 4), False, "F"))
    correct(child, Names("Sujal", "Basnet"), version=opened)
    assert (child.surname, child.born_on) == ("Basnet", date(2014, 3, 4))


def test_a_correction_that_changes_nothing_is_refused_by_the_database(world, correct):
    done = correct(world.child(), Names("Sujal", "Basnet"))
    with pytest.raises(IntegrityError, match="correction_changes_something"), transaction.atomic():
        Correction.objects.create(
            child=done.child, source=done.source, part=done.part, basis=done.basis,
            was=done.was, now=done.was,
        )  # fmt: skip


# Names


@pytest.mark.parametrize(("old", "kind"), [("former", "former"), ("misspelt", "alias")])
def test_the_old_name_is_kept_and_found_by(world, correct, old, kind):
    child = world.child("Sujal", "Okonkwo")
    correct(child, Names("Sujal", "Basnet", old=old))
    name = child.names.get()
    assert (name.kind, name.forename, name.surname) == (kind, "Sujal", "Okonkwo")
    assert name.source == world.source  # who said the old name, not who said the new one
    assert found("Sujal", "Basnet") == found("Sujal", "Okonkwo") == [child.pk]


def test_by_a_name_that_was_never_the_childs_nobody_is_found(world, correct):
    child = world.child("Sujal", "Okonkwo")
    correct(child, Names("Sujal", "Basnet", old="not_theirs"))
    assert found("Sujal", "Okonkwo") == []
    assert child.names.get().kind == "wrong"


def test_a_misspelt_name_that_comes_again_is_no_other_name(world, correct):
    child = world.child("Sujal", "Basnett")
    correct(child, Names("Sujal", "Basnet"))
    told_again(world, child, ChildFacts(forename="Sujal", surname="Basnett"))
    assert (child.surname, child.names.count()) == ("Basnet", 1)


def test_a_name_of_somebody_else_that_comes_again_is_not_added_again(world, correct):
    child = world.child("Sujal", "Okonkwo")
    correct(child, Names("Sujal", "Basnet", old="not_theirs"))
    told_again(world, child, ChildFacts(forename="Sujal", surname="Okonkwo"))
    assert [name.kind for name in child.names.all()] == ["wrong"]
    assert found("Sujal", "Okonkwo") == []


def test_another_name_is_taken_off_and_a_former_one_put_on(world, correct):
    child = world.child("Sujal", "Basnet")
    told_again(world, child, ChildFacts(forename="Sujal", surname="Wrong"))
    wrong = child.names.get()
    facts = Names("Sujal", "Basnet", former=("Sujal", "Gurung"), wrong=[wrong.pk])
    done = correct(child, facts)
    assert done.was == {"former": [], "alias": [["Sujal", "Wrong"]]}
    assert done.now == {"former": [["Sujal", "Gurung"]], "alias": []}
    assert found("Sujal", "Gurung") == [child.pk]
    assert found("Sujal", "Wrong") == []


def test_a_name_thought_wrong_may_be_put_back(world, correct):
    child = world.child("Sujal", "Okonkwo")
    correct(child, Names("Sujal", "Basnet", old="not_theirs"))
    correct(child, Names("Sujal", "Basnet", former=("Sujal", "Okonkwo")))
    assert found("Sujal", "Okonkwo") == [child.pk]
    assert state_of(child, Part.NAME)["former"] == [["Sujal", "Okonkwo"]]


@pytest.mark.parametrize("names", [("Thirunavukkarasu", ""), ("", "Thirunavukkarasu")])
def test_a_child_may_have_one_name_only(world, correct, names):
    child = world.child("Sujal", "Basnet")
    forename, surname = names
    correct(child, Names(forename, surname, old="not_theirs"))
    assert child.name == "Thirunavukkarasu"
    assert found(forename, surname, BORN) == [child.pk]
    with pytest.raises(IntegrityError, match="at_least_one_name"), transaction.atomic():
        correct(child, Names("", ""))


def test_a_chosen_name_that_was_taken_off_does_not_come_back_with_the_file(world, correct):
    facts = ChildFacts(forename="Sujal", surname="Basnet", chosen_forename="Suzy", born_on=BORN)
    child = children.add_child(facts=facts, source=world.source)
    correct(child, Names("Sujal", "Basnet"))
    told_again(world, child, facts)
    assert child.chosen_forename == ""
    told_again(world, child, replace(facts, chosen_forename="Sunny"))
    assert child.chosen_forename == "Sunny"


# Birthday and sex


def test_age_and_the_way_to_find_the_child_follow_from_the_birthday(world, correct):
    """EA96 s.8: school age is worked out on the day, from the birthday on record."""
    child = world.child("Sujal", "Basnet", date(2008, 3, 4))
    assert not where_is(child, on=TODAY).is_compulsory_age
    correct(child, Birth(date(2015, 3, 4), False, "F"))
    assert where_is(child, on=TODAY).is_compulsory_age
    assert found("Sujal", "Basnet", date(2015, 3, 4)) == [child.pk]
    assert not {key for key in child.search_keys if key.endswith(":2008")}


def test_a_birthday_is_known_estimated_or_not_known(world, correct):
    child = world.child("Sujal", "Basnet")
    correct(child, Birth(date(2015, 1, 1), True, "F"))
    assert (child.born_on, child.is_born_estimated) == (date(2015, 1, 1), True)
    correct(child, Birth(None, True, "F"))
    assert (child.born_on, child.is_born_estimated) == (None, False)


def test_a_birthday_found_to_be_wrong_does_not_come_back_with_the_file(world, correct):
    child = world.child("Sujal", "Basnet", BORN)
    correct(child, Birth(None, False, "U"))
    told_again(world, child, ChildFacts("Sujal", "", "Basnet", born_on=BORN, sex="F"))
    assert (child.born_on, child.sex) == (None, "U")
    told_again(world, child, ChildFacts("Sujal", "", "Basnet", born_on=date(2014, 5, 6), sex="M"))
    assert (child.born_on, child.sex) == (date(2014, 5, 6), "M")


# Numbers


def numbers(child):
    return [(number.kind, number.value) for number in child.identifiers.order_by("pk")]


def test_a_wrong_number_leads_to_the_child_no_more(world, correct):
    child = world.child(upn=UPN)
    correct(child, Numbers(upn=OTHER_UPN, uln="", nhs_number=""))
    assert numbers(child) == [("wrong", UPN), ("upn", OTHER_UPN)]
    by_number = [Person(upns=frozenset({number})) for number in (UPN, OTHER_UPN)]
    assert [[one.key for one in some] for some in find_candidates(by_number)] == [[], [child.pk]]


def test_a_wrong_number_that_comes_again_stays_wrong(world, correct):
    child = world.child(upn=UPN)
    correct(child, Numbers(upn="", uln="", nhs_number=""))
    told_again(world, child, ChildFacts("Sam", "", "Example", identifiers=(("upn", UPN),)))
    assert numbers(child) == [("wrong", UPN)]


def test_a_former_number_still_leads_to_the_child(world, correct):
    child = world.child(upn=UPN)
    done = correct(child, Numbers(upn=OTHER_UPN, uln="", nhs_number="", is_former=True))
    assert done.was == {"upn": [UPN], "former_upn": []}
    assert done.now == {"upn": [OTHER_UPN], "former_upn": [UPN]}
    assert [one.key for one in find_candidates([Person(upns=frozenset({UPN}))])[0]] == [child.pk]


def test_a_temporary_number_is_of_its_own_kind_and_numbers_may_be_put_back(world, correct):
    child = world.child(upn=UPN)
    correct(child, Numbers(upn="P80320000100A", uln="1000000007", nhs_number="9434765919"))
    assert numbers(child)[1:] == [
        ("temporary_upn", "P80320000100A"),
        ("uln", "1000000007"),
        ("nhs_number", "9434765919"),
    ]
    correct(child, Numbers(upn=UPN, uln="", nhs_number=""))
    held = state_of(child, Part.NUMBERS)
    assert {kind: some for kind, some in held.items() if some} == {"upn": [UPN]}


def test_another_number_is_taken_off(world, correct):
    child = world.child(upn=UPN)
    told_again(world, child, ChildFacts("Sam", "", "Example", identifiers=(("upn", OTHER_UPN),)))
    other = child.identifiers.get(value=OTHER_UPN)
    correct(child, Numbers(upn=UPN, uln="", nhs_number="", wrong=[other.pk]))
    assert numbers(child) == [("upn", UPN), (IdentifierKind.WRONG.value, OTHER_UPN)]


# Where the child lives


def homes(child):
    return [
        (home.kind, " ".join(home.lines), home.to_on) for home in child.addresses.order_by("pk")
    ]


def test_the_address_before_ends_the_day_before_the_next(world, correct):
    child = world.child(addresses=[HOME])
    correct(child, Home(replace(NEW_HOME, from_on=date(2026, 11, 2))))
    assert homes(child) == [
        ("home", "12 Owlbarn Row", date(2026, 11, 1)),
        ("home", "1 New Street", None),
    ]
    assert child.addresses.get(to_on=None).source.said_by == "Mrs Basnet, the mother"


def test_an_address_that_was_never_theirs_is_no_home_and_does_not_come_again(world, correct):
    child = world.child(addresses=[HOME])
    correct(child, Home(NEW_HOME, was_theirs=False))
    told_again(world, child, ChildFacts("Sam", "", "Example", addresses=(HOME,)))
    assert homes(child) == [("wrong", "12 Owlbarn Row", None), ("home", "1 New Street", None)]
    at_home = Person(forenames=frozenset({"Sam"}), postcodes=frozenset({"HA1 1AA"}), born=None)
    [near] = find_candidates([at_home])
    assert all("HA1 1AA" not in person.postcodes for person in near)


def test_no_fixed_abode_and_nobody_knows_are_answers(world, correct):
    child = world.child(addresses=[HOME])
    correct(child, Home(AddressFacts(has_none=True)))
    assert homes(child)[1] == ("no_fixed", "", None)
    assert homes(child)[0][2] is not None
    correct(child, Home(None))
    assert [to_on is None for *_, to_on in homes(child)] == [False, False]


def test_the_next_home_of_a_hidden_child_is_hidden_too(world, correct):
    """Row 8: a safe address must not be told because the family moved."""
    child = world.child(addresses=[HOME])
    child.addresses.update(is_protected=True)
    correct(child, Home(NEW_HOME))
    assert [home.is_protected for home in child.addresses.all()] == [True, True]


def test_an_address_comes_to_be_protected(world, correct):
    child = world.child(addresses=[HOME])
    done = correct(child, Home(HOME, is_protected=True))
    assert child.addresses.get().is_protected
    assert [home["is_protected"] for home in done.now["homes"]] == [True]


# Groups and background


def test_a_risk_group_that_no_longer_holds_ends_and_stays_on_record(world, correct):
    child = world.child(flags=["young_carer", "sen_support"])
    correct(child, Groups(frozenset({"ehcp", "young_carer"})))
    raised = {flag.kind: flag.to_on for flag in child.flags.all()}
    assert raised == {"young_carer": None, "sen_support": TODAY, "ehcp": None}


def background(child):
    return {kind: held.value for kind, held in current_details(details_of(child)).items()}


def test_the_background_is_kept_in_codes_with_its_source_and_day(world, correct):
    child = world.child()
    correct(child, Background({"ethnicity": "ANEP", "first_language": "NEP", "free_meals": "yes"}))
    assert background(child) == {
        "ethnicity": "ANEP",
        "first_language": "NEP",
        "free_meals": "yes",
    }
    assert {(d.source.said_by, d.source.said_on) for d in Detail.objects.all()} == {
        ("Mrs Basnet, the mother", TODAY)
    }


def test_what_an_officer_found_out_holds_against_the_file_that_comes_again(world, correct):
    facts = ChildFacts("Sam", "", "Example", details=(("first_language", "ENG"),))
    child = children.add_child(facts=facts, source=world.source)
    told_again(world, child, facts)
    assert child.details.count() == 1
    correct(child, Background({"first_language": "NEP"}))
    told_again(world, child, facts)
    assert background(child) == {"first_language": "NEP"}
    assert [detail.value for detail in details_of(child)] == ["ENG", "NEP", "ENG"]
    correct(child, Background({"first_language": ""}))
    assert background(child) == {"first_language": ""}


def test_the_last_of_what_files_say_holds(world):
    child = world.child()
    for code in ("NEP", "ENG", "NEP"):
        told_again(world, child, ChildFacts("Sam", details=(("first_language", code),)))
    assert background(child) == {"first_language": "NEP"}
    assert child.details.count() == 3


def test_many_records_without_corrections_cost_one_query_more(
    world, django_assert_num_queries, correct
):
    """A roll of 38,000 children is taken in each term."""
    few = [world.child(f"Child{n}") for n in range(2)]
    facts = [
        (child.pk, n, ChildFacts(child.forename, "", "Example")) for n, child in enumerate(few)
    ]
    with django_assert_num_queries(6):
        children.add_facts_to(facts=facts, source=world.source)


def test_every_correction_moves_with_a_merge_and_comes_back(world, correct):
    kept, merged = world.child("Sujal", "Basnet"), world.child("Sujal", "Basnett")
    correct(merged, Names("Sujal", "Basnet"))
    correct(merged, Background({"first_language": "NEP"}))
    moved = children.join_children(target=kept, merged=merged)
    assert (kept.corrections.count(), kept.details.count()) == (2, 1)
    children.separate_children(target=kept, merged=merged, changes=moved, own_rows=())
    assert (merged.corrections.count(), merged.details.count()) == (2, 1)
    assert Child.objects.filter(pk=merged.pk, merged_into=None).exists()
