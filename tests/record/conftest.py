"""A case with a history like one of the demo: reported, asked about, decided, and told of."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children.actions import AddressFacts, AdultFacts
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.record.actions import Telling, tell_family
from onroll.rules.enquiry_log import Act, Result
from onroll.rules.pathway import START
from onroll.schools.models import Closure
from tests.cases import world as worlds
from tests.cases.conftest import as_
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People

__all__ = ["as_"]
DAY = timedelta(days=1)
HOME = AddressFacts(lines=("3 Alder Walk",), town="Harrow", postcode="HA1 1AA")
MOTHER = AdultFacts(forename="Dana", surname="Merlinton", kind="PAM", phones=("020 7946 0011",))
REASON = "Answering a complaint about this case"


@pytest.fixture
def world(db: None) -> World:
    """Give the borough; St Ann's is closed on one Friday."""
    world = worlds.build()
    Closure.objects.create(school=world.st_anns, on=date(2026, 11, 20), why="INSET")
    return world


@pytest.fixture
def case(world: World, people: People) -> Case:
    """Give the case of a child who left St Ann's; Olive has it, and did something each day."""
    child = world.child(
        "Rowan", "Merlinton", upn="H801200001001", addresses=(HOME,), adults=(MOTHER,)
    )
    world.at_school(child)
    world.left(child)
    case = world.case(child, owner=people.olive)
    cases.move_case(
        case=case, move=START, why="Nobody opened at the home", by=people.olive, at=AT + DAY
    )
    entries = {
        Act.ASK: EntryFacts(
            on=(AT + DAY).date(),
            name="Grace Quillfeather, housing desk",
            method="telephone",
            words="Does the family rent from you still?",
        ),
        Act.ANSWER: EntryFacts(
            on=(AT + 2 * DAY).date(),
            result=Result.NOTHING_KNOWN,
            words="The tenancy ended in October, says Zachary Wolfe.",
        ),
    }
    enquiries.record_enquiry(
        on_cases=[case], step="housing", entries=entries, by=people.olive, at=AT + 2 * DAY
    )
    case.refresh_from_db()
    clock = case.deadlines.running().get(clock="four_weeks")
    cases.move_deadline(
        case=case,
        deadline=clock,
        due_on=date(2026, 12, 18),
        why="The landlord is back on 14 December",
        by=people.max,
        at=AT + 3 * DAY,
        version=case.version,
    )
    told = Telling(
        was_told=True,
        on=(AT + 3 * DAY).date(),
        whom="Dana Merlinton, mother",
        method="telephone",
        words="That the council looks for Rowan, and whom she can ring.",
    )
    tell_family(case=case, telling=told, by=people.olive, at=AT + 3 * DAY)
    untold = Telling(
        was_told=False, on=(AT + 4 * DAY).date(), words="The father must not learn the new town."
    )
    tell_family(case=case, telling=untold, by=people.max, at=AT + 4 * DAY)
    case.refresh_from_db()
    return case


@pytest.fixture
def printed(people: People) -> Callable[[str], str]:
    """Give a function that returns the text of a PDF, which Olive opens once she has said why."""
    return lambda address: text_of(reader_of(people, address))


def with_reason(user: User) -> Visitor:
    """Return a person who has said why, on the page that asks it."""
    visitor = Visitor(user).open("/reason/?next=/today/")
    return visitor.send("Continue", text=REASON)


def reader_of(people: People, address: str) -> PdfReader:
    """Return a PDF that Olive opens once she has said why."""
    return PdfReader(BytesIO(with_reason(people.olive).open(address).content))


def text_of(reader: PdfReader) -> str:
    """Return the words of a PDF, a space between each."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
