"""The hub's pages: what each role is shown of a referral, and what may be done about it."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from onroll.audit.models import AccessEvent
from onroll.cases.models import Case
from onroll.children.models import Address, Child, NotSame
from onroll.formats.onspd import PostcodeRow
from onroll.postcodes.actions import load_postcodes
from onroll.referrals import actions, queries
from onroll.referrals.codes import Decision
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision
from tests.cases.world import AT, BORN, TODAY, World
from tests.documents.made import PDF
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, decide, hand_over, refer

pytestmark = pytest.mark.django_db
ITEMS = "//*[@class='govuk-radios__item']"


def test_the_likely_children_stand_there_with_reasons_and_the_look_is_kept(
    world: World, people: People
) -> None:
    child = world.child("Sam", "Example")
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("Sam Example", "The same surname.", "Nora Nextdoor", "No open case.")
    event = AccessEvent.objects.filter(page=f"referral {referral.ref}").last()
    assert event.child_ids == [child.pk]


def test_one_name_alone_is_not_said_to_be_a_surname(world: World, people: People) -> None:
    for forename, surname in (("Kim", "Ali"), ("Ali", "Merlinton")):
        world.child(forename, surname)
    for ref, name in (("234-567-89A", "Ali"), ("234-567-89B", "Aly")):
        one_name = refer(ref, children=(ChildWords(forename=name, surname=""),))
        page = Visitor(people.mo).open(f"/referrals/{one_name.ref}/")
        page.see("Kim Ali", "Ali Merlinton", "One name was given.", "this child’s forename.")
        page.see("Nearly One name was given.", "child’s surname.")
        assert "The same" not in page.text


def test_each_likely_child_has_a_reason_and_letters_inside_a_name_are_none(
    world: World, people: People
) -> None:
    for forename in ("Sam", "Kim", "Lou"):
        world.child(forename, "Hoxha")
    for ref, names in (("234-567-89A", ("Xx", "")), ("234-567-89B", ("Xx", "Xx"))):
        spam = refer(ref, children=(ChildWords(forename=names[0], surname=names[1]),))
        page = Visitor(people.mo).open(f"/referrals/{spam.ref}/")
        assert "Hoxha" not in page.text


@pytest.mark.parametrize("is_known", [False, True])
def test_the_page_asks_as_often_for_six_children_as_for_one(
    world: World, people: People, is_known: bool
) -> None:
    """Also where nobody on record is like them, so that typing errors are looked for too."""
    client, asked = Client(), []
    client.force_login(people.mo)
    for ref, names in (("234-567-89A", ["Sam"]), ("234-567-89B", [*"ABCDE", "Sam"])):
        if is_known:
            for name in names:
                world.child(f"{name}am", "Merlinton")
        children = tuple(
            ChildWords(forename=f"{name}am", surname="Merlinton", age=9) for name in names
        )
        refer(ref, children=children)
        client.get(f"/referrals/{ref}/")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/referrals/{ref}/")
        assert page.content.decode().count("Nobody on record") == (0 if is_known else len(names))
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_children_looked_for_together_are_found_as_each_alone(world: World, people: People) -> None:
    for forename, surname in (("Sam", "Example"), ("Kim", "Hoxha"), ("Ali Reza", "Khan")):
        world.child(forename, surname)
    words = (
        ChildWords(forename="Sam", surname="Example"),
        ChildWords(surname="Hoxha"),
        ChildWords(forename="Sma", surname="Exampel"),
        ChildWords(home="12 Elm Road"),
        ChildWords(forename="Khan", surname="Ali"),
        ChildWords(upn="A310200112345", home="12 Elm Road"),
        ChildWords(forename="Nobody", surname="Likethis"),
    )
    entries = list(refer(children=words).children.all())
    together = queries.likely_each(people.mo, entries, on=TODAY)
    alone = [queries.likely(people.mo, entry, on=TODAY) for entry in entries]
    assert together == alone
    assert [bool(each) for each in together] == [True, True, True, False, True, False, False]


def test_children_of_one_name_stand_in_the_order_of_their_age_and_school(
    world: World, people: People
) -> None:
    """Each says what agrees with what was told, and what differs."""
    years = (2010, 2018, 2016, 2016)
    children = [world.child("Ali", "Khan", date(year, 3, 1)) for year in years]
    world.at_school(children[3])
    school = world.st_anns.name
    told = ChildWords(forename="Ali", surname="Khan", age=10, school_words=school)
    entry = refer(children=(told,)).children.get()
    likely = queries.likely(people.mo, entry, on=TODAY)
    order = [children[3], children[2], children[1], children[0]]
    assert [match.child for match in likely] == order
    Visitor(people.mo).open(f"/referrals/{entry.referral.ref}/").see(
        "Agrees 10 years old; 10 was told.",
        "Agrees The school is the one told.",
        "Differs 16 years old; 10 was told.",
        "Differs Not known at the school told.",
    )


@pytest.mark.parametrize("forename", ["Ali", "Ali Reza Mohammad"])
def test_a_child_whose_names_changed_places_stands_there_with_a_reason(
    world: World, people: People, forename: str
) -> None:
    for _ in range(25):
        world.child(forename, "Khan")
    entry = refer(children=(ChildWords(forename="Khan", surname="Ali"),)).children.get()
    likely = queries.likely(people.mo, entry, on=TODAY)
    assert likely
    assert all(match.reasons for match in likely)


@pytest.mark.parametrize("reference", ["234-567-89A", " 234567 89a"])
def test_who_rings_gives_the_reference_and_the_hub_finds_the_referral(
    world: World, people: People, reference: str
) -> None:
    """The page for whoever referred says: ring, and give the reference."""
    refer("234-567-89A")
    mo = Visitor(people.mo)
    mo.open(f"/referrals/?{urlencode({'reference': reference})}")
    assert mo.address == "/referrals/234-567-89A/"
    mo.open("/children/find/").send("Find", number=reference)
    assert mo.address == "/referrals/234-567-89A/"


def test_a_hand_over_is_found_by_its_own_reference_and_a_wrong_one_is_said_to_be(
    world: World, people: People
) -> None:
    referral = hand_over(refer(), by=people.mo)
    ref = HubDecision.objects.get().ref
    mo = Visitor(people.mo).open(f"/referrals/?reference={ref}")
    assert mo.address == f"/referrals/{referral.ref}/"
    mo.open("/referrals/?reference=222-222-222").see("No referral has this reference")
    mo.open("/referrals/?reference=").see("Enter the reference")


def test_who_may_not_read_referrals_finds_none_by_its_reference(
    world: World, people: People
) -> None:
    refer("234-567-89A")
    ada = Visitor(people.ada).open("/children/find/").send("Find", number="234-567-89A")
    ada.see("You looked for number or reference 234-567-89A")


def test_a_child_of_whom_no_name_is_given_is_not_looked_for(world: World, people: People) -> None:
    referral = refer(children=(ChildWords(home="Elm Road"),))
    Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("No name was given")


def test_the_officer_is_not_shown_who_referred(world: World, people: People) -> None:
    """Access matrix, row 10."""
    referral = hand_over(refer(), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/")
    olive.see("A neighbour", "Your role does not show who it was.")
    assert "Nora" not in olive.text


def test_a_child_on_record_is_accepted_with_its_own_record(world: World, people: People) -> None:
    child = world.child("Sam", "Example")
    referral = hand_over(refer(), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/").follow("Accept this child")
    olive.send("Accept", child=child.ref, because="A neighbour saw him at home.")
    assert Case.objects.get().child == child
    assert Child.objects.count() == 1
    olive.see("Told by a neighbour, referral 234-567-89A")


def test_another_child_on_record_is_named_looked_at_and_then_accepted(
    world: World, people: People
) -> None:
    """A form without a name finds nobody; the officer knows who it is all the same."""
    child, stranger = world.child("Sam", "Example"), world.child("Kit", "Other")
    referral = hand_over(refer(children=(ChildWords(home="12 Elm Road"),)), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    assert "the list above" not in olive.text
    because = "The neighbour named the house."
    olive.send("Accept", child="another", reference="222-222-222", because=because, sex="U")
    olive.see("No child whom you may see has this number or reference")
    olive.send("Accept", child="another", reference=child.ref, because=because, sex="U")
    olive.see("This is a child on record. If it is the one referred, select them", "Sam Example")
    assert not Case.objects.exists()
    seen = AccessEvent.objects.filter(page=f"referral {referral.ref}")
    assert [child.pk] in seen.values_list("child_ids", flat=True)
    olive.send("Accept", child=child.ref)
    assert Case.objects.get().child == child
    assert set(Child.objects.all()) == {child, stranger}


@pytest.mark.parametrize("typed", ["Sam", "Samm"])
def test_a_new_record_of_a_child_who_is_on_record_needs_a_reason(
    world: World, people: People, typed: str
) -> None:
    """Forename, surname and birthday agree: as referred, or as the officer corrected them."""
    child = world.child("Sam", "Example")
    words = ChildWords(forename=typed, surname="Example", born_on=child.born_on)
    referral = hand_over(refer(children=(words,)), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    answers = {"child": "new", "forename": "Sam", "sex": "U", "because": "Seen at home."}
    olive.send("Accept", **answers).see(
        "This looks like the same child as Sam Example", "why it is another"
    )
    assert not Case.objects.exists()
    assert Child.objects.count() == 1
    olive.send("Accept", not_same_why="").see("This looks like the same child")
    assert "Seen at home." in olive.text
    olive.send("Accept", not_same_why="A twin, with another middle name.")
    case, apart = Case.objects.get(), NotSame.objects.get()
    assert {apart.one, apart.other} == {child, case.child}
    assert (apart.why, apart.by) == ("A twin, with another middle name.", people.olive)
    olive.follow("Chronology and notes").see("A twin, with another middle name.", child.ref)


def test_the_one_who_is_on_record_is_selected_where_it_was_asked(
    world: World, people: People
) -> None:
    child = world.child("Sam", "Example")
    words = ChildWords(forename="Sam", surname="Example", born_on=child.born_on)
    referral = hand_over(refer(children=(words,)), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    olive.send("Accept", child="new", sex="U", because="Seen at home.")
    olive.send("Accept", child=child.ref)
    assert Case.objects.get().child == child
    assert not NotSame.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ChildWords(forename="Sam", surname="Example"),
        ChildWords(forename="Sam", surname="Example", born_on=BORN.replace(day=5)),
        ChildWords(forename="Kim", surname="Example", born_on=BORN),
    ],
)
def test_a_child_who_is_only_a_little_like_one_on_record_is_accepted_at_once(
    world: World, people: People, words: ChildWords
) -> None:
    """The names alone, another birthday, or a twin."""
    world.child("Sam", "Example")
    referral = hand_over(refer(children=(words,)), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    olive.send("Accept", child="new", sex="U", because="Seen at home.").see("Accepted as case")
    assert not NotSame.objects.exists()


@pytest.mark.parametrize(
    ("postcode", "has_directory", "is_known"),
    [("XX99", False, False), ("HA1 1AB", False, True), ("HA1 1AB", True, False)],
)
def test_a_postcode_stands_as_typed_at_the_hub_and_in_the_record(
    world: World, people: People, postcode: str, *, has_directory: bool, is_known: bool
) -> None:
    """One that cannot be a postcode, or is not in the directory, is said to be strange."""
    if has_directory:
        load_postcodes(rows=[PostcodeRow("HA9 0WS", "E09000005", "E05000103")])
    child = ChildWords(forename="Sam", home="12 Elm Road", postcode=postcode)
    referral = hand_over(refer(children=(child,)), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/").see(f"12 Elm Road{postcode}")
    assert ("Not a postcode we know" in olive.text) is not is_known
    olive.follow("Accept this child").send("Accept", child="new", sex="U", because="Seen.")
    assert Address.objects.get().postcode == postcode
    olive.follow("The child").see(f"12 Elm Road{postcode}")


def test_a_postcode_of_no_directory_within_the_words_of_a_home_is_said_as_well(
    world: World, people: People
) -> None:
    """Silence would be read as Harrow (P16)."""
    load_postcodes(rows=[PostcodeRow("HA9 0WS", "E09000005", "E05000103")])
    child = ChildWords(forename="Sam", home="12 Elm Road, Watford WD17 2BS")
    referral = refer(children=(child,))
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("Not a postcode we know", "Look up in which authority it lies.")


def test_of_two_children_each_clock_says_whose_it_is(world: World, people: People) -> None:
    children = (ChildWords(forename="Sam", surname="Example"), ChildWords(home="Elm Road"))
    referral = decide(refer(children=children), Decision.HOME_EDUCATION, by=people.mo)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("Receipt of what was sent on, 1: Sam Example:")
    mo.see("Receipt of what was sent on, 2: Name not known:")


def test_the_hub_reads_who_refers_as_somebody_else(world: World, people: People) -> None:
    referral = refer(answers={"referrer_job": "Health visitor"})
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("About who refers the child")
    assert "About you" not in mo.text


def test_a_new_child_needs_a_name_and_a_possible_birthday(world: World, people: People) -> None:
    referral = hand_over(refer(children=(ChildWords(home="12 Elm Road"),)), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/1/")
    olive.send("Accept", child="new", sex="U", because="Seen.", born_day="1", born_month="1",
               born_year="1950")  # fmt: skip
    olive.see(
        "Enter a forename, a surname, or what tells the child apart",
        "nobody born then is at school",
    )
    olive.send("Accept", child="new", sex="U", because="Seen.", forename="Kim", born_day="",
               born_month="", born_year="")  # fmt: skip
    child = Child.objects.get()
    assert child.addresses.get().lines == ["12 Elm Road"]


def test_middle_names_are_asked_of_a_new_child_and_are_there_if_they_were_told(
    world: World, people: People
) -> None:
    children = (ChildWords(forename="Sam", surname="Example"), ChildWords(forename="Kim"))
    answers = {"middle_names": "Alex Jo"}
    referral = hand_over(refer(children=children, answers=answers), by=people.mo)
    for number, typed in ((1, {}), (2, {"middle_names": "Lee"})):
        olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/accept/{number}/")
        olive.see("Middle names").send("Accept", child="new", sex="U", because="Seen.", **typed)
    told = Child.objects.order_by("pk").values_list("forename", "middle_names")
    assert list(told) == [("Sam", "Alex Jo"), ("Kim", "Lee")]


def test_the_hub_joins_a_referral_to_the_open_case(world: World, people: People) -> None:
    case = world.case(world.child("Sam", "Example"))
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    mo.send(
        "Save the decision", **CHECKED, decision="open_case", why="The same boy.", case=case.ref
    )
    mo.see(f"Joined to an open case Case {case.ref}")
    (decided,) = mo.page.xpath("//dd[contains(., 'Joined to an open case')]//a/@href")
    assert decided == f"/cases/{case.ref}/"
    assert Case.objects.count() == 1
    mo.open(f"/cases/{case.ref}/chronology/").see("Came in, from: A neighbour", "The same boy.")


def test_no_case_is_offered_where_none_is_open(world: World, people: People) -> None:
    world.child("Sam", "Example")
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/decide/")
    assert "Joined to an open case" not in mo.text


def test_a_decided_referral_asks_for_no_decision(world: World, people: People) -> None:
    referral = hand_over(refer(), by=people.mo)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert mo.address == f"/referrals/{referral.ref}/"
    actions.turn_back(entry=referral.children.get(), why="x", by=people.olive, at=AT)
    for path in ("accept/1/", "turn-back/1/", "receipt/1/", "outcome/1/"):
        olive = Visitor(people.olive).open(f"/referrals/{referral.ref}/{path}")
        assert olive.address == f"/referrals/{referral.ref}/"


def test_the_hub_cannot_accept_what_it_hands_over(world: World, people: People) -> None:
    """Row 17: the hub proposes."""
    referral = hand_over(refer(), by=people.mo)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    assert "Accept this child" not in mo.text
    assert mo.open(f"/referrals/{referral.ref}/accept/1/").status == 403
    assert mo.open(f"/referrals/{referral.ref}/turn-back/1/").status == 403


def test_a_child_that_the_referral_does_not_have_is_not_found(world: World, people: People) -> None:
    referral = hand_over(refer(), by=people.mo)
    for path in ("accept/2/", "turn-back/2/", "receipt/2/", "outcome/2/"):
        assert Visitor(people.olive).open(f"/referrals/{referral.ref}/{path}").status == 404


@pytest.mark.parametrize("which", ["hub", "accept", "done", "nonsense"])
def test_every_list_of_the_queue_opens(world: World, people: People, which: str) -> None:
    refer(urgent_why="He was hit.")
    hand_over(refer("345-678-9AB"), by=people.mo)
    max_ = Visitor(people.max).open(f"/referrals/?list={which}")
    shown = {"hub": "234-567-89A", "nonsense": "234-567-89A", "accept": "345-678-9AB"}
    max_.see(shown.get(which, "No referral is on this list."))


def test_what_is_turned_back_is_marked_with_its_reason_until_it_is_decided(
    world: World, people: People
) -> None:
    """P15: on Today, in the queue, and on top of the referral."""
    referral = hand_over(refer(), by=people.mo)
    other = refer("334-567-89A")
    mo = Visitor(people.mo).open("/today/")
    assert "turned back" not in mo.text
    entry = referral.children.get()
    actions.turn_back(entry=entry, why="He is 17 already.", by=people.olive, at=AT)
    mo.open("/today/").follow("referral turned back to the hub")
    mo.see("Turned back", "ago, Olive Obi: He is 17 already.")
    assert other.ref not in mo.text
    mo.follow(referral.ref)
    top, _ = mo.text.split("What we were told")
    assert "Turned back by Olive Obi" in top
    assert "He is 17 already." in top
    hand_over(referral, by=people.mo)
    mo.open(f"/referrals/{referral.ref}/")
    assert "Turned back by" not in mo.text
    assert "turned back" not in mo.open("/today/").text


def test_a_brother_on_the_form_is_not_called_by_a_number_of_the_referral_s_children(
    people: People,
) -> None:
    """The first row of the form is the second child of the referral."""
    answers = {"siblings": [{"sibling_forename": "Kim", "sibling_school": "Elm School"}]}
    children = (ChildWords(forename="Sam"), ChildWords(forename="Kim"))
    referral = refer(children=children, answers=answers)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("Child 1 of 2", "Child 2 of 2", "Brother or sister 1")
    assert mo.text.count("Child 1") == 1
    health = Visitor(None).open("/refer/professional/")
    health.send("Continue", reason="no_school_named", worry="x", danger="no", whereabouts="no")
    health.send("Continue", forename="Rowan", surname="Merlinton", sex="M")
    health.send("Continue").send("Continue").see("Brothers and sisters", "Brother or sister 1")


def test_a_text_that_is_called_a_pdf_is_said_to_be_one_and_is_saved_as_it_came(
    people: People,
) -> None:
    """What a file is its content says: nobody is misled by its name, and nothing of it is lost."""
    referral, words = refer(), b"Dear all, Sam has moved.\n"
    actions.add_update(referral=referral, text="", file=("letter.pdf", words), by=None, at=AT)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    mo.see("the name ends in .pdf", "of the kind “Text”", "It is kept as it came")
    mo.follow("Download letter.pdf.txt")
    assert mo.content == words
    actions.add_update(referral=referral, text="", file=("true.pdf", PDF), by=None, at=AT)
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/").see("Download true.pdf")
    assert page.text.count("This is not what its name says") == 1


def test_below_a_question_that_is_asked_again_what_is_known_is_folded(
    world: World, people: People
) -> None:
    """A telephone shows the errors and the questions; what was read is one press away."""
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    folded = "//details[contains(., 'What we were told')]"
    mo.see("What we were told", referral.worry)
    assert not html.fromstring(mo.content).xpath(folded)
    mo.send("Save the decision").see("There is a problem", "What we were told", referral.worry)
    assert html.fromstring(mo.content).xpath(folded)


def test_who_shares_only_a_name_stands_apart_and_folded(world: World, people: People) -> None:
    """A common name: one may be the child; the others have another birthday."""
    for born in (date(2008, 1, 1), date(2011, 6, 30)):
        child = world.child("Sam", "Khan")
        Child.objects.filter(pk=child.pk).update(born_on=born)
    told = (ChildWords(forename="Sam", surname="Khan", born_on=BORN),)
    mo = Visitor(people.mo).open(f"/referrals/{refer(children=told).ref}/")
    mo.see("Nobody on record is like this child in more than a name.")
    world.child("Sam", "Khan")
    mo.open(mo.address).see("Who may it be?", "Only a name is alike: 2")
    assert "Nobody on record" not in mo.text
    (folded,) = mo.page.xpath("//details[contains(., 'Only a name is alike')]")
    assert folded.text_content().count("Different dates of birth.") == 2
    accepts = hand_over(refer("234-567-89B", children=told), by=people.mo)
    olive = Visitor(people.olive).open(f"/referrals/{accepts.ref}/accept/1/")
    choices = [" ".join(each.text_content().split()) for each in olive.page.xpath(ITEMS)]
    assert ["Only a name is alike." in each for each in choices[:3]] == [False, True, True]
