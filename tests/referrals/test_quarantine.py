"""Very many forms of one sender: kept apart, counted, answered by a person (trust 1.11)."""

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from onroll.audit.models import ChangeEvent
from onroll.cases.queries.waiting import counted
from onroll.referrals import actions, queries
from onroll.referrals.codes import Quarantined
from onroll.referrals.facts import ChildWords, ReferralFacts
from onroll.referrals.models import Quarantine, Referral
from onroll.rules.refusal import Refused
from onroll.senders.models import Sending
from onroll.senders.sender import sender_at
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import flood, send
from tests.referrals.test_anyone import fill_in, page

pytestmark = pytest.mark.django_db
FLOODER, NEIGHBOUR, ELSEWHERE = "203.0.113.9", "203.0.113.10", "198.51.100.7"
WHY = "The same words a thousand times."


def ref(number: int) -> str:
    return f"{number:03}-222-222"


def send_many(number: int, *, first: int = 0, address: str = FLOODER, at: datetime = AT) -> None:
    for n in range(first, first + number):
        send(ref(n), address=address, at=at)


def stages() -> dict[str, int]:
    found: dict[str, int] = {}
    for stage in Referral.objects.values_list("stage", flat=True):
        found[stage] = found.get(stage, 0) + 1
    return found


def test_as_many_as_are_allowed_go_to_the_queue(world: World) -> None:
    send_many(settings.SENDER_FORMS)
    assert stages() == {"contact": settings.SENDER_FORMS}
    assert not Quarantine.objects.exists()


def test_one_more_puts_them_all_into_quarantine_and_loses_none(
    world: World, people: People
) -> None:
    send_many(settings.SENDER_FORMS + 3)
    genuine = send(ref(900), address=ELSEWHERE)
    assert stages() == {"quarantine": settings.SENDER_FORMS + 3, "contact": 1}
    assert list(queries.hub_queue(people.mo, at=AT)) == [genuine]
    assert Quarantine.objects.count() == settings.SENDER_FORMS + 3


def test_neither_an_urgent_one_nor_one_that_is_looked_at_leaves_the_queue(
    world: World, people: People
) -> None:
    """An urgent referral is never delayed by what came after it."""
    urgent = send(ref(900), address=FLOODER, urgent_why="He was hit.")
    taken = actions.take_on(referral=send(ref(901), address=FLOODER), by=people.mo, at=AT)
    send_many(settings.SENDER_FORMS)
    assert set(queries.hub_queue(people.mo, at=AT)) == {urgent, taken}


def test_forms_spread_over_time_are_no_flood(world: World) -> None:
    apart = timedelta(minutes=settings.SENDER_MINUTES, seconds=1)
    for n in range(3):
        send_many(settings.SENDER_FORMS, first=100 * n, at=AT + n * apart)
    assert stages() == {"contact": 3 * settings.SENDER_FORMS}


def test_midnight_hides_no_flood(world: World) -> None:
    """The key of the hashes changes there."""
    midnight = AT.replace(hour=0, minute=0, second=0, microsecond=0)
    half = settings.SENDER_FORMS // 2
    send_many(half, at=midnight - timedelta(minutes=1))
    send_many(half + 1, first=100, at=midnight + timedelta(minutes=1))
    assert stages() == {"quarantine": 2 * half + 1}


def test_many_addresses_of_one_network_count_together(world: World, settings: object) -> None:
    settings.NETWORK_FORMS = 3  # type: ignore[attr-defined]  # pytest-django's
    for n in range(4):
        send(ref(n), address=f"203.0.113.{n}")
    assert stages() == {"contact": 3, "quarantine": 1}


def test_who_has_an_account_is_never_kept_apart(world: World, people: People) -> None:
    for n in range(settings.SENDER_FORMS + 1):
        send(ref(n), address=FLOODER, by=people.sam)
    assert set(stages()) == {"contact"}
    assert not Sending.objects.exists()


def test_sent_twice_it_counts_once(world: World) -> None:
    for _ in range(settings.SENDER_FORMS + 1):
        send(ref(1), address=FLOODER)
    assert stages() == {"contact": 1}
    assert Sending.objects.count() == 1


@pytest.mark.shows("privacy.senders")
def test_no_address_is_stored_anywhere(db: None) -> None:
    client = Client(REMOTE_ADDR=FLOODER)
    client.post(fill_in(client))
    changes = ChangeEvent.objects.filter(table_name__startswith="referrals_")
    assert changes.exists()
    assert {event.source_address for event in changes} == {""}
    assert FLOODER not in str(list(Sending.objects.values()))


def test_who_floods_is_told_the_same_as_everybody(db: None, settings: object) -> None:
    """Trust 4.1: the page tells nobody which way a form went."""
    shown = []
    for most in (10, 0):
        settings.SENDER_FORMS = most  # type: ignore[attr-defined]  # pytest-django's
        client = Client(REMOTE_ADDR=FLOODER)
        text = page(client, client.post(fill_in(client))["Location"])
        main = text[text.index("<main") : text.index("</main>")]
        main = main.replace(Referral.objects.latest("pk").ref, "REF")
        main = re.sub(r"/refer/status/[^/]+/", "LINK", main)
        shown.append(re.sub(r"<time.*?</time>", "TIME", main))
    assert stages() == {"quarantine": 2}
    assert shown[0] == shown[1]


def test_a_form_behind_our_proxy_counts_under_the_address_that_the_proxy_saw(
    db: None, settings: object
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]  # pytest-django's
    settings.SENDER_FORMS = 1  # type: ignore[attr-defined]  # pytest-django's
    for claimed in ("192.0.2.1", "192.0.2.2"):
        said = f"{claimed}, {FLOODER}"
        client = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=said)
        client.post(fill_in(client))
    other = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=ELSEWHERE)
    other.post(fill_in(other))
    assert stages() == {"quarantine": 2, "contact": 1}


def test_a_person_releases_one_and_refuses_all_others(world: World, people: People) -> None:
    refs = [ref(n) for n in range(30)]
    flood(*refs)
    mo = Visitor(people.mo).open("/today/").see("forms in quarantine").follow("forms in quarantine")
    mo.see("30 forms of one sender").follow("30 forms of one sender").see(refs[0])
    mo.send(
        "Save the answer", refs=[refs[0]], which="ticked", answer="release", why="A real child."
    )
    mo.see("1 form released to the queue.").follow("29 forms of one sender")
    mo.send("Save the answer", which="all", answer="refuse", why=WHY)
    mo.see("29 forms refused.", "No form is on this list.")
    assert stages() == {"contact": 1, "quarantine": 29}
    assert queries.waiting(people.mo, at=AT)[queries.QUARANTINE].number == 0
    released = Referral.objects.get(stage="contact")
    assert released.deadlines.running().count() == 1
    assert released.deadlines.get().starts_on == AT.date()
    refused = Referral.objects.get(ref=refs[1])
    assert not refused.deadlines.running().exists()
    mo.open(f"/referrals/{refused.ref}/").see(
        f"Referral {refused.ref} Refused", "Refused in quarantine", WHY
    )
    assert "In quarantine" not in mo.text


def test_each_form_stands_once_with_the_time_and_a_link_to_all_of_it(
    world: World, people: People
) -> None:
    (referral,) = flood(ref(1), urgent_why="He was hit.")
    mo = Visitor(people.mo).open(f"/referrals/quarantine/{referral.quarantine.sender}/")
    mo.see(f"{ref(1)}: Sam Example, 18 November 2026 at 9am Urgent. “He plays outside all day.”")
    assert mo.text.count(f"{ref(1)}:") == 1
    mo.follow("Read it in full").see(f"Referral {ref(1)}")
    actions.refuse(quarantined=[referral.quarantine], why=WHY, by=people.mo, at=AT)
    mo.open(f"/referrals/quarantine/{referral.quarantine.sender}/?list=refused")
    mo.see(f"Refused: {WHY}")


@pytest.mark.parametrize("which", ["waiting", "refused"])
def test_the_link_to_a_form_is_no_part_of_what_describes_its_tick(
    world: World, people: People, which: str
) -> None:
    """A screen reader reads a description out as words: a link in it could not be followed."""
    (referral,) = flood(ref(1))
    if which == "refused":
        actions.refuse(quarantined=[referral.quarantine], why=WHY, by=people.mo, at=AT)
    mo = Visitor(people.mo)
    mo.open(f"/referrals/quarantine/{referral.quarantine.sender}/?list={which}")
    (tick,) = mo.page.xpath("//input[@name='refs']")
    hint = mo.page.get_element_by_id(tick.get("aria-describedby"))
    assert "He plays outside all day." in hint.text_content()
    assert not hint.xpath(".//a")
    assert mo.page.xpath(
        "//input[@name='refs']/following-sibling::div/a[starts-with(., 'Read it')]"
    )


@pytest.mark.parametrize(
    ("button", "said", "stage"),
    [
        ("Release it to the queue", "1 form released to the queue.", "contact"),
        ("Refuse it", "1 form refused.", "quarantine"),
    ],
)
def test_the_page_of_a_form_says_no_due_day_and_offers_to_release_and_refuse_it(
    world: World, people: People, button: str, said: str, stage: str
) -> None:
    """It is ticked on the list of its sender, on whichever page it stands there."""
    refs = [ref(n) for n in range(settings.SENDER_FORMS + 1)]
    send_many(len(refs))
    mo = Visitor(people.mo).open(f"/referrals/{refs[0]}/").see(button)
    assert "The hub decides" not in mo.text
    mo.open(f"/referrals/{refs[-1]}/")
    mo.follow(button).send("Save the answer", why=WHY).see(said)
    answered = Quarantine.objects.exclude(answer=Quarantined.WAITING.value).get()
    assert (answered.referral.ref, answered.referral.stage) == (refs[-1], stage)
    page = mo.open(f"/referrals/{refs[-1]}/")
    assert ("Refuse it" in page.text, "Release it to the queue" in page.text) == (
        False,
        stage == "quarantine",
    )


def test_what_was_refused_may_still_be_released(world: World, people: People) -> None:
    (referral,) = flood(ref(1))
    row = [referral.quarantine]
    actions.refuse(quarantined=row, why=WHY, by=people.mo, at=AT)
    mo = Visitor(people.max).open("/referrals/quarantine/?list=refused").follow("1 form of one")
    assert not mo.page.xpath("//input[@value='refuse']")
    mo.send("Save the answer", which="all", answer="release", why="The school rang.")
    referral.refresh_from_db()
    assert referral.stage == "contact"
    assert referral.deadlines.running().count() == 1


def test_what_was_answered_is_reached_from_the_queue_when_nothing_waits(
    world: World, people: People
) -> None:
    refused, released = flood(ref(1), ref(2))
    actions.refuse(quarantined=[refused.quarantine], why=WHY, by=people.mo, at=AT)
    actions.release(quarantined=[released.quarantine], why="It is real.", by=people.mo, at=AT)
    for person in (people.mo, people.olive, people.max):
        visitor = Visitor(person).open("/referrals/").see("Quarantine (0)").follow("Quarantine (0)")
        visitor.see("No form is on this list.").follow("Refused").follow("1 form of one sender")
        visitor.see(f"{ref(1)}: Sam Example", f"Refused: {WHY}")
        visitor.follow("Quarantine").follow("Released").follow("1 form of one sender")
        visitor.see(f"{ref(2)}: Sam Example", "Released: It is real.")
        assert ref(1) not in visitor.text
        assert not visitor.page.xpath("//main//form")
        visitor.follow("Read it in full").see(f"Referral {ref(2)}")


def test_nothing_is_answered_twice(world: World, people: People) -> None:
    (referral,) = flood(ref(1))
    row = [referral.quarantine]
    actions.release(quarantined=row, why="A real child.", by=people.mo, at=AT)
    for deed in (actions.release, actions.refuse):
        with pytest.raises(Refused, match="answered about these forms meanwhile"):
            deed(quarantined=row, why=WHY, by=people.mo, at=AT)


def test_a_released_form_stays_in_the_queue_whatever_comes_after_it(
    world: World, people: People
) -> None:
    (referral,) = flood(ref(1))
    actions.release(quarantined=[referral.quarantine], why="Real.", by=people.mo, at=AT)
    flood(ref(2))
    referral.refresh_from_db()
    assert referral.stage == "contact"


def test_forms_that_came_after_the_page_was_opened_are_not_answered_with_it(
    world: World, people: People
) -> None:
    first, *_ = flood(ref(1))
    mo = Visitor(people.mo).open(f"/referrals/quarantine/{first.quarantine.sender}/")
    flood(ref(2))
    mo.send("Save the answer", which="all", answer="refuse", why=WHY)
    assert Quarantine.objects.waiting().get().referral.ref == ref(2)


def test_an_urgent_or_overdue_one_makes_the_line_on_today_red(world: World, people: People) -> None:
    def meaning() -> str:
        todos = counted(queries.todo(people.mo, on=AT.date(), at=AT))
        return next(todo.meaning for todo in todos if todo.code == "referrals_quarantine")

    flood(ref(1))
    assert meaning() == "soon"
    flood(ref(2), urgent_why="He was hit.")
    assert meaning() == "late"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"which": "ticked"}, "Tick at least one form, or choose all of them"),
        ({"which": "all", "last": "x"}, "We cannot tell which forms you saw"),
        ({"which": "all", "refs": ref(1)}, "You ticked some and chose all"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(
    world: World, people: People, answers: dict[str, str], sentence: str
) -> None:
    (referral,) = flood(ref(1))
    mo = Visitor(people.mo).open(f"/referrals/quarantine/{referral.quarantine.sender}/")
    mo.send("Save the answer", **answers, answer="refuse", why=WHY).see(sentence)
    assert Quarantine.objects.waiting().exists()


@pytest.mark.parametrize("who", ["ada", "sam", "dee"])
def test_only_who_triages_sees_the_quarantine(world: World, people: People, who: str) -> None:
    flood(ref(1))
    person = getattr(people, who)
    assert Visitor(person).open("/referrals/quarantine/").status == 403
    assert queries.senders_in_quarantine(person, Quarantined.WAITING) == []


def test_the_database_refuses_an_answer_without_a_name_or_a_reason(
    world: World, people: People
) -> None:
    flood(ref(1))
    for change in ({"answer": "refused"}, {"why": WHY}, {"answer": "lost", "why": WHY}):
        with (
            pytest.raises(IntegrityError, match="quarantine_ends_by_somebodys_answer"),
            transaction.atomic(),
        ):
            Quarantine.objects.update(**change)


def test_who_begins_too_many_forms_is_asked_to_ring_and_keeps_the_words(
    db: None, settings: object
) -> None:
    settings.SENDER_DRAFTS = 1  # type: ignore[attr-defined]  # pytest-django's
    first = Client(REMOTE_ADDR=FLOODER).post("/refer/", {"worry": "Never at school."})
    assert first.status_code == 302
    answer = Client(REMOTE_ADDR=FLOODER).post("/refer/", {"worry": "Never at school."})
    assert answer.status_code == 429
    shown = answer.content.decode()
    assert "Very many forms were begun from your connection" in shown
    assert "Never at school." in shown
    assert "999" in shown
    assert Client(REMOTE_ADDR=ELSEWHERE).post("/refer/", {"worry": "Gone."}).status_code == 302


def test_a_released_form_about_an_open_case_goes_to_its_worker(
    world: World, people: People
) -> None:
    """As it would have gone without the quarantine."""
    case = world.case(world.child("Sam", "Example"))
    case.owner = people.olive
    case.save()
    with override_settings(SENDER_FORMS=0):
        facts = ReferralFacts(
            relation="neighbour",
            worry="Plays outside.",
            children=(ChildWords(forename="Sam", surname="Example", born_on=case.child.born_on),),
        )
        referral = actions.receive(
            ref="234-567-89B", facts=facts, by=None, at=AT, sender=sender_at(FLOODER)
        )
    assert not referral.children.get().decisions.exists()
    actions.release(quarantined=[referral.quarantine], why="Real.", by=people.mo, at=AT)
    assert referral.children.get().decisions.get().decision == "open_case"
