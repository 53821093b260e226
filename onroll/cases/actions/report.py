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


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSchool:
    """What one source says of the school that a child goes or went to."""

    school: School | None = None
    """The school on file: it says so itself, or an officer chose it."""
    words: str = ""
    """The school as somebody else named it, who is not the school."""
    joined_on: date | None = None
    attended_on: date | None = None
    """The last day on which the child attended, as was said."""
    has_never_attended: bool = False
    """Whether the school says that the child never came."""
    is_never_on_roll: bool = False
    """Whether the school that refers says so: then `school` is what the record has, if anything."""
    is_by_school: bool = False
    """Whether the school itself says it, of a pupil of its own."""
    is_off_roll: bool | None = None
    """Whether it took the name off its roll; None where it does not say."""
    left_on: date | None = None
    """The last day at the school, or on its roll."""
    ground: str = ""
    is_day_certain: bool = False
    """Whether the day of which the school speaks agrees with all that is on record of the child."""

    @property
    def last_on(self) -> date | None:
        """Return the last day of which it is certain where the child was."""
        is_certain = self.is_by_school and self.is_day_certain
        return self.left_on or (self.attended_on if is_certain else None)
