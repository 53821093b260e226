"""What the sharing log shows of itself on a case and in its chronology (see `cases.offers`)."""

from datetime import date

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.cases.offers import Event, Panel, Part, Rows
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


def events(case: Case, user: User) -> list[Event]:
    """Return what was shared about a child, or not, for who reads the enquiries of the case."""
    if not may_on(user, Permission.ENQUIRY_LOG_VIEW, case):
        return []
    lines = list(lines_of(case))
    return [*map(_event, lines), *(_withdrawal(line) for line in lines if line.is_withdrawn)]


def _event(line: Disclosure) -> Event:
    is_same_day = line.on == line.at.astimezone(ENGLAND).date()
    return Event(
        line.at,
        f"{line.act_title}: {line.whom}. {line.things}",
        line.why,
        line.by,
        None if is_same_day else line.on,
    )


def _withdrawal(line: Disclosure) -> Event:
    assert line.withdrawn_at is not None
    words = f"Line {line.ref} of the sharing log withdrawn"
    return Event(line.withdrawn_at, words, line.withdrawn_why, line.withdrawn_by)
