"""What one source reports of a child who is missing education."""

from dataclasses import dataclass
from datetime import date

from onroll.children.models import Place, Source
from onroll.schools.models import School


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Why a child belongs on the register, since when, and who says so."""

    reason: str
    """A code of `rules.reasons.CASE_REASONS`."""
    source: Source
    missing_since_on: date
    """The first day without a known place; the day of the report where that is not known."""
    is_since_known: bool = True
    because: str = ""
    """What the source says, in a sentence."""
    clause: str = ""
    row: int | None = None
    """The number of the record, where the source is a file."""
    school: School | None = None
    """The school that the child left, as far as it is known; its days count for the clocks."""
    left_place: Place | None = None
    """The place whose end, and nobody's word, shows that the child is missing."""
    event_on: date | None = None
    """The day from which the law counts for this reason (`rules.reasons.EVENTS`)."""
