"""What a compared list shows: each kind says what obliges us, and what may be done about it."""

import pytest

from onroll.rules.findings import FINDINGS, OF_NOBODY, FindingKind
from onroll.rules.reasons import CASE_REASONS


@pytest.mark.parametrize("kind", FindingKind)
def test_each_kind_has_a_clause_and_a_reason_for_a_case(kind: FindingKind):
    assert "policy p." in FINDINGS[kind].clause
    assert FINDINGS[kind].reason in CASE_REASONS


def test_a_child_on_two_rolls_has_somebody_and_all_others_nobody():
    assert set(FindingKind) - set(OF_NOBODY) == {FindingKind.ON_TWO}


def test_a_stay_ends_where_the_school_itself_does_not_have_the_child():
    ends = {kind for kind in FindingKind if FINDINGS[kind].ends_stay}
    assert ends == {FindingKind.VANISHED, FindingKind.NEVER_ARRIVED}
