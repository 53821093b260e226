"""The made-up messages of other authorities, warnings, and what the police know."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from onroll.advice.models import PupilMessage
from onroll.cases.models import PoliceReport, WarningNote
from onroll.demo import Year, tell
from onroll.demo.askers import Askers
from onroll.demo.cautions import Careful
from onroll.rules.hours import ENGLAND
from tests.cases import world as worlds
from tests.people import People

AT = datetime(2026, 11, 18, 9, tzinfo=ENGLAND)


@pytest.fixture(scope="module")
def year() -> Year:
    return tell(pupils=400, opens_on=date(2026, 11, 9), weeks=1)


@pytest.mark.django_db
def test_authorities_ask_and_some_are_answered_and_one_is_late(year: Year, people: People) -> None:
    askers = Askers({"olive": people.olive}, Random(1), year)
    for n in range(30):
        askers.ask(at=AT + timedelta(days=n), is_last=n == 29)
        for hours in (3, 5, 8):
            askers.answer(at=AT + timedelta(days=n, hours=hours))
    answered = PupilMessage.objects.exclude(answer="")
    assert answered.exists()
    assert PupilMessage.objects.waiting().exists()
    late = PupilMessage.objects.waiting().filter(received_on__lt=(AT + timedelta(days=29)).date())
    assert late.exists()


@pytest.mark.django_db
def test_officers_warn_and_tell_of_the_police(people: People) -> None:
    world = worlds.build()
    for n in range(4):
        world.case(world.child("Rowan", f"Merlin{n}"), owner=people.olive)
    careful = Careful(Random(2))
    for n in range(60):
        careful.work(at=AT + timedelta(minutes=n))
    assert WarningNote.objects.exists()
    assert PoliceReport.objects.exists()
