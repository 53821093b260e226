"""What a family answers reaches the list of the case, open or closed: it is never refused (P62)."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.enquiries.actions.entries import keep_entry, plan_next
from onroll.enquiries.actions.facts import EntryFacts
from onroll.enquiries.models import WAITING_CODES, Enquiry
from onroll.rules.enquiry_log import Act, EnquiryStage


@transaction.atomic
def answer_of_family(
    *,
    case: Case,
    enquiry: Enquiry | None,
    step: str,
    facts: EntryFacts,
    next_step: str,
    by: User | None,
    at: datetime,
) -> Enquiry:
    """Keep what a family told on the enquiry that asked them, and return that.

    Where it is withdrawn, or none asked, the one of the step that is on its way has it, else a new
    one. `by` is nobody where they answered by themselves: it is news then to whoever has the case.
    `next_step` is what the answer asks for beside what its lead does; "" for nothing.
    """
    row = _open_to_it(case, enquiry, step)
    if row is None:
        row = Enquiry.objects.create(case=case, step=step, at=at, by=by)
    keep_entry(row, Act.ANSWER, facts, by=by, at=at, is_news=by is None)
    if case.is_open:
        plan_next(row, next_step, at=at)
    return row


def _open_to_it(case: Case, enquiry: Enquiry | None, step: str) -> Enquiry | None:
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related(
        "case__child", "case__school"
    )
    rows = rows.exclude(stage__in=[EnquiryStage.WITHDRAWN.value, EnquiryStage.LEFT_OUT.value])
    if enquiry is not None:
        return rows.filter(pk=enquiry.pk).first()
    stages = [EnquiryStage.PLANNED.value, *WAITING_CODES]
    own = rows.filter(case=case, step=step, stage__in=stages, referral="")
    return own.filter(asked_school=None, by_school=None).order_by("-pk").first()
