"""What is on record of a child when a case is to close, for `rules.contradictions`."""

from collections.abc import Mapping
from typing import Any

from onroll.children.models import Child, Place
from onroll.rules.contradiction import Chosen, Record, Stay
from onroll.rules.outcomes import Outcome
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, our_policy

_DIED = "DD"
"""DfE's reason for leaving of a pupil who died (`rules.leaving_codes`)."""


def record_of(child: Child, outcome: Outcome, facts: Mapping[str, Any]) -> Record:
    """Return the birthday, the places of education and the chosen school; three queries."""
    school = facts.get("school")
    places = Place.objects.filter(child=child, is_confirmed=True).education()
    return Record(
        born_on=child.born_on,
        is_born_estimated=child.is_born_estimated,
        stays=tuple(
            Stay(
                title=place.title or "a place not named",
                kind=place.kind,
                from_on=place.from_on,
                to_on=place.to_on,
                is_meant=_is_meant(place, outcome, facts),
                is_ended_by_death=place.leaving_reason == _DIED,
            )
            for place in places.select_related("school")
        ),
        school=_chosen(school) if isinstance(school, School) else None,
    )


def _is_meant(place: Place, outcome: Outcome, facts: Mapping[str, Any]) -> bool:
    """Say whether the facts name this very place."""
    if outcome.code == "home_educated":
        return place.kind == "home_education"
    named = facts.get("school")
    if isinstance(named, School):
        return place.school_id == named.pk
    return bool(named) and str(named).casefold() == place.title.casefold()


def _chosen(school: School) -> Chosen:
    is_ours = school.la_code == our_policy().authority_code
    return Chosen(
        name=school.name,
        calendar=calendar_for(school),
        is_calendar_its_own=is_ours and "independent" not in school.kind.casefold(),
        is_open=school.is_open,
        opened_on=school.opened_on,
        closed_on=school.closed_on,
        lowest_age=school.lowest_age,
        highest_age=school.highest_age,
    )
