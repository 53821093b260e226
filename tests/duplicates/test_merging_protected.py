"""A merge never reveals a protected child to those who may not see one (access matrix, row 8).

law.md: refuge, adoption, witness protection. trust.md threat 1: a safe address reaches the other
parent. matching.md 6.5: such records are not joined again by a machine.
"""

from datetime import timedelta
from typing import Any

import pytest

from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.cases.queries import get_case, home_of
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Address, Child, Merge, NotSame, SourceKind
from onroll.duplicates import actions, queries
from onroll.rules.refusal import Refused
from tests.cases import world as worlds
from tests.cases.world import AT, TODAY, World
from tests.duplicates.pairs import LATER, WHY, merge, undo
from tests.journeys.visitor import Visitor

SECRET = AddressFacts(lines=("7 Hidden Yard",), postcode="HA7 7ZZ")
TOGETHER = ("olive", "max")


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def hidden(world: World, people: Any, team: tuple[str, ...] = TOGETHER, **said: Any) -> Case:
    """Return the case of a protected child on which these people work."""
    child = world.child("Rowan", is_protected=True, addresses=[SECRET], **said)
    case = world.case(child, owner=getattr(people, team[0]))
    for name in team[1:]:
        cases.add_member(case=case, user=getattr(people, name), by=people.olive, at=AT)
    return case


def plain(world: World, people: Any, *team: str) -> Child:
    """Return a child whom nobody hides, with these people on the case if there are any."""
    child = world.child("Rowan")
    for name in team:
        case = (
            world.case(child, owner=people.max) if not child.cases.exists() else child.cases.get()
        )
        cases.add_member(case=case, user=getattr(people, name), by=people.max, at=AT)
    return child


def test_a_team_of_the_other_record_is_not_let_in_by_a_merge(world: World, people: Any) -> None:
    secret = hidden(world, people)
    child = plain(world, people, "mo")
    for kept, merged in ((child, secret.child), (secret.child, child)):
        with pytest.raises(Refused, match="Mo Malik"):
            actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.olive, at=AT)
    cases.add_member(case=secret, user=people.mo, by=people.olive, at=AT)
    merge(child, secret.child, people)
    [shown] = (get_case(people.mo, case.ref, on=TODAY) for case in child.cases.open())
    assert home_of(shown.child, shown, user=people.mo).addresses == ()


def test_who_joined_a_team_after_the_proposal_is_not_let_in_either(
    world: World, people: Any
) -> None:
    secret, child = hidden(world, people), plain(world, people)
    made = actions.propose_merge(target=child, merged=secret.child, why=WHY, by=people.olive, at=AT)
    world.case(child, owner=people.mo)
    with pytest.raises(Refused, match="Mo Malik"):
        actions.agree_merge(merge=made, by=people.max, at=AT)


def test_a_protected_address_alone_asks_for_the_same(world: World, people: Any) -> None:
    child, other = plain(world, people, "mo"), world.child("Rowan", addresses=[SECRET])
    other.addresses.update(is_protected=True)
    world.case(other, owner=people.olive)
    with pytest.raises(Refused, match="Mo Malik"):
        actions.propose_merge(target=child, merged=other, why=WHY, by=people.olive, at=AT)


def test_a_protected_address_s_postcode_speaks_neither_for_nor_against(
    world: World, people: Any
) -> None:
    """Else whoever knows one record could try postcodes against the other.

    Neither in words nor by the answer: with the postcode it would be *same*, without it is not.
    """
    one = world.child("Rowan", addresses=[SECRET])
    other = world.child("Rowan", addresses=[SECRET])
    page = f"/review/merges/of/{one.ref}/"
    Visitor(people.olive).open(page).see("A postcode in common")
    Visitor(people.olive).open(f"{page}and/{other.ref}/").see(
        "speaks for one child", "Home and family"
    )
    for address in (one.addresses.get(), other.addresses.get()):
        Address.objects.filter(pk=address.pk).update(is_protected=True)
        assert "ostcode" not in Visitor(people.olive).open(page).text
        Visitor(people.olive).open(f"{page}and/{other.ref}/").see("a person must look")
        shown = Visitor(people.olive).open(f"{page}and/{other.ref}/").text
        assert "HA7" not in shown
        assert "Home and family" not in shown
        Address.objects.update(is_protected=False)


def test_what_was_said_of_a_protected_pair_is_on_no_list_of_others(
    world: World, people: Any
) -> None:
    secret, child = hidden(world, people, team=("olive", "mo")), plain(world, people)
    actions.propose_merge(
        target=child, merged=secret.child, why="A refuge.", by=people.olive, at=AT
    )
    third = world.child("Rowan")
    actions.tell_apart(first=secret.child, second=third, why="A refuge.", by=people.olive, at=AT)
    for address in ("/review/merges/", "/review/merges/?list=apart"):
        assert "refuge" in Visitor(people.olive).open(address).text
        assert "refuge" not in Visitor(people.max).open(address).text
    Visitor(people.olive).open("/review/").see("(1 waiting for a second person)")
    Visitor(people.max).open("/review/").see("(0 waiting for a second person)")
    for pk, page in ((Merge.objects.get().pk, ""), (NotSame.objects.get().pk, "apart/")):
        assert Visitor(people.max).open(f"/review/merges/{page}{pk}/").status == 404


def test_a_merged_record_hides_what_it_leads_to(world: World, people: Any) -> None:
    """The old reference and the list of merges tell no more than the protected record would."""
    secret, child = hidden(world, people), plain(world, people)
    done = merge(secret.child, child, people)
    ada = people.max
    cases.add_member(case=secret, user=people.cat, by=people.olive, at=AT)
    secret.members.filter(user=ada).delete()
    assert queries.merges(ada).count() == 0
    assert queries.merges(people.olive).get() == done
    for address in (f"/review/merges/{done.pk}/", f"/review/merges/of/{child.ref}/"):
        assert Visitor(ada).open(address).status == 404


def test_told_apart_or_withdrawn_only_by_who_works_on_the_case(world: World, people: Any) -> None:
    secret, child = hidden(world, people, team=("olive", "mo")), plain(world, people)
    said = {"first": secret.child, "second": child, "why": "Twins.", "at": AT}
    with pytest.raises(Refused, match="protected"):
        actions.tell_apart(**said, by=people.max)
    apart = actions.tell_apart(**said, by=people.olive)
    with pytest.raises(Refused, match="protected"):
        actions.withdraw_not_same(answer=apart, why="One.", by=people.max, at=LATER)
    with pytest.raises(Refused, match="protected"):
        actions.propose_merge(target=secret.child, merged=child, why=WHY, by=people.max, at=AT)


def protected_again(*both: Child) -> list[bool]:
    return list(
        Child.objects.filter(pk__in=[c.pk for c in both])
        .order_by("pk")
        .values_list("is_protected", flat=True)
    )


def test_undone_each_record_is_as_protected_as_it_was(world: World, people: Any) -> None:
    secret, child = hidden(world, people), plain(world, people)
    undo(merge(child, secret.child, people), people)
    assert protected_again(secret.child, child) == [True, False]


def test_a_home_told_of_while_both_were_protected_stays_hidden(world: World, people: Any) -> None:
    """It may be either child's: the undoing cannot know whose."""
    secret, child = hidden(world, people), plain(world, people)
    done = merge(child, secret.child, people)
    source = children.add_source(
        kind=SourceKind.OFFICER,
        said_by="Olive",
        said_on=TODAY,
        at=AT + timedelta(minutes=5),
        by=people.olive,
    )
    home = AddressFacts(lines=("8 Other Yard",), postcode="HA8 8ZZ")
    children.add_facts(child=child, facts=ChildFacts(addresses=(home,)), source=source)
    undo(done, people)
    assert protected_again(secret.child, child) == [True, True]


def test_a_child_protected_while_merged_is_protected_in_both_records_afterwards(
    world: World, people: Any
) -> None:
    kept, merged = plain(world, people, "olive", "max"), world.child("Rowan")
    done = merge(kept, merged, people)
    children.protect(child=kept, is_protected=True)
    undo(done, people)
    assert protected_again(kept, merged) == [True, True]
