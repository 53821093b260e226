"""A parent finds what to do in Romanian, and goes back to English (P11, P14, P19)."""

import pytest

from onroll.rules.policy_file import HARROW
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.mark.shows("privacy.cookies")
def test_a_parent_reads_what_to_do_in_romanian_and_comes_back_to_english() -> None:
    parent = Visitor(None).follow("Română")
    assert parent.page.get("lang") == "ro"
    parent.see("Copilul dumneavoastră nu are loc la școală?").follow("Începeți aici")
    parent.see("If a child is in danger now, ring 999.", "sunați la 999")
    parent.open("/start/?answer=anyone&sent=yes").see("A dispărut copilul")
    parent.open(f"{parent.address}?answer=no&sent=yes").see("Este copilul dumneavoastră?")
    parent.open(f"{parent.address}?answer=yes&sent=yes")
    parent.see(f"Sunați la {HARROW.cme_name} pentru un loc la școală", "Pe cine să sunați")
    parent.see("Whom to ring", HARROW.cme_phone, "Ați răspuns: Da.")
    here = parent.address
    assert set(parent.client.cookies) == {"language"}

    parent.follow("Confidențialitate")
    parent.see("the language you chose")
    assert "numai în engleză" in parent.page.text_content()

    parent.open(here).follow("English")
    assert parent.address == here
    parent.see("Ring the Lead Officer for Children Missing Education about a school place")
    assert "Sunați" not in parent.page.text_content()
