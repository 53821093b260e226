"""The partner agencies of the made-up council, and the codes that it gives to their people."""

from datetime import datetime, timedelta
from itertools import repeat

from django.core.cache import cache

from onroll.accounts.models import User
from onroll.agencies import actions
from onroll.agencies.models import Agency, Code
from onroll.agencies.queries import find_code
from onroll.demo.directory import AUTHORITIES
from onroll.rules.agencies import PARTNERS, Partner
from onroll.schools.queries import authority_name, our_policy

WITH_CODES = {"Health services": "Holly Visser, health visitor", "Housing": "Dora Desk"}
"""Agencies of whose people one has a code."""
_SILENT = ("Runaway project", "Prospects")
"""They gave nobody's number yet."""
_TO_ASK = "Early Support"
"""Has a number that nobody has confirmed yet."""


ROUTE = "Ring first. Then write by secure email, with what the request says and no more."
"""A request names the child: whoever is asked cannot answer without (`rules.requests`)."""
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
            codes.append(give_code(agency, by=people["olive"], at=at))
    return codes


def give_code(agency: Agency, *, by: User, at: datetime) -> Code:
    """Make a code for an agency's person; its words are kept for the demo's first page.

    Elsewhere they are kept nowhere: here nobody is asked about whom there is.
    """
    code, words = actions.make_code(agency=agency, person=WITH_CODES[agency.name], by=by, at=at)
    cache.set(_kept(agency), words, timeout=None)
    return code


def code_of(agency: Agency, *, at: datetime) -> str:
    """Return a code that opens the question for an agency's person; "" if none does any more."""
    words = str(cache.get(_kept(agency), ""))
    return words if words and find_code(words, at=at) else ""


def _kept(agency: Agency) -> str:
    return f"demo-code-{agency.pk}"


def _ask(agency: Agency, number: int, *, by: User, at: datetime) -> Agency:
    """Write down how an agency is reached, and that it was asked whether this is right."""
    facts = {
        "contact": "The duty desk",
        "phone": f"020 7946 0{600 + number}",
        "email": f"duty{number}@partner.example",
        "route": ROUTE,
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
