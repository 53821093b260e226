"""A small borough for intake's tests, built by actions."""

from datetime import UTC, date, datetime

from onroll.intake import actions, tasks
from onroll.intake.models import Transfer
from onroll.schools.models import School

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = AT.date()
LEFT_ON = date(2026, 11, 13)
BORN = date(2015, 3, 4)
UPN = "J310200025001"


def school(number: str, name: str) -> School:
    """Return a school with a seven-digit number."""
    return School.objects.create(
        la_code=number[:3], establishment=number[3:], name=name, phase="primary", is_reporting=True
    )


def schools() -> tuple[School, School]:
    """Return St Ann's, which children leave, and Mill Lane, which they join."""
    return school("3102001", "St Ann's School"), school("3102002", "Mill Lane School")


def take_in(
    content: bytes, name: str = "3102001_CML_310LLLL_001.xml", at: datetime = AT
) -> Transfer:
    """Put a file through the whole pipeline and return it."""
    received = actions.receive_file(content=content, name=name, how="command", at=at)
    return tasks.take_through(received.transfer.pk, at=at, actor="test")
