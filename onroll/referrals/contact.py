"""The e-mail address in what a person who refers gave us to reach them by."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

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
