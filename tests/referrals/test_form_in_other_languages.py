"""The form for anyone and what follows it, in other languages (decision 28).

What is stored depends on no language but in saying which one it was.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.utils import translation
from lxml import html

from onroll.drafts.models import Draft
from onroll.govuk.fields import GovDateField, in_words
from onroll.govuk.languages import COOKIE, IN_ENGLISH, NAMES, RIGHT_TO_LEFT
from onroll.govuk.templatetags.govuk import when
from onroll.messages.models import Message
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.models import Referral, ReferralUpdate
from onroll.referrals.questions.forms import form_of
from onroll.rules.policy_file import HARROW
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.test_languages import (
    FRAGMENTS,
    NAMES_OF_TEAMS,
    OTHER_SCRIPTS,
    OTHERS,
    PHONE,
    THREE_WORDS,
    UNCHECKED,
    english,
    words,
)
from tests.referrals.walk import BORN, CHILD, WORRY, YOU, pages, reader, send_all

pytestmark = pytest.mark.django_db
STATUS = {
    "too many begun": 429,
    "looked often": 429,
    "gone": 404,
    "not found": 404,
    "a link of nothing": 404,
    "gone meanwhile": 404,
    "bad request": 400,
    "without a key": 400,
    "without a token": 403,
    "server error": 500,
    "busy": 503,
}


@pytest.fixture(autouse=True)
def many_forms(settings: Any) -> None:
    settings.SENDER_FORMS = settings.NETWORK_FORMS = settings.SENDER_DRAFTS = 1000


def faults(code: str, name: str, content: bytes) -> Iterator[str]:
    """Yield what is not in the language, or what must stand in English and does not."""
    page = html.fromstring(content)
    if page.get("lang") != code or page.get("dir") != ("rtl" if code in RIGHT_TO_LEFT else None):
        yield f"is {page.get('lang')}"
    told = english(page)
    if not {HARROW.mash_phone, HARROW.out_of_hours_phone} <= set(PHONE.findall(told)):
        yield "no numbers in English"
    needed = [UNCHECKED, "If you are worried about a child"]
    yield from (f"no “{each}”" for each in needed if each not in told)
    if not re.search("If a child is in danger now,? ring 999|Ring 999 and ask", told):
        yield "no 999 in English"
    said = words(page)
    there = (f for f in FRAGMENTS if f in said)  # a pattern of each is long in the making
    yield from (f for f in there if re.search(rf"(?<!\w){re.escape(f)}(?!\w)", said))
    if code in OTHER_SCRIPTS:
        for team in NAMES_OF_TEAMS:
            said = said.replace(team, "")
        said = re.sub(r"\([^()]*\)|[«“][^«»“”]*[»”]", "", said)
        yield from (match[0] for match in THREE_WORDS.finditer(said))


@pytest.mark.parametrize("code", OTHERS)
def test_each_page_is_in_the_language_and_in_no_other(code: str) -> None:
    shown = list(pages(code))
    assert {name: status for name, _, status in shown if status != 200} == STATUS
    wrong = [(name, fault) for name, page, _ in shown for fault in faults(code, name, page)]
    assert wrong == []


def test_an_english_sentence_on_a_page_in_arabic_is_found() -> None:
    page = {name: page for name, page, _ in pages("ar")}["you"].decode()
    spoilt = page.replace("</form>", "<p>About how old is the child?</p>")
    assert "About how old is the child?" in list(faults("ar", "you", spoilt.encode()))
    other = page.replace("</form>", "<p>Nobody translated this one.</p>")
    assert list(faults("ar", "you", other.encode())) == ["Nobody translated this one"]


def test_what_is_wrong_is_said_in_the_language_of_the_page() -> None:
    said = {name: words(html.fromstring(page)) for name, page, _ in pages("ro")}
    assert "Vârsta trebuie să fie de cel mult 19 ani" in said["child, wrong 1"]
    assert "„Data nașterii” trebuie să fie o dată care există" in said["child, wrong 1"]
    assert "„Nume de familie” trebuie să aibă cel mult 80 de " in said["child, wrong 1"]
    assert "„Data nașterii” trebuie să cuprindă: luna" in said["child, wrong 2"]
    assert "Scrieți ce vă îngrijorează" in said["first, wrong 0"]
    assert "Alegeți unul dintre răspunsurile afișate" in said["first, wrong 1"]
    assert "Nu putem primi un fișier de acest tip" in said["add, other file"]
    assert "Salvat. Puteți termina acest formular mai târziu." in said["tasks, and a message"]
    assert "Formularul este șters." in said["deleted: front page with a message"]


# What is stored

SAME = re.compile(
    r'"(?:pk|referral|\w*_?id)": [^,}]+|"row_key": "[^"]*"'
    r"|\b[0-9A-Z]{3}(?:-[0-9A-Z]{3}){2}\b"
    r"|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|\+\d\d:?\d\d)?|\b[0-9a-f]{32,64}\b"
)


def stored(code: str) -> tuple[list[str], list[Any]]:
    """Fill in, save for later, delete and send forms in a language; return all that is kept."""
    client = reader(code)
    with transaction.atomic():
        address = client.post("/refer/", WORRY)["Location"]
        client.post(address, {**CHILD, **BORN, "later": "yes"})
        news = [client.session.get("_messages")]
        status = send_all(client).replace("received", "status")
        client.post(f"{status}add/", {"text": "م"})
        rows = list(_rows())
        transaction.set_rollback(True)
    return rows, news


def _rows() -> Iterator[str]:
    for model in apps.get_models():
        if model is Session or not model._meta.managed:
            continue
        for row in serializers.serialize("python", model._default_manager.all()):
            fields = json.dumps(row, default=str, ensure_ascii=False, sort_keys=True)
            yield SAME.sub("·", re.sub(r'\\"', '"', fields))


def test_nothing_stored_depends_on_the_language_but_which_one_it_was() -> None:
    """P10: what is typed is kept as it is typed, and what is chosen as its code."""
    (in_arabic, news), (in_english, other_news) = stored("ar"), stored("en-gb")
    assert news == other_news
    assert any('"language": "ar"' in row for row in in_arabic)
    as_english = [row.replace('"language": "ar"', '"language": "en-gb"') for row in in_arabic]
    assert sorted(set(as_english) ^ set(in_english)) == []
    assert len(in_arabic) == len(in_english) > 20


@pytest.mark.parametrize("code", OTHERS)
def test_the_hub_sees_in_which_language_it_was_written_and_it_is_not_translated(
    code: str, people: People
) -> None:
    status = send_all(reader(code)).replace("received", "status")
    reader("pl").post(f"{status}add/", {"text": "م"})
    referral = Referral.objects.get()
    assert (referral.language, ReferralUpdate.objects.get().language) == (code, "pl")
    assert referral.worry == WORRY["worry"]
    page = Visitor(people.mo).open(f"/referrals/{referral.ref}/")
    page.see(f"Written in {IN_ENGLISH[code]}", "Written in Polish", WORRY["worry"], "A neighbour")


def test_nothing_is_said_of_the_language_of_an_english_form(people: People) -> None:
    send_all(Client())
    page = Visitor(people.mo).open(f"/referrals/{Referral.objects.get().ref}/")
    assert "Written in" not in page.content.decode()


def test_a_draft_goes_on_in_another_language() -> None:
    client = reader("ar")
    child = client.post("/refer/", WORRY)["Location"]
    answer = client.get(f"{child}?language=pl")
    assert answer["Location"] == child
    assert client.cookies[COOKIE].value == "pl"
    assert html.fromstring(client.get(child).content).get("lang") == "pl"
    first = html.fromstring(client.get(child.removesuffix("child/") + "worry/").content)
    assert first.xpath("string(//textarea[@name='worry'])").strip() == WORRY["worry"]
    assert Draft.objects.get().title == "Tell us about a child"
    you = client.post(child, CHILD | {**BORN, "born_month": "نوفمبر"})["Location"]
    client.get(f"{you}?language=en-gb")
    check = client.post(you, YOU)["Location"]
    assert "3 November 2016" in client.get(check).content.decode()
    client.get(f"{check}?language=ta")
    client.post(check)
    referral = Referral.objects.get()
    assert (referral.language, referral.worry) == ("ta", WORRY["worry"])
    assert referral.children.get().born_on == date(2016, 11, 3)
    assert Message.objects.count() == 1


def test_a_form_that_is_sent_does_not_change_the_language() -> None:
    client = reader("ar")
    client.post("/refer/?language=pl", WORRY)
    assert Draft.objects.count() == 1
    assert client.cookies[COOKIE].value == "ar"


def test_what_is_for_who_has_an_account_is_english_under_a_sentence_in_the_language() -> None:
    page = html.fromstring(reader("ro").get("/account/login/", follow=True).content)
    assert page.get("lang") == "en-GB"
    assert "numai în engleză" in str(page.xpath("string(//p[@lang='ro'])"))
    assert page.find(".//a[@hreflang='pl']") is not None


@pytest.mark.parametrize(
    "age", ["8", "\u0668", "cam 8 ani", "ok. 8 lat", "حوالي 8 سنوات", "சுமார் 8 வயது", "આશરે 8 વર્ષ"]
)
def test_an_age_may_be_typed_as_people_say_it(age: str) -> None:
    assert "age" not in form_of("child", Depth.ANYONE)({"age": age}, at=AT).errors


# Days


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en-gb", "3 November 2026"),
        ("pl", "3 listopada 2026"),
        ("ro", "3 noiembrie 2026"),
        ("ta", "3 நவம்பர் 2026"),
        ("gu", "3 નવેમ્બર 2026"),
        ("ar", "\u20683\u2069 نوفمبر \u20682026\u2069"),
    ],
)
def test_a_day_is_said_in_the_language(code: str, said: str) -> None:
    with translation.override(code):
        assert in_words(date(2026, 11, 3)) == said


@pytest.mark.parametrize(
    ("code", "late", "early"),
    [
        ("en-gb", "3 November 2026 at 11:40pm", "9:05am"),
        ("pl", "3 listopada 2026, godz. 23:40", "godz. 9:05"),
        ("ro", "3 noiembrie 2026, ora 23:40", "ora 9:05"),
        ("ta", "பிற்பகல் 11:40", "காலை 9:05"),
        ("gu", "બપોર પછી 11:40", "સવારે 9:05"),
        ("ar", "\u206811:40\u2069 مساءً", "\u20689:05\u2069 صباحًا"),
    ],
)
def test_a_time_is_said_as_is_usual_in_the_language(code: str, late: str, early: str) -> None:
    """In Polish and Romanian by 24 hours."""
    with translation.override(code):
        assert late in when(datetime(2026, 11, 3, 23, 40))
        assert early in when(datetime(2026, 11, 3, 9, 5))


@pytest.mark.parametrize("code", NAMES)
@pytest.mark.parametrize(
    ("month", "number"),
    [
        *((name, 11) for name in ("11", "Nov", "november", "listopada", "Listopad", "noiembrie")),
        *((name, 11) for name in ("நவம்பர்", "નવેમ્બર", "نوفمبر", "\u0661\u0661")),
        *((name, 7) for name in ("lipca", "lipiec", "lip", "iulie", "July", "يوليو", "ஜூலை")),
        *((name, 5) for name in ("மே", "મે", "maja", "mai", "May", "مايو")),
    ],
)
def test_a_month_can_be_typed_as_a_word_of_any_language(code: str, month: str, number: int) -> None:
    with translation.override(code):
        assert GovDateField().clean(("3", month, "2016")) == date(2016, number, 3)


@pytest.mark.parametrize("month", ["me", "13", "listopadowy", "x", "m"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with translation.override("pl"), pytest.raises(Exception, match="istniejącą datą"):
        GovDateField(label="Data").clean(("3", month, "2016"))
