"""`onroll weekly`: print the weekly report, and issue it on request."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from onroll.audit.actions import acting, saw
from onroll.reports import actions, layout, queries
from onroll.reports.content import Count, Weekly, as_json, from_json
from onroll.reports.layout import Section, Subject
from onroll.reports.management import arguments
from onroll.rules.references import is_speakable
from onroll.rules.refusal import Refused

ACTOR = "command:weekly"


class Command(BaseCommand):
    """Runs on the server; children it shows are in the audit trail, as by `command:weekly`."""

    help = "Print the weekly report: the last whole week, as it was issued or as it stands now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.weekly(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        at = timezone.localtime()
        monday = queries.week_of(options["week"] or queries.last_finished(at.date()))
        if monday > at.date():
            raise CommandError("That week has not begun.")
        with acting(actor=ACTOR):
            weekly, state = _get(monday, at, is_to_issue=options["issue"])
            if options["names"] and weekly.child_ids:
                _write_down(weekly, at)
        if options["json"]:
            text = json.dumps(_for_machines(weekly, options["names"]), indent=2)
            self.stdout.write(text)
        else:
            _show(weekly, state, with_names=options["names"])


def _get(monday: date, at: datetime, *, is_to_issue: bool) -> tuple[Weekly, str]:
    if is_to_issue:
        try:
            actions.issue_weekly(week_starts_on=monday, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
    report = queries.find_weekly(monday)
    if report is None:
        return queries.weekly(starts_on=monday, at=at), "Not issued: as it stands now."
    issued_at = timezone.localtime(report.issued_at)
    return from_json(report.content), f"Report {report.ref}, issued {issued_at:%-d %B %Y, %H:%M}."


def _write_down(weekly: Weekly, at: datetime) -> None:
    saw(
        by=AnonymousUser(),
        children=weekly.child_ids,
        page="weekly report in the terminal",
        ground="command",
        at=at,
        fields=("name", "school", "case"),
        case_refs=weekly.case_refs,
    )


def _for_machines(weekly: Weekly, with_names: bool) -> dict[str, Any]:
    """Return the report as JSON values; without names, children are their references."""
    values = as_json(weekly)
    if not with_names:
        for lines in values.values():
            for line in lines if isinstance(lines, list) else ():
                if "child" in line:
                    line["name"] = line["child"]
    return values


def _show(weekly: Weekly, state: str, *, with_names: bool) -> None:
    console = Console(highlight=False)
    console.print()
    console.print(layout.title(weekly), style="bold", markup=False)
    console.print(f"{weekly.authority}. {state}", markup=False)
    console.print(_counts("The week in figures", "Number", weekly.figures))
    for section in layout.sections(weekly, with_children=True):
        if section.rows:
            console.print(_table(section, with_names=with_names))
    for chart in layout.charts(weekly):
        if chart.code in ("time", "stage"):
            console.print(_counts(chart.title, chart.counted, chart.counts))
    if not with_names and weekly.child_ids:
        console.print("Children are shown by reference. With --names, names are shown.")


def _counts(title: str, counted: str, counts: tuple[Count, ...]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", overflow="fold")
    table.add_column(counted, justify="right")
    for count in counts:
        table.add_row(_plain(count.title), str(count.number))
    return table


def _table(section: Section, *, with_names: bool) -> Table:
    table = Table(title=section.heading, title_justify="left")
    rows = [[_plain(_cell(cell, with_names)) for cell in row] for row in section.rows]
    for n, name in enumerate(section.columns):
        table.add_column(
            name,
            justify="right" if n in section.numeric else "left",
            overflow="fold",  # nothing is cut off where the terminal is narrow
            no_wrap=any(is_speakable(row[n]) for row in rows),  # a reference is copied whole
        )
    for row in rows:
        table.add_row(*row)
    return table


def _cell(cell: Any, with_names: bool) -> str:
    if isinstance(cell, Subject) and not with_names:
        return cell.child
    return layout.words(cell)


def _plain(text: str) -> str:
    """Return text that Rich and the terminal show as it is: no control characters, no mark-up."""
    printable = "".join(letter for letter in text if letter.isprintable())
    return printable.replace("[", "\\[")
