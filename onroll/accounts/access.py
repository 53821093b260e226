"""What a person may do: the access matrix, for the role they act in.

Everything not plainly allowed is denied. A record out of a person's scope is not found (404); an
action that is never theirs is refused (403).
"""

from typing import Protocol

from onroll.accounts.matrix import NOTHING, Cell, Scope
from onroll.accounts.permissions import ONLY, TWO_PEOPLE, Permission
from onroll.accounts.roles import Role

NOBODY = Cell(NOTHING, Scope.NONE)

# What a cell asks for and no feature gives yet, unless `TWO_PEOPLE` says so for a permission.
DENIED = frozenset(
    {
        Scope.NONE,
        Scope.SHARED,
        Scope.BREAK_GLASS,
        Scope.SECOND_PERSON,
        Scope.PROPOSES,
        Scope.FLAG,
        Scope.SUPPRESSED,
    }
)


BY_GLASS = frozenset({Scope.ALL, Scope.ASSIGNED, Scope.JUSTIFIED, Scope.BREAK_GLASS})
READ_BY_GLASS = frozenset(
    {
        Permission.CASE_LIST,
        Permission.CASE_VIEW,
        Permission.ADDRESS_VIEW,
        Permission.NOTES_VIEW,
        Permission.REFERRER_VIEW,
        Permission.ENQUIRY_LOG_VIEW,
        Permission.DOCUMENT_OPEN,
        Permission.CASE_ACCESS_SEEN,
    }
)
"""What break-glass opens: reading, and nothing that changes a case.

A protected address is for who works on the case, and for nobody else (trust.md 4.0, level 4).
"""


class Person(Protocol):
    """A User, or the anonymous visitor, who has no role."""

    @property
    def is_authenticated(self) -> bool: ...


def cell(user: Person, permission: Permission) -> Cell:
    """Return the cell of the matrix for the acting role; an empty one for anonymous visitors."""
    role = getattr(user, "role", None)
    if not user.is_authenticated or not getattr(user, "is_active", False) or not role:
        return NOBODY
    return permission.cell(Role(role))


def is_denied(cell_: Cell, permission: Permission) -> bool:
    """Return whether a cell allows this to nobody, or needs something that is not built."""
    if permission in ONLY and cell_.scope not in ONLY[permission]:
        return True
    return cell_.scope in DENIED - TWO_PEOPLE.get(permission, frozenset())


def scope(user: Person, permission: Permission) -> Scope:
    """Return whose records the person reaches now.

    `Scope.NONE` until a reason is stated, if one is needed.
    """
    cell_ = cell(user, permission)
    if is_denied(cell_, permission) or (cell_.needs_reason and not stated_reason(user)):
        return Scope.NONE
    return cell_.scope


def may(user: Person, permission: Permission) -> bool:
    """Return whether the person may do this at all, within their scope."""
    return scope(user, permission) is not Scope.NONE


def must_state_a_reason(user: Person, permission: Permission) -> bool:
    """Return whether the person may do this only after stating a reason that is still missing."""
    cell_ = cell(user, permission)
    is_open = not is_denied(cell_, permission)
    return is_open and cell_.needs_reason and not stated_reason(user)


def is_masked(user: Person, permission: Permission) -> bool:
    """Return whether some fields are hidden from the person when they do this."""
    return cell(user, permission).is_masked


def sees_flag(user: Person, permission: Permission) -> bool:
    """Return whether the person may know that something exists, without details."""
    return cell(user, permission).scope is Scope.FLAG


def stated_reason(user: Person) -> str:
    """Return the reason the person stated within the hour, or an empty string."""
    return str(getattr(user, "stated_reason", ""))


def opened(user: Person) -> frozenset[int]:
    """Return the ids of the children whose sealed case the person opened within the hour."""
    return frozenset(getattr(user, "opened", ()))


def may_by_glass(user: Person, permission: Permission) -> bool:
    """Return whether a case opened by break-glass lets the person do this on it: only read.

    There `A` and `J` open as `Y` does, and so does `B`, which is closed everywhere else.
    """
    cell_ = cell(user, permission)
    return bool(opened(user)) and cell_.scope in BY_GLASS and permission in READ_BY_GLASS


def ground(user: Person, permission: Permission) -> str:
    """Return the ground of an access for the audit trail: a scope, or `justified`."""
    return (
        Scope.JUSTIFIED if cell(user, permission).needs_reason else scope(user, permission)
    ).value
