"""What a leaver's row means (P03, P14, P42, P53). Source: law 2, 3; files 6.3, 8.2, 8.3, 11."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.rules import age, leaving_codes
from onroll.rules.leavers import KINDS, Leaver, meaning
from onroll.rules.leaving_codes import LEAVING_REASONS
from onroll.rules.reasons import CASE_REASONS

DAY = date(2026, 11, 23)
LEFT = date(2026, 11, 20)
BORN = date(2015, 3, 1)

ROW = Leaver(day=DAY, left_on=LEFT, born=BORN, year_group="7")
SCHOOL = {"destination_la": "304", "destination_estab": "2001"}
THEN = {"left_on": date(2024, 7, 19), "year_group": "4"}
STARTED = {**SCHOOL, "destination_starts_on": date(2026, 11, 23)}
LOST = {"destination_la": "XXX", "destination_estab": "XXXX"}

NAMES = st.sampled_from(
    ["", "Not known", "Brent High", "unknown school", "?", "N/A", "moved away", "x", "St Ann's"]
)
DATES = st.none() | st.dates(min_value=date(2005, 1, 1), max_value=date(2028, 12, 31))
ROWS = st.builds(
    Leaver,
    day=st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31)),
    left_on=DATES,
    leaving_reason=st.sampled_from([*LEAVING_REASONS, "", "ZZ"]),
    ground_letter=st.sampled_from([*"ABCDEFGHIJKLMNO", "", "Z"]),
    lettering=st.sampled_from(["", "2006", "2024"]),
    destination_la=st.sampled_from(["", "304", "XXX", "MMM", "000", "999"]),
    destination_estab=st.sampled_from(["", "2001", "XXXX", "MMMM", "LLLL", "0000"]),
    destination_name=NAMES,
    destination_starts_on=DATES,
    forwarding_address=st.booleans(),
    forwarding_country=st.sampled_from(["", "UK", "GBR", "Poland", "Wales"]),
    born=DATES,
    year_group=st.sampled_from(["", "R", "6", "7", "11", "13", "X", "99"]),
)


@given(ROWS)
def test_no_row_about_a_child_who_may_be_of_school_age_is_dropped(row: Leaver):
    found = meaning(row)
    if found.opens_case or found.needs_person:
        return
    assert found.kind in {"confirmed_destination", "over_age", "below_age"}
    if found.kind == "confirmed_destination":
        assert row.has_school_number
        assert row.destination_starts_on is not None
        assert row.destination_starts_on <= row.day
    else:
        assert row.born is not None
        assert not age.is_compulsory(row.born, on=row.day)


@given(ROWS)
def test_every_row_has_its_reasons_and_a_case_has_a_reason_code(row: Leaver):
    found = meaning(row)
    assert found.kind in KINDS
    assert found.because.endswith(".")
    assert found.clause
    assert (found.case_reason in CASE_REASONS) is found.opens_case


@given(ROWS)
def test_the_letter_alone_never_settles_a_row(row: Leaver):
    bare = replace(row, ground_letter="")
    found, without = meaning(row), meaning(bare)
    if not row.lettering and not (row.left_on and row.left_on < date(2024, 8, 19)):
        settled = not (found.opens_case or found.needs_person)
        if settled and found.kind == "confirmed_destination":
            assert without.kind in {"confirmed_destination", "named_destination"}
        elif settled:
            assert without.kind == found.kind


@given(ROWS)
def test_both_readings_of_a_letter_are_kept(row: Leaver):
    found = meaning(row)
    is_old = row.left_on is not None and row.left_on < date(2024, 8, 19)
    expected = 0 if row.ground_letter in ("", "Z") else (1 if is_old or row.lettering else 2)
    assert len(found.ground_readings) == expected


@given(ROWS)
def test_a_child_said_to_be_missing_is_on_the_register_if_of_school_age(row: Leaver):
    found = meaning(replace(row, leaving_reason="MI", born=None))
    assert found.opens_case or found.kind == "perhaps_died"


@pytest.mark.parametrize(
    ("changes", "kind", "opens_case", "needs_person"),
    [
        # The school says it does not know.
        ({"leaving_reason": "MI"}, "unknown", True, False),
        ({"leaving_reason": "MI", **STARTED}, "unknown", True, True),
        ({"leaving_reason": "UK"}, "unknown", True, False),
        ({"leaving_reason": "UK", **LOST}, "unknown", True, False),
        ({"leaving_reason": "UK", "ground_letter": "K"}, "unknown", True, True),
        ({}, "unknown", True, False),
        (LOST, "unknown", True, False),
        ({"leaving_reason": "OR"}, "unknown", True, False),
        ({"leaving_reason": "ZZ"}, "unknown", True, False),
        ({"leaving_reason": "IM"}, "unknown", True, False),
        ({"leaving_reason": "IM", "destination_name": "not known"}, "unknown", True, False),
        ({"destination_la": "MMM", "destination_estab": "MMMM"}, "unknown", True, False),
        ({"destination_la": "310", "destination_estab": "LLLL"}, "unknown", True, False),
        ({"destination_la": "999", "destination_estab": "2001"}, "unknown", True, False),
        # A child of school age cannot have left for work.
        ({"leaving_reason": "NE"}, "unknown", True, True),
        # Both letterings of H, and of no other letter, say nobody could find the child.
        ({"ground_letter": "H"}, "no_answer", True, False),
        ({"ground_letter": "H", "leaving_reason": "UK"}, "no_answer", True, False),
        ({"ground_letter": "H", "leaving_reason": "IM"}, "no_answer", True, True),
        ({"ground_letter": "I"}, "unknown", True, True),
        ({"ground_letter": "F"}, "unknown", True, True),
        ({"ground_letter": "I", "lettering": "2024"}, "no_answer", True, False),
        ({"ground_letter": "F", **THEN}, "no_answer", True, False),
        # Home education, also with the X's that one vendor tells schools to use (files 11.5).
        ({"leaving_reason": "EL"}, "home_education", False, True),
        ({"leaving_reason": "EL", **LOST}, "home_education", False, True),
        ({"leaving_reason": "EL", "ground_letter": "F"}, "home_education", False, True),
        ({"leaving_reason": "EL", "ground_letter": "H"}, "home_education", False, True),
        ({"ground_letter": "D", **THEN}, "home_education", False, True),
        ({"ground_letter": "D"}, "unknown", True, True),
        # Permanent exclusion leaves a child without a school.
        ({"leaving_reason": "PE"}, "excluded", True, False),
        ({"leaving_reason": "PE", **SCHOOL}, "excluded", False, True),
        ({"ground_letter": "O", "lettering": "2024"}, "excluded", True, False),
        ({"ground_letter": "O"}, "unknown", True, True),
        # Abroad: proof must be looked at; without address or school it is a case (P14).
        ({"leaving_reason": "LC"}, "moved_abroad", True, True),
        ({"leaving_reason": "LC", "forwarding_address": True}, "moved_abroad", False, True),
        ({"leaving_reason": "EM", "destination_name": "Lycée"}, "moved_abroad", False, True),
        (
            {"forwarding_country": "Poland", "forwarding_address": True},
            "moved_abroad", False, True,
        ),
        (
            {"leaving_reason": "UK", "forwarding_country": "Poland", "forwarding_address": True},
            "moved_abroad", True, True,
        ),
        ({"forwarding_country": "Scotland", "forwarding_address": True}, "unknown", True, False),
        # Another school: confirmed only when number, day and reason agree.
        ({"leaving_reason": "IM", **STARTED}, "confirmed_destination", False, False),
        ({"ground_letter": "B", **THEN, **STARTED}, "confirmed_destination", False, False),
        ({"leaving_reason": "IM", "ground_letter": "A", **STARTED},
         "confirmed_destination", False, False),
        ({"ground_letter": "A", **STARTED}, "named_destination", False, True),
        ({"leaving_reason": "IM", "ground_letter": "H", **STARTED},
         "named_destination", False, True),
        ({"leaving_reason": "IM", **SCHOOL}, "named_destination", False, True),
        ({"leaving_reason": "UK", **STARTED}, "named_destination", False, True),
        (STARTED, "named_destination", False, True),
        ({"leaving_reason": "II", "destination_name": "St Ann's Prep"},
         "named_destination", False, True),
        ({"leaving_reason": "IM", **SCHOOL, "destination_starts_on": date(2027, 1, 4)},
         "named_destination", False, True),
        # The end of a phase is only believed in summer.
        ({"leaving_reason": "PM", "left_on": date(2026, 7, 17)}, "end_of_phase", False, True),
        ({"leaving_reason": "PM"}, "unknown", True, False),
        ({"leaving_reason": "PM", "left_on": None}, "unknown", True, False),
        # Detained: only where the letter has one meaning.
        ({"ground_letter": "J", "lettering": "2024"}, "detained", False, True),
        ({"ground_letter": "I", **THEN}, "detained", False, True),
        # Died: never on a letter with two meanings, and nobody rings the family first.
        ({"leaving_reason": "DD"}, "died", False, True),
        ({"leaving_reason": "DD", "ground_letter": "K"}, "died", False, True),
        ({"ground_letter": "J", **THEN}, "died", False, True),
        ({"ground_letter": "J"}, "perhaps_died", False, True),
        ({"ground_letter": "K"}, "perhaps_died", False, True),
        ({"leaving_reason": "DD", "ground_letter": "H"}, "perhaps_died", False, True),
        ({"leaving_reason": "DD", **STARTED}, "perhaps_died", False, True),
        ({"leaving_reason": "MI", "ground_letter": "K"}, "unknown", True, True),
        # Age.
        ({"born": date(2009, 3, 1), "year_group": ""}, "over_age", False, False),
        ({"born": date(2009, 3, 1), "year_group": "", "leaving_reason": "MI"},
         "over_age", False, True),
        ({"born": date(2010, 3, 1), "year_group": "11", "left_on": date(2026, 6, 1)},
         "over_age", False, True),
        ({"born": date(2009, 3, 1), "year_group": "", "left_on": None}, "over_age", False, True),
        ({"born": date(2022, 3, 1), "year_group": "N2"}, "below_age", False, True),
        ({"born": date(2022, 3, 1), "year_group": "N2", **SCHOOL}, "below_age", False, False),
        ({"born": date(2022, 3, 1), "year_group": "N2", "leaving_reason": "UK", **SCHOOL},
         "below_age", False, True),
        ({"born": None, "leaving_reason": "NE"}, "unknown", True, True),
        # A date of birth that does not fit is doubted before it is believed.
        ({"born": date(2009, 3, 1), "year_group": "7"}, "unknown", True, True),
        ({"born": date(2026, 3, 1)}, "unknown", True, True),
        ({"born": date(1990, 3, 1), "year_group": ""}, "unknown", True, True),
        # Still to come.
        ({"left_on": date(2026, 12, 18)}, "unknown", True, True),
    ],
)  # fmt: skip
def test_what_a_row_means(changes: dict[str, Any], kind: str, opens_case: bool, needs_person: bool):
    found = meaning(replace(ROW, **changes))
    assert (found.kind, found.opens_case, found.needs_person) == (kind, opens_case, needs_person)


@pytest.mark.parametrize(
    "name",
    [
        "", "  ", "-", "?", "Unknown", "UNKNOWN SCHOOL", "not known", "N/K", "n/a", "TBC", "None",
        "Other", "No school", "Moved", "moved abroad", "home educated", "EHE", "to be confirmed",
        "School", "XXXX", "awaiting place", "no destination given",
    ],
)  # fmt: skip
def test_words_for_not_knowing_are_no_school(name: str):
    assert not replace(ROW, destination_name=name).has_school_name


@pytest.mark.parametrize(
    "name", ["Brent High School", "No 1 School", "St Ann's", "Nottingham Girls", "Leftwich"]
)
def test_a_name_is_a_school(name: str):
    assert replace(ROW, destination_name=name).has_school_name


def test_a_letter_reads_by_the_law_of_the_day_the_pupil_left():
    (old,) = leaving_codes.readings(" d ", left_on=date(2024, 8, 18))
    assert (old.regulation, old.claim) == ("Regs 2006 reg 8(1)(d)", "home")
    new, other = leaving_codes.readings("D", left_on=date(2024, 8, 19))
    assert new.regulation == "Regs 2024 reg 9(1)(d)"
    assert other.regulation == "Regs 2006 reg 8(1)(d)"
    assert len(leaving_codes.readings("D", left_on=None)) == 2
    (known,) = leaving_codes.readings("D", left_on=None, lettering="2024")
    assert known.claim == "order"
    assert leaving_codes.readings("?", left_on=None) == ()


def test_the_reasons_are_those_of_the_code_set():
    now = [code for code, reason in LEAVING_REASONS.items() if not reason.is_historic]
    assert " ".join(now) == "PM PI PF IM II IF NH NT NE NU AT EL PE LC DD OR MI UK"
    assert len(LEAVING_REASONS) == 34
