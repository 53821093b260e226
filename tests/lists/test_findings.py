"""Lists held against what is known: who has nobody (P04, P05, P54)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onroll.accounts.models import User
from onroll.casefile.queries import today
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.cases.words import describe_alert
from onroll.children.models import Child, Place
from onroll.demo import tell, write_rolls
from onroll.duplicates import actions as duplicates
from onroll.formats.gias import read_establishments
from onroll.intake import actions, queries, tasks
from onroll.intake.models import ListKind, Transfer
from onroll.lists import actions as lists
from onroll.lists import words as finding_words
from onroll.lists.models import Finding
from onroll.lists.pages import settle_first
from onroll.lists.queries import shown_findings
from onroll.rules import age, pathway
from onroll.rules.refusal import Refused
from onroll.schools.actions import load_schools, set_term
from onroll.schools.models import School
from onroll.schools.queries import our_policy
from tests.intake.world import AT, TODAY, UPN, joins, leaves, places, sam, school, schools, take_in
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.proof import as_form, facts

pytestmark = pytest.mark.django_db
HEADINGS = "LA,Estab,UPN,Surname,Forename,Date of Birth,Sex,Date of Admission,Postcode\n"
LEFT = HEADINGS.replace("Postcode", "Postcode,Date of Leaving")
SAM = f"310,2001,{UPN},Example,Sam,04/03/2015,F,02/09/2020,HA1 2AB\n"
TWIN = "310,2001,,Example,Alex,04/03/2015,M,02/09/2020,HA1 2AB\n"
NOOR = "310,2001,,Sample,Noor,05/04/2016,F,01/09/2021,HA1 1AA\n"
WEEK = timedelta(days=7)
LATER = AT + WEEK


@pytest.fixture(autouse=True)
def _schools() -> None:
    schools()


def listed(
    *lines: str,
    kind: ListKind = ListKind.ROLL,
    on: date = TODAY,
    at: datetime = AT,
    name: str = "list.csv",
    headings: str = HEADINGS,
) -> Transfer:
    received = actions.receive_list(
        content=(headings + "".join(lines)).encode(),
        name=name,
        kind=kind,
        on=on,
        how="command",
        at=at,
    )
    return tasks.take_through(received.transfer.pk, at=at, actor="test")


def later(*lines: str, **said: Any) -> Transfer:
    return listed(*lines, **{"on": TODAY + WEEK, "at": LATER} | said)


def found() -> list[tuple[str, str]]:
    waiting = Finding.objects.waiting().values_list("kind", "child__forename")
    return sorted(waiting)


# Rolls


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


# Other lists


def test_an_offer_that_nobody_took_up_never_arrived() -> None:
    offer = SAM.replace("02/09/2020", "02/09/2026")
    listed(offer, kind=ListKind.OFFERS)
    assert found() == [("never_arrived", "Sam")]
    assert Place.objects.get().kind == "offered"


def test_an_offer_for_later_is_asked_about_when_that_schools_roll_comes() -> None:
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=ListKind.OFFERS)
    assert found() == []
    later(NOOR)
    assert found() == [("never_arrived", "Sam")]


def a_night(after: int) -> int:
    """Pass the night so many weeks after today."""
    at = AT + after * WEEK
    return lists.find_late_starts(on=at.date(), at=at)


@pytest.mark.parametrize("kind", [ListKind.OFFERS, ListKind.JOINERS])
def test_a_place_nobody_took_up_is_found_at_night_though_no_list_comes(kind: ListKind) -> None:
    """P04: once the school days have passed that the policy waits, and once only."""
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=kind)
    assert (a_night(1), found()) == (0, [])
    assert a_night(12) == 1
    assert found() == [("never_arrived", "Sam")]
    assert "no roll" in Finding.objects.get().because
    assert a_night(12) == 0


def test_a_child_on_a_roll_is_nothing_to_the_night() -> None:
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=ListKind.OFFERS)
    joins(entry_on=TODAY)
    assert (a_night(12), found()) == (0, [])


def test_an_offer_that_was_taken_up_is_no_finding() -> None:
    listed(SAM.replace("02/09/2020", "25/11/2026"), kind=ListKind.OFFERS)
    later(SAM.replace("02/09/2020", "25/11/2026"), NOOR)
    assert found() == []
    assert places(TODAY + WEEK) == ["St Ann's School"]


@pytest.mark.parametrize("kind", [ListKind.HEALTH, ListKind.HOUSING])
def test_a_child_other_services_know_and_no_school_has_is_on_none(kind: ListKind) -> None:
    listed(SAM)
    listed(SAM, NOOR, kind=kind, name="others.csv")
    assert found() == [("on_none", "Noor")]
    assert Place.objects.count() == 1


def test_home_education_is_a_place_and_who_is_off_the_list_has_vanished() -> None:
    listed(SAM, NOOR, kind=ListKind.HOME_EDUCATION)
    assert places() == ["Home education"]
    later(NOOR, kind=ListKind.HOME_EDUCATION)
    assert found() == [("vanished", "Sam")]


def test_leavers_whom_no_school_has_have_vanished_and_left_that_day() -> None:
    listed(SAM, NOOR, TWIN)
    joins(upn="", forename="Alex", sex="M", estab="2002", entry_on=TODAY)
    gone = [f"{line.strip()},13/11/2026\n" for line in (SAM, TWIN)]
    listed(*gone, kind=ListKind.LEAVERS, name="leavers.csv", headings=LEFT)
    assert found() == [("vanished", "Sam")]
    assert places() == []
    assert places(date(2026, 11, 13)) == ["St Ann's School"]


def test_joiners_no_roll_has_never_arrived() -> None:
    listed(NOOR)
    mill_lane = SAM.replace("2001", "2002", 1).replace("02/09/2020", "16/11/2026")
    listed(mill_lane, kind=ListKind.JOINERS, name="joiners.csv")
    assert found() == [("never_arrived", "Sam")]
    later(mill_lane, "\n", name="roll.csv")
    assert found() == []
    assert places(TODAY + WEEK) == ["Mill Lane School"]


def test_no_shows_whom_no_other_school_has_never_arrived() -> None:
    listed(TWIN.replace("2001", "2002", 1))
    listed(SAM, TWIN, kind=ListKind.NO_SHOWS, name="no_shows.csv")
    assert found() == [("never_arrived", "Sam")]


def test_a_no_show_put_on_the_roll_in_advance_is_taken_off_with_the_answer(people: People) -> None:
    listed(SAM)
    later(SAM, "\n", kind=ListKind.NO_SHOWS, name="no_shows.csv")
    one = Finding.objects.get()
    lists.answer_finding(finding=one, why="No.", by=people.olive, at=LATER)
    assert places(TODAY + WEEK) == []
    assert Case.objects.get().reason == "never_arrived"


@pytest.mark.parametrize(
    ("highest", "born", "kind"),
    [
        (7, "04/03/2019", "never_arrived"),  # year 2 to 3
        (11, "04/03/2015", "never_arrived"),  # year 6 to 7
        (11, "04/03/2016", "vanished"),
    ],
)
def test_who_was_to_change_school_is_told_apart(highest: int, born: str, kind: str) -> None:
    """P04: year 2 to 3, year 6 to 7."""
    listed(SAM.replace("04/03/2015", born), NOOR)
    School.objects.filter(establishment="2001").update(highest_age=highest)
    later(NOOR)
    assert found() == [(kind, "Sam")]


@pytest.mark.parametrize(("first", "kind"), [(27, "never_arrived"), (31, "vanished")])
def test_the_schools_own_first_term_says_when_its_year_turns(first: int, kind: str) -> None:
    """EA96 s.579(1): a year begins with the first term to begin after July, here in August."""
    on = date(2026, 8, 28)
    listed(SAM, NOOR, on=on - WEEK)
    school = School.objects.get(establishment="2001")
    School.objects.filter(pk=school.pk).update(highest_age=11)
    set_term(
        name="Autumn 1", starts_on=date(2026, 8, first), ends_on=date(2026, 10, 16), school=school
    )
    later(NOOR, on=on)
    assert found() == [(kind, "Sam")]


def test_a_reception_place_nobody_took_up_is_found_at_compulsory_school_age() -> None:
    """P04: reception. A child of four need not be at school yet (EA96 s.8)."""
    starter = SAM.replace("02/09/2020", "02/09/2026").replace(UPN, "")
    of_age, not_yet = starter.replace("2015", "2021"), starter.replace("2015", "2022")
    listed(of_age, not_yet.replace("Sam", "Robin"), kind=ListKind.OFFERS)
    assert found() == [("never_arrived", "Sam")]


def test_a_child_back_on_the_roll_is_no_longer_asked_about() -> None:
    listed(SAM, NOOR)
    later(NOOR)
    later(SAM, NOOR, "\n", at=LATER + WEEK, on=TODAY + 2 * WEEK)
    assert found() == []
    said = finding_words.evidence(Finding.objects.get())
    assert "Since then: on the roll of St Ann's School of 7 December 2026." in said


def test_a_child_who_came_back_and_is_gone_again_is_asked_about_at_once(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    one = Finding.objects.get()
    lists.answer_finding(
        finding=one, way="attendance", facts=at_st_anns(), why="Ill.", by=people.olive, at=LATER
    )
    later(SAM, NOOR, "\n", at=LATER + WEEK, on=TODAY + 2 * WEEK)
    later(NOOR, "\n\n", at=LATER + 2 * WEEK, on=TODAY + 3 * WEEK)
    assert found() == [("vanished", "Sam")]


def test_a_child_lost_again_after_a_case_is_asked_about_again(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    one = Finding.objects.get()
    lists.answer_finding(finding=one, why="No.", by=people.olive, at=LATER)
    back = SAM.replace("02/09/2020", "03/12/2026")
    later(back, NOOR, at=LATER + WEEK, on=TODAY + 2 * WEEK)
    on = (LATER + WEEK).date()
    school = School.objects.get(establishment="2001")
    casework.close_case(
        case=Case.objects.get(), outcome="on_roll", facts=facts(on=on, school=school),
        why="Seen.", by=people.olive, at=LATER + WEEK,
    )  # fmt: skip
    later(NOOR, "\n", at=LATER + 2 * WEEK, on=TODAY + 3 * WEEK)
    assert found() == [("vanished", "Sam")]


def test_who_is_settled_to_be_on_another_roll_is_no_longer_asked_about(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    unclear = SAM.replace("2001", "2002", 1).replace(UPN, "").replace("02/09/2020", "25/11/2026")
    later(unclear.replace("HA1 2AB", "HA9 9ZZ").replace("Sam", "Samm"), name="mill_lane.csv")
    row = queries.waiting_rows(people.max).get()
    actions.settle_row(row=row, child=sam(), why="Rang.", by=people.olive, at=LATER + WEEK)
    assert found() == []
    assert places(TODAY + WEEK) == ["Mill Lane School"]


def test_who_is_settled_to_be_an_unclear_record_of_the_same_roll_has_not_vanished(
    people: People,
) -> None:
    listed(SAM, NOOR)
    later(NOOR, SAM.replace(UPN, "").replace("Sam", "Samm").replace("HA1 2AB", "HA9 9ZZ"))
    row = queries.waiting_rows(people.max).get()
    actions.settle_row(row=row, child=sam(), why="Rang.", by=people.olive, at=LATER + WEEK)
    assert found() == []
    assert places(TODAY + WEEK) == ["St Ann's School"]


def test_who_is_back_on_the_home_education_list_is_no_longer_asked_about() -> None:
    listed(SAM, NOOR, kind=ListKind.HOME_EDUCATION)
    later(NOOR, kind=ListKind.HOME_EDUCATION)
    later(SAM, NOOR, "\n", kind=ListKind.HOME_EDUCATION, at=LATER + WEEK, on=TODAY + 2 * WEEK)
    assert found() == []


def test_a_list_of_others_with_bad_rows_finds_whom_it_can() -> None:
    listed(NOOR, ",,,,,,,,HA1\n", ",,,Sample,Alex,32/13/2015,?,never,\n", kind=ListKind.HEALTH)
    assert found() == [("on_none", "Alex"), ("on_none", "Noor")]


def test_what_is_no_list_or_is_of_tomorrow_is_refused() -> None:
    with pytest.raises(Refused):
        listed(SAM, name="roll.xml")
    with pytest.raises(Refused):
        listed(SAM, on=TODAY + WEEK)
    listed(SAM, kind=ListKind.HEALTH)
    with pytest.raises(Refused, match=r"stands under Files: Health list .*as “Housing list”"):
        listed(SAM, kind=ListKind.HOUSING)


def test_a_file_that_waits_for_its_columns_is_found_again_when_it_is_sent_as_a_list() -> None:
    """Whoever sends what a school sent before is told where it is, and what to do."""
    content = b"Name,Number\nExample,1\n"
    (first,) = actions.receive(content=content, name="sams.csv", how="upload", at=AT)
    tasks.take_through(first.transfer.pk, at=AT, actor="test")
    with pytest.raises(Refused) as refusal:
        actions.receive_list(
            content=content, name="gp.csv", kind=ListKind.HEALTH, on=TODAY, how="upload", at=LATER
        )
    assert str(refusal.value) == (
        f"gp.csv was here already. It came on {AT.day} {AT:%B %Y} as sams.csv, and stands under"
        " Files: File of a school (columns unclear). Open it there to go on with it. To send it as"
        " “Health list”, copy its rows into a new file."
    )


# Answers


def at_st_anns() -> dict[str, Any]:
    """Return what is stated of a child who is ill at home and still on the roll of St Ann's."""
    return facts("attendance", on=TODAY, school=School.objects.get(establishment="2001"))


def test_the_answer_that_nobody_knows_opens_a_case_and_ends_the_place(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = lists.answer_finding(
        finding=Finding.objects.get(), why="No reply.", by=people.olive, at=LATER
    )
    case = Case.objects.get()
    assert (finding.case, case.reason, case.missing_since_on) == (case, "on_no_list", TODAY + WEEK)
    assert places(TODAY + WEEK) == []
    assert "No reply." in case.reasons.get().because
    by = people.olive
    with pytest.raises(Refused):
        lists.answer_finding(finding=finding, why="x", by=by, at=LATER)


def test_an_answer_is_kept_and_asked_again_only_after_half_a_year(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    lists.answer_finding(
        finding=finding,
        way="attendance",
        facts=at_st_anns(),
        why="In hospital.",
        by=people.olive,
        at=LATER,
    )
    soon, late = timedelta(days=90), timedelta(days=200)
    later(NOOR, "\n", at=LATER + soon, on=TODAY + soon)
    assert found() == []
    later(NOOR, "\n\n", at=LATER + late, on=TODAY + late)
    assert found() == [("vanished", "Sam")]


def test_where_a_child_is_becomes_a_place_and_the_old_one_ends(people: People) -> None:
    """P05: *it is known* is a school, a first day and who said so, or nobody knows it tomorrow."""
    listed(SAM, NOOR)
    later(NOOR)
    mill_lane = School.objects.get(establishment="2002")
    lists.answer_finding(
        finding=Finding.objects.get(),
        way="on_roll",
        facts=facts("on_roll", on=TODAY, school=mill_lane),
        why="They said so.",
        by=people.olive,
        at=LATER,
    )
    assert places(TODAY + WEEK) == ["Mill Lane School"]
    place = Place.objects.get(school=mill_lane)
    assert place.source.said_by == "Mrs Office, the office"
    assert place.source.recorded_by == people.olive
    assert not Case.objects.exists()


@pytest.mark.parametrize("way", ["other_authority", "on_roll"])
def test_what_the_record_contradicts_is_no_answer(people: People, way: str) -> None:
    """We are no other authority; and a school that said the child left does not have the child."""
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    theirs = School.objects.get(establishment="2001")
    Place.objects.filter(child=finding.child).update(to_on=TODAY)
    wrong = {"authority": "310"} if way == "other_authority" else {"school": theirs}
    with pytest.raises(casework.FactsRefused) as refusal:
        lists.answer_finding(
            finding=finding,
            way=way,
            facts=facts(way, on=TODAY, **wrong),
            why="They said so.",
            by=people.olive,
            at=LATER,
        )
    assert set(refusal.value.errors) == set(wrong)
    finding.refresh_from_db()
    assert finding.is_waiting


def test_that_it_is_known_without_saying_where_is_refused(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    with pytest.raises(casework.FactsRefused) as refusal:
        lists.answer_finding(
            finding=finding, way="on_roll", facts={}, why="x", by=people.olive, at=LATER
        )
    assert {"school", "starts_on", "confirmed_by"} <= set(refusal.value.errors)
    finding.refresh_from_db()
    assert finding.is_waiting


def test_the_pages_ask_where_the_child_is_and_keep_who_said_so(people: People) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    finding = Finding.objects.get()
    olive = Visitor(people.olive).open(f"/review/findings/{finding.pk}/")
    olive.send("Continue", answer="on_roll").see("Which school?")
    stated = as_form(facts("on_roll", on=TODAY, school=School.objects.get(establishment="2002")))
    olive.send("Save this answer", why="They said so.").see("Enter an answer to “Which school?”")
    olive.send("Save this answer", why="They said so.", **stated)
    olive.see("Where the child is stands on the child’s record now.", "Mill Lane School")
    olive.open(f"/review/findings/{finding.pk}/").see(
        "This finding is answered.", "On the roll of a school", "Mill Lane School", "By telephone"
    )


@pytest.fixture
def straight_to_case(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Have a policy that sends children who are on no roll straight to a case."""
    shipped = (files("onroll.rules") / "harrow.toml").read_text(encoding="utf-8")
    path = tmp_path / "policy.toml"
    said = 'list_findings_to_case = ["on_none"]'
    path.write_text(shipped.replace("list_findings_to_case = []", said), encoding="utf-8")
    settings.POLICY = str(path)
    our_policy.cache_clear()
    yield
    our_policy.cache_clear()


@pytest.mark.usefixtures("straight_to_case")
def test_where_the_policy_says_so_a_case_opens_without_review_with_its_clause() -> None:
    listed(SAM)
    later(NOOR.replace("2001", "2009", 1), kind=ListKind.HEALTH)
    later(TWIN, name="roll.csv")
    assert found() == [("vanished", "Sam")]
    case = Case.objects.get()
    assert case.child.forename == "Noor"
    assert Finding.objects.get(kind="on_none").case == case
    assert case.reasons.get().clause == "EA96 s.436A; policy p.18"
    assert "On the health list of 30 November 2026" in case.reasons.get().because


def test_a_child_with_a_protected_identity_is_a_case_at_once_and_stands_in_no_list() -> None:
    """Row 8: whoever reviews lists does not work with the child."""
    listed(SAM, NOOR)
    Child.objects.filter(forename="Sam").update(is_protected=True)
    later(NOOR)
    assert found() == []
    assert Case.objects.get().child == sam()


def test_a_protected_child_on_two_rolls_is_shown_only_to_who_works_on_the_case(
    people: People, client: Client
) -> None:
    listed(SAM, SAM.replace("2001", "2002", 1))
    Child.objects.filter(forename="Sam").update(is_protected=True)
    where = f"/review/findings/{Finding.objects.get().pk}/"
    client.force_login(people.olive)
    assert "Sam" not in client.get("/review/?list=findings").content.decode()
    assert client.get(where).status_code == 404
    assert shown_findings(people.olive).count() == 0
    on_case(sam(), people.olive)
    assert "Sam" in client.get("/review/?list=findings").content.decode()
    assert client.get(where).status_code == 200


def on_case(child: Child, owner: User) -> None:
    """Give a person an open case of a child."""
    report = casework.Report(
        reason="referral", because="A worry.", source=child.source, missing_since_on=TODAY
    )
    case, _ = casework.open_case(child=child, report=report, on=TODAY, at=AT)
    casework.assign_case(case=case, owner=owner, by=owner, at=AT)


# Lost children keep being looked for


def alerts() -> list[str]:
    return [describe_alert(alert) for alert in Case.objects.get().alerts.filter(kind="lead")]


def test_any_list_that_has_a_lost_child_alerts_the_case() -> None:
    joins(estab="2001", entry_on=date(2020, 9, 2), made=date(2020, 9, 2))
    leaves(reason="UK")
    listed(SAM, kind=ListKind.HEALTH)
    (words,) = alerts()
    assert words.startswith("This child is on record 1 of file")


def test_a_record_that_may_be_a_lost_child_alerts_the_case_and_comes_first_in_review(
    people: People,
) -> None:
    school("3102003", "Third School")
    listed(NOOR)
    other = NOOR.replace("2001", "2003", 1).replace("HA1 1AA", "HA9 9ZZ").replace("Noor", "Nour")
    take_in((HEADINGS + other).encode(), "first.csv")
    leaves(reason="UK")
    joins(upn="", postcode="HA9 9ZZ")
    first = queries.waiting_rows(people.max)[0]
    assert first.said["forename"] == "Sam"
    assert any("may be on record 1" in words for words in alerts())


def test_the_same_leaving_told_again_by_the_same_school_is_no_lead() -> None:
    leaves(reason="UK")
    leaves(reason="UK", made=TODAY - timedelta(1))
    assert alerts() == []


def test_a_school_that_lists_the_child_every_week_alerts_once_until_it_is_settled(
    people: People,
) -> None:
    leaves(reason="UK")
    listed(SAM, kind=ListKind.HEALTH)
    listed(SAM, "\n", kind=ListKind.HEALTH, at=LATER)
    assert len(alerts()) == 1
    alert = Case.objects.get().alerts.get(kind="lead")
    casework.settle_alert(alert=alert, why="Not there.", by=people.olive, at=LATER)
    listed(SAM, "\n\n", kind=ListKind.HEALTH, at=LATER + WEEK)
    assert len(alerts()) == 2


def test_a_child_who_is_not_traced_is_looked_for_too() -> None:
    """P53: the case is open on a cycle of reviews, and every list is held against it."""
    leaves(reason="UK")
    for move in (pathway.START, pathway.GIVE_UP):
        casework.move_case(case=Case.objects.get(), move=move, why="Nobody.", at=LATER, by=None)
    listed(SAM, kind=ListKind.HOUSING)
    assert len(alerts()) == 1


@pytest.mark.parametrize(("years", "number"), [(1, 1), (8, 0)])
def test_who_is_only_believed_to_be_abroad_is_looked_for_while_the_case_is_kept(
    people: People, years: int, number: int
) -> None:
    """Law.md, keeping: closed cases are kept for years; then what they hold is not used."""
    leaves(reason="UK", born=date(2018, 3, 4))
    casework.close_case(
        case=Case.objects.get(), outcome="abroad_believed", why="A ticket.", by=people.max, at=AT,
        facts=facts("abroad_believed", on=AT.date()),
    )  # fmt: skip
    at = AT + years * timedelta(days=366)
    line = SAM.replace("04/03/2015", "04/03/2018")
    listed(line, kind=ListKind.HEALTH, at=at, on=at.date())
    assert len(alerts()) == number
    assert today(people.max, at=at).needs["leads"] == number


def test_nobody_is_looked_for_after_compulsory_school_age() -> None:
    leaves(reason="UK")
    child = sam()
    child.born_on = date(2009, 3, 4)
    child.save()
    listed(SAM.replace("2015", "2009"), kind=ListKind.HEALTH)
    assert alerts() == []


# Pages


def test_an_officer_sees_the_evidence_and_answers(people: People, client: Client) -> None:
    listed(SAM, NOOR)
    later(NOOR)
    client.force_login(people.olive)
    page = client.get("/review/?list=findings").content.decode()
    assert "Sam" in page
    assert "no leaver’s file had come" in page
    where = f"/review/findings/{Finding.objects.get().pk}/"
    assert "St Ann&#x27;s School" in client.get(where).content.decode()
    for nothing in ("x", "N/A", "?"):
        page = client.post(where, {"answer": "missing", "why": nothing}).content.decode()
        assert f"“{nothing}” tells nobody anything" in page
    assert not Case.objects.exists()
    answered = client.post(where, {"answer": "missing", "why": "The school says she left."})
    assert answered.headers["Location"] == f"/cases/{Case.objects.get().ref}/"
    page = client.get(where).content.decode()
    assert "This finding is answered." in page
    assert "The school says she left." in page
    assert "Save this answer" not in page


def test_an_officer_brings_a_list_and_says_what_it_is(people: People, client: Client) -> None:
    client.force_login(people.olive)
    day = {"on_day": "20", "on_month": "11", "on_year": "2026"}
    said = {"kind": "health", **day, "file": SimpleUploadedFile("gp.csv", b"Surname\nExample\n")}
    assert client.get("/files/compare/").status_code == 200
    assert client.post("/files/compare/", said).status_code == 302
    assert Transfer.objects.get().list_kind == "health"
    said["file"] = SimpleUploadedFile("gp.xml", b"<a/>")
    assert "is not a list" in client.post("/files/compare/", said).content.decode()


# The made-up borough


def test_every_child_gone_from_the_boroughs_rolls_is_found_silent_schools_too(
    tmp_path: Path,
) -> None:
    """P05: of compulsory school age, on the opening rolls, on none a year later: all of them."""
    year = tell(pupils=1_200)
    first = write_rolls(year, tmp_path / "first", whole=True)
    School.objects.all().delete()
    establishments = read_establishments(first.establishments)
    load_schools(establishments=establishments, reporting_to="310")
    then, now = year.borough.opens_on, date(2026, 10, 1)
    second = write_rolls(year, tmp_path / "second", on=now, whole=True)
    for rolls, on in ((first, then), (second, now)):
        at = datetime.combine(on, AT.timetz())
        received = actions.receive_list(
            content=rolls.rolls[0].read_bytes(),
            name="all.csv",
            kind=ListKind.ROLL,
            on=on,
            how="command",
            at=at,
        )
        tasks.take_through(received.transfer.pk, at=at, actor="test")
    stayed = {child.key for child, _ in year.on_roll(now)}

    children = {spell.child: year.borough.children[spell.child] for spell in year.borough.spells}
    gone = [
        child
        for child in children.values()
        if child.key not in stayed and age.is_compulsory(child.born, on=now)
    ]
    asked = set(Finding.objects.exclude(kind="on_two").values_list("child_id", flat=True))
    missed = [
        child for child in gone if not asked & set(_who(child.upn, child.surname, child.born))
    ]
    assert len(gone) > 20
    assert missed == []
    assert len(asked) <= len(gone)


def _who(upn: str, surname: str, born: date) -> list[int]:
    if upn:
        return list(Child.objects.filter(identifiers__value=upn).values_list("pk", flat=True))
    known = Child.objects.filter(surname=surname, born_on=born)
    return list(known.values_list("pk", flat=True))
