"""What is sent twice is done once, what is new is done, and nothing that was typed is lost."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpResponseRedirect
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from lxml import html
from lxml.html import FormElement, HtmlElement

from onroll.audit.models import AccessEvent, ChangeEvent, SecurityEvent
from onroll.cases import actions as cases
from onroll.cases.models import Case, Note
from onroll.receipts import actions, keys, pages, tasks
from onroll.receipts.middleware import is_done
from onroll.receipts.models import Receipt
from tests import routes
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.reading import Page
from tests.receipts.forms import FORMS, WHY, fill_in

TEXT = "Rang both numbers.\nNobody answered."
TOP = Path(__file__).parents[2]


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.build()


def note_page(case: Case) -> str:
    return reverse("cases:note", args=[case.ref])


def trail() -> list[int]:
    """Return how many entries the audit trail has, of each kind."""
    return [t.objects.count() for t in (AccessEvent, ChangeEvent, SecurityEvent)]


def form_of(client: Client, page: str) -> FormElement:
    """Return the form with an e-mail address or a password that a stranger is shown."""
    whole = html.document_fromstring(client.get(reverse(page)).content)
    assert isinstance(whole, HtmlElement)
    [form] = [each for each in whole.forms if each.xpath(".//input[@type='email']")]
    return form


def texts(case: Case) -> list[str]:
    return [note.text.replace("\r", "") for note in case.notes.order_by("pk")]


def test_a_note_sent_twice_is_one_note_and_one_entry_in_the_trail(case, olive):
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    first = olive.client.post(form.address, form.whole())
    notes, entries = Note.objects.count(), trail()
    again = olive.client.post(form.address, form.whole())
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert (Note.objects.count(), trail()) == (notes, entries)
    assert again["Location"] == reverse("casefile:chronology", args=[case.ref])


def test_whoever_lost_the_first_answer_is_told_once_that_it_is_done(case, olive):
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    olive.client.post(form.address, form.whole())
    for _ in range(2):
        page = Page(olive.client.post(form.address, form.whole(), follow=True).content)
        assert page.text.count("The note is added.") == 1
    assert "The note is added." not in olive.open(note_page(case)).text


def test_other_words_with_an_old_key_are_another_note(case, olive):
    """Whoever goes back and writes something else loses neither."""
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    before = texts(case)
    olive.client.post(form.address, form.whole())
    olive.client.post(form.address, form.whole() | {"text": "She rang back."})
    assert texts(case) == [*before, TEXT, "She rang back."]


def test_a_form_that_came_back_is_sent_again_with_its_key(case, olive):
    form = olive.open(note_page(case)).fill_in("Save", text="")
    for _ in range(2):
        page = Page(olive.client.post(form.address, form.whole()).content)
        assert "Write the note" in page.text
    assert not Receipt.objects.exists()


def test_a_key_is_good_for_one_person_and_one_address(case, olive, people):
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    olive.client.post(form.address, form.whole())
    max_, key = Visitor(people.max), form.data[keys.FIELD]
    other = worlds.build().case()
    for address in (note_page(case), note_page(other)):
        again = max_.open(address).fill_in("Save", text=TEXT)
        max_.client.post(again.address, again.whole() | {keys.FIELD: key})
    assert (len(texts(case)), len(texts(other))) == (2, 1)


def test_each_form_of_a_page_has_a_key_of_its_own_and_each_page_new_ones(case, olive):
    pages = [olive.open(reverse("cases:register")).page for _ in range(2)]
    found = [key for page in pages for key in page.xpath(f"//input[@name='{keys.FIELD}']/@value")]
    assert len(found) >= 6
    assert len(set(found)) == len(found)
    assert all(keys.SHAPE.fullmatch(key) for key in found)


def test_the_receipt_names_nobody_and_tells_nothing_of_what_was_written(case, olive):
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    olive.client.post(form.address, form.whole())
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(r)::text from receipts_receipt r")
        [(kept,)] = cursor.fetchall()
    for secret in ("Nobody answered", "olive", "Obi", form.data[keys.FIELD][0]):
        assert secret not in kept


# Without a key


@pytest.mark.parametrize("key", [None, "", "x", "0" * 31, "0" * 33, "\0" * 32, "é" * 32])
def test_what_comes_without_a_key_is_given_back_and_sent_from_there(case, olive, key):
    """A page that was opened before the service was brought up to date has none."""
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    data = {name: said for name, said in form.whole().items() if name != keys.FIELD}
    before = texts(case)
    answer = olive.client.post(form.address, data if key is None else data | {keys.FIELD: key})
    assert answer.status_code == 400
    assert texts(case) == before
    olive.arrive(answer)
    olive.see("Nothing is saved yet", "Rang both numbers.").send("Send once more")
    assert olive.status == 200
    assert texts(case) == [*before, TEXT]


def test_a_file_without_a_key_is_asked_for_again(world):
    sam, form = fill_in(world, "school_upload")
    data = {name: said for name, said in form.whole().items() if name != keys.FIELD}
    sam.arrive(sam.client.post(form.address, data))
    [name] = FORMS["school_upload"].files
    sam.see("Nothing is saved yet", f"Choose again: {name}")
    sam.send("Send once more", files=dict(FORMS["school_upload"].files))
    sam.see("The file is being read", name)


def test_signing_in_searching_and_signing_out_need_no_key(case, olive):
    token = olive.open("/").client.cookies["csrftoken"].value
    for page, data in (
        ("cases:search", {"words": "Example"}),
        ("casefile:add_first", {"forename": "A", "surname": "B"}),
        ("audit", {}),
        ("account_logout", {}),
    ):
        answer = olive.client.post(reverse(page), {**data, "csrfmiddlewaretoken": token})
        assert answer.status_code in (200, 302, 403), page
    anyone = Client(enforce_csrf_checks=True)
    form = form_of(anyone, "account_login")
    data = {k: v for k, v in form.form_values() if k != keys.FIELD}
    answer = anyone.post(reverse("account_login"), data | {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 200
    assert "is not right" in Page(answer.content).text


def test_signing_in_again_with_an_old_page_signs_in(people):
    """The answer of a sign-in is never given again instead of signing in."""
    user = people.olive
    user.set_password("correct horse battery staple")
    user.save()
    browser = Client(enforce_csrf_checks=True)
    for _ in range(2):
        data = {**dict(form_of(browser, "account_login").form_values()), keys.FIELD: "0" * 32}
        said = {"login": user.email, "password": "correct horse battery staple"}
        assert browser.post(reverse("account_login"), data | said).status_code == 302
        assert "_auth_user_id" in browser.session
        browser.cookies.clear()


# What is not remembered


def test_a_refusal_that_leads_elsewhere_is_not_taken_for_done(case, people):
    """The button “Assign to me” leads back to the case, also when somebody else was quicker."""
    case = cases.assign_case(case=case, owner=people.mo, by=people.max, at=timezone.now())
    max_ = Visitor(people.max).open(reverse("casefile:team", args=[case.ref]))
    form = max_.fill_in("Assign to me")
    cases.assign_case(case=case, owner=people.olive, by=people.max, at=timezone.now())
    answer = max_.client.post(form.address, form.whole(), follow=True)
    assert "Someone else changed this case" in Page(answer.content).text
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("leads_to", "said", "done"),
    [
        ("/reason/?next=/cases/", [], False),
        ("/account/reauthenticate/?next=/account/2fa/", [], False),
        ("/cases/?list=claims", [(messages.SUCCESS, "Done.")], True),
        ("/cases/", [(messages.ERROR, "Somebody was quicker.")], False),
        ("/nowhere/", [], True),
    ],
)
def test_being_asked_something_first_is_not_taken_for_done(leads_to, said, done):
    assert is_done(HttpResponseRedirect(leads_to), said) is done


def test_what_somebody_typed_is_given_back_when_the_thing_is_answered_meanwhile(world):
    """Two officers open one claim; the second reads what happened, and has their words."""
    olive, form = fill_in(world, "intake:confirm")
    max_, other = Visitor(world.people.max), FORMS["intake:confirm"]
    max_.open(form.address).send(other.button, answer="case", why="The parents rang.")
    olive.arrive(olive.client.post(form.address, form.whole()))
    olive.see("Someone answered before you. Nothing was changed.", WHY)


def test_what_is_given_back_is_what_somebody_wrote_and_nothing_hidden():
    hidden = {"shown": "222-222-222 333-333-333", "version": "3", keys.FIELD: "0" * 32}
    request = RequestFactory().post("/", {**hidden, "why": "She rang.", "answer": "as_said"})
    assert pages.sentences(keys.fields(request)) == ["She rang."]


# The rest


def test_receipts_are_forgotten_after_three_days(case, olive):
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    olive.client.post(form.address, form.whole())
    tasks.nightly(0)
    assert Receipt.objects.count() == 1
    assert actions.forget(before=timezone.now() - timedelta(days=3)) == 0
    assert actions.forget(before=timezone.now() + timedelta(days=3)) == 1


def test_a_link_for_a_new_password_is_sent_once(people, mailoutbox, settings):
    settings.SENDS_MAIL = True
    stranger = Client(enforce_csrf_checks=True)
    form = form_of(stranger, "account_reset_password")
    data = dict(form.form_values()) | {"email": "olive@harrow.example"}
    for _ in range(2):
        assert stranger.post(reverse("account_reset_password"), data).status_code == 302
    assert len(mailoutbox) == 1


def test_a_form_that_was_open_too_long_gives_back_what_was_typed(db):
    stranger = Client(enforce_csrf_checks=True)
    typed = {"worry": "Two children, seen alone.", "password": "correct horse battery"}
    answer = stranger.post("/refer/", typed)
    assert answer.status_code == 403
    shown = Page(answer.content)
    assert "Two children, seen alone." in shown.text
    assert "battery" not in shown.source


def test_no_form_that_is_posted_is_without_token_and_key():
    """Every `{% csrf_token %}` writes both, also in forms of other packages."""
    request = RequestFactory().get("/")
    written = engines["django"].from_string("{% csrf_token %}").render({}, request)
    names = [field.get("name") for field in html.fragments_fromstring(written)]
    assert names == ["csrfmiddlewaretoken", keys.FIELD]
    bare = [
        f"{path.relative_to(TOP)}: {form.group()[:80]}"
        for path in (TOP / "onroll").rglob("*.html")
        if "static" not in path.parts
        for form in re.finditer(r"<form\b[^>]*>.*?</form>", path.read_text(), re.DOTALL)
        if re.match(r"<form[^>]*method=\"(post|\{\{ filter)", form.group())
        and "{% csrf_token %}" not in form.group()
    ]
    assert bare == []


def test_the_answer_and_the_deed_are_one_transaction(case, olive):
    """Taken back with the request, so that the next sending does it."""
    form = olive.open(note_page(case)).fill_in("Save", text=TEXT)
    before = Note.objects.count()
    with transaction.atomic():
        olive.client.post(form.address, form.whole())
        transaction.set_rollback(True)
    assert (Note.objects.count(), Receipt.objects.count()) == (before, 0)
    olive.client.post(form.address, form.whole())
    assert Note.objects.count() == before + 1
