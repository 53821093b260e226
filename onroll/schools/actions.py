"""Every write to authorities, schools, school days and staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.formats.authorities import AUTHORITIES
from onroll.formats.gias import Establishment
from onroll.formats.terms import SchoolDates
from onroll.rules.refusal import Refused
from onroll.schools.models import Authority, Closure, FormerNumber, School, Staff, Term


@dataclass(frozen=True)
class Loaded:
    """How many rows a load added and how many it updated."""

    added: int
    updated: int


@transaction.atomic
def load_authorities() -> Loaded:
    """Add and update the authorities of the shipped code list."""
    before = Authority.objects.count()
    Authority.objects.bulk_create(
        (
            Authority(
                code=listed.code,
                name=listed.name,
                nation=listed.nation,
                region=listed.region,
                status=listed.status,
                successor_codes=listed.successor_codes,
            )
            for listed in AUTHORITIES.values()
        ),
        update_conflicts=True,
        unique_fields=("code",),
        update_fields=("name", "nation", "region", "status", "successor_codes"),
    )
    added = Authority.objects.count() - before
    return Loaded(added=added, updated=len(AUTHORITIES) - added)


@transaction.atomic
def load_schools(*, establishments: Iterable[Establishment], reporting_to: str) -> Loaded:
    """Add or bring up to date schools from GIAS rows.

    A school is known by its URN; when its number changed (it became an academy) the old number
    is kept, because files still arrive under it. An academy often has the number of the school
    it replaced: the open one is the school, whichever row comes first. Rows without a number are
    left out. Open schools of the authority `reporting_to` are to report leavers and joiners.
    """
    by_urn = {school.urn: school for school in School.objects.exclude(urn="")}
    by_number = {school.number: school for school in School.objects.all()}
    added = updated = 0
    for row in sorted(establishments, key=lambda row: row.is_open):
        if not row.establishment:
            continue
        school = by_urn.get(row.urn) or by_number.get(row.number)
        added, updated = (added + 1, updated) if school is None else (added, updated + 1)
        school = school or School()
        _keep_former_number(school, row)
        _take(school, row, reporting_to)
        school.save()
        _keep_previous_number(school, row)
        by_urn[row.urn], by_number[school.number] = school, school
    return Loaded(added=added, updated=updated)


def _keep_former_number(school: School, row: Establishment) -> None:
    if school.pk and school.number != row.number:
        record_former_number(
            school=school, la_code=school.la_code, establishment=school.establishment
        )


def _keep_previous_number(school: School, row: Establishment) -> None:
    before = row.previous_number
    if before and before != school.number:
        record_former_number(school=school, la_code=before[:3], establishment=before[3:])


def _take(school: School, row: Establishment, reporting_to: str) -> None:
    school.urn, school.name = row.urn, row.name[:100]
    school.la_code, school.establishment = row.la_code, row.establishment
    school.phase, school.kind = row.phase[:20], row.kind[:80]
    school.is_open, school.opened_on, school.closed_on = row.is_open, row.opened_on, row.closed_on
    school.lowest_age, school.highest_age = row.lowest_age, row.highest_age
    school.postcode, school.phone = row.postcode[:8], row.phone[:35]
    school.is_reporting = row.is_open and row.la_code == reporting_to


@transaction.atomic
def record_former_number(
    *, school: School, la_code: str, establishment: str, until_on: date | None = None
) -> FormerNumber:
    """Record an old number of a school, so that files under it still find the school."""
    number, _ = FormerNumber.objects.get_or_create(
        school=school,
        la_code=la_code,
        establishment=establishment,
        defaults={"until_on": until_on},
    )
    return number


@transaction.atomic
def set_term(*, name: str, starts_on: date, ends_on: date, school: School | None = None) -> Term:
    """Set a term of the authority, or of one school that differs from it."""
    term, _ = Term.objects.update_or_create(
        school=school, starts_on=starts_on, defaults={"name": name, "ends_on": ends_on}
    )
    return term


@transaction.atomic
def close_on(*, on: date, why: str, school: School | None = None) -> Closure:
    """Record a day in term on which a school, or every school, is closed."""
    closure, _ = Closure.objects.update_or_create(school=school, on=on, defaults={"why": why})
    return closure


@transaction.atomic
def load_terms(*, dates: Sequence[SchoolDates]) -> Loaded:
    """Set terms and closures from a list: all of it, or nothing.

    A term is identified by its school and first day, so that a corrected list corrects it. Raises
    Refused if a number is not on file.
    """
    schools = {school.number: school for school in School.objects.all()}
    unknown = sorted({row.number for row in dates if row.number} - schools.keys())
    if unknown:
        raise Refused(f"These schools are not on file: {', '.join(unknown)}.", field="file")
    before = _how_many()
    for row in dates:
        school = schools.get(row.number)
        if row.is_term:
            set_term(
                name=row.name,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                school=school,
            )
        else:
            for n in range((row.ends_on - row.starts_on).days + 1):
                close_on(
                    on=row.starts_on + timedelta(n),
                    why=row.name,
                    school=school,
                )
    added = _how_many() - before
    return Loaded(added=added, updated=max(len(dates) - added, 0))


def _how_many() -> int:
    return Term.objects.count() + Closure.objects.count()


@transaction.atomic
def add_staff(*, user: User, school: School, on: date) -> Staff:
    """Record that a person with a school role works at a school from a day on."""
    staff, _ = Staff.objects.get_or_create(user=user, school=school, defaults={"from_on": on})
    return staff


@transaction.atomic
def remove_staff(*, user: User, school: School) -> bool:
    """End a person's work at a school; from now on they see nothing of it.

    Returns whether they worked there. What they did stays theirs in the audit trail.
    """
    deleted, _ = Staff.objects.filter(user=user, school=school).delete()
    return bool(deleted)
