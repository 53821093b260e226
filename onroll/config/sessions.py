"""Database sessions that report failures correctly. Named by SESSION_ENGINE."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import InterfaceError, OperationalError


class SessionStore(InDatabase):
    """Django's store, but for a database that goes away while a session is saved.

    Django would answer that the session was deleted, as if the request were bad (400), although the
    form may well be done: it is our failure (500).
    """

    def save(self, must_create: bool = False) -> None:
        """Save the session."""
        try:
            super().save(must_create=must_create)
        except UpdateError as refusal:
            cause = refusal.__context__
            if isinstance(cause, OperationalError | InterfaceError):
                raise cause from None
            raise
