"""An agency as the council has it once somebody asked it whether its entry is right."""

from datetime import datetime

from onroll.accounts.models import User
from onroll.agencies import actions
from onroll.agencies.models import Agency


def confirmed_agency(name: str, *, by: User, at: datetime, **facts: str) -> Agency:
    """Return an agency whose entry a person has confirmed."""
    facts = {"name": name, "phone": "020 7946 0001", **facts}
    agency = actions.add_agency(facts=facts, at=at)
    return actions.change_agency(
        agency=agency, facts={}, is_active=True, confirms=True, by=by, at=at, version=agency.version
    )
