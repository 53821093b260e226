"""Two records before they are joined, parted or told apart: locked, and seen to be in reach."""

from collections.abc import Iterable, Sequence

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries import protected
from onroll.children.models import Child
from onroll.children.queries import not_same_answers, protected_of
from onroll.rules.refusal import Refused


def require(by: User, permission: Permission) -> None:
    """Refuse who may not do this (access matrix, row 32)."""
    if not access.may(by, permission):
        raise Refused("This is for a children missing education officer or their manager.")


def locked(*both: Child) -> list[Child]:
    """Lock two children in one order, so that two who need the same never wait for each other."""
    found = Child.objects.select_for_update().filter(pk__in=[child.pk for child in both])
    by_number = {child.pk: child for child in found.order_by("pk")}
    return [by_number[child.pk] for child in both]


def refuse_gone(one: Child, other: Child) -> None:
    """Refuse one record twice, and a record that was merged into another."""
    if one.pk == other.pk:
        raise Refused("That is one record. Choose another.")
    if one.merged_into_id is not None or other.merged_into_id is not None:
        raise Refused("One of these records has been merged into another already. Look again.")


def refuse_hidden(both: Iterable[Child], by: User) -> None:
    """Refuse a protected record to who does not work on a case of it (matrix row 8)."""
    for child in both:
        if not protected.may_touch(by, [child]):
            raise Refused(
                "One of these records is protected. Only someone who works on its case may do this."
            )


def refuse_pair(one: Child, other: Child, by: User) -> None:
    """Refuse two records that may not become one: out of reach, gone, told apart, or revealing."""
    refuse_gone(one, other)
    refuse_hidden((one, other), by)
    if said := not_same_answers(one).get(other.pk):
        raise Refused(f"{said.by.name} found that these are two children: {said.why}")
    _refuse_newcomers(one, other)


def _refuse_newcomers(one: Child, other: Child) -> None:
    """Refuse a merge by which a team would come to see a protected address that is not for it.

    Somebody who works with the protected child lets them in first: a merge does not.
    """
    for hidden, plain in ((one, other), (other, one)):
        if not protected_of([hidden.pk]):
            continue
        if people := protected.who_would_see(hidden, through=plain):
            raise Refused(_would_see(people))


def _would_see(people: Sequence[User]) -> str:
    names = ", ".join(person.name for person in people)
    return (
        "One of these records has a protected address, and these people work on a case of the "
        f"other only: {names}. Put them on the team of the protected child’s case first, if they "
        "may see it."
    )
