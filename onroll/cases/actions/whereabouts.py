"""What becomes known of a child's places reaches the child's open case at once (P42, P43)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from onroll.accounts.models import User
from onroll.cases import words
from onroll.cases.actions.alerts import end_alerts, raise_alert
from onroll.cases.actions.lock import record
from onroll.cases.actions.work import move_case
from onroll.cases.models import Alert, AlertKind, Case
from onroll.children.models import Child, Place, Source
from onroll.children.models.place import EDUCATION
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.rules import pathway
from onroll.rules.pathway import Stage

SAME_MOVE = timedelta(days=31)
"""A place that begins no longer than this before the gap may be the same move, told late."""


@transaction.atomic
def update_whereabouts(
    *,
    child: Child,
    on: date,
    at: datetime,
    by: User | None = None,
    is_decided_unknown: bool = False,
) -> Case | None:
    """Tell the child's open case, if there is one, where the child is now or is to be.

    `by` is who stated the place; nobody where the case is told of it by itself. Where the hub has
    decided that nobody knows where the child is (`is_decided_unknown`), a place that holds is a
    lead to follow up: an alert says so, and the case is not *found*.

    A place that holds is an alert, and the case is *found*; it stays open until an officer has
    proof of attendance, because a file is a claim and a twin can be taken for the child. A place
    that begins later is a plan: a clock waits for its first day, and the child is still missing.
    An alert about a place that no longer holds ends.
    """
    case = Case.objects.select_for_update().filter(child=child, closed_on__isnull=True).first()
    if case is None:
        return None
    places = list(_news(case, on).select_related("school", "source"))
    holding = [place for place in places if place.from_on is not None and place.from_on <= on]
    for place in places:
        if place not in holding:
            _wait_for(case, place, at=at, by=by)
    for place in holding:
        case = _found_at(case, place, is_lead=is_decided_unknown, at=at, by=by)
    _end_what_is_over(case, holding, places, at=at)
    return case


@transaction.atomic
def tell_of_claim(
    *,
    child: Child,
    places: Sequence[Place],
    source: Source,
    told_in: Source | None,
    row: int,
    claim: str,
    next_step: str,
    why: str,
    on: date,
    at: datetime,
    by: User | None,
) -> Case | None:
    """Tell the child's open case that a claim is confirmed, by the officer who asked (P42).

    `places` are those that the claim was about, `told_in` and `row` the record that made it, whose
    own alert ends with the answer; `then` is what is to be done next. A place that holds is one
    found, as ever; of any other, and where the claim is about none, an alert says what was
    confirmed and what is still to be had.
    """
    case = update_whereabouts(child=child, on=on, at=at, by=by)
    if case is None:
        return None
    record(case, f"A school’s claim is confirmed: {claim}", why=why, at=at, by=by)
    if told_in is not None:
        leads = case.alerts.filter(kind=AlertKind.LEAD.value, source=told_in, source_row=row)
        end_alerts(leads, at=at, by=by)
    for place in places:
        if place.kind not in EDUCATION:
            raise_alert(case=case, kind=AlertKind.CLAIM, place=place, at=at)
    if not places:
        quote = f"{source.said_by} confirmed: {claim[0].lower()}{claim[1:]}. {next_step}"
        raise_alert(case=case, kind=AlertKind.CLAIM, source=source, row=row, quote=quote, at=at)
    return case


@transaction.atomic
def update_all_whereabouts(*, on: date, at: datetime) -> int:
    """Tell every open case of a place that began since, or of which nothing told it.

    Returns how many cases were told. Places and alerts are read for all cases and compared here:
    one query for it all takes minutes where the tables have grown since they were last analysed.
    """
    cases = list(Case.objects.open().select_related("child").order_by("pk"))
    places: dict[int, list[Place]] = defaultdict(list)
    for place in _current(on).filter(child__in={case.child_id for case in cases}, from_on__lte=on):
        places[place.child_id].append(place)
    located = Alert.objects.filter(kind=AlertKind.LOCATED.value, case__in=cases)
    told = set(located.order_by().values_list("case", "place"))
    untold = [
        case
        for case in cases
        if any(
            _is_news(place, case) and (case.pk, place.pk) not in told
            for place in places[case.child_id]
        )
    ]
    for case in untold:
        update_whereabouts(child=case.child, on=on, at=at)
    return len(untold)


def _current(on: date) -> "QuerySet[Place]":
    """Return the places of education that hold on a day, or are to begin."""
    is_current = Q(to_on__isnull=True) | Q(to_on__gte=on)
    return Place.objects.filter(is_current, kind__in=EDUCATION, is_confirmed=True)


def _is_news(place: Place, case: Case) -> bool:
    """Say whether a place began with the gap or after it."""
    return place.from_on is not None and place.from_on >= case.missing_since_on - SAME_MOVE


def _news(case: Case, on: date) -> "QuerySet[Place]":
    """Return the places of education that began, or begin, with the gap or after it."""
    since = case.missing_since_on - SAME_MOVE
    places = _current(on).filter(child=case.child_id, from_on__gte=since)
    return places.order_by("from_on", "pk")


def _wait_for(case: Case, place: Place, *, at: datetime, by: User | None) -> None:
    assert place.from_on is not None
    _, is_new = clocks.start_on(
        of=case,
        clock="place_begins",
        starts_on=place.from_on,
        due_on=place.from_on,
        place=place,
    )
    if is_new:
        record(case, "A place is to begin", why=words.describe_plan(place), at=at, by=by)


def _found_at(case: Case, place: Place, *, is_lead: bool, at: datetime, by: User | None) -> Case:
    if case.alerts.filter(kind=AlertKind.LOCATED.value, place=place).exists():
        return case
    if not is_lead and pathway.LOCATE in pathway.moves_from(Stage(case.stage)):
        why = words.describe_place(place)
        case = move_case(case=case, move=pathway.LOCATE, why=why, at=at, by=by)
    raise_alert(case=case, kind=AlertKind.LOCATED, place=place, at=at)
    return case


def _end_what_is_over(
    case: Case, holding: list[Place], places: list[Place], *, at: datetime
) -> None:
    """End the alerts of places that hold no more, and the clocks of plans that were dropped."""
    located = case.alerts.filter(kind=AlertKind.LOCATED.value).exclude(place=None)
    end_alerts(located.exclude(place__in=holding), at=at)
    claims = case.alerts.filter(kind=AlertKind.CLAIM.value, place__to_on__isnull=False)
    end_alerts(claims, at=at)
    plans = case.deadlines.filter(place__isnull=False).exclude(place__in=places)
    clocks.end(clocks=plans, on=at.date(), why=Ended.PLACE_OVER)
