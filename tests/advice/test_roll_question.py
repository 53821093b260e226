"""Is this child on a roll: yes, no or please refer, and nothing that tells more (P60)."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.accounts.models import User
from onroll.advice import actions
from onroll.advice.models import RollQuestion
from onroll.advice.queries import Asker
from onroll.advice.views.roll_question import SALT
from onroll.agencies import actions as agencies
from onroll.audit.models import AccessEvent, ChangeEvent
from onroll.cases.queries.typed import Typed
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child, PlaceKind, Source, SourceKind
from onroll.rules.refusal import Refused
from onroll.rules.roll_question import Purpose, Reply
from tests.agencies.made import confirmed_agency
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.world import school

pytestmark = pytest.mark.django_db
BORN = date(2016, 4, 5)
MET = Purpose.MET_CHILD
DAY = timedelta(days=1)


def source() -> Source:
    return children.add_source(
        kind=SourceKind.LIST, said_by="a made-up school", said_on=AT.date(), at=AT
    )


def child(forename: str, *, is_guessed: bool = False) -> Child:
    facts = ChildFacts(
        forename=forename,
        surname="Merlinton",
        born_on=BORN,
        is_born_estimated=is_guessed,
        addresses=(AddressFacts(lines=("Elm Road",)),),
    )
    return children.add_child(facts=facts, source=source())


def pupil(forename: str, *, is_confirmed: bool = True, is_guessed: bool = False) -> Child:
    made = child(forename, is_guessed=is_guessed)
    number = f"31020{10 + Child.objects.count()}"
    children.start_place(
        child=made,
        kind=PlaceKind.REGISTERED,
        from_on=AT.date() - 100 * DAY,
        school=school(number, f"School {number}"),
        source=source(),
        is_confirmed=is_confirmed,
    )
    return made


def ask(by: User, forename: str, surname: str = "Merlinton", born: date = BORN) -> RollQuestion:
    typed = Typed(forename, surname, born)
    return actions.answer_roll_question(typed=typed, purpose=MET, asker=Asker(user=by), at=AT)


def answer(by: User, forename: str, surname: str = "Merlinton") -> str:
    return ask(by, forename, surname).reply


def a_borough() -> None:
    """One of each kind of child who is never answered about, all born on one day."""
    Child.objects.filter(pk=pupil("Hidden").pk).update(is_protected=True)
    pupil("Sheltered").addresses.update(is_protected=True)
    for _ in range(2):
        pupil("Twofold")
    pupil("Claimed", is_confirmed=False)
    pupil("Guessed", is_guessed=True)


NEVER = ("Hidden", "Sheltered", "Twofold", "Claimed", "Guessed", "Unknown")


def test_one_certain_child_is_on_a_roll_or_is_not(people: People) -> None:
    """P60."""
    pupil("Rowan")
    child("Kim")
    assert answer(people.olive, "rowan") == Reply.YES
    assert answer(people.olive, "Kim") == Reply.NO


@pytest.mark.parametrize("forename", NEVER)
def test_unsure_unknown_several_and_every_protected_child_is_please_refer(
    people: People, forename: str
) -> None:
    """P60."""
    a_borough()
    assert answer(people.max, forename) == Reply.REFER


def test_a_name_that_is_nearly_right_is_not_certain(people: People) -> None:
    pupil("Rowan")
    for typed in (Typed("Rowena", "Merlinton", BORN), Typed("Rowan", "Merlinton", BORN + DAY)):
        asker = Asker(user=people.olive)
        made = actions.answer_roll_question(typed=typed, purpose=MET, asker=asker, at=AT)
        assert made.reply == Reply.REFER


def test_a_child_who_left_or_has_only_an_offer_is_on_no_roll(people: People) -> None:
    left = child("Lefton")
    at = school("3102001", "St Ann's")
    place = children.start_place(
        child=left,
        kind=PlaceKind.REGISTERED,
        from_on=AT.date() - 300 * DAY,
        school=at,
        source=source(),
        is_confirmed=True,
    )
    place.to_on = AT.date() - DAY
    place.save()
    offered = child("Offered")
    children.start_place(
        child=offered, kind=PlaceKind.OFFERED, from_on=AT.date(), school=at, source=source()
    )
    assert answer(people.olive, "Lefton") == answer(people.olive, "Offered") == Reply.NO


def test_please_refer_takes_the_same_work_whoever_is_meant(people: People) -> None:
    """P60: the statements are the same, in number and in words."""
    a_borough()
    asked = {}
    for forename in (*NEVER, "Nobody"):
        with CaptureQueriesContext(connection) as captured:
            ask(people.olive, forename, born=BORN if forename != "Nobody" else date(2011, 1, 1))
        asked[forename] = [_words(query["sql"]) for query in captured]
    first = asked["Hidden"]
    assert first
    assert all(statements == first for statements in asked.values())


def _words(statement: str) -> str:
    """Return a statement without the values in it, and without their number in a list."""
    plain = re.sub(r"'[^']*'|\d+|\{[^}]*\}", "?", statement)
    return re.sub(r"\(\?(, \?)*\)", "(?)", plain)


def test_please_refer_is_the_same_page_to_the_last_letter(people: People) -> None:
    """P60: same bytes, but for what is random in every page."""
    a_borough()
    client = Client()
    client.force_login(people.sam)
    shown = {}
    for forename in NEVER:
        typed = {"forename": forename, "surname": "Merlinton", "purpose": MET.value}
        day = {"born_day": "5", "born_month": "4", "born_year": "2016"}
        page = client.post("/on-roll/", {**typed, **day}, follow=True)
        assert page.status_code == 200
        address = page.request["PATH_INFO"]
        content = page.content.decode().replace(address, "HERE")
        assert "The child’s name is not kept with them." in content
        shown[forename] = re.sub(r'(nonce|value|data-seconds)="[^"]*"', "", content)
        assert "Please refer" in content
        assert forename not in content
        assert forename not in address
    assert len(set(shown.values())) == 1


def test_a_question_is_written_down_without_the_name_and_with_whom_it_was_answered(
    people: People,
) -> None:
    rowan = pupil("Rowan")
    question = ask(people.sam, "Rowan")
    assert question.mark == ask(people.olive, "ROWAN").mark != ask(people.olive, "Kim").mark
    seen = AccessEvent.objects.get(page__endswith=question.ref)
    assert (seen.child_ids, seen.actor) == ([rowan.pk], people.sam.email)
    referred = ask(people.sam, "Kim")
    assert AccessEvent.objects.get(page__endswith=referred.ref).child_ids == []
    trail = ChangeEvent.objects.filter(table_name="advice_rollquestion")
    assert trail.count() == 4
    assert "rowan" not in str(list(trail.values_list("after", flat=True))).lower()


def test_a_person_asks_ten_an_hour_and_thirty_a_day(people: People) -> None:
    """P60."""

    def at(hours: float) -> RollQuestion:
        return actions.answer_roll_question(
            typed=Typed("Kim", "Merlinton", BORN),
            purpose=MET,
            asker=Asker(user=people.sam),
            at=AT + timedelta(hours=hours),
        )

    for hour in (0, 2, 4):
        for _ in range(10):
            at(hour)
        with pytest.raises(Refused, match="as many as one person may"):
            at(hour + 0.5)
    with pytest.raises(Refused, match=r"about 30 children within a day, .* again on"):
        at(6)
    assert ask(people.tess, "Kim").reply == Reply.REFER
    assert at(28).reply == Reply.REFER


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("sam", 200),
        ("mat", 200),
        ("ada", 200),
        ("ola", 200),
        ("dee", 403),
        ("ari", 403),
        ("pat", 403),
    ],
)
def test_row_43_of_the_matrix_says_who_may_ask(people: People, who: str, status: int) -> None:
    client = Client()
    client.force_login(getattr(people, who))
    assert client.get("/on-roll/").status_code == status


# By a code


@pytest.fixture
def code(people: People) -> Callable[[], str]:
    """Give a function that makes a code for a health visitor."""
    agency = confirmed_agency("Health visitors", by=people.olive, at=AT - DAY)

    def make() -> str:
        _, words = agencies.make_code(
            agency=agency, person="Hetty Visitor", by=people.olive, at=AT - DAY
        )
        return words

    return make


FORM = {
    "purpose": "health",
    "forename": "Rowan",
    "surname": "Merlinton",
    "born_day": "5",
    "born_month": "4",
    "born_year": "2016",
}


def test_a_health_visitor_asks_by_a_code_however_she_types_it(
    people: People, code: Callable[[], str]
) -> None:
    """P60."""
    pupil("Rowan")
    words = code()
    shown = Client().post(
        "/on-roll/code/", {**FORM, "code": words.lower().replace("-", " ")}, follow=True
    )
    assert b">Yes</h1>" in shown.content
    question = RollQuestion.objects.get()
    assert question.asked_by is None
    assert question.code is not None
    assert question.code.person == "Hetty Visitor"


def test_a_code_that_is_wrong_ended_or_too_old_opens_nothing(
    people: People, code: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, old = code(), code()
    row = RollQuestion._meta.get_field("code").related_model.objects.order_by("pk").first()
    agencies.end_code(code=row, by=people.olive, at=AT)
    for words, at in ((ended, AT), ("ABCDE-ABCDE-ABCDE-ABCDE", AT), (old, AT + 400 * DAY)):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        shown = Client().post("/on-roll/code/", {**FORM, "code": words})
        assert "This code is not valid" in shown.content.decode()
    assert not RollQuestion.objects.exists()


def test_codes_cannot_be_tried_without_end_and_a_right_one_is_answered_all_the_same(
    people: People, code: Callable[[], str]
) -> None:
    right, ended = code(), code()
    row = RollQuestion._meta.get_field("code").related_model.objects.order_by("pk").last()
    for _ in range(10):
        Client().post("/on-roll/code/", {**FORM, "code": "wrong"})
    agencies.end_code(code=row, by=people.olive, at=AT)
    for wrong in ("wrong", "ABCDE-ABCDE-ABCDE-ABCDE", ended):
        shown = Client().post("/on-roll/code/", {**FORM, "code": wrong}).content.decode()
        assert "Too many wrong codes came from your connection" in shown
    answered = Client().post("/on-roll/code/", {**FORM, "code": right})
    assert answered.status_code == 302
    again = Client().post("/on-roll/code/", {**FORM, "code": "wrong"}).content.decode()
    assert "Too many wrong codes came from your connection" in again
    assert RollQuestion.objects.count() == 1


def test_the_answer_is_found_by_its_signed_address_alone(people: People) -> None:
    question = ask(people.olive, "Kim")
    assert Client().get(f"/on-roll/answer/{question.ref}/").status_code == 404


def test_what_is_wrong_is_said(people: People) -> None:
    client = Client()
    client.force_login(people.olive)
    shown = client.post("/on-roll/", {**FORM, "born_year": "1980", "purpose": ""}).content.decode()
    assert "nobody born then is at school" in shown
    assert "Select why you ask" in shown


@pytest.mark.parametrize(
    ("who", "form"), [("sen", "/refer/professional/"), ("sam", "/school/refer/")]
)
def test_the_answer_leads_to_the_form_in_which_its_reader_refers(
    people: People, who: str, form: str
) -> None:
    user = getattr(people, who)
    key = signing.dumps(ask(user, "Kim").ref, salt=SALT)
    reader = Visitor(user).open(f"/on-roll/answer/{key}/").send("Refer the child")
    assert reader.address.split("?")[0] == form
