"""What must be known where a worry needs no referral (P14)."""

from datetime import date

from onroll.rules.circumstances import CIRCUMSTANCES
from onroll.rules.front_door import DOORS, Asker
from onroll.rules.start_records import ENDS, PROOFS, TITLES, Kind, last_day_to_come, missing


def test_each_of_the_four_asks_for_what_makes_it_true() -> None:
    """P14: policy p.8."""
    four = {code for code, row in CIRCUMSTANCES.items() if not row.is_taken}
    assert {kind.value for kind in Kind} == {*four, "call"}
    assert set(PROOFS) == set(TITLES) == set(Kind)
    words = " ".join(proof.words for proofs in PROOFS.values() for proof in proofs)
    for asked in ("Which school", "First day", "admissions team", "own officer", "seen", "Where"):
        assert asked in words


def test_each_end_that_is_written_down_is_a_question_of_schools() -> None:
    assert set(ENDS) <= set(DOORS[Asker.SCHOOL])


def test_what_is_left_empty_is_missing() -> None:
    """P14: policy p.8."""
    proofs = {"place": "At home", "person": "", "seen": "2026-11-02"}
    assert [proof.code for proof in missing(Kind.POOR_ATTENDANCE, proofs)] == ["person"]
    assert missing(Kind.POOR_ATTENDANCE, proofs | {"person": "Fay"}) == ()


def test_a_day_to_come_is_taken_for_true_within_a_term() -> None:
    """The longest term has fifteen weeks, with the week between its halves."""
    on = date(2026, 9, 1)
    assert date(2026, 12, 18) <= last_day_to_come(on=on) < date(2027, 1, 4)
