"""What the sharing log shows of itself on a case and in its chronology (see `cases.offers`)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases.models import Case
from onroll.cases.offers import Event, EventKind, Panel, Part, Rows
from onroll.cases.queries import may_on
from onroll.rules.hours import ENGLAND
from onroll.sharing.models import Disclosure
from onroll.sharing.queries.log import lines_of, may_ask

LAST = 3
"""So many lines stand on the page of the case."""


def case_rows(case: Case, user: User, *, on: date) -> dict[str, QuerySet[Disclosure]]:
    """Return the last lines of the sharing log of a case, for who reads its enquiries. `on` is not
    used."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return {}
    return {"lines": lines_of(case)[: LAST + 1]}


def case_panels(case: Case, user: User, *, on: date, rows: Rows) -> list[Panel]:
    """Return those lines, for who reads the enquiries of the case. `on` is not used."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return []
    lines = rows["lines"]
    context = {
        "case": case,
        "lines": lines[:LAST],
        "has_more": len(lines) > LAST,
        "may_ask": case.is_open and may_ask(user, case),
    }
    return [Panel("sharing/panels/sharing.html", context, ("sharing log",), Part.SHARED)]


def event_rows(case: Case, user: User) -> dict[str, QuerySet[Disclosure]]:
    """Return the sharing log of a case, for who reads its enquiries."""
    return {"lines": lines_of(case)} if may_on(user, Permission.ENQUIRY_LOG_VIEW, case) else {}


def events(case: Case, user: User, *, rows: Rows) -> list[Event]:
    """Return what was shared about a child, or not. `user` is not used."""
    lines = rows.get("lines", ())
    withdrawn = (_withdrawal(case, line) for line in lines if line.is_withdrawn)
    return [*(_event(case, line) for line in lines), *withdrawn]


def _event(case: Case, line: Disclosure) -> Event:
    is_same_day = line.on == line.at.astimezone(ENGLAND).date()
    return Event(
        line.at,
        f"{line.act_title}: {line.whom}. {line.things}",
        line.why,
        line.by,
        None if is_same_day else line.on,
        **_stands(case, line),
    )


def _withdrawal(case: Case, line: Disclosure) -> Event:
    assert line.withdrawn_at is not None
    words = f"Line {line.ref} of the sharing log withdrawn"
    by, why = line.withdrawn_by, line.withdrawn_why
    return Event(line.withdrawn_at, words, why, by, **_stands(case, line))


def _stands(case: Case, line: Disclosure) -> dict[str, Any]:
    """Return where a line of the sharing log stands, for the chronology."""
    return {
        "kind": EventKind.SHARED,
        "source": f"Sharing log, line {line.ref}",
        "url": page_address("sharing:line", case.ref, line.ref),
    }
