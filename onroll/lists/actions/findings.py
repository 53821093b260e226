"""Keep what lists show: it waits in review, or opens a case."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Place, PlaceKind, Source
from onroll.children.queries import is_plain
from onroll.intake.models import RowStage
from onroll.lists.models import Finding
from onroll.rules.sentences import as_sentence
from onroll.schools.queries import our_policy

REGISTERED = PlaceKind.REGISTERED.value
DAY = timedelta(days=1)
ANSWER_HOLDS = timedelta(days=182)
"""So long an answer is not asked for again; after that a list that still says so asks."""


@transaction.atomic
def keep_findings(findings: list[Finding], *, at: datetime) -> int:
    """Store the findings that are not waiting, lately answered or a case already.

    One opens a case at once where the policy says so, and for a child with a protected identity:
    such a child stands in no list of which many read. Returns how many are kept.
    """
    ids = {finding.child_id for finding in findings}
    waiting = _questions(ids, at)
    on_register = set(Case.objects.open().filter(child__in=ids).values_list("child_id", flat=True))
    new = []
    for finding in findings:
        question = (finding.kind, finding.school_id)
        is_known = finding.child_id in on_register and finding.type.is_of_nobody
        if question not in waiting[finding.child_id] and not is_known:
            waiting[finding.child_id].add(question)
            new.append(finding)
    Finding.objects.bulk_create(new)
    to_case = set(our_policy().on(at.date()).list_findings_to_case)
    for finding in new:
        is_secret = finding.type.is_of_nobody and not is_plain(finding.child)
        if finding.kind in to_case or is_secret:
            open_case(finding, source=finding.transfer.source, why=finding.because, by=None, at=at)
    return len(new)


def _questions(ids: set[int], at: datetime) -> Mapping[int, set[tuple[str, int | None]]]:
    """Return what waits already of each child, or was answered of late: it is known where."""
    holds = Q(answered_at__isnull=True) | Q(answer="known", answered_at__gte=at - ANSWER_HOLDS)
    questions: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    for finding in Finding.objects.filter(holds, child__in=ids, withdrawn_at__isnull=True):
        questions[finding.child_id].add((finding.kind, finding.school_id))
    return questions


def open_case(
    finding: Finding, *, source: Source | None, why: str, by: User | None, at: datetime
) -> None:
    """Put the child on the register, and end the place the list has shown to be over."""
    if source is None:
        raise ValueError("A list is read before it is compared.")
    on = finding.transfer.listed_on or at.date()
    end_place(finding, on=on, source=source)
    report = casework.Report(
        reason=finding.type.reason,
        because=_evidence(finding, why=why if by else ""),
        clause=finding.type.clause,
        source=source,
        row=finding.row.number if finding.row and by is None else None,
        missing_since_on=min(on, at.date()),
        is_since_known=finding.type.ends_stay,
        school=finding.school,
    )
    finding.case, _ = casework.open_case(
        child=finding.child, report=report, on=at.date(), at=at, by=by
    )
    if by is None:
        finding.answer, finding.answered_at = "missing", at
    finding.save(update_fields=["case", "answer", "answered_at"])


def end_place(finding: Finding, *, on: date, source: Source) -> None:
    """End the place at the school whose list shows that the child is not there on a day."""
    if finding.type.ends_stay:
        stays = Place.objects.filter(child=finding.child, school=finding.school, kind=REGISTERED)
        left = stays.filter(to_on__isnull=True).exclude(from_on__gt=on - DAY)
        children.end_places(
            places=list(left.values_list("pk", flat=True)), on=on - DAY, source=source
        )


def _evidence(finding: Finding, *, why: str) -> str:
    """Return why the child goes onto the register: a person's reason, and what the list showed."""
    row = finding.maybe_row
    words = [*([as_sentence(why)] if why else []), finding.because]
    if row is not None and row.stage in (RowStage.UNSURE.value, RowStage.HELD.value):
        words.append(f"Record {row.number} of the list was not settled, and may be this child.")
    return " ".join(words)
