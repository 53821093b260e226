"""What a referral says of a child's school stands on the child and the case that come of it."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.actions import ChildFacts
from onroll.children.models import Child, Place, PlaceKind
from onroll.children.queries import where_is
from onroll.referrals import actions
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import Referral
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import hand_over, refer

pytestmark = pytest.mark.django_db
LAST = date(2026, 10, 20)
OFF = date(2026, 11, 2)
ANA = ChildWords(forename="Ana", surname="Example", school_words="St Ann's Primary School")


def accept(referral: Referral, people: People, number: int = 1) -> Case:
    """Hand a referral over and accept one of its children as new."""
    referral.refresh_from_db()
    if referral.stage == "contact":
        hand_over(referral, by=people.mo)
    entry = referral.children.get(number=number)
    facts = ChildFacts(
        forename=entry.forename, surname=entry.surname, born_on=date(2015, 3, 4), sex="F"
    )
    return actions.accept_child(entry=entry, child=facts, because="New.", by=people.olive, at=AT)


def by_school(world: World, **answers: Any) -> Referral:
    told = {"attended_on": LAST.isoformat(), **answers}
    school = world.st_anns.pk
    return refer(children=(ANA,), relation="school", depth="school", school=school, answers=told)


def page(client: Client, name: str, ref: str) -> str:
    """Return the words of a page, without its tags."""
    content = client.get(reverse(name, args=[ref])).content.decode()
    return " ".join(unescape(strip_tags(content)).split())


def test_a_school_that_took_its_pupil_off_the_roll_is_the_last_school(
    world: World, people: People, as_: Any
) -> None:
    """Its own word of its own pupil: the place ended, with the day, the ground and who said it."""
    told = {"off_roll": "yes", "off_roll_on": OFF.isoformat(), "off_roll_ground": "(j)"}
    case = accept(by_school(world, joined_on="2024-09-02", **told), people)
    assert (case.school, case.missing_since_on) == (world.st_anns, OFF + timedelta(days=1))
    assert case.is_since_known
    place = case.child.places.get()
    assert (place.kind, place.from_on, place.to_on) == ("registered", date(2024, 9, 2), OFF)
    assert place.ground_letter == "J"
    assert str(place.source).startswith(f"{world.st_anns.name}, referral 234-567-89A, ")
    client = as_(people.olive)
    shown = page(client, "casefile:case", case.ref)
    assert "Last school" in shown
    assert "3 November 2026" in shown
    assert "Not known since when" not in shown
    happened = page(client, "casefile:chronology", case.ref)
    assert "last attended on 20 October 2026. The name was taken off its roll on 2 " in happened
    assert "Ground: (j)." in happened


def test_a_pupil_who_is_on_the_roll_still_is_not_found_by_that(
    world: World, people: People, as_: Any
) -> None:
    """A referral never proves that a child is at a school now: nothing closes or is found by it."""
    case = accept(by_school(world, off_roll="no", joined_on="2026-10-10"), people)
    assert (case.school, case.missing_since_on) == (world.st_anns, LAST + timedelta(days=1))
    cases.update_all_whereabouts(on=TODAY + timedelta(days=3), at=AT + timedelta(days=3))
    case.refresh_from_db()
    assert (case.is_open, case.stage, case.alerts.count()) == (True, "reported", 0)
    assert where_is(case.child, on=TODAY).is_missing
    client = as_(people.olive)
    shown = page(client, "casefile:case", case.ref)
    assert f"{world.st_anns.name}On its roll, as it said itself: {world.st_anns.name}" in shown
    assert "The name is on its roll still." in page(client, "casefile:chronology", case.ref)
    assert "On its roll, as it said itself" in page(client, "casefile:case_child", case.ref)


@pytest.mark.parametrize("reason", ["never_enrolled", "offer", "moved_in"])
def test_a_child_who_never_came_and_was_on_no_roll_was_at_no_place(
    world: World, people: People, as_: Any, reason: str
) -> None:
    """A school refers a child who is none of its pupils: no place and no day is made of it."""
    told = {"attended_on": "", "attended": "no", "off_roll": "never", "reason": reason}
    case = accept(by_school(world, **told), people)
    assert (case.school, case.is_since_known, case.child.places.count()) == (None, False, 0)
    happened = page(as_(people.olive), "casefile:chronology", case.ref)
    assert "said on 18 November 2026 that the child never attended there. The name was" in happened
    assert "The name was never on the roll of the school that refers." in happened


def test_a_child_who_is_on_the_roll_and_never_came(world: World, people: People, as_: Any) -> None:
    """The name goes on the roll on the day of the start that was agreed (2024 reg 8)."""
    told = {"attended_on": "", "attended": "no", "off_roll": "no", "joined_on": "2026-11-02"}
    case = accept(by_school(world, **told), people)
    assert (case.school, case.is_since_known) == (world.st_anns, False)
    happened = page(as_(people.olive), "casefile:chronology", case.ref)
    assert "the child never attended there. The name is on its roll still." in happened


def test_what_a_neighbour_says_is_said_by_them(world: World, people: People, as_: Any) -> None:
    """The school is in their words, and has not said so itself."""
    words = ChildWords(forename="Ana", surname="Example", school_words="Some Primary, Wealdstone")
    case = accept(refer(children=(words,)), people)
    assert (case.school, case.is_since_known) == (None, False)
    client = as_(people.olive)
    shown = page(client, "casefile:case", case.ref)
    assert "Told by a neighbour, referral 234-567-89A" in shown
    said = "A neighbour, referral 234-567-89A, 18 November 2026"
    assert f"“Some Primary, Wealdstone” As was said: {said}. The school has not" in shown
    child = page(client, "casefile:case_child", case.ref)
    assert "Said to go there, or to have gone there" in child
    assert "Not confirmed there" in child
    assert where_is(case.child, on=TODAY).is_missing


@pytest.mark.parametrize(
    "words", ["Not known to us", "unknown", "None.", "n/a", "I don’t know", "School not known yet"]
)
def test_words_for_no_school_make_none(world: World, people: People, as_: Any, words: str) -> None:
    """They stay in the referral itself; on the case and the child no school is known."""
    referral = refer(children=(ChildWords(forename="Ana", surname="Example", school_words=words),))
    case = accept(referral, people)
    assert (case.school, case.child.places.count()) == (None, 0)
    client = as_(people.olive)
    for name in ("casefile:case", "casefile:case_child", "casefile:chronology"):
        assert f"“{words}”" not in page(client, name, case.ref)
    assert f"School {words}" in page(client, "referrals:referral", referral.ref)


def test_a_professional_says_the_last_day_too(world: World, people: People, as_: Any) -> None:
    """It is their word: the case is not counted from it."""
    referral = refer(
        children=(ANA,),
        relation="professional",
        depth="professional",
        answers={"attended_on": LAST.isoformat()},
    )
    case = accept(referral, people)
    assert (case.school, case.is_since_known) == (None, False)
    shown = page(as_(people.olive), "casefile:case", case.ref)
    assert "last on 20 October 2026" in shown


def test_it_is_said_of_no_other_child(world: World, people: People) -> None:
    """The answers of the form are of its first child; of a brother his school in words, if any."""
    children = (
        ANA,
        ChildWords(forename="Ben", surname="Example", school_words="None."),
        ChildWords(forename="Cy", surname="Example", school_words="Mill Lane"),
    )
    told = {"attended_on": LAST.isoformat(), "off_roll": "yes"}
    referral = refer(
        children=children,
        relation="school",
        depth="school",
        school=world.st_anns.pk,
        answers=told,
    )
    first, second, third = (accept(referral, people, number) for number in (1, 2, 3))
    assert first.child.places.get().to_on == LAST
    assert (second.school, second.child.places.count()) == (None, 0)
    assert (third.school, third.child.places.get().provision) == (None, "Mill Lane")


def test_of_a_child_on_record_the_record_says_the_last_school(world: World, people: People) -> None:
    """Files say where the child was; a referral adds what it says and changes none of it."""
    referral = refer()
    hand_over(referral, by=people.mo)
    child = world.child()
    children.start_place(
        child=child,
        kind=PlaceKind.REGISTERED,
        from_on=date(2024, 9, 2),
        school=world.st_anns,
        source=world.source,
        is_confirmed=True,
    )
    before = list(child.places.values())
    entry = referral.children.get()
    case = actions.accept_child(entry=entry, child=child, because="He.", by=people.olive, at=AT)
    assert case.school == world.st_anns
    assert list(child.places.values()) == before


def pupil_on_record(
    world: World, people: People, referral: Referral, **stay: Any
) -> tuple[Child, Case]:
    """Accept a referral as that of a child on record; `stay` is its place at St Ann's."""
    child = world.child("Ana")
    facts = {"from_on": date(2021, 9, 2), "school": world.st_anns, "is_confirmed": True}
    kind = PlaceKind.REGISTERED.value
    Place.objects.create(child=child, kind=kind, source=world.source, **{**facts, **stay})
    hand_over(referral, by=people.mo)
    entry = referral.children.get()
    case = actions.accept_child(entry=entry, child=child, because="Ana.", by=people.olive, at=AT)
    return child, case


def test_the_last_day_attended_stands_where_it_was_said_that_nobody_knows_when_he_was_seen(
    world: World, people: People, as_: Any
) -> None:
    shown = page(as_(people.mo), "referrals:referral", by_school(world).ref)
    assert "Last attended20 October 2026" in shown
    assert "Last seen" not in shown
    seen = refer("345-678-9AB")
    assert "Last seenNot known" in page(as_(people.mo), "referrals:referral", seen.ref)


def test_a_school_says_the_last_day_of_a_pupil_who_is_on_record_with_it(
    world: World, people: People, as_: Any
) -> None:
    """The case counts from it; the record stays as it is, so that nothing is found or closed."""
    referral = by_school(world, off_roll="no")
    child, case = pupil_on_record(world, people, referral)
    assert (case.school, case.missing_since_on) == (world.st_anns, LAST + timedelta(days=1))
    cases.update_all_whereabouts(on=TODAY + timedelta(days=3), at=AT + timedelta(days=3))
    case.refresh_from_db()
    assert (case.is_open, case.stage, case.alerts.count()) == (True, "reported", 0)
    place = child.places.get()
    assert (place.to_on, place.source) == (None, world.source)
    shown = page(as_(people.olive), "casefile:case", case.ref)
    assert "No school or other education known since 21 October 2026" in shown
    assert "Not known since when" not in shown


def test_of_a_pupil_who_left_the_school_s_own_file_says_the_last_day(
    world: World, people: People
) -> None:
    """Its form does not ask again what its files say."""
    referral = by_school(world, attended_on="")
    child, case = pupil_on_record(world, people, referral, to_on=OFF)
    assert (case.is_since_known, case.missing_since_on) == (True, OFF + timedelta(days=1))
    assert child.places.get().to_on == OFF


@pytest.mark.parametrize("begins", [LAST - timedelta(days=20), LAST + timedelta(days=5)])
@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_day_that_the_record_speaks_against_is_not_certain(
    world: World, people: People, begins: date, *, is_elsewhere: bool
) -> None:
    """A place elsewhere holds after it, or one that began so near it would look like one found."""
    stay = {"from_on": begins} | ({"school": world.mill_lane} if is_elsewhere else {})
    _, case = pupil_on_record(world, people, by_school(world, off_roll="no"), **stay)
    assert not case.is_since_known


def test_why_the_form_refers_a_child_is_why_the_child_is_on_the_register(
    world: World, people: People
) -> None:
    """Of its first child; of the others, and where it says no more, that somebody worries."""
    two = (ANA, ChildWords(forename="Ben", surname="Example"))
    referral = refer(children=two, answers={"reason": "no_contact"})
    assert accept(referral, people).reason == "no_answer"
    assert accept(referral, people, 2).reason == "referral"
    assert accept(refer("445-678-9AB", answers={"reason": "other"}), people).reason == "referral"
    visitor = Visitor(people.olive).open(f"/cases/{Case.objects.get(reason='no_answer').ref}/")
    visitor.see("Absent, and nobody can be reached", f"referral {referral.ref}")
