"""What whole rolls show: who is gone, who is on two, who came back (P04, P05, P54)."""

from datetime import date, timedelta

import pytest

from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.duplicates import actions as duplicates
from onroll.lists import words as finding_words
from onroll.lists.models import Finding
from onroll.lists.pages import settle_first
from tests.intake.world import TODAY, UPN, joins, leaves, places, sam, take_in
from tests.lists.world import HEADINGS, LATER, LEFT, NOOR, SAM, TWIN, WEEK, found, later, listed
from tests.people import People

pytestmark = pytest.mark.django_db


def test_a_child_gone_from_the_whole_roll_without_a_leavers_file_waits_in_review() -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    assert (finding.kind, finding.child) == ("vanished", sam())
    assert "no leaver’s file had come" in finding.because
    assert not Case.objects.exists()


def test_a_child_whom_the_roll_itself_says_left_is_not_on_it() -> None:
    listed(SAM, NOOR)
    gone = SAM.replace("\n", ",20/10/2026\n")
    transfer = later(gone, NOOR.replace("\n", ",\n"), headings=LEFT)
    place = Place.objects.get(child=sam())
    assert place.to_on == date(2026, 10, 20)
    row = transfer.rows.get(child=sam())
    assert row.is_to_confirm
    assert "says that the child left St Ann" in row.effect_words


def test_a_former_pupil_on_a_roll_is_not_on_it() -> None:
    listed(
        SAM.replace("\n", ",P\n"), headings=HEADINGS.replace("Postcode", "Postcode,Enrol Status")
    )
    place = Place.objects.get(child=sam())
    assert place.to_on == TODAY - timedelta(days=1)


def test_the_twin_who_stays_does_not_hide_the_one_who_is_gone() -> None:
    listed(SAM, TWIN, NOOR)
    later(SAM, NOOR)
    assert found() == [("vanished", "Alex")]


def test_a_leavers_file_answers_before_the_list_does() -> None:
    listed(SAM, NOOR)
    leaves(reason="UK")
    later(NOOR)
    assert found() == []
    assert Case.objects.count() == 1


def test_a_roll_that_is_not_declared_whole_makes_nobody_vanish() -> None:
    listed(SAM, NOOR)
    take_in((HEADINGS + NOOR).encode(), "class.csv", LATER)
    assert found() == []


def test_the_same_list_twice_finds_nobody_twice() -> None:
    listed(SAM, NOOR)
    first = later(NOOR)
    assert later(NOOR, at=LATER + WEEK).pk == first.pk
    later(NOOR, "\n", at=LATER + WEEK)  # other bytes, the same children
    assert found() == [("vanished", "Sam")]


def test_a_roll_that_came_undeclared_can_be_declared_later() -> None:
    listed(SAM, NOOR)
    take_in((HEADINGS + NOOR).encode(), "roll.csv", LATER)
    later(NOOR)
    assert found() == [("vanished", "Sam")]


def test_a_roll_that_has_half_of_the_children_is_taken_for_a_part_of_it() -> None:
    lines = [NOOR.replace("Noor", f"Noor{chr(97 + n)}").replace("05/04", f"{n + 1:02}/04")
             for n in range(24)]  # fmt: skip
    listed(*lines)
    part = later(*lines[:6])
    assert found() == []
    assert part.problems.get(rule="list-partial").severity == "warning"


def test_a_child_on_another_schools_roll_has_not_vanished_but_is_on_two_until_told() -> None:
    """P54: the school that forgot its leaver's file is named."""
    listed(SAM, NOOR)
    joins(entry_on=TODAY)
    later(NOOR)
    assert found() == []
    assert places(TODAY + WEEK) == ["Mill Lane School"]
    later(SAM, NOOR, "\n", at=LATER + WEEK, on=TODAY + 2 * WEEK)
    assert found() == [("on_two", "Sam")]


def test_two_old_rolls_that_both_lack_a_child_do_not_vouch_for_each_other() -> None:
    listed(SAM, SAM.replace("2001", "2002", 1), NOOR, NOOR.replace("2001", "2002", 1))
    Finding.objects.all().delete()
    later(NOOR, NOOR.replace("2001", "2002", 1))
    assert ("vanished", "Sam") in found()


def test_a_finding_is_withdrawn_when_the_next_schools_roll_has_the_child() -> None:
    listed(SAM, NOOR)
    later(NOOR)
    moved = SAM.replace("2001", "2002", 1).replace("02/09/2020", "24/11/2026")
    later(moved, at=LATER + WEEK, on=TODAY + WEEK, name="mill_lane.csv")
    assert found() == []
    assert "Since then: at Mill Lane School (" in finding_words.evidence(Finding.objects.get())


def test_a_joiners_file_withdraws_a_finding_too() -> None:
    listed(SAM, NOOR)
    later(NOOR)
    joins(entry_on=TODAY + timedelta(1), at=LATER + WEEK, made=TODAY + WEEK)
    assert found() == []


def test_a_record_that_may_be_the_child_is_said_in_the_evidence() -> None:
    listed(SAM, NOOR)
    later(NOOR, SAM.replace(UPN, "").replace("Sam", "Samm").replace("HA1 2AB", "HA9 9ZZ"))
    found = Finding.objects.get()
    assert found.maybe_row is not None
    assert (found.maybe_row.number, found.maybe_row.stage) == (2, "unsure")
    assert settle_first(found) == "Record 2 of the list may be this child: settle that first."
    found.maybe_row.stage = "applied"
    assert settle_first(found) == ""


def test_who_has_outgrown_the_school_never_arrived_at_the_next() -> None:
    """P04: years 6 to 7."""
    listed(SAM, NOOR, on=TODAY)
    here = Place.objects.get(child=sam()).school
    assert here is not None
    here.highest_age = 11
    here.save()
    later(NOOR)
    assert found() == [("never_arrived", "Sam")]


@pytest.mark.parametrize("born", ["01/01/2009", "01/10/2022"])
def test_a_child_who_is_not_of_school_age_is_nobodys_to_find(born: str) -> None:
    listed(SAM, NOOR.replace("05/04/2016", born))
    later(SAM)
    assert found() == []


def test_a_merge_takes_along_what_lists_show_and_undoing_gives_it_back(people: People) -> None:
    listed(SAM, TWIN, NOOR)
    later(NOOR)
    kept, merged = sam(), Child.objects.get(forename="Alex")
    merge = duplicates.propose_merge(
        target=kept, merged=merged, why="One.", by=people.olive, at=LATER
    )
    duplicates.agree_merge(merge=merge, by=people.max, at=LATER)
    assert found() == [("vanished", "Sam")]
    later(NOOR, "\n", at=LATER + WEEK)
    assert found() == [("vanished", "Sam")]
    duplicates.undo_merge(merge=merge, why="Twins.", by=people.max, at=LATER + WEEK)
    assert found() == [("vanished", "Alex"), ("vanished", "Sam")]
