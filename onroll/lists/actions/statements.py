"""What the records of a list state of children: that they left, never came, or are known."""

from collections.abc import Iterator

from onroll.children.models import Place
from onroll.children.models.place import EDUCATION
from onroll.formats import SchoolSpell
from onroll.intake.actions.effects import Applying
from onroll.intake.models import LIST_TYPES, Row
from onroll.lists.actions.evidence import AT_ONCE, Comparison, is_of_age
from onroll.lists.models import Finding
from onroll.rules.dated import in_words
from onroll.rules.findings import FindingKind
from onroll.schools.models import School


def check_leavers(c: Comparison) -> Iterator[Finding]:
    """Yield children said to have left a school who are at none."""
    elsewhere = c.elsewhere(c.children)
    for row, school, title in _records(c):
        if row.child_id not in elsewhere:
            words = f"Said to have left {title}; on no roll known on {in_words(c.on)}."
            yield c.finding(FindingKind.VANISHED, row, words, school=school)


def check_no_shows(c: Comparison) -> Iterator[Finding]:
    """Yield children a school says never came, who are at no other (P04)."""
    schools = _schools_of_children(c)
    for row, school, title in _records(c):
        at_others = schools.get(row.child_id or 0, set()) - {school.pk if school else 0}
        if not at_others:
            words = (
                f"Never came to {title}, by its list of {in_words(c.on)}; on no other roll then."
            )
            yield c.finding(FindingKind.NEVER_ARRIVED, row, words, school=school)


def check_services(c: Comparison) -> Iterator[Finding]:
    """Yield children on a health or housing list of whom no place of education is known."""
    elsewhere = c.elsewhere(c.children)
    kind = LIST_TYPES[c.transfer.list_kind].noun
    for row, school, title in _records(c):
        if row.child_id not in elsewhere:
            words = f"On the {kind} list of {in_words(c.on)}, and on no roll known that day."
            if school is not None:
                words += f" The list says {title}: ask there."
            yield c.finding(FindingKind.ON_NONE, row, words)


def _records(c: Comparison) -> Iterator[tuple[Row, School | None, str]]:
    """Yield the records of known children of school age, each child once, with the school named."""
    applying = Applying(c.transfer, c.at)
    rows = c.transfer.rows.filter(child__isnull=False).select_related("child").order_by("number")
    children: set[int] = set()
    for row in rows.iterator(chunk_size=AT_ONCE):
        stay = (row.said.get("schools") or [{}])[0]
        spell = SchoolSpell(*(stay.get(key, "") for key in ("la", "estab", "urn", "name")))
        school = applying.find_school(spell) or c.transfer.sender
        title = school.name if school else spell.name or "a school that is not named"
        if row.child is not None and row.child.pk not in children and is_of_age(row.child, c.on):
            children.add(row.child.pk)
            yield row, school, title


def _schools_of_children(c: Comparison) -> dict[int, set[int]]:
    """Return where each child on the list is taught: the schools, and -1 for anywhere else."""
    places = Place.objects.on_day(c.on).filter(child__in=c.children, kind__in=EDUCATION)
    schools: dict[int, set[int]] = {}
    for child, school in places.values_list("child_id", "school_id").iterator(AT_ONCE):
        schools.setdefault(child, set()).add(school or -1)
    return schools
