"""Who has what the hub sends to home education or to attendance (P02, P15).

The adviser for home education has the one (policy p.3); who has the other is a setting of the
authority. Officers who see all that the hub sent on (row 16 of the matrix) see it there.
"""

from collections.abc import Collection
from datetime import date

from onroll.accounts.models import User
from onroll.accounts.queries import colleagues
from onroll.accounts.roles import Role
from onroll.referrals.codes import Decision
from onroll.rules.sent_on import AttendanceDesk
from onroll.schools.queries import our_policy

_ROLES = {AttendanceDesk.COURT_OFFICER: Role.CAO, AttendanceDesk.HOME_EDUCATION: Role.SAL}


def sent_to(user: User, *, on: date) -> list[str]:
    """Return the decisions of the hub that send a child to this person, as the setting is today."""
    roles = _roles(on)
    return [decision.value for decision, role in roles.items() if user.role == role.value]


def receivers(decision: Decision, *, on: date) -> Collection[User]:
    """Return to whom a decision sends a child; nobody where they have no page here."""
    role = _roles(on).get(decision)
    return list(colleagues(role)) if role else []


def _roles(on: date) -> dict[Decision, Role]:
    attendance = AttendanceDesk(our_policy().on(on).attendance_to)
    return {Decision.HOME_EDUCATION: Role.SAL, Decision.ATTENDANCE: _ROLES[attendance]}
