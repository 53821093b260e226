"""Sessions in the database, whose failures are told for what they are. Named by SESSION_ENGINE."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import InterfaceError, OperationalError


class SessionStore(InDatabase):
    """Django's own, but for a database that goes away while a session is kept.

    Django then says that the session was deleted, and the visitor hears that they asked for
    something bad (400), although what they sent may well be done: it is a failure of ours (500).
    """

    def save(self, must_create: bool = False) -> None:
        """Keep the session."""
        try:
            super().save(must_create=must_create)
        except UpdateError as refusal:
            cause = refusal.__context__
            if isinstance(cause, OperationalError | InterfaceError):
                raise cause from None
            raise
