"""P17: how far a referral is, by a private link, in words that tell nothing of the child."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext, override

from onroll.accounts.models import User
from onroll.audit.models import ChangeEvent
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.govuk.fields import FILES_TAKEN, in_words
from onroll.messages.models import Message
from onroll.receipts.models import Receipt
from onroll.referrals import actions
from onroll.referrals.actions.links import recipient
from onroll.referrals.codes import Decision, Stage
from onroll.referrals.contact import email_in
from onroll.referrals.models import Referral, ReferralUpdate, StatusLink
from onroll.referrals.queries import referrer
from onroll.referrals.queries.progress import finished_day
from onroll.referrals.status import OF_STAGE, WORDS, Status, finished_on, is_link_valid
from onroll.rules.hours import ENGLAND
from tests.cases.test_register import NOT_ABOUT_ROWS
from tests.cases.world import AT, World
from tests.documents.made import PDF
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import facts
from tests.referrals.made import decide, flood, hand_over, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NORA = "Nora Nextdoor, nora@example.org"


@pytest.fixture(autouse=True)
def no_looks_counted() -> None:
    cache.clear()


def link(referral: Referral) -> str:
    return f"/refer/status/{actions.make_link(referral=referral, at=AT)}/"


def shown(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    body = answer.content.decode()
    return " ".join(
        re.sub("<[^>]+>", " ", body[body.index("<main") : body.index("</main")]).split()
    )


def now() -> datetime:
    return timezone.localtime()


def test_each_stage_has_a_status_and_each_status_its_words() -> None:
    assert OF_STAGE.keys() == set(Stage)
    assert WORDS.keys() == set(Status)


@pytest.mark.parametrize(
    ("stage", "closed", "over"),
    [
        (Stage.CONTACT, [], None),
        (Stage.HANDED_OVER, [date(2026, 5, 2)], None),
        (Stage.CLOSED, [], date(2026, 5, 1)),
        (Stage.CLOSED, [None], None),
        (Stage.ACCEPTED, [date(2026, 5, 2), None], None),
        (Stage.ACCEPTED, [date(2026, 5, 2), date(2026, 6, 3)], date(2026, 6, 3)),
    ],
)
def test_the_work_is_over_when_the_last_case_is_closed(
    stage: Stage, closed: list[date | None], over: date | None
) -> None:
    assert finished_on(stage, decided_on=date(2026, 5, 1), cases_closed_on=closed) == over


def test_what_is_sent_on_is_over_for_who_referred_once_somebody_has_each_child() -> None:
    """What comes of it there is of that team, and told to the hub."""
    decided_on = date(2026, 5, 1)
    for is_untaken, over in ((True, None), (False, decided_on)):
        assert over == finished_on(
            Stage.SENT_ON, decided_on=decided_on, cases_closed_on=[], is_untaken=is_untaken
        )


def test_a_link_leads_to_the_page_until_ninety_days_after_the_close() -> None:
    assert is_link_valid(None, on=date(2030, 1, 1))
    assert is_link_valid(date(2026, 1, 1), on=date(2026, 4, 1))
    assert not is_link_valid(date(2026, 1, 1), on=date(2026, 4, 2))


def test_a_child_that_is_known_and_one_that_nobody_knows_read_alike(
    world: World, people: People
) -> None:
    """Trust 4.1, no 9: whatever the hub decides, who referred reads the same."""
    known, unknown, passed_on = (
        refer(ref, at=now()) for ref in ("222-222-222", "333-333-333", "444-444-444")
    )
    case = cases.report_child(
        key="k",
        child=world.child(),
        reason="referral",
        because="x",
        said_by="x",
        by=people.olive,
        on=now().date(),
        at=now(),
    )
    decide(
        referral=known,
        decision=Decision.OPEN_CASE,
        why="His case is open.",
        case=case,
        by=people.mo,
        at=now(),
    )
    hand_over(unknown, by=people.mo, at=now())
    hand_over(passed_on, by=people.mo, at=now())
    pages = {shown(link(one)).replace(one.ref, "REF") for one in (known, unknown, passed_on)}
    assert len(pages) == 1
    assert "We have decided what happens next" in pages.pop()


def test_a_form_in_quarantine_reads_as_one_in_the_queue(db: None) -> None:
    """Trust 1.11: whoever floods us is not told which way a form went."""
    (apart,) = flood("222-222-222", at=now())
    queued = refer("333-333-333", at=now())
    pages = {shown(link(one)).replace(one.ref, "REF") for one in (apart, queued)}
    assert len(pages) == 1


def test_the_page_says_no_word_that_somebody_wrote(db: None) -> None:
    referral = refer(at=now(), worry="He plays outside all day.")
    address = link(referral)
    actions.add_update(
        referral=referral, text="Seen with Mrs Oddname", file=("Rowan.pdf", PDF), by=None, at=now()
    )
    page = shown(address)
    for words in ("Sam", "Example", "Nora", "plays", "Oddname", "Rowan", "7946 0000"):
        assert words not in page
    assert "your words and a file. We have it." in page


def test_only_the_hash_of_a_link_is_kept_anywhere(people: People) -> None:
    visitor = Visitor(None).open("/refer/")
    visitor.send("Continue", worry="x", danger="no").send("Continue", forename="Rowan")
    visitor.send("Continue", relation="neighbour", gives_name="no").send("Send")
    key = visitor.address.strip("/").split("/")[-1]
    assert StatusLink.objects.get().digest == referrer.digest(key)
    assert Receipt.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'audit')"
        )
        tables = cursor.fetchall()
        for schema, table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{schema}"."{table}" t WHERE t::text LIKE %s', [f"%{key}%"]
            )
            assert cursor.fetchone() == (0,), table


def test_the_same_form_sent_again_leads_to_the_same_private_link(db: None) -> None:
    visitor = Visitor(None).open("/refer/")
    visitor.send("Continue", worry="x", danger="no").send("Continue", forename="Rowan")
    visitor.send("Continue", relation="neighbour", gives_name="no")
    last = visitor.fill_in("Send")
    first = visitor.client.post(last.address, last.whole())
    again = visitor.client.post(last.address, last.whole())
    assert first["Location"] == again["Location"]
    assert (Referral.objects.count(), StatusLink.objects.count()) == (1, 1)


TOLD, NOT_TOLD = (
    "We send you a message when our work is over.",
    "We have no email address to write to. Your private link shows when our work is over.",
)


@pytest.mark.parametrize(
    ("contact", "says"),
    [("", NOT_TOLD), ("020 7946 0000", NOT_TOLD), ("nora@example.org", TOLD)],
)
def test_who_cannot_be_written_to_is_not_told_that_we_do(
    people: People, contact: str, says: str
) -> None:
    """On check-your-answers, the receipt and the page of the private link."""
    other = NOT_TOLD if says == TOLD else TOLD
    nora = Visitor(None).open("/refer/")
    nora.send("Continue", worry="x", danger="no").send("Continue", forename="Rowan")
    name = {"referrer_name": "Nora", "referrer_contact": contact} if contact else {}
    nora.send("Continue", relation="neighbour", gives_name="yes" if contact else "no", **name)
    check = nora.text
    receipt = nora.send("Send").see("We have your form").text
    status = nora.follow("/refer/status/").text
    for shown in (check, receipt, status):
        assert says in shown
        assert other not in shown
    decide(referral=Referral.objects.get(), decision=Decision.NO_ACTION, by=people.mo, at=now())
    assert says not in nora.open(nora.address).see("Our work is over").text


def test_the_page_says_nothing_twice(people: People) -> None:
    """When the work is over is said once, and so is the number to ring of an urgent form."""
    referral = refer(at=now() - timedelta(days=9), urgent_why="He may be hurt.")
    page = shown(link(referral))
    assert "was to decide by" in page
    assert page.count("give the reference") == 1
    hand_over(referral, by=people.mo, at=now())
    page = shown(link(referral))
    assert page.count("when our work is over") == 1


def test_after_twenty_looks_an_hour_it_says_so_and_loses_nothing(db: None) -> None:
    address = link(refer(at=now()))
    client = Client()
    pages = [client.get(address) for _ in range(21)]
    assert [page.status_code for page in pages] == [200] * 20 + [429]
    says = [" ".join(page.content.decode().split()) for page in pages]
    left = [f"Times left now: {20 - number}." in page for number, page in enumerate(says[:20], 1)]
    assert left == [False] * 14 + [True] * 6
    again = in_words((timezone.localtime() + timedelta(hours=1)).date())
    assert re.search(f"You get more on <time [^>]*>{again} at", says[19])
    assert re.search(f"You can look again on <time [^>]*>{again} at", says[20])
    assert client.get(f"{address}add/").status_code == 200


@pytest.mark.parametrize("key", ["x", "A" * 43, "234-567-89A"])
def test_another_address_leads_nowhere(db: None, key: str) -> None:
    refer(at=now())
    for address in (
        f"/refer/status/{key}/",
        f"/refer/status/{key}/add/",
        f"/refer/received/{key}/",
    ):
        assert Client().get(address).status_code == 404


def test_what_the_referrer_adds_is_before_the_hub_at_once(world: World, people: People) -> None:
    referral = refer(at=now())
    version = referral.version
    visitor = Visitor(None).open(link(referral)).follow("Add something")
    visitor.send("Send", text="He is back.", files={"letter.pdf": PDF})
    visitor.see("We have what you added.", "your words and a file. We have it.")
    assert visitor.page.xpath("//*[contains(@class, 'govuk-notification-banner--success')]")
    hub = Visitor(people.mo).open("/today/").see("referral with something new")
    hub.follow("referral with something new").follow(referral.ref)
    hub.see("He is back.", "letter.pdf", "The person who referred added something.", "Not read yet")
    got = hub.client.get(f"/referrals/{referral.ref}/added/{ReferralUpdate.objects.get().pk}/")
    assert b"".join(got) == PDF
    assert "attachment" in got["Content-Disposition"]
    hub.send("I have read it").see("Marked as read.", "Read Mo")
    assert "1referral with something new" not in hub.open("/today/").text
    referral.refresh_from_db()
    assert referral.version > version


def test_the_same_words_sent_again_by_back_are_one_addition(people: People) -> None:
    referral, words = refer(at=now()), {"text": "He is back."}
    visitor = Visitor(None).open(link(referral)).follow("Add something")
    form = visitor.address
    for _ in range(2):
        visitor.open(form).send("Send", **words).see("We have what you added.")
        visitor.open(form).send("Send", **words, files={"letter.pdf": PDF})
        visitor.see("We have what you added.")
    visitor.open(form).send("Send", **words, files={"letter.pdf": PDF})
    assert ReferralUpdate.objects.count() == 4, "each differs from the one before"
    later = {"referral": referral, "text": "He is back.", "file": None, "by": None}
    actions.add_update(**later, at=now() + timedelta(hours=2))
    actions.add_update(**later, at=now() + timedelta(hours=4))
    assert ReferralUpdate.objects.count() == 6


def test_the_trail_of_what_is_added_holds_no_network_address(db: None) -> None:
    """Trust 1.11: who wants to stay anonymous does."""
    visitor = Visitor(None).open(link(refer(at=now()))).follow("Add something")
    visitor.send("Send", text="He is back.")
    changes = ChangeEvent.objects.filter(table_name="referrals_referralupdate")
    assert [event.source_address for event in changes] == [""]


def test_a_file_that_is_not_taken_is_said_beside_its_question(db: None) -> None:
    visitor = Visitor(None).open(link(refer(at=now()))).follow("Add something")
    visitor.send("Send", text="He is back.", files={"a.exe": b"MZ"})
    visitor.see("We cannot take a file of this type").see("He is back.")
    assert visitor.text.count(str(FILES_TAKEN)) == 1
    visitor.send("Send", text="").see("Enter what you want to add, or choose a file")
    assert not ReferralUpdate.objects.exists()


def test_a_lost_link_answers_the_same_whether_there_is_one_or_not(db: None) -> None:
    there = refer("222-222-222", at=now(), referrer_contact=NORA)
    answers, work = [], []
    for reference in ("222-222-222", "333-333-333"):
        before = ChangeEvent.objects.count()
        Message.objects.all().delete()
        visitor = Visitor(None).open("/refer/lost-link/")
        visitor.send("Send me the link", reference=reference)
        answers.append(visitor.text)
        work.append((ChangeEvent.objects.count() - before, Message.objects.count()))
    assert answers[0] == answers[1]
    assert work[0][1] == work[1][1] == 1
    assert recipient(ref=there.ref, at=now()).address == "nora@example.org"
    assert recipient(ref="333-333-333", at=now()) is None


@pytest.mark.parametrize("typed", ["222222222", "222 222 222", "k7p-2qx-9hd", "222–222"])
def test_a_reference_is_taken_as_people_write_it(db: None, typed: str) -> None:
    visitor = Visitor(None).open("/refer/lost-link/")
    visitor.send("Send me the link", reference=typed)
    is_taken = typed != "222–222"
    assert visitor.address.endswith("/sent/") is is_taken


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        (NORA, "nora@example.org"),
        ("<nora@example.org>.", "nora@example.org"),
        ("nora@example.org", "nora@example.org"),
        ("020 7946 0000", ""),
        ("a@example.org or b@example.org", ""),
        ("nora@", ""),
        ("", ""),
    ],
)
def test_the_one_address_in_somebodys_words(contact: str, address: str) -> None:
    assert email_in(contact) == address


def test_the_link_is_closed_long_after_the_work_is_over(world: World, people: People) -> None:
    referral = refer(at=now() - 200 * DAY)
    address = link(referral)
    decide(
        referral=referral,
        decision=Decision.NO_ACTION,
        why="x",
        by=people.mo,
        at=now() - 91 * DAY,
    )
    assert Client().get(address).status_code == 404
    assert recipient(ref=referral.ref, at=now()) is None


def test_reopening_the_case_opens_the_page_again(world: World, people: People) -> None:
    referral = hand_over(refer(at=now()), by=people.mo, at=now())
    address = link(referral)
    case = _accept(referral, world, by=people.olive)
    assert "We have decided what happens next" in shown(address)
    case = cases.close_case(
        case=case,
        outcome="other_provision",
        facts=facts("other_provision", on=now().date()),
        why="x",
        by=people.olive,
        at=now(),
    )
    assert "Our work is over" in shown(address)
    cases.reopen_case(case=case, why="x", by=people.olive, at=now())
    assert "We have decided what happens next" in shown(address)


def _accept(referral: Referral, world: World, *, by: User) -> Case:
    return actions.accept_child(
        entry=referral.children.get(), child=world.child(), because="x", by=by, at=now()
    )


def test_times_are_of_england(db: None) -> None:
    at = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    referral = refer(at=at)
    referral.stage, referral.decided_at = Stage.CLOSED.value, at
    assert finished_day(referral) == date(2026, 6, 2)


def test_the_page_costs_the_same_however_much_was_added(db: None) -> None:
    referral = refer(at=now())
    address = link(referral)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        return sum(not NOT_ABOUT_ROWS.match(query["sql"]) for query in queries)

    def add(*texts: str) -> None:
        for text in texts:
            actions.add_update(referral=referral, text=text, file=None, by=None, at=now())

    add("one")
    one = cost()
    add("two", "three", "four", "five")
    assert cost() == one <= 8


@pytest.mark.parametrize("address", ["status/abcdef/", "status/abcdef/add/", "received/a/b/"])
def test_a_broken_link_leads_to_the_page_for_a_lost_one(db: None, address: str) -> None:
    visitor = Visitor(None).open(f"/refer/{address}").see("Page not found")
    assert visitor.status == 404
    visitor.follow("Have you lost your link?")
    assert visitor.address == "/refer/lost-link/"
    assert "lost your link" not in Visitor(None).open("/refer/nowhere/").text


def test_also_once_the_work_is_over_somebody_reads_what_is_added() -> None:
    """Nobody who adds something reads that nothing comes next."""
    assert WORDS[Status.FINISHED].awaited.startswith("Someone reads what you add here.")
    with override("pl"):
        assert gettext(WORDS[Status.FINISHED].awaited).startswith("Ktoś przeczyta ")


RING = "Could the child be hurt soon? Then ring us now as well: we may not read this at once."


def test_until_the_hub_reads_something_urgent_its_page_says_to_ring_as_well(
    people: People,
) -> None:
    urgent, calm = refer("222-333-444", urgent_why="Taken."), refer("333-444-555")
    assert RING not in Visitor(None).open(link(calm)).text
    sender = Visitor(None).open(link(urgent)).see(RING, "and give the reference.")
    Visitor(people.mo).open(f"/referrals/{urgent.ref}/").send("I look at it")
    assert RING not in sender.open(sender.address).see("Someone reads your form").text


@pytest.mark.parametrize("why", ["", "Taken."])
def test_the_page_says_by_which_day_and_hour_the_hub_decides(
    people: People, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    """P17: worked out on the day: Monday night until Tuesday, and a calm one by Tuesday too."""
    monday = datetime(2026, 11, 30, 18, tzinfo=ENGLAND)
    monkeypatch.setattr("django.utils.timezone.now", lambda: monday)
    sender = Visitor(None).open(link(refer(at=monday, urgent_why=why)))
    sender.see("decides what to do by 1 December 2026 at 5:00pm.")
    late = datetime(2026, 12, 1, 18, tzinfo=ENGLAND)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    sender.open(sender.address).see("was to decide by 1 December 2026 at 5:00pm, and has not yet.")
    decide(
        referral=Referral.objects.get(),
        decision=Decision.NO_ACTION,
        by=people.mo,
        at=late,
        contradicts_why="x" if why else "",
    )
    assert "decide by" not in sender.open(sender.address).text
