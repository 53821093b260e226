"""Who has what the hub sends to home education or to attendance (P02, P15).

By row 22 of the matrix, and for attendance by a setting of the authority.
"""

from collections.abc import Collection
from datetime import date

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import colleagues
from onroll.accounts.roles import Role
from onroll.referrals.codes import Decision
from onroll.rules.sent_on import AttendanceDesk
from onroll.schools.queries import our_policy

_ROLES = {AttendanceDesk.COURT_OFFICER: Role.CAO, AttendanceDesk.HOME_EDUCATION: Role.SAL}


def sent_to(user: User, *, on: date) -> list[str]:
    """Return the decisions of the hub that send a child to this person, as the setting is today."""
    found = []
    if may(user, Permission.HOME_EDUCATION):
        found.append(Decision.HOME_EDUCATION.value)
    if user.role and Role(user.role) is _attendance_role(on):
        found.append(Decision.ATTENDANCE.value)
    return found


def receivers(decision: Decision, *, on: date) -> Collection[User]:
    """Return to whom a decision sends a child; nobody where they have no page here."""
    if decision is Decision.HOME_EDUCATION:
        return list(colleagues(Role.SAL))
    if decision is Decision.ATTENDANCE:
        return list(colleagues(_attendance_role(on)))
    return []


def _attendance_role(on: date) -> Role:
    return _ROLES[AttendanceDesk(our_policy().on(on).attendance_to)]
