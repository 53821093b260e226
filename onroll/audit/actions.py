"""Entries of the audit trail other than those that triggers add."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from onroll import __version__


class Person(Protocol):
    """A User, or the anonymous visitor."""

    @property
    def pk(self) -> Any: ...


@contextmanager
def acting(
    *,
    actor: str,
    actor_id: int | None = None,
    role: str = "",
    session: str = "",
    request_id: str = "",
    source_address: str = "",
) -> Iterator[None]:
    """Run a transaction in which every change is recorded as done by `actor`.

    The middleware does this for requests; a job or command names itself, as in
    `acting(actor="worker:intake")`. It ends with the transaction.
    """
    with transaction.atomic():
        set_actor(
            actor=actor,
            actor_id=actor_id,
            role=role,
            session=session,
            request_id=request_id,
            source_address=source_address,
        )
        yield


def set_actor(
    *,
    actor: str,
    actor_id: int | None,
    role: str,
    session: str,
    request_id: str,
    source_address: str,
) -> None:
    """Tell the database who acts and from where, for the rest of this transaction.

    Raises `RuntimeError` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Who is acting can only be said inside a transaction.")
    words = {
        "actor": actor,
        "actor_id": "" if actor_id is None else str(actor_id),
        "role": role,
        "session": session,
        "request_id": request_id,
        "source_address": source_address,
        "code_version": __version__,
    }
    calls = ", ".join(["set_config(%s, %s, true)"] * len(words))
    with connection.cursor() as cursor:
        values = [part for name, word in words.items() for part in (f"onroll.{name}", word)]
        cursor.execute(f"SELECT {calls}", values)  # only placeholders are put in


def withhold_address() -> None:
    """Leave the visitor's address out of the entries of the rest of this transaction.

    For what people without an account send: who wants to stay anonymous does.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('onroll.source_address', '', true)")


def saw(
    *,
    by: Person,
    children: Sequence[int],
    page: str,
    ground: str,
    at: datetime,
    fields: Sequence[str] = (),
    case_refs: Sequence[str] = (),
) -> int:
    """Record that a page about these children is about to be shown; return the entry's id.

    Children whose sealed case the person opened by break-glass stand in entries of their own, under
    that ground and with the reason of that use, which stands nowhere else. It is part of the
    request's transaction: if it fails, no page is sent. `fields` are names of what was shown, never
    values. Raises `RuntimeError` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An access is recorded inside the request's transaction.")
    uses: Mapping[int, str] = getattr(by, "opened", {})
    by_glass = [child for child in children if child in uses]
    not_by_glass = [child for child in children if child not in uses]
    entries = [(BREAK_GLASS, uses[child], [child]) for child in by_glass]
    if not_by_glass or not by_glass:
        entries.append((ground, str(getattr(by, "stated_reason", "")), not_by_glass))
    number = 0
    for reason_of_access, stated, seen in entries:
        number = _call(
            "SELECT audit.record_access"
            "(%s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::text[], %s::text[])",
            [at, *_actor(by), page, reason_of_access, stated, seen, list(case_refs), list(fields)],
        )
    return number


BREAK_GLASS = "break_glass"
"""The ground of each read of a child whose sealed case the person opened within the hour."""


def security(
    *, by: Person | None, event: str, outcome: str, about: str = "", reason: str = "", at: datetime
) -> int:
    """Record a sign-in, a refusal, a change of role or the like; return the entry's id."""
    # PostgreSQL takes no NUL, and nobody escapes the trail by putting one into an address.
    about, reason = about.replace("\0", "%00"), reason.replace("\0", "%00")
    return _call(
        "SELECT audit.record_security(%s, %s, %s, %s, %s, %s, %s, %s)",
        [at, *_actor(by), event, outcome, about, reason],
    )


def _actor(by: Person | None) -> tuple[str, int | None, str]:
    """Return the user's address, id and acting role.

    All three are empty without a user: the entry then names the actor of the transaction.
    """
    if by is None or by.pk is None:
        return "", None, ""
    return str(getattr(by, "email", by)), int(by.pk), str(getattr(by, "role", "") or "")


def _call(query: str, arguments: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return int(cursor.fetchone()[0])
