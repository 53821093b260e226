"""The file of a case for a complaint, kept as it was made, and a copy without third parties."""

import hashlib
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from onroll.accounts.models import User
from onroll.audit.models import AccessEvent
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.cases.queries import get_case
from onroll.children.models import Child, Place
from onroll.letters import actions as letters
from onroll.letters.actions import Draft, Statement
from onroll.letters.models import Letter
from onroll.letters.queries import homes_of
from onroll.record.actions import make_case_file
from onroll.record.models import CaseFile, Complaint
from onroll.rules.letters import Fate, LetterKind, Means, Way, Where
from onroll.rules.risk_level import RiskLevel
from tests.cases.world import AT
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.record.conftest import DAY, REASON, text_of, with_reason

pytestmark = pytest.mark.django_db
THIRD_PARTIES = (
    *("Dana", "Grace", "Quillfeather", "Zachary", "Wolfe", "020 7946 0011", "Alder Walk"),
    *("Olive", "Obi", "Marsh", "Wilhelmina", "Ottoline"),
)


@pytest.fixture
def complaint(case: Case, people: People) -> Complaint:
    """Give a complaint about the case, written down on its page."""
    olive = Visitor(people.olive).open(f"/cases/{case.ref}/record/").see("Nobody has complained.")
    olive.follow("Write down a complaint").send("Save").see("Enter the day it came")
    day = {"came_on_day": "20", "came_on_month": "11", "came_on_year": "2026"}
    olive.send("Save", **day, complainant="parent", name="Dana Merlinton", words="Nobody rang me.")
    olive.see("The complaint is on record", "4 December 2026")
    return Complaint.objects.get()


@pytest.fixture
def made(case: Case, complaint: Complaint, people: People) -> CaseFile:
    """Give the file that Olive made for it, on the page."""
    cases.add_note(case=case, text="Wilhelmina Ottoline rang.", by=people.max, at=AT)
    first = Draft(kind=LetterKind.FIRST, way=Way.POST, home=homes_of(case.child)[0])
    letter = letters.write_letter(case=case, draft=first, by=people.olive, at=AT + DAY)
    back = AT + 3 * DAY
    letters.record_fate(letter=letter, fate=Fate.RETURNED, on=back.date(), by=people.olive, at=back)
    olive = with_reason(people.olive).open(f"/cases/{case.ref}/record/")
    olive.follow("Make the case file")
    assert olive.page.xpath("string(//textarea[@name='why'])").strip() == REASON
    olive.send("Make the file", why="Stage one, for Wilhelmina Ottoline", complaint=complaint.ref)
    olive.see("is made and kept as it is", "Redacted copy")
    return CaseFile.objects.get()


def text(content: bytes) -> str:
    return text_of(PdfReader(BytesIO(bytes(content))))


def test_the_whole_file_has_what_an_investigator_asks_for(made: CaseFile) -> None:
    """Casework.md 7: contacts, dated knowledge, service, decisions, who knew, policy of the day."""
    words = text(made.whole)
    for asked in (
        "Nobody rang me.",
        "Contacts of the family",
        "Dana Merlinton",
        "Who told us, and when",
        "Notices and service",
        "Who decided what, when, and on what ground",
        "Who opened the record, and when",
        "olive@",
        "The policy in force on 18 November 2026",
        "Working days in which a complaint about a case is answered 10",
        "On which rolls the child was",
        "Person 1",
        "Wilhelmina Ottoline rang.",
    ):
        assert asked in words, asked


def test_a_letter_stands_where_it_is_looked_for(made: CaseFile) -> None:
    """Among notices with its address, in what the family was told, and in the chronology."""
    words, [letter] = text(made.whole), Letter.objects.all()
    assert words.count(letter.ref) >= 3, words
    for part in (
        f"By letter {letter.ref}, by post. The parent or carer",
        f"{letter.subject}. It came back, or was not delivered, 21 November 2026",
        "The parent or carer, 3 Alder Walk",
        f"Letter {letter.ref}: it came back",
    ):
        assert part in words, words


def test_the_redacted_copy_names_no_third_party(made: CaseFile) -> None:
    """Access matrix, row 28; UK GDPR Article 15(4)."""
    words = text(made.redacted)
    assert [name for name in THIRD_PARTIES if name in words] == []
    for stays in ("Rowan Merlinton", "Person 1", "Nobody opened at the home", "Housing"):
        assert stays in words, words
    assert "weekend" in words


def test_the_redacted_copy_keeps_what_onroll_writes_the_references_and_the_school(
    case: Case, people: People
) -> None:
    """A third party is left out of the same lines: also of a warning, and of a place."""
    olive, at = people.olive, AT + 4 * DAY
    cases.set_risk_level(
        case=case, level=RiskLevel.HIGH, why="Wilhelmina heard shouting", by=olive, at=at
    )
    cases.add_warning(
        case=case, text="Zachary Wolfe keeps a dog", review_on=date(2026, 12, 30), by=olive, at=at
    )
    cases.ask_manager(
        case=case, text="May Ottoline visit? St Ann's School knows her", by=olive, at=at
    )
    child, where = case.child, "With Ottoline in Lisbon"
    Place.objects.create(child=child, kind="abroad", provision=where, source=child.source)
    seen = get_case(olive, case.ref, on=at.date())
    file = make_case_file(case=seen, why="Stage one", by=olive, at=at)
    words = text(file.redacted)
    assert [name for name in THIRD_PARTIES if name in words] == []
    letters = Letter.objects.all()
    for stays in (
        "Level set: high risk",
        "Warning added",
        "keeps a dog",
        "Asked the manager",
        "St Ann's School knows her",
        *(letter.ref for letter in letters),
    ):
        assert stays in words, (stays, words)


def test_both_are_kept_as_they_were_made_and_each_opening_is_logged(
    made: CaseFile, case: Case, people: People
) -> None:
    Child.objects.update(forename="Changed")
    olive = with_reason(people.olive)
    page = f"/cases/{case.ref}/record/files/{made.ref}/"
    olive.open(page).see(made.whole_sha256, made.redacted_sha256)
    whole = olive.open(f"{page}whole/").content
    assert hashlib.sha256(whole).hexdigest() == made.whole_sha256
    event = AccessEvent.objects.latest("id")
    assert (event.page, event.reason) == ("case: case file as a PDF", REASON)
    assert olive.open(f"{page}redacted/").content == bytes(made.redacted)
    olive.open(f"/cases/{case.ref}/chronology/").see("Case file made, with a redacted copy")
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseFile.objects.update(why="Otherwise")


@pytest.mark.parametrize("name", ["summary", "hand-over", "files/make"])
def test_a_reason_is_asked_for_first(
    case: Case, people: People, as_: Callable[[User], Client], name: str
) -> None:
    answer = as_(people.olive).get(f"/cases/{case.ref}/record/{name}/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/reason/")


def test_who_the_matrix_does_not_name_prints_nothing(
    case: Case, people: People, as_: Callable[[User], Client]
) -> None:
    """Row 28."""
    for user in (people.ada, people.hal, people.sam):
        cases.add_member(case=case, user=user, by=people.max, at=AT)
        assert as_(user).get(f"/cases/{case.ref}/record/summary/").status_code == 403


def test_a_protected_case_is_printed_only_where_row_8_lets_in(
    case: Case, people: People, as_: Callable[[User], Client]
) -> None:
    Child.objects.filter(pk=case.child_id).update(is_protected=True)
    max_, olive = as_(people.max), as_(people.olive)
    for client in (max_, olive):
        client.post("/reason/", {"text": REASON, "next": "/today/"})
    page = f"/cases/{case.ref}/record/summary/"
    assert max_.get(page).status_code == 403
    answer = olive.get(page)
    assert answer.status_code == 200
    assert "Alder Walk" not in text(answer.content)


# The complaint itself


def test_a_complaint_waits_on_today_and_in_the_diary_until_it_is_answered(
    complaint: Complaint, case: Case, people: People
) -> None:
    for user in (people.olive, people.max):
        Visitor(user).open("/today/").see("complaint to be answered")
    Visitor(people.cat).open("/complaints/").see("No complaint waits for an answer.")
    olive = Visitor(people.olive).open("/diary/").see("Answer a complaint")
    olive.open("/complaints/").see("Rowan Merlinton", "4 December 2026").follow(complaint.ref)
    olive.follow("Write down the answer").send("Save the answer").see("Say what was answered")
    day = {"on_day": "23", "on_month": "11", "on_year": "2026"}
    olive.send("Save the answer", **day, answer="We are sorry. We ring each week.")
    olive.see("is answered", "23 November 2026, by Olive Obi")
    assert not complaint.deadlines.running().exists()
    assert "complaint" not in Visitor(people.olive).open("/today/").text
    olive.open(f"/cases/{case.ref}/chronology/?kind=complaint")
    olive.see("Complaint: A parent or carer", "Complaint answered", "We ring each week.")


def test_a_letter_that_the_family_answered_is_so_on_paper_and_on_the_record(
    case: Case, people: People, printed: Callable[[str], str]
) -> None:
    """The page and the print say the same as the letter’s own page."""
    first = Draft(kind=LetterKind.FIRST, way=Way.POST, home=homes_of(case.child)[0])
    letter = letters.write_letter(case=case, draft=first, by=people.olive, at=AT + DAY)
    address = f"/cases/{case.ref}/record/summary/"
    assert "Nobody wrote down what became of it" in printed(address)
    told = Statement(
        means=Means.LINK, on=(AT + 2 * DAY).date(), by="A parent", where=Where.OTHER, words="Wait."
    )
    letters.keep_answer(case=case, statement=told, letter=letter, by=None, at=AT + 2 * DAY)
    text = printed(address)
    assert "The family answered it" in text
    assert "Nobody wrote down what became of it" not in text
    page = Visitor(people.olive).open(f"/cases/{case.ref}/record/")
    page.see("These letters went to the family:", letter.title)
