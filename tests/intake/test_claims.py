"""What an officer answers to a school's claim, and what follows (P14, P44, P53)."""

from datetime import date

import pytest

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.cases.queries import nowhere_known
from onroll.cases.words import describe_alert
from onroll.children.models import Place
from onroll.intake import actions
from onroll.intake.models import Row
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from tests.intake.world import (
    AT,
    LEFT_ON,
    TODAY,
    going_to,
    joins,
    leaves,
    places,
    sam,
    school,
    schools,
)
from tests.journeys.visitor import Visitor
from tests.proof import as_form, confirmed
from tests.reading import Page

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 15)
ABROAD = (
    "<Address><AddressLines><AddressLine1>1 Invented Street</AddressLine1></AddressLines>"
    "<Country>Ireland</Country><AddressStartDate>2026-11-15</AddressStartDate></Address>"
)


@pytest.fixture(autouse=True)
def _schools() -> None:
    schools()


def answer(row: Row, by, *, is_as_said: bool, why: str = "Rang the family.", **more) -> Row:
    stated = confirmed(row.effect, on=TODAY, **more) if is_as_said else None
    return actions.confirm_row(row=row, is_as_said=is_as_said, facts=stated, why=why, by=by, at=AT)


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
    row = answer(leaves(reason="LC", extra=ABROAD), people.olive, is_as_said=False)
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
    assert sam().died_on == TODAY  # the day that was stated
    assert not Case.objects.exists()


def test_a_death_that_is_not_so_becomes_a_case(people) -> None:
    answer(leaves(reason="", ground="K"), people.olive, is_as_said=False)
    assert sam().died_on is None
    assert Case.objects.get().reason == "unknown_destination"


def test_a_claim_is_answered_once(people) -> None:
    row = answer(leaves(reason="EL"), people.olive, is_as_said=True)
    with pytest.raises(Refused, match="already answered"):
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
    case = open_case(row)
    answer(row, people.olive, is_as_said=True)
    case.refresh_from_db()
    assert (case.stage, case.alerts.get(settled_at=None).kind) == ("located", "located")


def open_case(row: Row) -> Case:
    """Open a case for Sam, of whom the record of a file spoke."""
    report = cases.Report(
        reason="referral",
        because="A neighbour asked.",
        clause="policy p.8",
        source=row.transfer.source,
        missing_since_on=LEFT_ON,
    )
    return cases.open_case(child=sam(), report=report, on=TODAY, at=AT)[0]


def alerts(case: Case) -> list[str]:
    return [describe_alert(alert) for alert in case.alerts.filter(settled_at=None)]


def page(client, case: Case) -> str:
    return Page(client.get(f"/cases/{case.ref}/").content).text


def test_a_school_of_ours_confirmed_by_telephone_is_said_on_the_case_until_its_file_comes(
    people, client
) -> None:
    """P42: the child is still missing; the case says who confirmed what, and what is to come."""
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    case = open_case(row)
    answer(row, people.olive, is_as_said=True, confirmed_by="Mrs Khan, office")
    case.refresh_from_db()
    assert case.stage == "reported"
    (words,) = alerts(case)
    assert words.startswith("Mrs Khan, office confirmed on 23 November 2026 that Mill Lane School")
    assert "Ask the school for its joiner’s file" in words
    client.force_login(people.olive)
    assert words[:60] in page(client, case)
    told = case.steps.filter(what__startswith="A school’s claim is confirmed").get()
    assert (told.why, told.by) == ("Rang the family.", people.olive)
    joins(entry_on=TODAY)
    assert [alert.kind for alert in case.alerts.filter(settled_at=None)] == ["located"]


def test_a_move_abroad_is_confirmed_by_what_closing_as_abroad_asks(people) -> None:
    """A ticket proves no school: with *confirmed* nobody looks for the child any more (P14)."""
    row = leaves(reason="LC", extra=ABROAD)
    case = open_case(row)
    with pytest.raises(cases.FactsRefused) as refusal:
        actions.confirm_row(
            row=row,
            is_as_said=True,
            facts={"confirmed_by": "x", "confirmed_how": "document", "confirmed_on": TODAY},
            why="A ticket.",
            by=people.olive,
            at=AT,
        )
    assert set(refusal.value.errors) >= {"country", "address", "provider", "starts_on"}
    answer(row, people.olive, is_as_said=True, confirmed_on=TODAY)
    place = Place.objects.get(kind="abroad")
    assert (place.is_confirmed, place.provision) == (True, "A school in Madrid, Spain")
    assert place.confirmed_from.said_by == "Mrs Office, the office"
    assert "Close the case as living abroad" in alerts(case)[0]


def test_a_confirmed_place_abroad_is_drawn(people, client) -> None:
    row = leaves(reason="LC", extra=ABROAD)
    client.force_login(people.olive)
    assert "Abroad, or with another authority" not in page_of(client)
    answer(row, people.olive, is_as_said=True)
    assert "Abroad, or with another authority" in page_of(client)


def page_of(client) -> str:
    return Page(client.get(f"/children/{sam().ref}/").content).text


def test_a_claim_about_no_place_is_told_to_the_case_as_well(people) -> None:
    row = leaves(left_on=date(2026, 12, 4), reason="UK")
    case = open_case(row)
    answer(row, people.olive, is_as_said=True)
    (words,) = alerts(case)
    assert words == (
        "Mrs Office, the office confirmed: somebody is seeing to it. It does not say where the "
        "child is now: go on with the enquiries."
    )


def test_where_a_child_goes_after_a_phase_is_a_school_and_a_first_day(people) -> None:
    row = leaves(reason="UK")
    Row.objects.filter(pk=row.pk).update(effect="end_of_phase", is_to_confirm=True)
    row.refresh_from_db()
    starts_on = date(2027, 1, 5)
    mill_lane = School.objects.get(establishment="2002")
    answer(row, people.olive, is_as_said=True, school=mill_lane, starts_on=starts_on)
    place = Place.objects.get(kind="named")
    assert (place.school, place.from_on, place.is_confirmed) == (mill_lane, starts_on, True)


@pytest.mark.parametrize(
    ("stated", "fact", "words"),
    [
        ({"starts_on": date(2099, 1, 1)}, "starts_on", "more than a year ahead"),
        ({"starts_on": date(2020, 9, 1)}, "starts_on", "long before the last day at St Ann's"),
        ({"starts_on": date(2026, 12, 5)}, "starts_on", "at a weekend"),
        ({"confirmed_on": date(2020, 1, 1)}, "confirmed_on", "more than a year ago"),
    ],
)
def test_days_that_do_not_fit_confirm_nothing(people, stated, fact, words) -> None:
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    with pytest.raises(cases.FactsRefused) as refusal:
        answer(row, people.olive, is_as_said=True, **stated)
    assert words in refusal.value.errors[fact]
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_how_we_know_of_a_place_names_who_confirmed_it(people, client) -> None:
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    answer(row, people.olive, is_as_said=True, confirmed_by="Mrs Khan, office")
    client.force_login(people.olive)
    assert "Confirmed: Mrs Khan, office, 23 November 2026" in page_of(client)


def test_who_confirmed_cannot_have_done_so_tomorrow(people) -> None:
    row = leaves(reason="EL")
    with pytest.raises(cases.FactsRefused) as refusal:
        answer(row, people.olive, is_as_said=True, confirmed_on=date(2026, 11, 24))
    assert set(refusal.value.errors) == {"confirmed_on"}
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_a_claim_is_not_confirmed_by_what_cannot_be_so(people) -> None:
    """The days and words of a confirmation are compared as those of a closing are."""
    row = leaves(reason="EL")
    with pytest.raises(cases.FactsRefused) as refusal:
        answer(row, people.olive, is_as_said=True, starts_on=date(1999, 9, 1), confirmed_by="?")
    assert "before the child was born" in refusal.value.errors["starts_on"]
    assert set(refusal.value.errors) == {"starts_on", "confirmed_by"}


def test_the_page_asks_for_facts_keeps_what_was_typed_and_says_where_it_went(people) -> None:
    row = leaves(reason="IM", later=going_to("3102002", "Mill Lane"))
    case = open_case(row)
    olive = Visitor(people.olive).open(f"/review/{row.transfer.ref}/1/claim/")
    olive.see(f"This child has an open case, {case.ref}")
    olive.send("Save this answer", answer="case", why="x").see("“x” tells nobody anything")
    stated = {"answer": "as_said", "why": "She attends since Monday."}
    olive.send("Save this answer", **stated)
    olive.see("Enter an answer to “Who there confirmed it?”", "She attends since Monday.")
    stated |= as_form(confirmed(row.effect, on=TODAY))
    olive.send("Save this answer", **stated)
    olive.see("The open case of the child says so now.")
    olive.open(f"/review/{row.transfer.ref}/1/claim/").see("This claim is answered.", "Mrs Office")
