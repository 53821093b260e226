"""The partner agencies of the made-up council, and the codes that it gives to their people."""

from datetime import datetime, timedelta
from itertools import repeat

from onroll.accounts.models import User
from onroll.agencies import actions
from onroll.agencies.models import Agency, Code
from onroll.demo.directory import AUTHORITIES
from onroll.rules.agencies import PARTNERS, Partner
from onroll.schools.queries import authority_name, our_policy

WITH_CODES = {"Health services": "Holly Visser, health visitor", "Housing": "Dora Desk"}
"""Agencies of whose people one has a code."""
_SILENT = ("Runaway project", "Prospects")
"""They gave nobody's number yet."""
_TO_ASK = "Early Support"
"""Has a number that nobody has confirmed yet."""


_WHEN_SENT = "The hub sends them a child."


def _receivers() -> list[str]:
    """Return whom the hub rings about a child it sent there, under the names it looks for."""
    policy = our_policy()
    desks = (policy.social_care_name, policy.attendance_officer_name, policy.home_education_name)
    codes = [code for code in AUTHORITIES if code != policy.authority_code]
    councils = [f"{authority_name(code)} children missing education" for code in codes]
    listed = {partner.name for partner in PARTNERS}
    return [name for name in dict.fromkeys((*desks, *councils)) if name not in listed]


def add_partners(people: dict[str, User], *, at: datetime) -> list[Code]:
    """List the agencies that the policy names, ask most of them, and give out the first codes."""
    codes = []
    partners = [*PARTNERS, *map(Partner, _receivers(), repeat(_WHEN_SENT))]
    for number, partner in enumerate(partners):
        facts = {"name": partner.name, "tell_when": partner.tell_when}
        agency = actions.add_agency(facts=facts, at=at)
        if partner.name not in _SILENT:
            agency = _ask(agency, number, by=people["max"], at=at + timedelta(minutes=number))
        if partner.name in WITH_CODES:
            person = WITH_CODES[partner.name]
            code, _ = actions.make_code(agency=agency, person=person, by=people["olive"], at=at)
            codes.append(code)
    return codes


def _ask(agency: Agency, number: int, *, by: User, at: datetime) -> Agency:
    """Write down how an agency is reached, and that it was asked whether this is right."""
    facts = {
        "contact": "The duty desk",
        "phone": f"020 7946 0{600 + number}",
        "email": f"duty{number}@partner.example",
        "route": "Ring first. Then write, with the case’s reference and no name.",
    }
    return actions.change_agency(
        agency=agency,
        facts=facts,
        is_active=True,
        confirms=agency.name != _TO_ASK,
        by=by,
        at=at,
        version=agency.version,
    )
