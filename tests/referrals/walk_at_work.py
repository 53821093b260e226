"""Every page of a professional's form, and of what follows it, as somebody reads them (P10, P13).

What is typed is Arabic, so that it is neither English nor Latin letters.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.rules.risk import RISK_QUESTIONS
from tests.documents.made import PDF
from tests.referrals.walk import Shown, reader

FORM = "/refer/professional/"
CHILD = {"forename": "روان", "surname": "مرلين", "sex": "U", "nhs_number": "9434765919"}
BORN = {"born_day": "3", "born_month": "11", "born_year": "2009"}
CALM = {
    "reason": "never_enrolled",
    "worry": "لا يذهب إلى المدرسة.",
    "danger": "no",
    "whereabouts": "no",
    "called": "no",
    "police": "no",
}
URGENT = {**CALM, "danger": "yes", "danger_why": "سمعت صراخًا."}
HOME = {"home": "شارع الدردار 12", "postcode": "9Z9 9Z9"}
ADULT = {"rows": "1", "row1-adult_name": "نورة", "row1-adult_contact": "020 7946 0000"}
SIBLING = {
    "rows": "1",
    "row1-sibling_forename": "سمر",
    "row1-sibling_school": "م",
    "row1-sibling_is_referred": "no",
}
KNOWN = {"social_worker": "yes", "family_told": "no", "family_not_told_why": "م"}
RISKS = {f"risk_{question.code}": "no" for question in RISK_QUESTIONS}
WORRYING = {**RISKS, "risk_sexual_exploitation": "yes"}
DAY = {"day": "2", "month": "11", "year": "2026"}
TALK = {
    "talk_lead": "نورة",
    "talk_manager": "سمر",
    "talk_advice": "م",
    **{f"talk_on_{part}": value for part, value in DAY.items()},
}
EXPLOITATION = {
    "exploitation_with": "نورة",
    **{f"exploitation_on_{part}": value for part, value in DAY.items()},
}
GROUPS = {"groups_national": "service_family", "group_service_family_by": "نورة"}
ENQUIRY = {
    "rows": "1",
    "row1-enquiry_step": "council_tax",
    "row1-enquiry_outcome": "م",
    **{f"row1-enquiry_on_{part}": value for part, value in DAY.items()},
}
OTHER = {**ENQUIRY, "row1-enquiry_step": "other"}
YOU = {
    "referrer_name": "نورة",
    "referrer_job": "م",
    "agency": "م",
    "referrer_contact": "nora@example.org",
}
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "worry": CALM,
    "child": CHILD | BORN,
    "home": HOME,
    "adults": ADULT,
    "siblings": SIBLING,
    "school": {"school_words": "م"},
    "known": KNOWN,
    "risk-1": WORRYING,
    "risk-2": WORRYING,
    "risk-3": WORRYING,
    "talk": TALK,
    "exploitation": EXPLOITATION,
    "groups": GROUPS,
    "enquiries": ENQUIRY,
    "abroad": {"abroad": "no"},
    "files": {},
    "you": YOU,
}
"""By page, what makes it complete."""
WRONG: Mapping[str, Mapping[str, str]] = {
    "home": {"home": "م" * 401},
    "adults": {"rows": "1", "row1-adult_name": "م" * 201},
    "siblings": {"rows": "1", "row1-sibling_forename": "م" * 201},
    "talk": {f"talk_on_{part}": value for part, value in DAY.items()},
    "exploitation": {f"exploitation_on_{part}": value for part, value in DAY.items()},
    "enquiries": OTHER,
    "you": {**YOU, "referrer_contact": "م"},
}
"""By page, what is refused, beside nothing at all."""


def pages_at_work(code: str) -> Iterator[Shown]:
    """Yield each page once, filled in, empty and in error."""
    cache.clear()
    client = reader(code)
    for name, page in (*_of_form(client), *_of_urgent(client)):
        yield name, page.content, page.status_code


def send_at_work(client: Client, answers: Mapping[str, Mapping[str, str]] = ANSWERS) -> str:
    """Fill in the form and send it; return the address that it leads to."""
    address = client.post(FORM, CALM)["Location"]
    while (slug := slug_of(address)) != "check":
        address = _next(client, address, answers[slug])
    return str(client.post(address, {"missing_why": "م"})["Location"])


def _next(client: Client, address: str, answers: Mapping[str, str]) -> str:
    """Answer a page; return the address of the next, where the answers are right."""
    following = str(client.post(address, answers)["Location"])
    assert following != address, f"{slug_of(address)} does not take {answers}"
    return following


def slug_of(address: str) -> str:
    """Return which page of the form an address is."""
    return address.rstrip("/").rpartition("/")[2]


def _of_form(client: Client) -> Iterator[tuple[str, Any]]:
    yield "first", client.get(FORM, follow=True)
    yield "first, empty", client.post(FORM, {}, follow=True)
    address = client.post(FORM, CALM)["Location"]
    while (slug := slug_of(address)) != "check":
        yield slug, client.get(address)
        if slug == "files":
            yield from _of_files(client, address)
        else:
            yield f"{slug}, empty", client.post(address, {"row1-enquiry_by": "م"}, follow=True)
        if slug in WRONG:
            yield f"{slug}, wrong", client.post(address, WRONG[slug], follow=True)
        if "rows" in ANSWERS[slug]:
            more = {**ANSWERS[slug], "add_row": "yes"}
            yield f"{slug}, two", client.post(address, more, follow=True)
        address = _next(client, address, ANSWERS[slug])
    yield "check", client.get(address)
    tasks = address.replace("check/", "form/")
    yield "tasks", client.get(tasks)
    yield "check, no reason", client.post(address, {}, follow=True)
    yield from _afterwards(client, client.post(address, {"missing_why": "م"})["Location"])


def _of_files(client: Client, address: str) -> Iterator[tuple[str, Any]]:
    yield "files, none", client.post(address, {"attach": "yes"}, follow=True)
    other = SimpleUploadedFile("م.exe", b"MZx")
    yield "files, other", client.post(address, {"attached": other, "attach": "yes"}, follow=True)
    pdf = SimpleUploadedFile("م.pdf", PDF)
    yield "files, one", client.post(address, {"attached": pdf, "attach": "yes"}, follow=True)


def _of_urgent(client: Client) -> Iterator[tuple[str, Any]]:
    child = client.post(FORM, URGENT)["Location"]
    yield "urgent", client.get(child)
    home = client.post(child, CHILD | BORN)["Location"]
    yield "urgent, tasks", client.get(home.replace("home/", "form/"))
    you = client.post(home, {**HOME, "now": "yes"})["Location"]
    yield "urgent, you", client.get(you)
    check = client.post(you, YOU)["Location"]
    yield "urgent, check", client.get(check)
    yield from _afterwards(client, client.post(check, {})["Location"])


def _afterwards(client: Client, received: str) -> Iterator[tuple[str, Any]]:
    yield "received", client.get(received)
    status = received.replace("received", "status")
    yield "status", client.get(status)
    yield "add", client.get(f"{status}add/")
