"""Verbs of every made-up borough of the tests: schools, terms, files taken in, children missing.

The worlds of `tests/cases`, `intake`, `journeys`, `reports`, `browser` and of the crawler are built
of these, each with its own days and people. All of it is made by actions.
"""

from datetime import date, datetime
from typing import Any

from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.formats.gias import Establishment
from onroll.intake import actions as intake
from onroll.intake.models import Transfer
from onroll.intake.tasks import take_through
from onroll.schools import actions as schools
from onroll.schools.models import School

AUTUMN_2026 = (
    ("Autumn, first half", date(2026, 9, 1), date(2026, 10, 23)),
    ("Autumn, second half", date(2026, 11, 2), date(2026, 12, 18)),
)


def set_terms(*terms: tuple[str, date, date]) -> None:
    """List terms of the authority: each its name, first and last day."""
    for name, starts_on, ends_on in terms:
        schools.set_term(name=name, starts_on=starts_on, ends_on=ends_on)


def school(number: str, name: str, *, is_reporting: bool = True) -> School:
    """Put a school of seven digits on file, of which only its name is known."""
    return School.objects.create(
        la_code=number[:3],
        establishment=number[3:],
        name=name,
        phase="primary",
        is_reporting=is_reporting,
    )


def establishment(number: str, name: str, **said: Any) -> Establishment:
    """Return a school of Harrow as GIAS would give it: all ages, open, unless something is said."""
    facts: dict[str, Any] = {
        "urn": f"1{number[2:]}",
        "la_code": number[:3],
        "la_name": "Harrow",
        "establishment": number[3:],
        "name": name,
        "kind": "Community school",
        "kind_group": "Local authority maintained schools",
        "status": "Open",
        "opened_on": None,
        "closed_on": None,
        "phase": "All-through",
        "lowest_age": 4,
        "highest_age": 16,
        "address": ("1 Made-up Road",),
        "town": "Harrow",
        "county": "",
        "postcode": "HA1 1AA",
        "website": "",
        "phone": "020 7946 0000",
        "head": "",
        "trust": "",
        "uprn": "",
    }
    return Establishment(**(facts | said))


def load(*establishments: Establishment) -> list[School]:
    """Load schools as from GIAS and return them, in the same order."""
    schools.load_schools(establishments=establishments, reporting_to="310")
    return [
        School.objects.get(la_code=row.la_code, establishment=row.establishment)
        for row in establishments
    ]


def take_in(content: bytes, name: str, *, at: datetime, by: User | None = None) -> Transfer:
    """Put a file through the whole pipeline and return it: `by` somebody's upload, or a command."""
    how = "upload" if by else "command"
    with acting(actor="test"):
        received = intake.receive_file(content=content, name=name, how=how, at=at, by=by)
    return take_through(received.transfer.pk, at=at, actor="test")
