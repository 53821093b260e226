"""The hand-over note says what whoever takes the case on must know, and no more than they may."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from onroll.audit.models import AccessEvent
from onroll.cases import actions as cases
from onroll.cases.actions.action_points import ActionFacts
from onroll.cases.models import AlertKind, Case
from onroll.cases.queries import get_case
from onroll.children.models import Address, Child
from onroll.record.printed.summary import hand_over
from onroll.record.queries import record_of
from onroll.rules.action_points import Origin
from onroll.rules.risk_level import RiskLevel
from tests.cases.world import AT
from tests.people import People
from tests.record.conftest import DAY, text_of, with_reason

pytestmark = pytest.mark.django_db
ON = (AT + 5 * DAY).date()
DOG = "Visit in pairs: Zachary Wolfe keeps a dog."
WHY = "The neighbour heard shouting twice"


def add(case: Case, people: People, number: int = 1) -> None:
    """Put one of each on the case."""
    at = AT + 4 * DAY
    cases.add_warning(
        case=case, text=f"{DOG} {number}", review_on=date(2026, 12, 30), by=people.olive, at=at
    )
    action = ActionFacts(f"Look at the tenancy {number}", "Ada Thrushley, housing", ON + 7 * DAY)
    cases.add_action_point(
        case=case, origin=Origin.MEETING, ref="ABC-DEF-GHJ", action=action, by=people.max, at=at
    )
    source = case.child.source if number > 1 else None
    cases.raise_alert(case=case, kind=AlertKind.LOST_AGAIN, source=source, row=number, at=at)


def set_high(case: Case, people: People) -> None:
    at = AT + 4 * DAY
    cases.set_risk_level(case=case, level=RiskLevel.HIGH, why=WHY, by=people.max, at=at)


def test_it_says_how_grave_it_is_what_is_open_and_how_to_reach_the_family(
    case: Case, people: People, printed: Callable[[str], str]
) -> None:
    add(case, people)
    set_high(case, people)
    text = printed(f"/cases/{case.ref}/record/hand-over/")
    for words in (
        "The level is high. Max Marsh set it to high, 22 November 2026",
        WHY,
        f"The child and the family {DOG} 1 30 December 2026 Olive Obi",
        "Monday 30 November 2026 Look at the tenancy 1 Ada Thrushley, housing",
        "Alerts that nobody settled",
        "Left the school where the child was found",
        "3 Alder Walk, Harrow, HA1 1AA",
        "Dana Merlinton",
        "020 7946 0011",
    ):
        assert words in text, (words, text)
    assert "contacts" in AccessEvent.objects.latest("id").fields


def test_where_nothing_is_on_record_it_says_so(case: Case, printed: Callable[[str], str]) -> None:
    text = printed(f"/cases/{case.ref}/record/hand-over/")
    for words in ("No warning stands.", "No action point is open.", "No alert waits."):
        assert words in text, text


@pytest.mark.parametrize("which", ["identity", "address"])
def test_of_a_protected_child_no_address_and_no_contact_goes_on_paper(
    case: Case, people: People, which: str
) -> None:
    """Not even for the lead officer, who may see them on the case."""
    if which == "identity":
        Child.objects.filter(pk=case.child_id).update(is_protected=True)
    else:
        Address.objects.filter(child=case.child_id).update(is_protected=True)
    olive = with_reason(people.olive)
    content = olive.open(f"/cases/{case.ref}/record/hand-over/").content
    text = text_of(PdfReader(BytesIO(content)))
    assert "Not in this note: the child’s identity or an address is protected" in text
    assert not [words for words in ("Alder", "HA1 1AA", "020 7946 0011") if words in text], text


def test_who_may_not_read_of_risk_reads_neither_level_nor_warning(
    case: Case, people: People
) -> None:
    """Access matrix, row 9. Who prints (row 28) reads of risk today; the note asks anyway."""
    add(case, people)
    set_high(case, people)
    cases.add_member(case=case, user=people.ada, by=people.max, at=AT)
    seen = get_case(people.ada, case.ref, on=ON)
    note = str(hand_over(record_of(seen, people.ada, at=AT + 5 * DAY)))
    assert "Hand-over note" in note
    assert not [words for words in (DOG, WHY, "How grave") if words in note]


def test_it_asks_as_much_of_two_of_each_as_of_one(case: Case, people: People) -> None:
    add(case, people)
    one = queries_of(case, people)
    for number in (2, 3):
        add(case, people, number)
    assert queries_of(case, people) == one


def queries_of(case: Case, people: People) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        hand_over(record_of(get_case(people.olive, case.ref, on=ON), people.olive, at=AT + 5 * DAY))
    return len(asked)


def test_the_summary_names_the_warning_beside_its_line(
    case: Case, people: People, printed: Callable[[str], str]
) -> None:
    add(case, people)
    text = printed(f"/cases/{case.ref}/record/summary/")
    assert f"Warning added {DOG} 1" in text
