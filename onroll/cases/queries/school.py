"""What a school sees of the register: its own pupils with an open case, and no details."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from onroll.accounts.models import User
from onroll.cases import words
from onroll.cases.models import Case
from onroll.children.models import Place
from onroll.children.queries import plain
from onroll.rules.pathway import STAGE_TITLES, Stage
from onroll.schools.models import School


@dataclass(frozen=True)
class Pupil:
    """A pupil of the school with an open case: initials; no reason, address, note or owner."""

    ref: str
    child_id: int
    name: str
    year: str
    school: str
    stay: str
    opened_on: date
    stage: str


def our_children(user: User, *, on: date, at: School | None = None) -> list[Pupil]:
    """Return the pupils on roll, or who left within twelve months, with an open case.

    Those `at` one school, where it is named.

    Children with a protected identity are left out: nobody outside the authority learns that they
    are looked for (access matrix, rows 5 and 6, `OM`).
    """
    places = (
        Place.objects.at_schools_of(user, on=on)
        .filter(child=OuterRef("child"))
        .order_by("-from_on")
    )
    cases = (
        Case.objects.visible_to(user, on=on)
        .open()
        .filter(plain("child"))
        .select_related("child")
        .annotate(
            left_on=Subquery(places.values("to_on")[:1]),
            at_school=Subquery(places.values("school")[:1]),
            school_name=Subquery(places.values("school__name")[:1]),
        )
        .order_by("child__surname", "child__forename", "pk")
    )
    if at is not None:
        cases = cases.filter(at_school=at.pk)
    return [_pupil(case, getattr(case, "left_on", None), on) for case in cases]


def _pupil(case: Case, left_on: date | None, on: date) -> Pupil:
    return Pupil(
        ref=case.ref,
        child_id=case.child_id,
        name=words.initials(case.child),
        year=words.year_of(case.child, on=on),
        school=getattr(case, "school_name", "") or "",
        stay=f"Left on {left_on:%-d %B %Y}" if left_on else "On your roll",
        opened_on=case.opened_on,
        stage="Closed" if case.closed_on else STAGE_TITLES[Stage(case.stage)],
    )
