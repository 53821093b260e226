"""Entering a child by hand: search before create (P30)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from onroll.audit.models import AccessEvent
from onroll.cases import actions
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.facts import ChildFacts
from onroll.children.models import Child, SourceKind
from onroll.drafts.models import Draft
from tests import people as persons
from tests.cases import world as worlds
from tests.cases.world import AT, LEFT_ON, TODAY
from tests.entry import enter, filled_in
from tests.reading import Page

pytestmark = pytest.mark.django_db
REPORT = {"reason": "referral", "because": "A neighbour rang.", "said_by": "A neighbour"}


def look_for(client, forename="Sam", surname="Example", born=date(2015, 3, 4)):
    said = {"forename": forename, "surname": surname}
    if born:
        said |= {"born_day": born.day, "born_month": born.month, "born_year": born.year}
    return client.post(reverse("casefile:add_first"), said)


def shown(answer):
    assert answer.status_code == 200, answer.status_code
    return Page(answer.content)


def handle_of(answer):
    return answer["Location"].split("/")[-2]


def test_the_search_keeps_names_out_of_the_address(world, people, as_):
    """ASVS 14.2.1."""
    answer = look_for(as_(people.olive), "Quillfeather", "Okonkwo")
    assert "uill" not in answer["Location"]


def test_a_known_child_is_shown_with_what_agrees_and_what_does_not(world, people, as_):
    child = world.child("Mohammed", "Chowdhury")
    world.at_school(child)
    client = as_(people.olive)
    page = shown(client.get(look_for(client, "Muhammad", "Chowdhury")["Location"]))
    for words in (
        "Mohammed Chowdhury",
        "The forenames are two ways to write one name.",
        "The same surname.",
        "The same date of birth.",
        "St Ann's School",
        "Open a case for this child",
        "None of these: add a new child",
    ):
        assert words in page.text


def test_who_looked_and_whom_they_were_shown_is_written_down(world, people, as_):
    child = world.child()
    client = as_(people.olive)
    client.get(look_for(client)["Location"])
    event = AccessEvent.objects.latest("id")
    assert (event.page, event.child_ids) == ("find a child", [child.pk])


def test_of_a_child_with_a_protected_identity_nothing_is_revealed(world, people, as_):
    child = world.child(is_protected=True)
    client = as_(people.olive)
    answer = look_for(client)
    page = shown(client.get(answer["Location"]))
    assert "This search found nobody called “" in page.text
    assert "There may also be a record you cannot see" in page.text
    address = reverse("cases:open_for_child", args=[handle_of(answer), child.ref])
    assert client.get(address).status_code == 404


def test_from_either_question_the_way_back_leads_to_what_was_found(world, people, as_):
    child = world.child()
    client = as_(people.olive)
    where = look_for(client)["Location"]
    for address in (
        reverse("cases:add", args=[handle_of({"Location": where})]),
        reverse("cases:open_for_child", args=[handle_of({"Location": where}), child.ref]),
    ):
        assert shown(client.get(address, follow=True)).back == where


def test_a_handle_of_someone_else_opens_nothing(world, people, as_):
    world.child()
    address = look_for(as_(people.olive))["Location"]
    assert as_(people.max).get(address).status_code == 404


@pytest.mark.parametrize("who", ["cat", "sen", "ada", "hal", "dee", "sam", "ola", "ari"])
def test_who_may_not_find_and_triage_cannot_add_a_child(world, people, as_, who):
    """Access matrix, rows 4 and 16."""
    answer = as_(getattr(people, who)).get(reverse("casefile:add_first"))
    assert answer.status_code in (302, 403)
    if answer.status_code == 302:  # a reason first, and then no permission to triage
        assert answer["Location"].startswith("/reason/")


def test_a_case_is_opened_for_a_known_child_with_what_is_known_of_them(world, people, as_):
    child = world.child()
    world.at_school(child)
    world.left(child)
    client = as_(people.olive)
    handle = handle_of(look_for(client))
    address = reverse("cases:open_for_child", args=[handle, child.ref])
    assert "Sam Example" in shown(client.get(address)).identity
    client.post(address, REPORT)
    case = Case.objects.get(child=child)
    assert (case.reason, case.school) == ("referral", world.st_anns)
    assert case.missing_since_on == date(2026, 11, 7)
    source = case.reasons.get().source
    assert (source.kind, source.said_by) == (SourceKind.OFFICER.value, "A neighbour")
    assert source.recorded_by == people.olive
    assert case.deadlines.exists()


def test_for_a_child_who_died_no_case_is_offered_or_opened(world, people, as_):
    child = world.child()
    children.record_death(child=child, on=LEFT_ON)
    client = as_(people.olive)
    answer = look_for(client)
    page = shown(client.get(answer["Location"]))
    assert "This child has died, on" in page.text
    assert "Open a case for this child" not in page.text
    alone = shown(client.get(reverse("casefile:child", args=[child.ref])))
    assert "This child has died, on" in alone.text
    assert "Open a case for this child" not in alone.text
    address = reverse("cases:open_for_child", args=[handle_of(answer), child.ref])
    assert "Sam Example died on 6 November 2026" in shown(client.post(address, REPORT)).text
    assert not Case.objects.exists()
    children.withdraw_death(child=child, on=LEFT_ON)
    client.post(address, REPORT)
    assert Case.objects.get().child == child


def test_a_second_report_joins_the_open_case(world, people, as_):
    """P30: one open case for a child."""
    child = world.child()
    case = world.case(child)
    client = as_(people.olive)
    address = look_for(client)["Location"]
    assert "Add another reason to it" in shown(client.get(address)).text
    client.post(reverse("cases:open_for_child", args=[address.split("/")[-2], child.ref]), REPORT)
    assert Case.objects.get() == case
    assert {reason.code for reason in case.reasons.all()} == {"unknown_destination", "referral"}


NEW = {
    **REPORT,
    "forename": "Amina",
    "surname": "Okonkwo",
    "born_day": "4",
    "born_month": "3",
    "born_year": "2015",
    "sex": "F",
    "upn": "h801200001001",
    "address": "12 Made-up Road\nHarrow",
    "postcode": "ha1 1aa",
}


@pytest.mark.shows("privacy.what")
def test_a_new_child_is_added_with_everything_that_was_entered(world, people, as_):
    client = as_(people.olive)
    handle = handle_of(look_for(client, "Amina", "Okonkwo"))
    address = reverse("cases:add", args=[handle])
    assert shown(client.get(address, follow=True)).answers["forename"] == "Amina"
    left = {"left_on_day": "6", "left_on_month": "11", "left_on_year": "2026"}
    answer = enter(client, handle, {**NEW, **left, "school": world.st_anns.pk})
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.ref}/"
    child = case.child
    assert (child.name, child.born_on, child.sex) == ("Amina Okonkwo", date(2015, 3, 4), "F")
    assert child.identifiers.get().value == "H801200001001"
    home = child.addresses.get()
    assert (home.lines, home.postcode) == (["12 Made-up Road", "Harrow"], "HA1 1AA")
    assert (case.missing_since_on, case.school) == (date(2026, 11, 7), world.st_anns)
    assert child.places.get().to_on == LEFT_ON


def test_sent_twice_it_is_one_child_and_one_case(world, people, as_):
    """T9: an answer that never arrived makes people send again."""
    client = as_(people.olive)
    check = filled_in(client, handle_of(look_for(client)), NEW)
    assert client.post(check)["Location"] == f"/cases/{Case.objects.get().ref}/"
    assert client.post(check).status_code == 404
    assert (Child.objects.count(), Case.objects.count()) == (1, 1)
    assert not Draft.objects.exists()


def test_a_twin_entered_by_going_back_is_another_child_with_another_case(world, people, as_):
    """Nobody is dropped because the search was the same (P30)."""
    client = as_(people.olive)
    handle = handle_of(look_for(client))
    twin = {**NEW, "forename": "Ifeoma", "upn": ""}
    first, second = enter(client, handle, NEW), enter(client, handle, twin)
    assert first["Location"] != second["Location"]
    assert {case.child.forename for case in Case.objects.all()} == {"Amina", "Ifeoma"}


@pytest.mark.django_db(transaction=True)
def test_sent_ten_times_at_once_it_is_one_child_and_one_case():
    """T9."""
    people, world = persons.build(), worlds.build()

    def send(_):
        try:
            return actions.report_child(
                key="entry once",
                child=ChildFacts(forename="Amina", surname="Okonkwo"),
                by=people.olive,
                on=TODAY,
                at=AT,
                last=actions.LastSchool(school=world.st_anns),
                **REPORT,
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(send, range(10)))) == 1
    assert (Child.objects.count(), Case.objects.count()) == (1, 1)


@pytest.mark.parametrize("missing", ["forename", "surname"])
def test_a_child_with_one_name_is_looked_for_and_added(world, people, as_, missing):
    """practice.md 7: some have one name only, and nothing stands in the place of the other."""
    client = as_(people.olive)
    name = {"forename": "Osric", "surname": "Osric", missing: ""}
    answer = look_for(client, **name)
    enter(client, handle_of(answer), {**NEW, **name})
    child = Child.objects.get()
    assert (child.forename, child.surname) == (name["forename"], name["surname"])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"forename": "", "surname": ""}, "Enter a forename or a surname"),
        ({"forename": "FNU"}, "“FNU” is no name. Leave this empty if nobody knows the name"),
        ({"postcode": "ZZ"}, "“ZZ” is no postcode, which is like HA1 2XY"),
        ({"postcode": "ZZ99 3WZ"}, "“ZZ99 3WZ” stands for no home. Leave this empty, or tick"),
        ({"reason": ""}, "Select why the child is on the register"),
        ({"because": ""}, "Say what we know"),
        ({"said_by": ""}, "Say who told us"),
        ({"sex": ""}, "Select the child's sex"),
        ({"born_year": "2999"}, "Date of birth must be on or before"),
        ({"upn": "A801200001001"}, "The first letter of the UPN should be H, not A."),
    ],
)
def test_what_is_wrong_comes_back_and_nothing_is_added(world, people, as_, wrong, sentence):
    client = as_(people.olive)
    page = shown(enter(client, handle_of(look_for(client)), {**NEW, **wrong}))
    assert sentence in page.text
    assert not Child.objects.exists()
    pages = Draft.objects.get().answers.values()
    typed = {name: text for page in pages for name, (text,) in page.items()}
    assert typed.items() >= {"surname": "Okonkwo", **wrong}.items()


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ({"address": "", "postcode": "ZZ99 3VZ"}, None),
        ({"address": "NFA", "postcode": ""}, None),
        ({"address": "No fixed abode", "postcode": "zz993vz"}, None),
        ({"postcode": "ZZ99 3VZ"}, ["12 Made-up Road", "Harrow"]),
    ],
)
def test_the_code_for_no_fixed_abode_is_no_address_but_says_so(world, people, as_, typed, lines):
    """ZZ99 3VZ is the NHS's postcode for it; a last known address beside it stays."""
    client = as_(people.olive)
    enter(client, handle_of(look_for(client)), {**NEW, **typed})
    child = Child.objects.get()
    assert [home.kind for home in child.addresses.exclude(kind="home")] == ["no_fixed"]
    homes = [(home.lines, home.postcode) for home in child.addresses.filter(kind="home")]
    assert homes == ([(lines, "")] if lines else [])
    page = shown(client.get(f"/cases/{Case.objects.get().ref}/child/"))
    assert "No fixed abode" in page.text
    assert "ZZ99" not in page.source


def test_words_that_stand_for_no_address_are_no_address(world, people, as_):
    client = as_(people.olive)
    page = shown(enter(client, handle_of(look_for(client)), {**NEW, "address": "unknown"}))
    assert "“unknown” stands for no home. Leave this empty, or tick" in page.text
    assert not Child.objects.exists()


def test_a_number_that_another_child_has_is_said_before_a_child_is_added(world, people, as_):
    world.child("Milena", "Krasniqi", upn="H801200001001")
    client = as_(people.olive)
    handle = handle_of(look_for(client, "Jay", "Patel"))
    new = {**NEW, "forename": "Jay", "surname": "Patel", "upn": "H801200001001"}
    assert "Milena Krasniqi already has H801200001001" in shown(enter(client, handle, new)).text
    assert Child.objects.count() == 1
    seen = AccessEvent.objects.get(page="add a child")
    assert seen.child_ids == [Child.objects.get().pk]
    enter(client, handle, {**new, "is_shared": "on"})
    assert Child.objects.count() == 2


def test_nobody_is_typed_in_who_cannot_be_a_child(world, people, as_):
    client = as_(people.olive)
    page = shown(enter(client, handle_of(look_for(client)), {**NEW, "born_year": "1950"}))
    assert "Check the year" in page.text
    assert not Child.objects.exists()
