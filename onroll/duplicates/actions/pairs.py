"""Checks before two records are merged, separated or recorded as two children."""

from collections.abc import Iterable, Sequence

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries import protected
from onroll.children.models import Child
from onroll.children.queries import not_same_answers, protected_of
from onroll.rules.refusal import Refused


def require(by: User, permission: Permission) -> None:
    """Refuse users without this permission (access matrix, row 32)."""
    if not access.may(by, permission):
        raise Refused("This is for a children missing education officer or their manager.")


def locked(*both: Child) -> list[Child]:
    """Lock two children, always by rising id so that two transactions cannot deadlock."""
    children = Child.objects.select_for_update().filter(pk__in=[child.pk for child in both])
    by_number = {child.pk: child for child in children.order_by("pk")}
    return [by_number[child.pk] for child in both]


def refuse_gone(first: Child, second: Child) -> None:
    """Refuse one record twice, or a record that was merged into another."""
    if first.pk == second.pk:
        raise Refused("That is one record. Choose another.")
    if first.merged_into_id is not None or second.merged_into_id is not None:
        raise Refused("One of these records has been merged into another already. Look again.")


def refuse_hidden(both: Iterable[Child], by: User) -> None:
    """Refuse a protected record to users who do not work on a case of it (matrix row 8)."""
    for child in both:
        if not protected.may_touch(by, [child]):
            raise Refused(
                "One of these records is protected. Only someone who works on its case may do this."
            )


def refuse_pair(first: Child, second: Child, by: User) -> None:
    """Refuse a pair that may not be merged: out of reach, merged, two children, or revealing."""
    refuse_gone(first, second)
    refuse_hidden((first, second), by)
    if answer := not_same_answers(first).get(second.pk):
        raise Refused(f"{answer.by.name} found that these are two children: {answer.why}")
    _refuse_newcomers(first, second)


def _refuse_newcomers(first: Child, second: Child) -> None:
    """Refuse a merge that would show a protected address to people who may not see it.

    Someone who works on the protected child's case must add them first.
    """
    for hidden, plain in ((first, second), (second, first)):
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
