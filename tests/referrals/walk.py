"""Every page of the form for anyone, and of what follows it, as somebody reads them in a language.

What is typed is Arabic, so that it is neither English nor Latin letters.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings
from lxml import html

from onroll.config import views
from onroll.govuk.languages import COOKIE
from onroll.receipts import keys
from onroll.referrals.models import Referral
from tests.documents.made import PDF

CHILD = {"forename": "روان", "surname": "مرلين", "age": "9", "home": "شارع الدردار 12"}
BORN = {"born_day": "3", "born_month": "11", "born_year": "2016"}
WORRY = {"worry": "لا يذهب إلى المدرسة.", "danger": "yes", "danger_why": "سمعت صراخًا."}
SAFE = {"worry": WORRY["worry"], "danger": "no"}
"""Then each page asks for what it needs."""
YOU = {
    "relation": "neighbour",
    "gives_name": "yes",
    "referrer_name": "نورة",
    "referrer_contact": "nora@example.org",
}
WRONG: tuple[dict[str, str], ...] = (
    {},
    {"age": "99", "born_day": "31", "born_month": "2", "born_year": "2016", "surname": "م" * 99},
    {"age": "م", "born_day": "3", "born_year": "16", "home": "م"},
    {"age": "-1", "born_day": "3", "born_month": "3", "born_year": "2999", "home": "م" * 401},
    {"born_day": "3", "born_month": "3", "born_year": "16", "home": "م"},
)
Shown = tuple[str, bytes, int]
"""A page: its name in this walk, what it is, and its status."""


def reader(code: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = code
    return client


def send_all(client: Client) -> str:
    """Fill in the form and send it; return the address that it leads to."""
    address = client.post("/refer/", WORRY)["Location"]
    for answers in (CHILD | BORN, YOU, {}):
        address = client.post(address, answers)["Location"]
    return str(address)


def pages(code: str) -> Iterator[Shown]:
    """Yield each page once, filled in, empty and in error."""
    cache.clear()
    client = reader(code)
    for name, page in (*_of_form(client), *_of_draft(client), *_afterwards(client)):
        yield name, page.content, page.status_code
    yield from _faults(client)


def _of_form(client: Client) -> Iterator[tuple[str, Any]]:
    yield "first", client.get("/refer/", follow=True)
    for number, wrong in enumerate(({}, {"worry": "م" * 8001, "danger": "x"})):
        address = client.post("/refer/", wrong)["Location"]
        yield f"first, wrong {number}", client.get(address, follow=True)
        yield f"first, wrong {number} sent", client.post(address, wrong, follow=True)
    yield "begun already", client.get("/refer/", follow=True)
    urgent = client.post("/refer/", WORRY)["Location"]
    yield "child, urgent", client.get(urgent)
    yield "check, nobody named", client.get(client.post(urgent, {"now": "yes"})["Location"])
    child = client.post("/refer/", SAFE)["Location"]
    yield "child", client.get(child)
    for number, wrong in enumerate(WRONG):
        yield f"child, wrong {number}", client.post(child, wrong, follow=True)
    in_other_window = {"forename": "م", "page_version": "0"}
    yield "child, in two windows", client.post(child, in_other_window)
    you = client.post(child, CHILD)["Location"]
    yield "you", client.get(you)
    yield "you, empty", client.post(you, {}, follow=True)
    no_name = {"relation": "parent", "gives_name": "yes"}
    yield "you, no name", client.post(you, no_name, follow=True)
    yield "check", client.get(client.post(you, YOU | {"gives_name": "no"})["Location"])


def _of_draft(client: Client) -> Iterator[tuple[str, Any]]:
    child = client.post("/refer/", WORRY)["Location"]
    tasks = client.post(child, {"later": "yes"})["Location"]
    yield "tasks, and a message", client.get(tasks)
    delete = tasks.replace("/form/", "/form/", 1).removesuffix("form/") + "delete/"
    yield "delete", client.get(delete)
    yield "deleted: front page with a message", client.post(delete, follow=True)
    yield "gone", client.get(tasks)
    with override_settings(SENDER_DRAFTS=0):
        yield "too many begun", client.post("/refer/", WORRY)


def _afterwards(client: Client) -> Iterator[tuple[str, Any]]:
    received = send_all(client)
    yield "received", client.get(received)
    status = received.replace("received", "status")
    yield "status", client.get(status)
    add = f"{status}add/"
    yield "add", client.get(add)
    yield "add, empty", client.post(add, {})
    yield "add, no file", client.post(add, {"file": SimpleUploadedFile("م", b"")})
    yield "add, other file", client.post(add, {"file": SimpleUploadedFile("م.exe", b"MZx")})
    client.post(add, {"text": "م"})
    client.post(add, {"file": SimpleUploadedFile("م.pdf", PDF)})
    client.post(add, {"text": "م", "file": SimpleUploadedFile("م.pdf", PDF)})
    yield "status with additions", client.get(status)
    for _ in range(30):
        client.post(add, {"text": "م"})
    yield "add, too often", client.post(add, {"text": "م"})
    yield "lost link", client.get("/refer/lost-link/")
    yield "lost link, empty", client.post("/refer/lost-link/", {})
    yield "lost link, wrong", client.post("/refer/lost-link/", {"reference": "م"})
    ref = Referral.objects.get().ref
    yield "link sent", client.post("/refer/lost-link/", {"reference": ref}, follow=True)
    for _ in range(30):
        client.post("/refer/lost-link/", {"reference": ref})
    yield "lost link, too often", client.post("/refer/lost-link/", {"reference": ref})
    pages = [client.get(status) for _ in range(21)]
    yield "few looks left", next(page for page in reversed(pages) if page.status_code == 200)
    yield "looked often", pages[-1]


def _faults(client: Client) -> Iterator[Shown]:
    code = client.cookies[COOKIE].value
    for name, page in (
        ("not found", client.get("/nowhere/")),
        ("a link of nothing", client.get("/refer/status/nothing/")),
        ("bad request", client.get("/?x=%00")),
        *_of_receipts(code),
    ):
        yield name, page.content, page.status_code
    request = RequestFactory().get("/refer/")
    request.COOKIES[COOKIE] = code
    yield "server error", views.server_error(request).content, HTTPStatus.INTERNAL_SERVER_ERROR
    yield "busy", views.too_busy(f"a=b; {COOKIE}={code}"), HTTPStatus.SERVICE_UNAVAILABLE


def _form(page: Any) -> Any:
    return html.fromstring(page.content).find(".//main").find(".//form")


def _of_receipts(code: str) -> Iterator[tuple[str, Any]]:
    client = Client(enforce_csrf_checks=True)
    client.cookies[COOKIE] = code
    yield "without a token", client.post("/refer/", WORRY)
    form = _form(client.get("/refer/", follow=True))
    data = {name: said for name, said in form.form_values() if name != keys.FIELD} | WORRY
    yield "without a key", client.post("/refer/", data)
    child = client.post("/refer/", dict(form.form_values()) | WORRY)["Location"]
    typed = dict(_form(client.get(child)).form_values()) | CHILD
    delete = child.removesuffix("child/") + "delete/"
    client.post(delete, dict(_form(client.get(delete)).form_values()))
    yield "gone meanwhile", client.post(child, typed)
