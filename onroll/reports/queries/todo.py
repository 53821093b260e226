"""What school files ask of a user today (see `cases.offers`)."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.offers import Todo
from onroll.reports.queries.sent import refused_files, silent_schools

DAY = timedelta(days=1)
REFUSED_SHOWN = 14 * DAY


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return how many files were refused lately, and how many schools are silent."""
    if not may(user, Permission.FILES_VIEW):
        return []
    since = on - REFUSED_SHOWN + DAY
    days = {"stage": "refused", "since": since.isoformat(), "until": on.isoformat()}
    refused = refused_files(since=midnight(since), until=midnight(on + DAY))
    silent = silent_schools(on=on, until=at)
    return [
        Todo(
            "refused",
            refused,
            _REFUSED,
            "intake:files",
            days,
            "late",
            since="received_at",
            desk="who sent it",
        ),
        Todo(
            "silent",
            silent,
            _SILENT,
            "weekly_so_far",
            {"#": "silent"},
            "soon",
            since="silent_since",
            owner="name",
        ),
    ]


_REFUSED = ("file refused in two weeks", "files refused in two weeks")
_SILENT = ("silent school", "silent schools")


def midnight(day: date) -> datetime:
    """Return the start of a day, in local time."""
    return timezone.make_aware(datetime.combine(day, time.min))
