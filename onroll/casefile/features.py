"""The features that are seen on pages of several: one line each.

What each offers is told in `cases.offers`. The order is that of the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import ModuleType
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from onroll.accounts.models import User
from onroll.addresses import page_address
from onroll.admissions import queries as admissions
from onroll.advice import queries as advice
from onroll.agencies import queries as agencies
from onroll.at_once import Query, at_once
from onroll.case_audits import queries as case_audits
from onroll.casefile import unfinished
from onroll.casefile.whole_day import WholeDay
from onroll.cases import queries as cases
from onroll.cases.models import Case
from onroll.cases.offers import Coming, DayPart, DayRow, Event, Panel, Todo
from onroll.cases.queries.waiting import counted, whose
from onroll.children.models import Child
from onroll.duplicates import queries as duplicates
from onroll.enquiries import queries as enquiries
from onroll.glass import queries as glass
from onroll.intake import queries as intake
from onroll.letters import queries as letters
from onroll.lists import queries as lists
from onroll.meetings import queries as meetings
from onroll.record import queries as record
from onroll.referrals import queries as referrals
from onroll.reports import queries as reports
from onroll.sharing import queries as sharing

FEATURES: tuple[ModuleType, ...] = (
    unfinished,
    referrals,
    intake,
    lists,
    duplicates,
    cases,
    enquiries,
    sharing,
    record,
    meetings,
    case_audits,
    letters,
    reports,
    admissions,
    advice,
    agencies,
    glass,
)


def todos(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return everything that waits for a person."""
    return counted(
        todo
        for feature in FEATURES
        if hasattr(feature, "todo")
        for todo in feature.todo(user, on=on, at=at)
    )


def day_rows(user: User, *, on: date, at: datetime) -> dict[tuple[str, str], Query]:
    """Return what a person's day is made of, of every feature, to be read at once."""
    return {
        (feature.__name__, name): rows
        for feature in FEATURES
        if hasattr(feature, "day_rows")
        for name, rows in feature.day_rows(user, on=on, at=at).items()
    }


def day(
    user: User,
    waits: Sequence[Todo],
    *,
    on: date,
    at: datetime,
    rows: Mapping[tuple[str, str], list[Any]] | None = None,
) -> WholeDay:
    """Return all that a person must do, in the order of `rules.day`.

    `waits` is what `todos` returned: some of it is one row for all of its kind. `rows` is what was
    read of `day_rows`; without it that is read here.
    """
    rows = at_once(day_rows(user, on=on, at=at)) if rows is None else rows
    offered = (
        feature.day(user, on=on, at=at, rows=_of(feature, rows))
        for feature in FEATURES
        if hasattr(feature, "day")
    )
    lists = DayPart(tuple(_rows_of(waits)), lambda calls, _: list(calls))
    return WholeDay([lists, *(part for part in offered if part is not None)])


def overseen(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return what a manager watches over, of every feature that has such; one query."""
    return counted(
        todo
        for feature in FEATURES
        if hasattr(feature, "overseen")
        for todo in feature.overseen(user, on=on)
    )


def _rows_of(waits: Sequence[Todo]) -> Iterator[DayRow]:
    """Yield a row for each list on which something waits that has no rows of its own in a day."""
    for todo in waits:
        if todo.call and todo.oldest:
            yield DayRow(
                call=(todo.call_if_late if todo.pressing else None) or todo.call,
                since=todo.oldest.since,
                words=f"{todo.number} {ngettext(*todo.words, todo.number)}{_late(todo)}",
                step="Open the list",
                step_url=page_address(todo.page, **todo.query),
                whose=whose(todo),
            )


def _late(todo: Todo) -> str:
    """Say how many of a list's things are late, where that puts it in its place."""
    is_some = todo.call_if_late and 0 < todo.pressing < todo.number
    return f", {todo.pressing} of them late" if is_some else ""


def coming(user: User, *, on: date, until: date) -> list[Coming]:
    """Return what comes due between two days on a person's own work, the first first."""
    rows = (
        row
        for feature in FEATURES
        if hasattr(feature, "coming")
        for row in feature.coming(user, on=on, until=until)
    )
    return sorted(rows, key=lambda row: (row.on, row.ref, row.words))


def panels(child: Child, user: User, *, case: Case | None, on: date) -> list[Panel]:
    """Return each feature's part of a child's page, as far as this person may see it."""
    offered = (
        feature.panel(child, user, case=case, on=on)
        for feature in FEATURES
        if hasattr(feature, "panel")
    )
    return [panel for panel in offered if panel is not None]


def case_panels(case: Case, user: User, *, on: date) -> list[Panel]:
    """Return each feature's parts of a case's page in their order, of one part those of the case
    itself first. What all of them show is read with one query."""
    in_order = (cases, *(feature for feature in FEATURES if feature is not cases))
    rows = at_once(
        {
            (feature.__name__, name): rows
            for feature in in_order
            if hasattr(feature, "case_rows")
            for name, rows in feature.case_rows(case, user, on=on).items()
        }
    )
    parts = [
        panel
        for feature in in_order
        if hasattr(feature, "case_panels")
        for panel in feature.case_panels(case, user, on=on, rows=_of(feature, rows))
    ]
    return sorted(parts, key=lambda panel: panel.part)


def _of(feature: ModuleType, rows: Mapping[tuple[str, str], list[Any]]) -> dict[str, list[Any]]:
    return {name: part for (owner, name), part in rows.items() if owner == feature.__name__}


def for_review(user: User) -> list[QuerySet[Any]]:
    """Return everything that the page Review lists for a person, feature by feature."""
    return [
        rows
        for feature in FEATURES
        if hasattr(feature, "for_review")
        for rows in feature.for_review(user)
    ]


def events(case: Case, user: User) -> list[Event]:
    """Return everything that happened, as far as this person may know it, the newest first; one
    query."""
    features = [feature for feature in FEATURES if hasattr(feature, "events")]
    every = cases.events_of(features, case, user)
    return sorted(every, key=lambda event: (event.on, event.at), reverse=True)
