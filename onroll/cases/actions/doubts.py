"""What the hub finds of a child again that an open case says otherwise is put before its worker."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.alerts import raise_alert
from onroll.cases.actions.lock import keep, record, take
from onroll.cases.models import AlertKind, Case, Sighting
from onroll.children.models import Source
from onroll.rules import pathway
from onroll.rules.pathway import Stage
from onroll.rules.risk import RiskAnswer


@transaction.atomic
def doubt_case(
    *,
    case: Case,
    is_unknown: bool,
    may_be_at_risk: bool,
    said: str,
    source: Source,
    at: datetime,
    by: User | None,
) -> Case:
    """Raise what the hub found that contradicts an open case, until somebody settles it.

    That is that nobody knows where the child is (`is_unknown`), or that something may point to a
    risk; `said` says where the hub said so, and `source` is the report that joined the case. The
    stage stays: whoever has the case says that the child is lost again, or why it is not so. A
    case on which the whereabouts were only noted says at once that they are not known.
    """
    case = take(case, None)
    if not case.is_open:
        return case
    if contradicted := [*_contradicted(case, is_unknown, may_be_at_risk)]:
        quote = f"{said}: {' '.join(contradicted)}"
        raise_alert(case=case, kind=AlertKind.DOUBTED, source=source, quote=quote, at=at)
    is_only_noted = pathway.LOSE not in pathway.moves_from(Stage(case.stage))
    if is_unknown and case.is_whereabouts_known and is_only_noted:
        case.is_whereabouts_known = False
        keep(case, "is_whereabouts_known")
        record(case, "Whereabouts not known", why=f"{said}.", at=at, by=by)
    return case


def _contradicted(case: Case, is_unknown: bool, may_be_at_risk: bool) -> Iterator[str]:
    """Yield in sentences what the hub found, and what the case says instead."""
    if is_unknown and case.is_whereabouts_known:
        yield "nobody knows where the child is. The case said that it is known."
    seen = Sighting.objects.filter(case__child=case.child_id, withdrawn_at=None)
    last = seen.exclude(is_safe="").first()
    if may_be_at_risk and last is not None and last.is_safe == RiskAnswer.YES.value:
        yield "something may point to a risk. Who saw the child last said that the child is safe."
