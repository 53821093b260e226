"""An audit starts with a sample that a seed draws, and ends when every case has its form."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from onroll.accounts.models import User
from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.cases.models import Case
from onroll.rules.case_audits import Pool, closed_from, sample
from onroll.rules.hours import ENGLAND
from onroll.rules.refusal import Changed, Refused

_SAME = timedelta(minutes=15)
OVER = "This audit has ended. Its forms stay as they are."


@dataclass(frozen=True)
class SampleFacts:
    """From which cases how many are drawn, and by which seed."""

    pool: str
    number: int
    seed: int
    closed_days: int | None = None


@transaction.atomic
def start_audit(*, facts: SampleFacts, by: User, at: datetime) -> CaseAudit:
    """Draw the sample, from what the auditor may see and does not own.

    Refused where there is no such case, and where the very same came minutes ago.
    """
    if CaseAudit.objects.filter(**asdict(facts), by=by, at__gt=at - _SAME).exists():
        raise Refused("You started this audit minutes ago. Nothing was added.")
    keys = _pool(facts, by, at)
    if not keys:
        raise Refused("There is no such case that you may see and do not own.", field="pool")
    audit = CaseAudit.objects.create(**asdict(facts), references=sorted(keys), by=by, at=at)
    refs = sample(keys, facts.number, facts.seed)
    SampleCase.objects.bulk_create(
        SampleCase(audit=audit, case_id=keys[ref], place=place)
        for place, ref in enumerate(refs, start=1)
    )
    return audit


def _pool(facts: SampleFacts, by: User, at: datetime) -> dict[str, int]:
    """Return the keys of the cases there are to choose from, by reference; one query."""
    today = at.astimezone(ENGLAND).date()
    is_open = Q(closed_on__isnull=True)
    is_late = Q(closed_on__gte=closed_from(today, facts.closed_days or 0))
    pool = {Pool.OPEN: is_open, Pool.CLOSED: is_late, Pool.BOTH: is_open | is_late}
    rows = Case.objects.visible_to(by, on=today).filter(pool[Pool(facts.pool)])
    return dict(rows.exclude(owner=by).values_list("ref", "pk"))


def lock(audit: CaseAudit) -> CaseAudit:
    """Return the audit as it is now, locked. Changed where it has ended meanwhile."""
    row = CaseAudit.objects.select_for_update().get(pk=audit.pk)
    if not row.is_open:
        raise Changed(OVER)
    return row


@transaction.atomic
def end_audit(*, audit: CaseAudit, by: User, at: datetime) -> CaseAudit:
    """End an audit. Refused while a case has no form and was not left out."""
    row = lock(audit)
    waiting = SampleCase.objects.filter(
        audit=row, graded_at__isnull=True, left_out_at__isnull=True
    ).count()
    if waiting:
        cases = "1 case has" if waiting == 1 else f"{waiting} cases have"
        raise Refused(f"{cases} no form yet. Fill it in, or leave the case out with a reason.")
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])
    return row
