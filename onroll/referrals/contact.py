"""Where a person who refers can be written to: an e-mail address, or a mobile number to text."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from onroll.accounts.models import User
from onroll.messages.models import Way
from onroll.referrals.models import Referral

MOBILE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)7(?:[ .()-]{0,2}\d){9}(?!\d)"
)
"""A mobile number of the United Kingdom, with what people write between its figures."""
NO_MOBILE = ("070", "076")
"""Numbers that follow a person, and pagers (Ofcom, National Telephone Numbering Plan)."""
ADDRESS = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")


def email_in(contact: str) -> str:
    """Return the one address in somebody's words; nothing where there is none, or more than one."""
    addresses: set[str] = {word.rstrip(".") for word in ADDRESS.findall(contact)}
    if len(addresses) != 1:
        return ""
    (address,) = addresses
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def has_broken_email(contact: str) -> bool:
    """Say whether somebody's words hold what is meant as an address and is none."""
    return any(not email_in(word) for word in re.split(r"[\s,;<>()]+", contact) if "@" in word)


def mobile_in(contact: str) -> str:
    """Return the one mobile number in somebody's words, as 07…; nothing for none, or several."""
    figures = {re.sub(r"\D", "", number)[-10:] for number in MOBILE.findall(contact)}
    numbers = {f"0{figure}" for figure in figures if not f"0{figure}".startswith(NO_MOBILE)}
    return numbers.pop() if len(numbers) == 1 else ""


def place_to_write(referral: Referral) -> tuple[str, Way] | None:
    """Return where a message to who referred goes: to an e-mail address, else as a text."""
    return place_in(referral.referrer_contact, agrees=referral.answers.get("text_me") == "yes")


def place_in(contact: str, *, agrees: bool) -> tuple[str, Way] | None:
    """Return where somebody with this contact is written to; None where no message reaches them.

    A text only to a number that its owner agreed to be texted at.
    """
    if address := email_in(contact):
        return address, Way.EMAIL
    number = mobile_in(contact) if agrees else ""
    return (number, Way.SMS) if number else None


def is_written_to(referral: Referral) -> bool:
    """Return whether a message tells who referred that the work is over, beside their page."""
    return place_to_write(referral) is not None or author_of(referral) is not None


def author_of(referral: Referral) -> User | None:
    """Return who made a referral with an account; nobody where it was typed in for somebody."""
    return None if referral.typed_at else referral.made_by
