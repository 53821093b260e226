"""Taking a case to change it, and writing down what was done to it."""

from datetime import datetime

from django.db.models import F

from onroll.accounts.models import User
from onroll.cases.models import Case, Step
from onroll.rules.refusal import Changed, Refused

CHANGED = "Someone else changed this case after you opened the page. Read it again, then decide."


def record(case: Case, entry: str, *, why: str, at: datetime, by: User | None) -> Step:
    """Add a line to the case's chronology, at the stage it is in now."""
    return Step.objects.create(case=case, what=entry[:120], why=why, stage=case.stage, at=at, by=by)


def take(case: Case, version: int | None) -> Case:
    """Lock the case; refuse when the page it was decided on is older than the case."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if version is not None and version != case.version:
        raise Changed(CHANGED)
    return case


def keep(case: Case, *fields: str) -> None:
    """Save the fields named and count the change, so that older pages are refused."""
    Case.objects.filter(pk=case.pk).update(
        version=F("version") + 1, **{field: getattr(case, field) for field in fields}
    )
    case.refresh_from_db()


def refuse_closed(case: Case, done: str) -> None:
    """Refuse what can only be done to an open case; `done` finishes the sentence."""
    if not case.is_open:
        raise Refused(f"This case is closed and cannot be {done}. Open it again first.")
