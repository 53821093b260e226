"""Is this the same child? What a machine may decide, what a person settles, and what is kept."""

from datetime import date

import pytest

from onroll.cases.models import Case
from onroll.children.models import Address, Adult, Child, Name
from onroll.intake import actions, queries
from onroll.intake.models import Decision, Row
from onroll.rules.refusal import Refused
from tests import files
from tests.intake.world import (
    AT,
    OTHER_UPN,
    TODAY,
    UPN,
    enrolled,
    joins,
    leaves,
    pupil,
    sam,
    schools,
    take_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _schools() -> None:
    schools()


def settle(row: Row, child: Child | None, by, why: str = "Rang both schools.") -> Row:
    return actions.settle_row(row=row, child=child, why=why, by=by, at=AT)


def unsure_joiner(**said) -> Row:
    """A joiner with Sam's name and birthday, no number, and another postcode."""
    return joins(**({"upn": "", "postcode": "HA9 9ZZ"} | said))


def test_a_former_number_makes_the_child_known() -> None:
    enrolled()
    row = joins(upn=OTHER_UPN, extra=f"<BasicDetails><FormerUPN>{UPN}</FormerUPN></BasicDetails>")
    assert (row.answer, row.child) == ("same", sam())


def test_a_twin_is_never_taken_for_the_other() -> None:
    """What must never happen: a missing child taken for a sibling."""
    leaves(reason="UK")
    row = joins(forename="Alex", upn=OTHER_UPN)
    assert row.child != sam()
    assert Case.objects.get().stage == "reported"


def test_twins_in_one_file_are_two_children() -> None:
    twins = files.cmj(
        pupil(estab="2002", upn=""), pupil(estab="2002", upn="", forename="Alex"), made=TODAY
    )
    take_in(twins, "3102002_CMJ_310LLLL_001.xml")
    assert set(Child.objects.values_list("forename", flat=True)) == {"Sam", "Alex"}


def test_a_contradiction_is_put_to_a_person() -> None:
    """All agrees, but the two permanent numbers differ."""
    enrolled()
    row = joins(upn=OTHER_UPN)
    assert row.stage == "unsure"
    assert ["upn", "forbids", "Two different permanent pupil numbers."] in row.candidates[0][
        "reasons"
    ]


def test_settled_as_the_same_child_it_is_applied_and_the_next_file_matches_silently(people) -> None:
    leaves(reason="UK")
    row = settle(unsure_joiner(), sam(), people.olive)
    assert (row.stage, row.child, row.effect) == ("applied", sam(), "gap_closed")
    again = unsure_joiner(made=date(2026, 11, 22), entry_on=date(2026, 11, 20))
    assert (again.stage, again.child) == ("applied", sam())
    decision = Decision.objects.get()
    assert again.decision == decision
    assert (decision.verdict, decision.by, decision.why) == (
        "same",
        people.olive,
        "Rang both schools.",
    )


def test_settled_as_none_of_these_a_child_is_added_once_and_nobody_is_asked_again(people) -> None:
    leaves(reason="UK")
    row = settle(unsure_joiner(), None, people.olive)
    assert (row.stage, row.child == sam()) == ("applied", False)
    assert Case.objects.get().stage == "reported"
    again = unsure_joiner(made=date(2026, 11, 22))
    assert (again.stage, again.child) == ("applied", row.child)
    assert Child.objects.count() == 2
    assert Decision.objects.get().against == [sam().pk]


def test_an_answer_holds_for_the_same_identity_in_a_file_that_waits_already(people) -> None:
    leaves(reason="UK")
    first, second = unsure_joiner(), unsure_joiner(made=date(2026, 11, 22))
    settle(first, None, people.olive)
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.stage, second.child) == ("applied", first.child)
    assert Child.objects.count() == 2


def test_an_answer_does_not_hold_for_another_home(people) -> None:
    """Two children may share a name and a birthday: without a number, the home belongs to it."""
    leaves(reason="UK")
    settle(unsure_joiner(), sam(), people.olive)
    other = unsure_joiner(postcode="HA5 5XX", made=date(2026, 11, 22))
    assert other.stage == "unsure"


def test_a_child_added_meanwhile_is_shown_and_the_old_page_is_refused(people) -> None:
    """Two records of a new child, spelt in two ways: settling one changes the other's page."""
    leaves(reason="UK")
    first, second = unsure_joiner(), unsure_joiner(forename="Samm")
    shown = [s.child.pk for s in queries.candidates_of(second)]
    added = settle(first, None, people.olive).child
    assert added.pk in [s.child.pk for s in queries.candidates_of(second)]
    with pytest.raises(Refused, match="Look again"):
        actions.settle_row(row=second, child=None, why="x", by=people.olive, at=AT, shown=shown)
    settle(second, added, people.olive)
    assert Child.objects.count() == 2


def test_a_record_is_settled_once(people) -> None:
    leaves(reason="UK")
    row = unsure_joiner()
    settle(row, sam(), people.olive)
    with pytest.raises(Refused, match="already settled"):
        settle(row, None, people.max)
    assert Decision.objects.count() == 1


def test_a_child_who_was_not_shown_cannot_be_chosen(people) -> None:
    enrolled()
    other = joins(forename="Nobody", surname="Alike", upn="").child
    row = joins(upn=OTHER_UPN)
    with pytest.raises(Refused, match="not one of those shown"):
        settle(row, other, people.olive)


def test_nothing_known_is_overwritten_by_a_file() -> None:
    """files.md 11.1 and 11.8: capitals, other spellings, another address, a new contact."""
    contact = (
        "<Contacts><Contact><Order>1</Order><Surname>Example</Surname><Forename>{}</Forename>"
        "<Relationship>MOT</Relationship><Phones><Phone><TelephoneType>M</TelephoneType>"
        "<PhoneNo>{}</PhoneNo></Phone></Phones></Contact></Contacts>"
    )
    enrolled(extra=contact.format("Ann", "07700900001"))
    joins(
        surname="EXAMPEL",
        forename="SAM",
        postcode="HA9 9ZZ",
        sex="F",
        extra=contact.format("Ann", "07700900002"),
    )
    child = sam()
    assert (child.forename, child.surname) == ("Sam", "Example")
    assert list(Name.objects.values_list("surname", flat=True)) == ["EXAMPEL"]
    assert set(Address.objects.values_list("postcode", flat=True)) == {"HA1 2AB", "HA9 9ZZ"}
    phones = Adult.objects.order_by("pk").values_list("phones", flat=True)
    assert list(phones) == [["07700900001"], ["07700900002"]]


def test_the_same_facts_told_again_are_not_listed_twice() -> None:
    enrolled()
    before = (Address.objects.count(), Adult.objects.count(), Name.objects.count())
    joins()
    assert (Address.objects.count(), Adult.objects.count(), Name.objects.count()) == before
