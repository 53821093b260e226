"""What went over S2S, and each search of the lost pupil database, in order of day (P37).

Searches and messages of ours are enquiries of a case; messages of other authorities have a list of
their own (P69). Each stays where it is written down: this only reads both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import TruncDate

from onroll.accounts.models import User
from onroll.advice.models import PupilMessage
from onroll.cases.queries.protected import may_know
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.rules.enquiry_log import Act, EnquiryStage
from onroll.rules.hours import ENGLAND

STEP = "s2s"
_ACTS = [act.value for act in (Act.ASK, Act.CHASE, Act.ANSWER)]
_ENTRY, _MESSAGE, _ANSWER = "entry", "message", "answer"


@dataclass(frozen=True)
class S2SLine:
    """One line of the log: an entry of an enquiry, or a message that came or was answered."""

    on: date
    entry: EnquiryEntry | None = None
    message: PupilMessage | None = None
    is_answer: bool = False


def s2s_log(
    user: User, *, on: date, from_on: date | None = None, until_on: date | None = None
) -> QuerySet[Any, Any]:
    """Return what a person may read of the log, the newest on top, between two days; one query.

    `lines_of` makes lines of a page of it. What was left out or withdrawn is no search.
    """
    enquiries = Enquiry.objects.visible_to(user, on=on).filter(may_know(user, "case__child"))
    enquiries = enquiries.filter(step=STEP).exclude(stage=EnquiryStage.WITHDRAWN.value)
    searches = EnquiryEntry.objects.filter(enquiry__in=enquiries, act__in=_ACTS)
    messages = PupilMessage.objects.visible_to(user)
    answers = messages.filter(answered_at__isnull=False)
    parts = (
        _part(searches, _ENTRY, F("done_on")),
        _part(messages, _MESSAGE, F("received_on")),
        _part(answers, _ANSWER, TruncDate("answered_at", tzinfo=ENGLAND)),
    )
    log, *parts_below = (_between(part, from_on, until_on) for part in parts)
    whole: QuerySet[Any, Any] = log.union(*parts_below, all=True)
    return whole.order_by("-day", "kind", "-pk")


def _part(rows: QuerySet[Any], kind: str, day: Any) -> QuerySet[Any, Any]:
    part = rows.annotate(kind=Value(kind, output_field=CharField()), day=day)
    keys: QuerySet[Any, Any] = part.order_by().values_list("kind", "pk", "day")
    return keys


def _between(
    rows: QuerySet[Any, Any], from_on: date | None, until_on: date | None
) -> QuerySet[Any, Any]:
    if from_on:
        rows = rows.filter(day__gte=from_on)
    return rows.filter(day__lte=until_on) if until_on else rows


def lines_of(rows: Sequence[tuple[str, int, date]]) -> list[S2SLine]:
    """Return the lines of a page of the log, with what each shows; two queries at most."""
    entries = EnquiryEntry.objects.select_related(
        "enquiry__case__child", "enquiry__asked_school", "enquiry__by_school", "by"
    ).in_bulk([pk for kind, pk, _ in rows if kind == _ENTRY])
    messages = PupilMessage.objects.select_related("by", "answered_by").in_bulk(
        [pk for kind, pk, _ in rows if kind != _ENTRY]
    )
    return [
        S2SLine(day, entry=entries[pk])
        if kind == _ENTRY
        else S2SLine(day, message=messages[pk], is_answer=kind == _ANSWER)
        for kind, pk, day in rows
    ]
