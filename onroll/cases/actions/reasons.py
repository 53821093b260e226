"""Why a case exists: each reason stands once from one record of one source."""

from datetime import datetime

from onroll.cases.models import Case, CaseReason
from onroll.children.models import Place, Source


def add_reason(
    case: Case,
    *,
    code: str,
    source: Source,
    source_row: int | None,
    because: str,
    clause: str,
    left_place: Place | None,
    at: datetime,
) -> tuple[CaseReason, bool]:
    """Add a reason to a case; return it, and whether it is new. One on the case already stays."""
    return CaseReason.objects.get_or_create(
        case=case,
        code=code,
        source=source,
        source_row=source_row,
        defaults={"because": because, "clause": clause, "left_place": left_place, "added_at": at},
    )
