"""`onroll schools`: load schools and term dates, and say who works at which school."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onroll.accounts.queries import find_person
from onroll.audit.actions import acting
from onroll.formats import Unreadable
from onroll.formats.gias import read_establishments
from onroll.formats.terms import read_terms
from onroll.rules.refusal import Refused
from onroll.schools import actions, queries
from onroll.schools.management import arguments


class Command(BaseCommand):
    """Exit codes: 0 loaded, 1 refused; a file with a problem changes nothing."""

    help = "Load schools (a GIAS file) or term dates; say who works at which school."

    def add_arguments(self, parser: ArgumentParser) -> None:
        arguments.schools(parser)

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb in ("join", "leave"):
            with acting(actor="command:schools"):
                self.stdout.write(_change_staff(verb, options["email"], options["number"]))
        else:
            self._take_in(verb, options["file"], options)

    def _take_in(self, verb: str, file: Path, options: dict[str, Any]) -> None:
        try:
            with acting(actor="command:schools"):
                done = _terms(file) if verb == "terms" else _load(file, options["reporting_to"])
        except (Unreadable, Refused, OSError) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{done.added} added, {done.updated} brought up to date.")


def _change_staff(verb: str, email: str, number: str) -> str:
    """Let a person join or leave a school's staff; return it in words. Raises CommandError."""
    user = find_person(email)
    school = queries.find_school(la_code=number[:3], establishment=number[3:])
    if user is None or school is None:
        raise CommandError(f"There is no {'person ' + email if user is None else number} here.")
    if verb == "join":
        actions.add_staff(user=user, school=school, on=timezone.localdate())
        return f"{user.name} works at {school.name}."
    if not actions.remove_staff(user=user, school=school):
        raise CommandError(f"{user.name} does not work at {school.name}.")
    return f"{user.name} no longer works at {school.name}."


def _load(file: Path, reporting_to: str | None) -> actions.Loaded:
    actions.load_authorities()
    return actions.load_schools(
        establishments=read_establishments(file),
        reporting_to=reporting_to or queries.our_policy().authority_code,
    )


def _terms(file: Path) -> actions.Loaded:
    listed = read_terms(file, name=file.name)
    if listed.problems:
        raise CommandError("\n".join([*listed.problems, "Nothing was loaded."]))
    return actions.load_terms(dates=listed.dates)
