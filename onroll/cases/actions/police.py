"""Whether the police know that a child is missing is written down on the case."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.lock import record, take
from onroll.cases.models import Case, PoliceReport
from onroll.rules.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class PoliceFacts:
    """Who told the police, when, and under which numbers; or why nobody did."""

    is_reported: bool
    reported_by: str = ""
    reported_on: date | None = None
    force: str = ""
    reference: str = ""
    missing_number: str = ""
    why_not: str = ""


@transaction.atomic
def record_police(
    *,
    case: Case,
    facts: PoliceFacts,
    source: str = "",
    by: User | None,
    at: datetime,
    said_at: datetime | None = None,
) -> PoliceReport:
    """Keep it as the newest. Refused where the newest says the very same.

    `source` is the referral of which the hub wrote it down, and `said_at` when: what somebody said
    later stays the newest though it came to the case before.
    """
    case = take(case, None)
    newest = case.police_reports.first()
    if newest is not None and all(
        getattr(newest, name) == value for name, value in asdict(facts).items()
    ):
        raise Refused("The very same stands on the case already.")
    row = PoliceReport.objects.create(
        case=case, source=source, at=said_at or at, by=by, **asdict(facts)
    )
    words = f"{row.reported_by}: {row.numbers}" if row.is_reported else row.why_not
    record(case, row.title, why=words, at=at, by=by)
    return row


def take_over_police(
    *,
    case: Case,
    facts: PoliceFacts,
    referral: str,
    by: User | None,
    at: datetime,
    said_at: datetime | None = None,
) -> PoliceReport | None:
    """Keep on a case what the hub asked already, so that nobody asks again; None if it is there,
    or was and somebody wrote down something newer since."""
    last = case.police_reports.filter(source=referral).first()
    if last is not None and all(getattr(last, n) == said for n, said in asdict(facts).items()):
        return None
    try:
        return record_police(case=case, facts=facts, source=referral, by=by, at=at, said_at=said_at)
    except Refused:
        return None
