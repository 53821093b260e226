"""The file of a case, made as it stands now for a stated reason, with a copy beside it that names
no third party (access matrix, row 28)."""

import hashlib
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.record.models import CaseFile, Complaint
from onroll.record.printed import case_file
from onroll.record.queries.printing import record_of
from onroll.rules.references import speakable
from onroll.rules.refusal import Refused


@transaction.atomic
def make_case_file(
    *, case: Case, why: str, complaint: Complaint | None = None, by: User, at: datetime
) -> CaseFile:
    """Make the file of a case, whole and redacted, and keep both as they are.

    Refused without a reason. `case` must come from `get_case`: what its maker may not read is not
    in the file.
    """
    if not why.strip():
        raise Refused("Say why the file is made", field="why")
    ref = speakable()
    record = record_of(case, by, at=at)
    whole, redacted = case_file.make(record, ref=ref, why=why, complaint=complaint)
    return CaseFile.objects.create(
        ref=ref,
        case=case,
        complaint=complaint,
        why=why,
        whole=whole,
        whole_sha256=hashlib.sha256(whole).hexdigest(),
        redacted=redacted,
        redacted_sha256=hashlib.sha256(redacted).hexdigest(),
        at=at,
        by=by,
    )
