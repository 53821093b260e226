"""Since when nobody knows of a place: one answer for the head of a case, and for the chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onroll.cases.models import Case
from onroll.children.models import Place
from onroll.children.models.place import EDUCATION

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Since:
    """The first day without a known place, and the place that was known last, if that says it."""

    on: date
    is_known: bool
    last: Place | None = None


def since_of(case: Case, places: Iterable[Place]) -> Since:
    """Return since when no place of a child is known, by a case and all places on record.

    Where nobody said it when the case was opened, it is the day after the last education on record
    ended: that was the place that was known last. It is no day from which the law counts, which
    stays on the case. Where education goes on in the record, or none is there, it is not known, and
    the day is that on which we were told.
    """
    told_on = case.missing_since_on
    if case.is_since_known:
        return Since(told_on, is_known=True)
    taught = [place for place in places if place.kind in EDUCATION]
    ended = [place for place in taught if place.to_on is not None and place.to_on < told_on]
    if not ended or any(_holds(place, told_on) for place in taught):
        return Since(told_on, is_known=False)
    last = max(ended, key=_end)
    return Since(_end(last) + _DAY, is_known=True, last=last)


def _end(place: Place) -> date:
    return place.to_on or date.max


def _holds(place: Place, on: date) -> bool:
    has_begun = place.from_on is None or place.from_on <= on
    return has_begun and _end(place) >= on
