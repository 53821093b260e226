"""A case is sealed, opened in an emergency by somebody outside its team, and that is reviewed."""

import pytest
from django.test import Client

from onroll.cases.models import Case
from onroll.glass.models import BreakGlass
from tests.cases import world as worlds
from tests.journeys.visitor import Visitor
from tests.people import People

pytestmark = pytest.mark.django_db
WHY = "Her father asked a neighbour where she lives."
DANGER = "The police stand at a door in Leeds and ask whether she is safe there."


@pytest.fixture
def case(db: None, people: People) -> Case:
    """Give the case of a child whom somebody looks for; Olive has it."""
    borough = worlds.build()
    return borough.case(borough.child("Rowan", "Merlinton"), owner=people.olive)


@pytest.mark.shows("readme.sealed")
def test_a_case_is_sealed_opened_by_break_glass_and_that_is_reviewed(
    case: Case, people: People
) -> None:
    """Olive proposes, the hub seals, Max is locked out, breaks the glass, and Pat judges it."""
    page = f"/cases/{case.ref}/"
    Visitor(people.max).open("/cases/").see("Rowan Merlinton")
    olive = Visitor(people.olive).open(f"{page}seal/propose/")
    olive.send("Propose it", why=WHY).see("Your proposal waits for the safeguarding hub")
    Visitor(people.mo).open(f"{page}seal/").see(WHY).send("Seal the case", why=WHY)

    max_ = Visitor(people.max).open("/cases/")
    assert "Rowan Merlinton" not in max_.text
    assert Visitor(people.max).open(page).status == 404
    Visitor(people.olive).open(page).see("Sealed")

    max_.open("/break-glass/")
    max_.send("Open the case", by="reference", ref=case.ref, why=DANGER)
    max_.see("The case is open to you until", "Reported")
    assert max_.open(page).status == 200
    written = max_.client.post(f"{page}note/", {"text": "I was here."})
    assert written.status_code == 403
    olive.open(f"{page}chronology/").see("Opened by break-glass", DANGER, "Max Marsh")

    use = BreakGlass.objects.get()
    pat = Visitor(people.pat).open(f"/break-glass/{use.ref}/").see(DANGER, "Max Marsh")
    pat.send("Save the review", verdict="justified", words="The police rang from the door.")
    use.refresh_from_db()
    assert (use.verdict, use.judged_by) == ("justified", people.pat)
    stranger = Client()
    stranger.force_login(people.sam)
    assert stranger.get(page).status_code in {403, 404}
