"""Every write to agencies and to the codes of their people."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from onroll.accounts.models import User
from onroll.agencies.models import Agency, Code
from onroll.agencies.queries import digest, is_unconfirmed
from onroll.rules.refusal import Changed, Refused

LIFETIME = timedelta(days=365)
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, LENGTH = 4, 5
"""Four groups of five letters and digits: 100 bits, which nobody guesses."""
NO_CONTACT = (
    "Enter a telephone number or an email: you say that all of this is right, but there is none"
)
CHANGED = "Someone else changed this agency after you opened the page. Read it again, then save."
LISTED = "An agency of this name is on the list already"
UNCONFIRMED = (
    "Nobody has asked this agency within a year whether its entry is right. Ask it first, then "
    "give the code."
)
ENDED = "This code was ended meanwhile."


@transaction.atomic
def add_agency(*, facts: Mapping[str, str], at: datetime) -> Agency:
    """Put an agency on the list."""
    return _save(Agency(**facts, added_at=at))


@transaction.atomic
def change_agency(
    *,
    agency: Agency,
    facts: Mapping[str, str],
    is_active: bool,
    confirms: bool,
    by: User,
    at: datetime,
    version: int,
) -> Agency:
    """Change an agency; with `confirms`, also write down that it was asked and all is right."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if agency.version != version:
        raise Changed(CHANGED)
    for name, value in facts.items():
        setattr(agency, name, value)
    if confirms and not agency.can_be_told:
        raise Refused(NO_CONTACT, field="phone")
    agency.is_active = is_active
    agency.version += 1
    if confirms:
        agency.confirmed_at, agency.confirmed_by = at, by
    return _save(agency)


def _save(agency: Agency) -> Agency:
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError as error:
        if "agency_is_listed_once_by_its_name" not in str(error):
            raise
        raise Refused(LISTED, field="name") from None
    return agency


@transaction.atomic
def make_code(*, agency: Agency, person: str, by: User, at: datetime) -> tuple[Code, str]:
    """Make a code for one person of an agency; return it with what is shown this once.

    Refused while nobody has confirmed who the agency is: a code answers whoever has it.
    """
    if is_unconfirmed(agency, at=at):
        raise Refused(UNCONFIRMED)
    words = "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS)
    )
    code = Code.objects.create(
        agency=agency,
        person=person,
        digest=digest(words),
        made_at=at,
        made_by=by,
        expires_at=at + LIFETIME,
    )
    return code, words


@transaction.atomic
def end_code(*, code: Code, by: User, at: datetime) -> Code:
    """End a code: it opens nothing from now on."""
    code = Code.objects.select_for_update().get(pk=code.pk)
    if code.ended_at is not None:
        raise Refused(ENDED)
    code.ended_at, code.ended_by = at, by
    code.save(update_fields=["ended_at", "ended_by"])
    return code
