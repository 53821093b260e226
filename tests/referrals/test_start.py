"""Where do I start: from the home page, without an account, to what to do (P11, P14, P19)."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from onroll.referrals import pathway
from onroll.rules.front_door import DOORS, Answer, Asker, Question, with_names
from onroll.rules.hours import ENGLAND, whom_to_ring
from onroll.rules.policy_file import HARROW
from onroll.rules.referral import End, Route
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
ANSWERS = [
    (asker, question, answer)
    for asker, door in DOORS.items()
    for question in door.values()
    for answer in question.answers
]
OPEN = datetime(2026, 11, 27, 16, 59, tzinfo=ENGLAND)
CLOSED = datetime(2026, 11, 27, 17, 0, tzinfo=ENGLAND)
MOST_WORDS = 20


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Give a function that sets the clock."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


def words(content: bytes) -> str:
    page: html.HtmlElement = html.fromstring(content)
    return " ".join(page.find(".//main").text_content().split())


def address(asker: Asker, question: Question) -> str:
    return f"/start/{asker}/{question.code.replace('_', '-')}/"


@pytest.mark.parametrize("asker", Asker)
def test_who_is_worried_is_asked_first(client: Client, asker: Asker) -> None:
    """P11."""
    shown = client.get("/start/", {"answer": asker.value, "sent": "yes"}, follow=True)
    first = next(iter(DOORS[asker].values()))
    assert with_names(first.words, HARROW) in words(shown.content)


@pytest.mark.parametrize(
    ("asker", "question", "answer"), ANSWERS, ids=lambda v: getattr(v, "code", v)
)
def test_each_answer_leads_to_the_next_question_or_to_its_actions(
    client: Client, asker: Asker, question: Question, answer: Answer
) -> None:
    """P11, P14, P19: so each path of the tables ends at its actions, clause and telephone."""
    here = address(asker, question)
    assert with_names(question.words, HARROW) in words(client.get(here).content)
    shown = client.get(here, {"answer": answer.code, "sent": "yes"}, follow=True)
    said = words(shown.content)
    if isinstance(answer.leads, str):
        following = DOORS[asker][answer.leads]
        assert shown.request["PATH_INFO"] == address(asker, following)
        assert with_names(following.words, HARROW) in said
        return
    line = whom_to_ring(HARROW, at=timezone.localtime())
    for action in answer.leads.actions:
        assert with_names(action.words, HARROW, line=line.name) in said
        assert pathway.in_full(action.source) in said
        assert not action.by or f"When: {action.by}" in said
    to_hub = answer.leads.route in {Route.MASH_URGENT, Route.MASH, Route.SOCIAL_WORKER}
    named = " ".join(action.words for action in answer.leads.actions)
    ring = said.partition("Whom to ring")[2]
    if to_hub or "{line}" in named or "{policy.mash_name}" in named:
        assert line.phone in ring
    else:
        assert HARROW.cme_phone in ring
    if "instead" in named:
        assert HARROW.cme_phone in ring


def test_where_absence_is_followed_its_officers_are_named(client: Client) -> None:
    """Policy p.3, 5: it gives no number of theirs."""
    said = words(client.get("/start/school/located-absent/yes/").content)
    ring = said.partition("Whom to ring")[2]
    assert f"{HARROW.attendance_process_name}: {HARROW.attendance_officer_name}" in ring
    assert HARROW.home_education_name in ring


def test_poor_attendance_and_a_family_who_asks_for_places_have_somebody_to_ring(
    client: Client,
) -> None:
    """Policy p.3, 8."""
    absent, places = (
        words(client.get(f"/start/school/{end}/").content).partition("Whom to ring")[2]
        for end in ("poor-attendance/yes", "which/asked-about-places")
    )
    assert f"{HARROW.attendance_process_name}: {HARROW.attendance_officer_name}" in absent
    assert HARROW.admissions_name in places
    for ring in (absent, places):
        assert HARROW.cme_phone in ring
        assert "Do you work at a school? Sign in to use its own form." in ring


def test_another_officer_who_goes_to_court_is_named_as_well() -> None:
    policy = replace(HARROW, court_officer_name="Cara Court")
    end = pathway.end_at(pathway.question_at("school", "poor_attendance"), "yes")
    line = whom_to_ring(policy, at=timezone.localtime())
    ring = [contact.title for contact in pathway.whom_to_ring(end, line=line, policy=policy)]
    assert ring[1:] == ["Cara Court", policy.cme_name]


def test_what_is_not_known_leads_to_the_form(client: Client) -> None:
    """Policy p.8: of the four that need no referral."""
    page = Visitor(None).open("/start/school/applied-elsewhere/yes/")
    page.follow("Is one of these not known? Then refer the child.")
    assert page.address.startswith("/refer/professional/")


def test_none_of_these_says_when_to_refer_all_the_same(people: People) -> None:
    for visitor in (Visitor(None), Visitor(people.sam)):
        visitor.open("/start/school/which/none/").see("You need not refer this now")
        visitor.see("If you believe that the child is missing education, refer the child.")
        assert "Then write it down" not in visitor.text


def test_a_deadline_is_the_clocks_own(client: Client) -> None:
    """P11: policy p.16, and the law where it differs from the policy."""
    said = words(client.get("/start/school/records-asked-for-shown/yes/").content)
    assert "Within 5 school days of the day the child started or left" in said
    assert "The return is due when the name is deleted" in said
    assert "Policy page 7; Pupil Registration Regulations 2024, regulation 13(4)" in said


@pytest.mark.parametrize(
    "path", ["/start/", "/start/anyone/own-child/", "/start/school/which/none/"]
)
def test_danger_comes_first_with_who_answers_now(client: Client, at, path: str) -> None:
    """P19: 999 first, then the hub, or who answers when it is closed."""
    for moment, phone in ((OPEN, HARROW.mash_phone), (CLOSED, HARROW.out_of_hours_phone)):
        at(moment)
        said = words(client.get(path).content)
        assert "If a child is in danger now, ring 999." in said[:70]
        numbers = re.findall(r"\b999\b|020 \d{4} \d{4}", said)
        assert numbers[:2] == ["999", phone]
        page: html.HtmlElement = html.fromstring(client.get(path).content)
        links = {
            a.get("href"): a.text_content()
            for a in page.find_class("govuk-warning-text")[0].iter("a")
        }
        assert links == {"tel:999": "999", f"tel:{phone.replace(' ', '')}": phone}


def test_no_answer_is_asked_for_again_in_words(client: Client) -> None:
    shown = client.get("/start/anyone/gone-missing/", {"sent": "yes"}).content
    assert b"<title>Error: " in shown
    assert "There is a problem" in words(shown)
    wrong = client.get("/start/", {"answer": "cats"})
    assert "Select one of the answers shown" in words(wrong.content)


@pytest.mark.parametrize(
    "path",
    [
        "/start/nobody/gone-missing/",
        "/start/anyone/which/",
        "/start/school/gone-missing/no/",
        "/start/school/gone-missing/cats/",
    ],
)
def test_an_address_of_no_step_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_back_leads_to_the_question_before(client: Client) -> None:
    """P11."""
    path, seen = "/start/school/admitted-elsewhere/not-known/", []
    while path != "/":
        seen.append(path)
        page: html.HtmlElement = html.fromstring(client.get(path).content)
        (link,) = page.find_class("govuk-back-link")
        path = link.get("href")
    assert seen[1:3] == ["/start/school/admitted-elsewhere/", "/start/school/which/"]
    assert seen[-2:] == ["/start/school/gone-missing/", "/start/"]


@pytest.mark.shows("start.nothing_kept")
def test_nothing_is_kept_and_no_account_is_needed(client: Client) -> None:
    """P11: no cookie, and no statement that writes a row."""
    with CaptureQueriesContext(connection) as asked:
        client.get("/start/", {"answer": "anyone", "sent": "yes"}, follow=True)
        client.get("/start/anyone/own-child/", {"answer": "yes", "sent": "yes"}, follow=True)
    written = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|COPY)\b", re.IGNORECASE)
    assert [q["sql"] for q in asked.captured_queries if written.search(q["sql"])] == []
    assert not client.cookies


@pytest.mark.shows("start.with_account")
def test_who_is_signed_in_is_told_what_is_kept_and_not_that_they_need_no_account(
    people: People,
) -> None:
    for who in (people.sam, people.ada):
        front = Visitor(who).open("/start/")
        front.see("What you write down at the end is kept with your name.")
        assert "you need no account" not in front.text
        assert "have a code from the council" not in front.text
        front.follow("Ask if the child is on a roll")
        assert front.status == 200
    sam = Visitor(people.sam).open("/start/school/poor-attendance/yes/")
    sam.follow("Write it down").see("This is kept with your name and the time.")


@pytest.mark.parametrize("asker", ["anyone", "professional", "school"])
@pytest.mark.parametrize(
    ("who", "own"), [("sam", "/school/refer/"), ("ada", "/refer/professional/")]
)
def test_who_is_signed_in_is_led_to_the_form_of_their_own(
    people: People, asker: str, who: str, own: str
) -> None:
    visitor = Visitor(getattr(people, who)).open(f"/start/{asker}/gone-missing/yes/")
    assert "You need not give your name" not in visitor.text
    assert visitor.follow("Refer the child").address.split("?")[0] == own


def test_who_works_with_children_finds_their_form_on_the_home_page(db: None) -> None:
    """P10: without an account."""
    home = Visitor(None).see("Do you work with children or families?")
    home.follow("Refer a child as part of your work").see("Why you refer the child")
    assert home.address.startswith("/refer/professional/")


def test_it_is_found_from_home_and_by_a_school_from_its_own(client: Client, people: People) -> None:
    """P11."""
    assert b'href="/start/"' in client.get("/").content
    client.force_login(people.sam)
    at_home = client.get("/school/").content
    assert b'href="/start/school/gone-missing/"' in at_home
    assert b'href="/start/"' in at_home
    assert client.get("/start/school/gone-missing/").status_code == 200


def test_no_sentence_of_a_page_has_more_than_twenty_words(client: Client) -> None:
    long = set()
    pages = {"/start/", *(address(asker, question) for asker, question, _ in ANSWERS)}
    pages |= {
        f"{address(asker, question)}{answer.code.replace('_', '-')}/"
        for asker, question, answer in ANSWERS
        if isinstance(answer.leads, End)
    }
    for path in pages:
        page: html.HtmlElement = html.fromstring(client.get(path).content)
        for part in page.find(".//main").iter("h1", "h2", "p", "li", "dd", "strong", "label"):
            whole = part.text if part.tag == "li" else part.text_content()
            for sentence in re.split(r"(?<=[.?!:;])\s", " ".join(str(whole).split())):
                if len(sentence.split()) > MOST_WORDS:
                    long.add(sentence)
    assert long == set()


def test_who_rang_may_write_as_well_and_nobody_else_is_led_to_the_form(db: None) -> None:
    pages = {
        "/start/anyone/is-taught/no/": True,
        "/start/anyone/gone-missing/yes/": True,
        "/start/anyone/own-child/yes/": False,
        "/start/anyone/is-taught/yes/": False,
    }
    form = 'href="/refer/"'
    answers = {address: Client().get(address) for address in pages}
    assert {answer.status_code for answer in answers.values()} == {200}
    shown = {address: form in answer.content.decode() for address, answer in answers.items()}
    assert shown == pages


@pytest.mark.parametrize(
    ("who", "end", "button"),
    [
        ("sam", "school/which/asked-about-places", "Tell us of the family"),
        ("sam", "school/which/none", "Refer the child"),
        ("sam", "school/home-education/yes", "Refer the child"),
        (None, "professional/known-to-social-care/yes", "Refer the child"),
    ],
)
def test_an_end_that_asks_for_a_next_step_has_its_button(
    people: People, who: str | None, end: str, button: str
) -> None:
    """P11: a social worker may be the one who asks; *none of these* may be missing all the same."""
    visitor = Visitor(getattr(people, who) if who else None).open(f"/start/{end}/")
    assert button in [link.text_content().strip() for link in visitor.page.iter("a")]
