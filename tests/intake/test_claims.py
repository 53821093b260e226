"""What an officer answers to a school's claim, and what follows (P14, P44, P53)."""

from datetime import date

import pytest

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.cases.queries import nowhere_known
from onroll.children.models import Place
from onroll.intake import actions
from onroll.intake.models import Row
from onroll.rules.policy import HARROW
from onroll.schools.queries import calendar_for
from tests.intake.world import AT, LEFT_ON, TODAY, going_to, leaves, places, sam, school, schools

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 15)


@pytest.fixture(autouse=True)
def _schools() -> None:
    schools()


def answer(row: Row, by, *, is_as_said: bool, why: str = "Rang the family.") -> Row:
    return actions.confirm_row(row=row, is_as_said=is_as_said, why=why, by=by, at=AT)


def test_home_education_confirmed_is_a_confirmed_place(people) -> None:
    answer(leaves(reason="EL"), people.olive, is_as_said=True)
    assert Place.objects.get(kind="home_education").is_confirmed
    assert not Case.objects.exists()


def test_home_education_that_is_not_so_ends_and_becomes_a_case(people) -> None:
    row = answer(leaves(reason="EL"), people.olive, is_as_said=False, why="No letter was written.")
    case = Case.objects.get()
    assert (row.case, case.missing_since_on) == (case, date(2026, 11, 14))
    assert Place.objects.get(kind="home_education").to_on is not None
    assert places(on=LATER) == []
    assert "No letter was written." in case.reasons.get().because


def test_a_move_abroad_that_nobody_can_confirm_is_a_case_for_that_reason(people) -> None:
    abroad = (
        "<Address><AddressLines><AddressLine1>1 Invented Street</AddressLine1></AddressLines>"
        "<Country>Ireland</Country><AddressStartDate>2026-11-15</AddressStartDate></Address>"
    )
    row = answer(leaves(reason="LC", extra=abroad), people.olive, is_as_said=False)
    assert row.case is not None
    assert row.case.reason == "moved_abroad"


def test_a_confirmed_school_that_sends_us_no_files_has_the_child_from_then_on(people) -> None:
    """A school of another authority never sends its joiners here: the officer's word counts."""
    school("3072001", "Ealing School", is_reporting=False)
    row = leaves(reason="IM", later=going_to("3072001", "Ealing School"))
    answer(row, people.olive, is_as_said=True)
    assert places() == ["Ealing School"]
    assert not nowhere_known(on=LATER).exists()


def test_a_confirmed_school_of_ours_must_still_say_itself_that_the_child_came(people) -> None:
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    answer(row, people.olive, is_as_said=True)
    assert Place.objects.get(kind="named").is_confirmed
    assert list(nowhere_known(on=LATER)) == [sam()]


def test_a_school_known_only_by_name_counts_once_an_officer_confirms_it(people) -> None:
    row = leaves(reason="II", later=going_to(name="Hill House", on=date(2026, 11, 16)))
    assert row.effect == "named_destination"
    answer(row, people.olive, is_as_said=True)
    assert places() == ["Hill House"]


def test_a_death_is_on_record_only_once_a_person_has_confirmed_it(people) -> None:
    row = leaves(reason="DD")
    assert sam().died_on is None
    answer(row, people.olive, is_as_said=True)
    assert sam().died_on == LEFT_ON
    assert not Case.objects.exists()


def test_a_death_that_is_not_so_becomes_a_case(people) -> None:
    answer(leaves(reason="", ground="K"), people.olive, is_as_said=False)
    assert sam().died_on is None
    assert Case.objects.get().reason == "unknown_destination"


def test_a_claim_is_answered_once(people) -> None:
    row = answer(leaves(reason="EL"), people.olive, is_as_said=True)
    with pytest.raises(actions.DecisionRefused, match="already answered"):
        answer(row, people.max, is_as_said=False)
    assert not Case.objects.exists()


def test_a_claim_answered_once_is_not_asked_again_by_the_next_file(people) -> None:
    answer(leaves(reason="EL"), people.olive, is_as_said=True)
    again = leaves(reason="EL", made=date(2026, 11, 20))
    assert (again.effect, again.is_to_confirm) == ("place_ended", False)
    assert "already at Home education" in again.effect_words


def test_a_death_confirmed_once_is_not_asked_about_again(people) -> None:
    answer(leaves(reason="DD"), people.olive, is_as_said=True)
    again = leaves(reason="DD", made=date(2026, 11, 20))
    assert (again.effect, again.is_to_confirm) == ("died", False)
    assert "Answered by Olive Obi." in again.effect_words


def test_a_doubted_future_leaver_is_a_case_from_today(people) -> None:
    row = leaves(left_on=date(2026, 12, 4), reason="UK")
    answer(row, people.olive, is_as_said=False)
    assert Case.objects.get().missing_since_on == TODAY


def test_a_confirmation_reaches_the_open_case_at_once(people) -> None:
    """Confirmed for the past, the child is found; for a day to come, it is a plan with a clock."""
    school("3072001", "Ealing School", is_reporting=False)
    row = leaves(reason="IM", later=going_to("3072001", "Ealing School"))
    case = cases.open_case(
        child=sam(),
        reason="referral",
        because="A neighbour asked.",
        clause="policy p.8",
        source=row.transfer.source,
        missing_since_on=LEFT_ON,
        on=TODAY,
        at=AT,
        calendar=calendar_for(None),
        policy=HARROW,
    )[0]
    answer(row, people.olive, is_as_said=True)
    case.refresh_from_db()
    assert (case.stage, case.alerts.get(settled_at=None).kind) == ("located", "located")
