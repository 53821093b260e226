"""What a leaver's record does (P03, P14, P42, P53; files.md 6.3)."""

from datetime import date

import pytest

from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.children.queries import where_is
from tests import files
from tests.intake.world import BORN, LEFT_ON, TODAY, UPN, leaves, schools, take_in

pytestmark = pytest.mark.django_db


def leaver(**said: object) -> str:
    facts = {
        "surname": "Example",
        "forename": "Sam",
        "born": BORN,
        "upn": UPN,
        "entry_on": date(2020, 9, 2),
        "left_on": LEFT_ON,
    }
    return files.pupil(**(facts | said))  # type: ignore[arg-type]  # facts are the arguments


@pytest.mark.shows("policy.leaver_file")
def test_a_leaver_with_unknown_destination_becomes_a_case_with_clocks() -> None:
    """P03, P42: the notice of a leaver with no destination reaches the register by itself."""
    st_anns, _ = schools()
    transfer = take_in(files.cml(leaver(reason="UK"), made=TODAY))
    case = Case.objects.get()
    row = transfer.rows.get()
    assert (transfer.stage, row.stage, row.effect) == ("applied", "applied", "case_opened")
    assert (case.reason, case.school, case.stage) == ("unknown_destination", st_anns, "reported")
    assert case.missing_since_on == date(2026, 11, 14)
    assert {"triage_1", "cml_20", "four_week_point"} <= set(
        case.deadlines.values_list("clock", flat=True)
    )
    assert where_is(case.child, on=TODAY).is_missing


def test_the_same_file_twice_is_shown_as_the_first() -> None:
    schools()
    content = files.cml(leaver(reason="UK"), made=TODAY)
    first, second = take_in(content), take_in(content, name="again (1).xml")
    assert first == second
    assert first.arrivals.get().name == "again (1).xml"
    assert (Case.objects.count(), Child.objects.count()) == (1, 1)


def test_a_joiner_closes_the_gap_its_leaver_left() -> None:
    _, mill_lane = schools()
    take_in(files.cml(leaver(reason="UK"), made=TODAY))
    joined = files.pupil(
        surname="EXAMPLE", forename="Sam", born=BORN, upn=UPN, estab="2002", entry_on=TODAY
    )
    row = take_in(files.cmj(joined, made=TODAY), name="3102002_CMJ_310LLLL_001.xml").rows.get()
    case = Case.objects.get()
    assert (row.effect, row.case) == ("gap_closed", case)
    assert (case.stage, case.is_open, case.is_whereabouts_known) == ("located", True, True)
    assert [p.school for p in where_is(case.child, on=TODAY).places] == [mill_lane]


def test_a_second_file_about_one_leaver_joins_the_first_case() -> None:
    schools()
    take_in(files.cml(leaver(reason="UK"), made=TODAY))
    row = take_in(
        files.lost(leaver(reason="MI"), made=TODAY), "3102001_CTF_XXXXXXX_001.xml"
    ).rows.get()
    assert row.effect == "case_joined"
    assert Case.objects.get().reasons.count() == 2


def test_home_education_goes_to_an_officer_and_not_onto_the_register() -> None:
    """P14 and the law: unassessed home education is not of itself missing education."""
    schools()
    row = take_in(files.cml(leaver(reason="EL", ground="F"), made=TODAY)).rows.get()
    assert (row.effect, row.is_to_confirm) == ("home_education", True)
    assert not Case.objects.exists()


def test_a_leaver_from_a_school_not_on_file_is_held_and_not_lost() -> None:
    row = take_in(files.cml(leaver(reason="UK"), made=TODAY)).rows.get()
    assert row.stage == "held"
    assert "not on file" in row.effect_words


def test_what_a_file_says_of_the_background_is_kept_with_its_source() -> None:
    spoken = (
        "<BasicDetails><Ethnicity>ANEP</Ethnicity><Languages><Type><LanguageType>F</LanguageType>"
        "<Language>NEP</Language></Type></Languages></BasicDetails><FSMhistory><FSMinstance>"
        "<FSMstartDate>2024-09-02</FSMstartDate></FSMinstance></FSMhistory>"
    )
    schools()
    row = leaves(reason="UK", extra=spoken)
    assert row.child is not None
    said = {(d.kind, d.value, d.source) for d in row.child.details.all()}
    file = row.transfer.source
    assert said == {
        ("ethnicity", "ANEP", file),
        ("first_language", "NEP", file),
        ("free_meals", "yes", file),
    }
