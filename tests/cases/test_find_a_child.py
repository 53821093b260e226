"""Looking for a child among all who are held (access matrix, rows 3, 4, 6 and 24)."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onroll.audit.models import AccessEvent, SecurityEvent
from onroll.cases import actions
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Address, Child
from onroll.rules.policy_file import HARROW
from onroll.schools.actions import add_staff
from tests.cases.test_entry import shown
from tests.cases.world import AT, BORN
from tests.reading import lasting

pytestmark = pytest.mark.django_db
UPN = "H801200001001"
OF_ROW_3 = ["ada", "hal", "cat", "sen"]
OF_ROW_4 = ["olive", "max", "mo"]
OFFER_PLACES = ["ada", "sen"]
ANSWER = "There may be a record you cannot see"


def look(client, forename="", surname="", born=None, number=""):
    said = {"forename": forename, "surname": surname, "number": number}
    if born:
        said |= {"born_day": born.day, "born_month": born.month, "born_year": born.year}
    return client.post(reverse("casefile:find"), said)


def found(client, *typed, **more):
    return shown(client.get(look(client, *typed, **more)["Location"]))


def main(page):
    """Return what a page holds, without what differs from one session to another."""
    return re.sub(r"/(find|new)/[\w-]+/", "", lasting(page.main))


# Who is shown whom


@pytest.mark.parametrize("who", OF_ROW_3)
def test_one_certain_match_is_shown_to_whom_row_3_allows(world, people, as_, who):
    child = world.child("Sujal", "Basnet", BORN, addresses=[AddressFacts(lines=("9 Hid Road",))])
    world.at_school(child)
    page = found(as_(getattr(people, who)), "Sujal", "Basnet", BORN)
    assert "Sujal Basnet" in page.headings
    assert page.facts["Date of birth"] == "4 March 2015"
    assert "Year 7" in page.facts["Age"]
    assert "St Ann's School" in page.facts["School"]
    for hidden in ("Hid Road", "open case", child.ref):
        assert hidden not in page.source, hidden


def test_capitals_accents_and_former_names_are_the_name_as_it_is_written(world, people, as_):
    facts = ChildFacts(forename="Renée", surname="Okafor", former_surname="Hale", born_on=BORN)
    children.add_child(facts=facts, source=world.source)
    client = as_(people.ada)
    assert "Renée Okafor" in found(client, "renee", "OKAFOR", BORN).headings
    assert "Renée Okafor" in found(client, "Renée", "Hale", BORN).headings


@pytest.mark.parametrize("number", [UPN, "h801 2000 01001"])
def test_a_number_is_certain_by_itself(world, people, as_, number):
    world.child("Sujal", "Basnet", upn=UPN)
    assert "Sujal Basnet" in found(as_(people.ada), number=number).headings


def test_an_nhs_number_and_a_learner_number_are_numbers_too(world, people, as_):
    for surname, kind, number in (
        ("Basnet", "nhs_number", "9434765919"),
        ("Gurung", "uln", "1000000007"),
    ):
        facts = ChildFacts(forename="Sujal", surname=surname, identifiers=((kind, number),))
        children.add_child(facts=facts, source=world.source)
        assert f"Sujal {surname}" in found(as_(people.cat), number=number).headings


@pytest.mark.parametrize(
    "typed",
    [
        {"forename": "Sujal", "surname": "Basnet"},
        {"forename": "Sujal", "surname": "Basnet", "born": date(2015, 3, 5)},
        {"forename": "Sujan", "surname": "Basnet", "born": BORN},
        {"forename": "Sujal", "born": BORN},
        {"surname": "Basnet", "born": BORN},
        {"forename": "Sujal", "surname": "Basnet", "born": BORN, "number": "A123"},
        {"forename": "Somebody", "surname": "Else", "born": BORN, "number": UPN},
        {"number": "310"},
    ],
)
def test_what_is_not_certain_is_not_shown_by_row_3(world, people, as_, typed):
    """PDS shows a unique match only; a birthday alone, or a name alone, is none."""
    world.child("Sujal", "Basnet", BORN, upn=UPN)
    page = found(as_(people.ada), **typed)
    assert ANSWER in page.text
    assert f"{HARROW.cme_name}, {HARROW.cme_phone}" in page.text
    assert "Sujal Basnet" not in page.headings


def test_a_child_with_one_name_is_found_by_it_in_either_box(world, people, as_):
    facts = ChildFacts(surname="Thirunavukkarasu", born_on=BORN)
    children.add_child(facts=facts, source=world.source)
    for typed in ({"forename": "Thirunavukkarasu"}, {"surname": "Thirunavukkarasu"}):
        assert "This is the child" in found(as_(people.ada), **typed, born=BORN).headings
        assert "Thirunavukkarasu" in found(as_(people.olive), **typed, born=BORN).headings


@pytest.mark.parametrize("who", OF_ROW_4)
def test_all_who_may_be_meant_are_shown_to_whom_row_4_allows(world, people, as_, who):
    world.child("Mohammed", "Khan", BORN)
    world.child("Muhammad", "Khan", date(2014, 3, 4))
    page = found(as_(getattr(people, who)), "Mohammed", "Khan", BORN)
    assert "Mohammed Khan" in page.headings
    assert "Muhammad Khan" in page.headings
    assert "Agrees The same date of birth." in page.text


def test_an_officer_finds_a_child_without_a_case_and_opens_one(world, people, as_):
    child = world.child("Sujal", "Basnet", BORN)
    client = as_(people.olive)
    page = found(client, "Sujal", "Basnet")
    assert page.links["See the child"] == reverse("casefile:child", args=[child.ref])
    said = {"reason": "referral", "because": "A neighbour rang.", "said_by": "A neighbour"}
    answer = client.post(page.links["Open a case for this child"], said)
    assert answer["Location"] == f"/cases/{child.cases.get().ref}/"


@pytest.mark.parametrize("who", ["mo", "olive", "max"])
def test_a_case_is_found_by_its_reference(world, people, as_, who):
    case = world.case(world.child("Sujal", "Basnet"))
    page = found(as_(getattr(people, who)), number=case.ref.lower())
    assert "Sujal Basnet" in page.headings
    assert page.links["See the open case"] == reverse("casefile:case", args=[case.ref])


def test_a_reference_of_a_case_out_of_sight_leads_nowhere(world, people, as_):
    case = world.case(world.child("Sujal", "Basnet"))
    client = as_(people.ada)
    assert main(found(client, number=case.ref)).replace(case.ref, "") == main(
        found(client, number="222-222-222")
    ).replace("222-222-222", "")


# Every child held is found by what is known of the name (P55)

FORENAMES = ("Aisha", "Bilal", "Chetan", "Dawud", "Esha", "Faisal", "Gita", "Hamza", "Isha",
             "Jamila", "Kiran", "Layla", "Meera", "Nadia", "Omar", "Priya", "Rashid", "Salma",
             "Tariq", "Usha", "Veer", "Wahida", "Yasmin", "Zara")  # fmt: skip


def many(world, surname="Patel"):
    for n, forename in enumerate(FORENAMES):
        world.child(forename, surname, date(2012 + n % 5, 1 + n % 12, 1 + n))


@pytest.mark.parametrize("who", OF_ROW_4)
@pytest.mark.parametrize("box", ["forename", "surname"])
def test_of_a_common_surname_all_are_counted_and_a_page_is_shown(world, people, as_, who, box):
    """The figure is of all who bear the name, not of those who stand on the page."""
    many(world)
    world.child("Zzz", "Smith", BORN)
    page = found(as_(getattr(people, who)), **{box: "patel"})
    assert f"{len(FORENAMES)} children on record have this name." in page.text
    missing = "a forename" if box == "surname" else "a surname"
    assert f"Here are the first 20: add {missing} or a date of birth" in page.text
    assert sum(name.endswith(" Patel") for name in page.headings) == 20
    assert page.text.count("One name was given. It is this child’s surname.") == 20
    assert "The same surname" not in page.text
    assert page.text.count("Agrees One name" if box == "surname" else "Nearly One name") == 20
    assert "Aisha Patel" in page.headings
    assert "Smith" not in page.source
    assert "No record" not in page.text


def test_a_common_name_with_a_birthday_finds_the_one(world, people, as_):
    many(world)
    page = found(as_(people.olive), surname="Patel", born=date(2013, 2, 2))
    assert "One child on record may be the one." in page.text
    assert "Bilal Patel" in page.headings


def test_whose_birthday_is_not_on_record_may_be_the_one(world, people, as_):
    many(world)
    world.child("Ria", "Patel", None)
    page = found(as_(people.olive), surname="Patel", born=date(2013, 2, 2))
    names = page.headings
    assert names.index("Bilal Patel") < names.index("Ria Patel")


@pytest.mark.parametrize("typed", ["Costa", "nunes", "Nunes Costa", "Nunes-Costa", "NunesCosta"])
def test_a_part_of_a_double_surname_is_enough(world, people, as_, typed):
    world.child("Ana", "Nunes Costa", BORN)
    assert "Ana Nunes Costa" in found(as_(people.olive), surname=typed).headings


@pytest.mark.parametrize("typed", ["O'Brien", "OBrien", "o brien"])
def test_a_name_written_apart_or_together_is_the_same(world, people, as_, typed):
    world.child("Ana", "O’Brien", BORN)
    world.child("Eva", "Obrien", BORN)
    page = found(as_(people.olive), surname=typed)
    assert "Ana O’Brien" in page.headings


@pytest.mark.parametrize("box", ["forename", "surname"])
@pytest.mark.parametrize("typed", ["Milena Krasniqi", "krasniqi milena"])
def test_a_whole_name_in_one_box_is_found(world, people, as_, box, typed):
    world.child("Milena", "Krasniqi", BORN)
    world.child("Arben", "Krasniqi", BORN)
    page = found(as_(people.olive), **{box: typed})
    assert "One child on record may be the one." in page.text
    assert "Milena Krasniqi" in page.headings
    certain = found(as_(people.ada), **{box: typed}, born=BORN)
    assert "This is the child" in certain.headings


@pytest.mark.parametrize("typed", ["Patil", "Pattel"])
def test_where_nobody_bears_the_name_who_sounds_like_it_is_shown(world, people, as_, typed):
    world.child("Meera", "Patel", BORN)
    page = found(as_(people.olive), surname=typed)
    assert "Nobody on record has this name as you typed it" in page.text
    assert "Meera Patel" in page.headings


@pytest.mark.parametrize(
    "typed",
    [("", "kraniqi"), ("", "Krasnigi"), ("Milena Krasnigi",), ("Milena", "Krasnigi"), ("Mlena",)],
)
def test_where_nobody_bears_the_name_who_is_a_letter_away_is_shown(world, people, as_, typed):
    world.child("Milena", "Krasniqi", BORN)
    world.child("Zoe", "Abernathy", BORN)
    page = found(as_(people.olive), *typed)
    assert "Milena Krasniqi" in page.headings
    assert "Abernathy" not in page.source


def test_a_hidden_child_a_letter_away_is_no_more_found_than_nobody(world, people, as_):
    client = as_(people.olive)
    nobody = main(found(client, "Milena", "Krasnigi"))
    world.child("Milena", "Krasniqi", BORN, is_protected=True)
    assert main(found(client, "Milena", "Krasnigi")) == nobody


def test_where_nobody_is_found_it_says_what_was_looked_for(world, people, as_):
    world.child("Milena", "Krasniqi", BORN)
    page = found(as_(people.olive), surname="Abernathy", born=BORN)
    assert "This search found nobody called “Abernathy”, born 4 March 2015." in page.text
    assert "may still be on record under another spelling" in page.text


@pytest.mark.parametrize("typed", [("Unknown", ""), ("", "FNU"), ("Baby", "Quillfeather")])
def test_of_a_word_that_is_no_name_it_says_that_it_has_no_other_spelling(world, people, as_, typed):
    world.child("Unknown", "Smithers")
    client = as_(people.olive)
    page = found(client, *typed)
    said = page.text
    if typed == ("Unknown", ""):
        assert "Unknown Smithers" in page.headings  # whose record says just that
        return
    word = next(text for text in typed if text and text != "Quillfeather")
    assert f"“{word}” stands where nobody knew a name, so only records that say just that" in said
    assert ("It looked for “Quillfeather” as typed, for other spellings" in said) is (
        "Quillfeather" in typed
    )
    assert "It looked for the name as typed" not in said


@pytest.mark.parametrize("who", OF_ROW_3)
def test_one_name_is_certain_of_nobody_however_many_bear_it(world, people, as_, who):
    """Row 3: the page is that of nobody, without a count (ADR 12)."""
    client = as_(getattr(people, who))
    nobody = main(found(client, surname="Patel"))
    many(world)
    assert main(found(client, surname="Patel")) == nobody


def test_a_hidden_child_is_in_no_count(world, people, as_):
    many(world)
    client = as_(people.olive)
    before = main(found(client, surname="Patel"))
    world.child("Aaa", "Patel", BORN, is_protected=True)
    assert main(found(client, surname="Patel")) == before


def test_a_search_asks_the_database_no_more_of_many_than_of_one(
    world, people, as_, django_assert_max_num_queries
):
    client = as_(people.olive)
    world.child("Aisha", "Patel", BORN)
    with CaptureQueriesContext(connection) as of_one:
        found(client, surname="Patel")
    many(world)
    with django_assert_max_num_queries(len(of_one)):
        found(client, surname="Patel")


# What is answered where nobody is shown


def several(world):
    world.child("Sujal", "Basnet", BORN)
    world.child("Sujal", "Basnet", BORN)


def hidden(world):
    world.child("Sujal", "Basnet", BORN, is_protected=True)


def near(world):
    world.child("Sujana", "Basnett", date(2015, 4, 3))


def with_a_case(world):
    world.case(world.child("Sujal", "Basnet", BORN, is_protected=True))


@pytest.mark.parametrize("who", OF_ROW_3)
@pytest.mark.parametrize("there", [several, hidden, near, with_a_case])
def test_several_hidden_and_near_ones_are_answered_as_nobody_is(world, people, as_, who, there):
    """Whether something is there that a person may not see cannot be told from the answer."""
    client = as_(getattr(people, who))
    nobody = main(found(client, "Sujal", "Basnet", BORN))
    there(world)
    assert main(found(client, "Sujal", "Basnet", BORN)) == nobody
    assert ANSWER in nobody
    assert "obody" not in nobody


@pytest.mark.parametrize("who", [*OF_ROW_3, *OF_ROW_4])
def test_a_hidden_child_changes_nothing_of_an_answer_that_shows_another(world, people, as_, who):
    world.child("Sujal", "Basnet", BORN)
    client = as_(getattr(people, who))
    before = found(client, "Sujal", "Basnet", BORN)
    world.child("Sujal", "Basnet", BORN, is_protected=True)
    world.case(world.child("Sujal", "Basnet", BORN, upn=UPN, is_protected=True))
    assert main(found(client, "Sujal", "Basnet", BORN)) == main(before)
    assert "Sujal Basnet" in before.headings
    assert "There may also be a record you cannot see" in before.text


@pytest.mark.parametrize("who", ["ada", "sen", "hal"])
def test_after_a_reason_row_4_shows_initials_of_all_who_may_be(world, people, as_, who):
    """`MJ`: some fields hidden, and a reason first."""
    world.at_school(world.child("Sujal", "Basnet", BORN))
    world.child("Sujal", "Basnet", BORN)
    world.case(world.child("Sunita", "Basnet", BORN))
    client = as_(getattr(people, who))
    page = found(client, "Sujal", "Basnet", BORN)
    assert page.links["say why"].startswith("/reason/?next=/children/find/")
    where = look(client, "Sujal", "Basnet", BORN)["Location"]
    client.post("/reason/", {"text": "A place is to be offered", "next": where})
    page = shown(client.get(where))
    assert page.text.count("S. B.") >= 2
    assert "St Ann's School" in page.text
    assert "Sujal Basnet" not in page.headings
    for hidden_part in ("Sunita", "open case", "Agrees"):
        assert hidden_part not in page.source
    event = AccessEvent.objects.latest("id")
    assert (event.ground, event.reason) == ("justified", "A place is to be offered")


def test_the_court_officer_is_offered_no_reason(people, as_):
    """Row 4 has no letter for CAO."""
    assert "say why" not in found(as_(people.cat), "Sujal", "Basnet", BORN).links


# A child with an open case


@pytest.mark.parametrize("who", OFFER_PLACES)
def test_who_offers_places_is_told_to_ring_and_nothing_else_of_the_case(world, people, as_, who):
    """Row 24: alerts the lead officer."""
    case = world.case(world.child("Sujal", "Basnet", BORN), owner=people.olive)
    page = found(as_(getattr(people, who)), "Sujal", "Basnet", BORN)
    assert "Contact the lead officer urgently" in page.text
    assert f"{HARROW.cme_name}, {HARROW.cme_phone}" in page.text
    for of_the_case in (case.ref, "Olive", "destination not known", "Reported", "School did not"):
        assert of_the_case not in page.source


@pytest.mark.parametrize("who", ["hal", "cat"])
def test_to_others_of_row_3_the_case_is_not_told(world, people, as_, who):
    child = world.child("Sujal", "Basnet", BORN)
    client = as_(getattr(people, who))
    before = main(found(client, "Sujal", "Basnet", BORN))
    world.case(child)
    assert main(found(client, "Sujal", "Basnet", BORN)) == before


def test_a_closed_case_is_no_cause_to_ring(world, people, as_):
    case = world.case(world.child("Sujal", "Basnet", BORN), owner=people.max)
    type(case).objects.filter(pk=case.pk).update(
        stage="closed", closed_on=case.opened_on, outcome="died", is_outcome_proved=True
    )
    assert "urgently" not in found(as_(people.ada), "Sujal", "Basnet", BORN).text


def test_who_is_on_the_team_goes_on_to_the_case(world, people, as_):
    case = world.case(world.child("Sujal", "Basnet", BORN))
    actions.add_member(case=case, user=people.hal, by=people.max, at=AT)
    page = found(as_(people.hal), "Sujal", "Basnet", BORN)
    assert page.links["See the open case"] == reverse("casefile:case", args=[case.ref])


# The way there


# A school finds its own pupils (row 3, `O` and `T`)


def at_school(client, *typed, **more):
    said = dict(zip(("forename", "surname"), typed, strict=False)) | more
    born = said.pop("born", None)
    if born:
        said |= {"born_day": born.day, "born_month": born.month, "born_year": born.year}
    return shown(client.get(client.post(reverse("casefile:school_find"), said)["Location"]))


def test_a_school_finds_its_own_pupil_and_nobody_elses(world, people, as_):
    """The answer about another school's pupil is that about nobody."""
    add_staff(user=people.sam, school=world.st_anns, on=BORN)
    sam = as_(people.sam)
    answer = at_school(sam, "Sujal", "Basnet", born=BORN)
    assert "We looked among your own pupils only." in answer.text
    nobody = main(answer)
    child = world.child("Sujal", "Basnet", BORN)
    world.at_school(child, world.mill_lane)
    assert main(at_school(sam, "Sujal", "Basnet", born=BORN)) == nobody
    world.at_school(child, world.st_anns)
    page = at_school(sam, "Sujal", "Basnet", born=BORN)
    assert "This is the child" in page.headings
    assert "St Ann's School" in page.facts["School"]
    assert world.mill_lane.name not in page.source
    event = AccessEvent.objects.latest("id")
    assert (event.child_ids, event.ground) == ([child.pk], "own_school")


@pytest.mark.parametrize("there", [several, hidden, near])
def test_several_hidden_and_near_pupils_are_answered_as_nobody_is(world, people, as_, there):
    add_staff(user=people.sam, school=world.st_anns, on=BORN)
    sam = as_(people.sam)
    nobody = main(at_school(sam, "Sujal", "Basnet", born=BORN))
    there(world)
    for child in Child.objects.all():
        world.at_school(child, world.st_anns)
    assert main(at_school(sam, "Sujal", "Basnet", born=BORN)) == nobody


def test_a_case_is_not_told_by_a_schools_search(world, people, as_):
    add_staff(user=people.sam, school=world.st_anns, on=BORN)
    child = world.child("Sujal", "Basnet", BORN)
    world.at_school(child, world.st_anns)
    sam = as_(people.sam)
    before = main(at_school(sam, "Sujal", "Basnet", born=BORN))
    case = world.case(child)
    assert main(at_school(sam, "Sujal", "Basnet", born=BORN)) == before
    assert case.ref not in before


@pytest.mark.parametrize("who", ["sam", "mat"])
def test_a_school_has_the_door_among_its_own(people, as_, who):
    page = shown(as_(getattr(people, who)).get(reverse("casefile:school_find")))
    assert page.addresses.count(reverse("casefile:school_find")) == 1
    assert "We look among the pupils on your roll" in page.text


@pytest.mark.parametrize("who", ["sam", "tess", "dee", "ola", "ari"])
def test_who_has_no_letter_in_row_3_and_who_is_of_a_school_does_not_get_in_here(people, as_, who):
    assert as_(getattr(people, who)).get(reverse("casefile:find")).status_code == 403


def test_data_protection_states_a_reason_first(world, people, as_):
    world.child("Sujal", "Basnet", BORN)
    client = as_(people.pat)
    assert client.get(reverse("casefile:find"))["Location"].startswith("/reason/")
    client.post("/reason/", {"text": "Complaint 12 of the mother", "next": "/"})
    assert "Sujal Basnet" in found(client, "Sujal", "Basnet", BORN).headings
    assert AccessEvent.objects.latest("id").reason == "Complaint 12 of the mother"


@pytest.mark.parametrize("who", [*OF_ROW_3, *OF_ROW_4, "pat"])
def test_everyone_who_may_has_it_in_the_menu_once(people, as_, who):
    page = shown(as_(getattr(people, who)).get("/today/"))
    assert page.addresses.count(reverse("casefile:find")) == 1


@pytest.mark.parametrize("who", ["dee", "ari"])
def test_who_may_not_has_no_such_door(people, as_, who):
    page = shown(as_(getattr(people, who)).get("/today/"))
    assert reverse("casefile:find") not in page.addresses


def test_names_are_in_no_address_title_or_trail(world, people, as_):
    """ASVS 14.2.1; trust.md 4.3: the search as a mark that nobody reads back."""
    world.child("Quillfeather", "Okonkwo", BORN)
    client = as_(people.ada)
    answer = look(client, "Quillfeather", "Okonkwo", BORN)
    assert "uill" not in answer["Location"]
    assert "Quill" not in shown(client.get(answer["Location"])).title
    event = SecurityEvent.objects.filter(event="child_looked_for").latest("id")
    assert "uill" not in event.about
    look(client, "QUILLFEATHER", "okonkwo", BORN)
    same = SecurityEvent.objects.filter(event="child_looked_for").latest("id")
    assert same.about == event.about


@pytest.mark.parametrize("who", ["ada", "olive"])
def test_whom_they_were_shown_is_written_down_and_that_it_was_nobody(world, people, as_, who):
    client = as_(getattr(people, who))
    found(client, "Sujal", "Basnet", BORN)
    event = AccessEvent.objects.latest("id")
    assert (event.page, event.child_ids) == ("find a child", [])
    child = world.child("Sujal", "Basnet", BORN)
    found(client, "Sujal", "Basnet", BORN)
    event = AccessEvent.objects.latest("id")
    assert (event.actor, event.child_ids) == (getattr(people, who).email, [child.pk])


def test_a_handle_of_someone_else_opens_nothing(world, people, as_):
    where = look(as_(people.ada), "Sujal", "Basnet", BORN)["Location"]
    assert as_(people.cat).get(where).status_code == 404


def test_nobody_in_particular_is_not_looked_for(people, as_):
    page = shown(look(as_(people.ada)))
    assert "Enter a name or a number" in page.text


def test_nobody_tries_every_birthday_for_a_name(world, people, as_):
    """Who is shown a certain match only could find the birthday out by trying."""
    world.child("Sujal", "Basnet", BORN)
    client = as_(people.ada)
    for day in range(1, 21):
        for month in (1, 2):
            assert look(client, "Sujal", "Basnet", date(2015, month, day)).status_code == 302
    page = shown(look(client, "Sujal", "Basnet", BORN))
    assert "You have looked for very many children within an hour" in page.text
    assert page.answers["surname"] == "Basnet"
    assert SecurityEvent.objects.latest("id").outcome == "limit_reached"
    assert look(as_(people.hal), "Sujal", "Basnet", BORN).status_code == 302


def test_a_record_merged_into_another_leads_to_that(world, people, as_):
    kept, merged = world.child("Sujal", "Basnet", BORN), world.child("Sujan", "Basnet", BORN)
    children.join_children(target=kept, merged=merged)
    assert "Sujal Basnet" in found(as_(people.ada), "Sujan", "Basnet", BORN).headings


# The page of a child


@pytest.mark.parametrize("who", ["olive", "max", "mo"])
def test_a_child_without_a_case_has_a_page(world, people, as_, who):
    home = AddressFacts(lines=("12 Owlbarn Row",), postcode="HA1 1AA")
    child = world.child("Sujal", "Basnet", BORN, upn=UPN, addresses=[home], flags=["young_carer"])
    world.at_school(child)
    client = as_(getattr(people, who))
    page = shown(client.get(reverse("casefile:child", args=[child.ref])))
    assert "Sujal Basnet" in page.identity
    for words in (
        "4 March 2015",
        UPN,
        "12 Owlbarn Row",
        "Young carer",
        "St Ann's School, 18 November 2026",
        "This child has no case.",
    ):
        assert words in page.text, words
    assert "Open a case for this child" in page.buttons
    event = AccessEvent.objects.latest("id")
    assert (event.page, event.child_ids) == ("child", [child.pk])
    assert {"name", "addresses", "numbers"} <= set(event.fields)
    assert "Basnet" not in page.title


@pytest.mark.parametrize("who", ["ada", "hal", "cat", "sen"])
def test_it_is_there_for_others_only_through_a_case_they_work_on(world, people, as_, who):
    """Row 6, `A`."""
    child = world.child("Sujal", "Basnet", BORN)
    client, address = as_(getattr(people, who)), reverse("casefile:child", args=[child.ref])
    assert client.get(address).status_code == 404
    case = world.case(child)
    assert client.get(address).status_code == 404
    actions.add_member(case=case, user=getattr(people, who), by=people.max, at=AT)
    page = shown(client.get(address))
    assert case.ref in page.text
    assert ("Sujal" in page.source) is (who != "ada")  # `AM`


@pytest.mark.parametrize("who", ["olive", "max", "mo"])
def test_a_hidden_child_without_a_case_in_sight_has_none(world, people, as_, who):
    child = world.child("Sujal", "Basnet", BORN, is_protected=True)
    client = as_(getattr(people, who))
    assert client.get(reverse("casefile:child", args=[child.ref])).status_code == 404
    assert client.post(reverse("children:start", args=[child.ref])).status_code == 404


def test_a_protected_address_is_not_on_it(world, people, as_):
    child = world.child(addresses=[AddressFacts(lines=("12 Owlbarn Row",))])
    Address.objects.filter(child=child).update(is_protected=True)
    for who in ("olive", "max", "mo"):
        address = reverse("casefile:child", args=[child.ref])
        page = shown(as_(getattr(people, who)).get(address))
        assert "Owlbarn" not in page.source
        assert "Protected address" in page.text


def test_from_it_a_case_is_opened(world, people, as_):
    child = world.child("Sujal", "Basnet", BORN)
    client = as_(people.olive)
    answer = client.post(reverse("children:start", args=[child.ref]))
    assert "Basnet" not in answer["Location"]
    said = {"reason": "referral", "because": "A neighbour rang.", "said_by": "A neighbour"}
    client.post(answer["Location"], said)
    assert child.cases.get().reason == "referral"
