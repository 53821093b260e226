"""What a referral says of a child's school, kept as a fact with its source and on the case.

A school says it of its own pupil; what anybody else says stands as said by them. Neither shows that
the child is at a school now, so nothing is found, met or closed by it.
"""

from collections.abc import Iterator
from datetime import datetime

from onroll.accounts.models import User
from onroll.cases.actions.lock import record
from onroll.cases.actions.report import LastSchool
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import Child, Source
from onroll.govuk.fields import in_words

WHAT = "What the referral says of school"


def write_last_school(child: Child, last: LastSchool, source: Source, *, is_new: bool) -> None:
    """Write the place of a child: one that ended on a school's roll, or one as it was said.

    A child who was on record before has places from files; what a school says is no file, so it
    ends none of them.
    """
    if last.words:
        children.say_place(child=child, source=source, words=last.words, to_on=last.attended_on)
    elif is_new and last.school is not None and last.left_on is not None:
        children.end_place(
            child=child,
            school=last.school,
            left_on=last.left_on,
            source=source,
            from_on=last.joined_on,
            ground_letter=_letter(last.ground),
        )
    elif is_new and last.school is not None and last.is_off_roll is False:
        children.say_place(child=child, source=source, school=last.school, from_on=last.joined_on)


def record_last_school(
    case: Case, last: LastSchool, source: Source, *, at: datetime, by: User
) -> None:
    """Add to what happened to a case what a referral says of school, if it says anything."""
    why = " ".join(_sentences(last, source))
    if why:
        record(case, WHAT, why=why, at=at, by=by)


def _sentences(last: LastSchool, source: Source) -> Iterator[str]:
    said = f"{source.said_by}, said on {in_words(source.said_on)}"
    if last.words:
        yield f"{said} that the child goes or went to “{last.words}”."
        if last.attended_on:
            yield f"The last day there, as was said: {in_words(last.attended_on)}."
        yield "The school has not said so itself."
    elif last.is_by_school and last.attended_on:
        yield f"{said} that the child last attended on {in_words(last.attended_on)}."
    elif last.has_never_attended:
        yield f"{said} that the child never attended there."
    if last.is_never_on_roll:
        yield "The name was never on the roll of the school that refers."
    elif last.is_by_school and last.is_off_roll is not None:
        yield _of_the_roll(last)


def _of_the_roll(last: LastSchool) -> str:
    """Return what became of the name; the day stays out where only that of the absence is known."""
    if not last.is_off_roll:
        return "The name is on its roll still."
    is_known = last.left_on is not None and last.left_on != last.attended_on
    day = f" on {in_words(last.left_on)}" if last.left_on and is_known else ""
    ground = f" Ground: {last.ground}." if last.ground else ""
    return f"The name was taken off its roll{day}.{ground}"


def _letter(ground: str) -> str:
    """Return the letter of the ground of removal, where that and nothing else was given."""
    letter = ground.strip().strip("().").upper()
    return letter if len(letter) == 1 and letter.isalpha() else ""
