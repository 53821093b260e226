"""Further checks: kept as they were asked, answered once, due on a day (P61)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onroll.advice import actions, queries
from onroll.advice.actions.further_checks import CheckFacts
from onroll.advice.models import FurtherCheck
from onroll.advice.views.further_checks import PAGE
from onroll.audit.models import AccessEvent
from onroll.cases.queries.waiting import counted
from onroll.children.models import Child
from onroll.drafts.models import Draft
from onroll.messages.kinds import letter
from onroll.messages.models import Kind, Message
from onroll.rules.further_checks import Outcome
from onroll.rules.refusal import Refused
from onroll.schools.actions import add_staff
from onroll.schools.queries import calendar_for
from tests.cases.world import AT, TODAY
from tests.journeys.visitor import Visitor
from tests.journeys.world import World, build
from tests.people import People
from tests.referrals.pupils import pupil_of
from tests.world import school

pytestmark = pytest.mark.django_db


def ask(people: People) -> FurtherCheck:
    at = school("3102001", "St Ann's")
    add_staff(user=people.sam, school=at, on=timezone.localdate())
    facts = CheckFacts(
        forename="Rowan",
        surname="Merlinton",
        born_on=TODAY.replace(year=2016),
        last_attended_on=TODAY,
        wanted=("new_school",),
        account="Nobody answers.",
    )
    return actions.ask_for_checks(facts=facts, school=at, by=people.sam, at=AT)


def test_it_is_due_after_five_working_days_and_then_red_on_today(people: People) -> None:
    check = ask(people)
    due = check.deadlines.get().due_on
    assert (due - TODAY).days == 7
    meanings = [
        counted(queries.todo(people.olive, on=on, at=AT))[0].meaning
        for on in (due, due.replace(day=due.day + 1))
    ]
    assert meanings == ["soon", "late"]
    assert queries.todo(people.ada, on=TODAY, at=AT) == []


def test_it_is_answered_once(people: People) -> None:
    check = ask(people)
    answer = {"check": check, "outcome": Outcome.LOCATED, "answer": "With an aunt.", "at": AT}
    actions.answer_check(**answer, by=people.olive)
    with pytest.raises(Refused, match="Olive Obi has answered this school meanwhile"):
        actions.answer_check(**answer, by=people.max)


def test_the_database_refuses_an_answer_of_nobody_and_a_request_for_nothing(people: People) -> None:
    check = ask(people)
    with pytest.raises(IntegrityError, match="answered_in_words"), transaction.atomic():
        FurtherCheck.objects.filter(pk=check.pk).update(outcome="located")
    facts = {"forename": "A", "surname": "B", "born_on": TODAY, "last_attended_on": TODAY}
    with pytest.raises(IntegrityError, match="says_what_to_find"), transaction.atomic():
        FurtherCheck.objects.create(
            **facts, sent_at=AT, sent_by=people.sam, school=check.school, wanted=[], account="x"
        )


def test_who_asked_is_told_of_the_answer_until_they_say_they_have_read_it(
    people: People,
) -> None:
    check = ask(people)
    sam = Visitor(people.sam).open("/school/")
    assert "are answered" not in sam.text
    actions.answer_check(
        check=check, outcome=Outcome.LOCATED, answer="With an aunt.", by=people.olive, at=AT
    )
    message = Message.objects.get()
    assert (message.kind, message.ref, message.user) == ("check_answered", check.ref, people.sam)
    assert "Rowan" not in letter(Kind.CHECK_ANSWERED, check.ref).body
    sam.open("/school/").follow(f"Read the answer to {check.ref}").see("With an aunt.")
    message.refresh_from_db()
    assert message.read_at is None
    sam.open("/school/").see("are answered").follow(f"Read the answer to {check.ref}")
    sam.send("I have read this answer").see("Noted that you have read the answer.")
    assert "I have read this answer" not in sam.text
    assert "are answered" not in sam.open("/school/").text


@pytest.mark.parametrize(("who", "status"), [("max", 200), ("mo", 403), ("ada", 403)])
def test_the_lead_officer_and_her_manager_answer(people: People, who: str, status: int) -> None:
    assert Visitor(getattr(people, who)).open("/checks/").status == status


def test_refer_now_leads_a_school_to_its_form_about_this_pupil(db: None) -> None:
    """P61: what the files hold of the pupil is not asked again."""
    world = build()
    child = pupil_of(world)
    sam, by = world.people.sam, world.people.olive
    refs = {}
    for surname in ("Merlinton", "Otherwise"):
        facts = CheckFacts(
            forename="Rowan",
            surname=surname,
            born_on=world.born,
            last_attended_on=TODAY,
            wanted=("new_school",),
            account="Nobody answers.",
        )
        check = actions.ask_for_checks(facts=facts, school=world.st_anns, by=sam, at=AT)
        actions.answer_check(check=check, outcome=Outcome.REFER, answer="Refer.", by=by, at=AT)
        refs[surname] = check.ref
    page = Visitor(sam).open(f"/school/checks/{refs['Merlinton']}/").send("Refer the child")
    page.see("Is this the pupil?", "Rowan Merlinton")
    draft = Draft.objects.get()
    assert (draft.about, draft.kind) == (child.ref, "referrals:pupil_form")
    assert "Refer the child" not in Visitor(by).open(f"/checks/{refs['Merlinton']}/").text
    # The last day, and what the school knows, it has told already.
    page.open(reverse(draft.kind, args=[draft.ref, "school"])).see("Did the child ever attend")
    names = [f"attended_on_{part}" for part in ("day", "month", "year")]
    boxes = [page.page.xpath(f"string(//input[@name='{name}']/@value)") for name in names]
    assert boxes == [str(TODAY.day), str(TODAY.month), str(TODAY.year)]
    assert page.page.xpath("//input[@name='attended'][@value='yes']/@checked")
    page.open(reverse(draft.kind, args=[draft.ref, "worry"])).see("Nobody answers.")
    # So it has of one whom its files do not hold under that name.
    page.open(f"/school/checks/{refs['Otherwise']}/").send("Refer the child")
    other = Draft.objects.exclude(pk=draft.pk).get()
    assert (other.about, other.offered["child"]["surname"]) == ("", "Otherwise")
    assert other.offered["school"]["attended_on"] == boxes


def test_a_school_begins_no_form_from_an_answer_that_does_not_say_so(db: None) -> None:
    world = build()
    facts = CheckFacts(
        forename="Rowan",
        surname="Merlinton",
        born_on=world.born,
        last_attended_on=TODAY,
        wanted=("new_school",),
        account="Nobody answers.",
    )
    sam = world.people.sam
    check = actions.ask_for_checks(facts=facts, school=world.st_anns, by=sam, at=AT)
    page = Visitor(sam).open(f"/school/checks/{check.ref}/")
    assert "Refer the child" not in page.text
    client = Client()
    client.force_login(sam)
    assert client.post(page.address)["Location"] == page.address
    assert not Draft.objects.exists()


def found(world: World, surname: str = "Merlinton") -> Visitor:
    """Return Sam at the answer of her search for a pupil of whom she asks for further checks."""
    sam = Visitor(world.people.sam).open("/school/checks/").follow("Find the pupil")
    return sam.send("Find", forename="Rowan", surname=surname, **as_day("born", world.born))


def as_day(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def test_of_a_pupil_on_record_nothing_is_asked_that_the_files_hold(db: None) -> None:
    """P61."""
    world = build()
    child = pupil_of(world)
    sam = found(world).follow("Ask for further checks of this pupil")
    sam.see("Rowan Merlinton", "12 Elm Road", "We do not ask you for these again.")
    asked = {field.name for form in sam.page.forms for field in form.inputs}
    assert not asked & {"forename", "surname", "born_day", "school"}
    assert AccessEvent.objects.filter(page=PAGE, child_ids=[child.pk]).exists()
    sam.send("Send", account="They moved.").see("Enter the last day at your school", "They moved.")
    sam.send("Send", wanted=["new_school"], **as_day("last_attended", TODAY))
    sam.see("The answer comes to this page.", "Rowan Merlinton")
    check = FurtherCheck.objects.get()
    assert (check.name, check.born_on, check.school) == (child.name, world.born, world.st_anns)


def test_a_last_day_that_a_leavers_file_holds_is_not_asked(db: None) -> None:
    world = build()
    left_on = timezone.localdate() - timedelta(days=8)
    pupil_of(world).places.update(to_on=left_on)
    sam = found(world).follow("Ask for further checks of this pupil").see("Last day on your roll")
    sam.send("Send", wanted=["new_school"], account="They moved.")
    assert FurtherCheck.objects.get().last_attended_on == left_on


def test_a_pupil_who_is_not_in_the_files_is_typed_in(db: None) -> None:
    sam = found(build(), "Otherwise").follow("Ask for further checks of a pupil who is not in your")
    sam.see("Forename", "Surname", "Date of birth").follow("Find the pupil first")
    assert sam.address == "/school/find/?then=further_checks"


def test_of_a_protected_child_and_of_another_schools_pupil_nobody_asks_by_the_record(
    db: None,
) -> None:
    """Access matrix, row 8: as one whom nobody knows."""
    world = build()
    child = pupil_of(world)
    address = f"/school/checks/ask/{child.ref}/"
    assert Visitor(world.people.tess).open(address).status == 404
    Child.objects.filter(pk=child.pk).update(is_protected=True)
    assert Visitor(world.people.sam).open(address).status == 404
    assert "of this pupil" not in found(world).text


def test_who_works_for_two_schools_says_for_which(people: People) -> None:
    ask(people)
    add_staff(user=people.sam, school=school("3102009", "Other"), on=timezone.localdate())
    sam = Visitor(people.sam).open("/school/checks/ask/").see("Which school asks?", "Other")
    sam.send("Send", forename="A").see("Enter the surname")


LONG_AGO = timedelta(days=40)


def test_a_child_who_is_long_away_is_to_be_referred(db: None) -> None:
    """The page says so itself: whoever asks all the same says why, and the officer reads it."""
    world = build()
    last = as_day("last_attended", timezone.localdate() - LONG_AGO)
    sam = found(world, "Otherwise").follow("Ask for further checks of a pupil who is not in your")
    assert "Why do you ask, and not refer?" not in sam.text
    typed = {"forename": "Rowan", "surname": "Otherwise", **as_day("born", world.born), **last}
    sam.send("Send", **typed, wanted=["new_school"], account="They moved.")
    sam.see("The last day is more than ten school days ago", "Why do you ask, and not refer?")
    assert not FurtherCheck.objects.exists()
    sam.send("Send", why_not_refer="His aunt brought him on Monday.")
    sam.see("The answer comes to this page.", "His aunt brought him on Monday.")
    check = FurtherCheck.objects.get()
    assert (check.account, check.why_not_refer) == (
        "They moved.",
        "His aunt brought him on Monday.",
    )
    olive = Visitor(world.people.olive).open(f"/checks/{check.ref}/")
    olive.see("Why the school asks and does not referHis aunt brought him on Monday.")


def test_whoever_is_told_to_refer_does_so_with_what_was_typed(db: None) -> None:
    world = build()
    child = pupil_of(world)
    last = timezone.localdate() - LONG_AGO
    sam = found(world).follow("Ask for further checks of this pupil")
    sam.send("Send", wanted=["new_school"], account="They moved.", **as_day("last_attended", last))
    sam.send("Refer the child", why_not_refer="Not sure.").see("Is this the pupil?")
    assert not FurtherCheck.objects.exists()
    draft = Draft.objects.get()
    assert (draft.about, draft.offered["worry"]["worry"]) == (child.ref, "They moved.")
    assert draft.offered["school"]["attended_on"] == [
        str(last.day),
        str(last.month),
        str(last.year),
    ]


def test_a_child_who_was_there_ten_school_days_ago_may_be_asked_about(db: None) -> None:
    world = build()
    at, on = world.st_anns, timezone.localdate()
    day, days = on, 0
    while days < 10:
        days += calendar_for(at).is_school_day(day)
        day -= timedelta(days=1)
    assert not queries.is_long_away(at, day, on=on)
    while not calendar_for(at).is_school_day(day):
        day -= timedelta(days=1)
    assert queries.is_long_away(at, day - timedelta(days=1), on=on)
