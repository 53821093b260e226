"""Build the made-up borough, once, through the real pipeline. Started by `onroll demo`."""

import sys
from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from onroll.cases.models import Case
from onroll.cases.tasks import look_over
from onroll.children.models import Child
from onroll.clocks.tasks import raise_all
from onroll.demo import Truth, tell, write_files
from onroll.demo.checks import ReferralFigures, Result, check, check_referrals
from onroll.demo.management import arguments
from onroll.demo.weeks import Weeks
from onroll.intake.models import Row, Transfer
from onroll.reports.models import WeeklyReport
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy

say = Console(highlight=False)


class Command(BaseCommand):
    """Exit codes: 0 built; with --check, 1 where a child or a referral is lost or doubled."""

    help = "Make a borough, write its schools' files, and put them through the pipeline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        arguments.demo(parser)

    def handle(self, *args: Any, pupils: int, seed: int, weeks: int, **options: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("The demo makes up children. It does not run in production.")
        if School.objects.exists():
            say.print("The borough is there already.")
            return
        now = timezone.localtime()
        begun = perf_counter()
        with TemporaryDirectory(prefix="onroll-demo-") as folder:
            lived = _build(Path(folder), pupils, seed, weeks, now)
        result = _look_ahead(lived.truth, now)
        _print_figures(result, perf_counter() - begun)
        referrals = check_referrals(lived.council.reception, lived.truth)
        _print_referrals(referrals)
        if options["check"] and (result.lost or not referrals.is_right):
            sys.exit(1)


def _build(folder: Path, pupils: int, seed: int, weeks: int, now: datetime) -> Weeks:
    """Return the weeks as they were lived."""
    year = tell(pupils=pupils, seed=seed, opens_on=_monday(now.date(), weeks), weeks=weeks + 1)
    truth = write_files(year, folder)
    columns = (
        TextColumn("{task.description:<16}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=say, disable=not sys.stdout.isatty()) as progress:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=of)
            progress.update(tasks[step], completed=done)

        weeks_lived = Weeks(year, folder, truth, now, show)
        weeks_lived.live()
    return weeks_lived


def _look_ahead(truth: Truth, now: datetime) -> Result:
    """Hold the borough against the truth as it will be when everyone named must have arrived.

    Until then a school that is named may yet be where the child is. The nights that decide it are
    passed and then undone: the demo stays at today.
    """
    taken = [file.path for file in truth.files if file.sent_on <= now.date()]
    wait = our_policy().on(now.date()).arrival_school_days
    decided_on = calendar_for(None).after(now.date(), wait + 1)
    with transaction.atomic():
        for night in range(1, (decided_on - now.date()).days + 1):
            raise_all(now + timedelta(days=night))
            look_over(now + timedelta(days=night))
        result = check(truth, taken)
        transaction.set_rollback(True)
    return result


def _monday(today: date, weeks: int) -> date:
    return today - timedelta(days=today.weekday(), weeks=weeks)


def _print_figures(result: Result, seconds: float) -> None:
    table = Table("The made-up borough", "", show_header=True)
    figures = {
        "Schools": School.objects.count(),
        "Children": Child.objects.count(),
        "Files taken in": Transfer.objects.count(),
        "Records": Row.objects.count(),
        "Cases opened": Case.objects.count(),
        "Open on the register": Case.objects.open().count(),
        "Weekly reports": WeeklyReport.objects.count(),
        "Truly vanished, told of in a file": result.vanished,
        "of these with a case": result.as_cases,
        "of these waiting in review": result.in_review,
        "of these lost": len(result.lost),
        "Seconds": round(seconds),
    }
    for name, figure in figures.items():
        table.add_row(name, str(figure))
    say.print(table)


def _print_referrals(figures: ReferralFigures) -> None:
    table = Table("What people told the council", "", show_header=True)
    for title, figure in {
        "Referrals made": figures.made,
        "Referrals accepted": figures.accepted,
        "Referrals turned back with a route": figures.turned_back,
        "Referrals waiting": figures.waiting,
        "Referrals lost": figures.lost,
    }.items():
        table.add_row(title, str(figure))
    say.print(table)
