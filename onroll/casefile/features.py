"""The features that are seen on pages of several: one line each.

What each offers is told in `cases.offers`. The order is that of the page.
"""

from collections.abc import Iterator
from datetime import date, datetime
from types import ModuleType

from onroll.accounts.models import User
from onroll.cases import queries as cases
from onroll.cases.models import Case
from onroll.cases.offers import Event, Panel, Todo
from onroll.children.models import Child
from onroll.duplicates import queries as duplicates
from onroll.intake import queries as intake
from onroll.lists import queries as lists
from onroll.reports import queries as reports

FEATURES: tuple[ModuleType, ...] = (intake, lists, duplicates, cases, reports)


def todos(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return everything that waits for a person."""
    return [
        todo
        for feature in FEATURES
        if hasattr(feature, "todo")
        for todo in feature.todo(user, on=on, at=at)
    ]


def panels(child: Child, user: User, *, case: Case | None, on: date) -> list[Panel]:
    """Return each feature's part of a child's page, as far as this person may see it."""
    return list(_panels(child, user, case, on))


def case_panels(case: Case, user: User, *, on: date) -> list[Panel]:
    """Return the parts of features that stand on the first page of a case."""
    return [panel for panel in panels(case.child, user, case=case, on=on) if panel.is_of_case]


def _panels(child: Child, user: User, case: Case | None, on: date) -> Iterator[Panel]:
    for feature in FEATURES:
        if hasattr(feature, "panel") and (panel := feature.panel(child, user, case=case, on=on)):
            yield panel


def events(case: Case, user: User) -> list[Event]:
    """Return everything that happened, as far as this person may know it, the newest first."""
    every = [
        event
        for feature in FEATURES
        if hasattr(feature, "events")
        for event in feature.events(case, user)
    ]
    return sorted(every, key=lambda event: event.at, reverse=True)
