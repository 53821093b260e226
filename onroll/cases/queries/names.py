"""How a child is called to a person: the one definition, for every page, paper and list."""

from collections.abc import Iterable, Mapping

from onroll.accounts.access import is_masked
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.words import initials
from onroll.children.models import Child

_ROWS = (Permission.CASE_LIST, Permission.CASE_VIEW)


def is_name_hidden(user: User) -> bool:
    """Say whether a person knows children on the register by their initials alone: where the list
    of cases or a case is masked for them (access matrix, rows 5 and 6)."""
    return any(is_masked(user, row) for row in _ROWS)


def name_of(child: Child, user: User) -> str:
    """Return how a child whom a person may see is called to them: by name, or initials."""
    return initials(child) if is_name_hidden(user) else child.name


def names_of(cases: Iterable[Case], user: User) -> Mapping[int, str]:
    """Return how the child of each case is called to a person, by the case."""
    return {case.pk: name_of(case.child, user) for case in cases}
