"""The agenda and the minutes of a meeting as tagged PDFs.

A paper that is left on a table must name no child: it has initials, the school year and the
reference of the case. Names are said in the room.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from onroll.cases.words import initials, year_of
from onroll.govuk.document import Document, Section, moment, set_pdf, weekday
from onroll.govuk.fields import in_words
from onroll.meetings.models import AgendaItem, Meeting
from onroll.rules.meetings import without_names
from onroll.schools.queries import our_policy

CONFIDENTIAL = "Confidential: it is about children"


def agenda_of(meeting: Meeting, items: Sequence[AgendaItem], *, made_at: datetime) -> bytes:
    """Return the agenda: what is talked about, and why."""
    lines = (*_when_and_where(meeting), f"Printed {moment(made_at)}.")
    rows = [[*_case_and_child(item, meeting), _plain(item, items, _why(item))] for item in items]
    section = Section("Children", (), ("Case", "Child", "Why"), rows)
    if not rows:
        section = Section("Children", ("No case is on the agenda.",))
    return _set(f"Agenda {meeting.ref}", lines, [section], made_at)


def minutes_of(meeting: Meeting, items: Sequence[AgendaItem], *, made_at: datetime) -> bytes:
    """Return the minutes: who came, and of each child what was said and decided.

    `items` have their decisions read.
    """
    lines = (*_when_and_where(meeting), f"Made in Onroll, {moment(made_at)}.")
    came = [[name, agency] for name, agency in meeting.people]
    people = Section("Who came", (), ("Name", "For whom"), came)
    talks = (part for item in items for part in _talk(item, items, meeting))
    return _set(f"Minutes {meeting.ref}", lines, [people, *talks], made_at)


def _set(title: str, lines: Sequence[str], sections: Sequence[Section], at: datetime) -> bytes:
    policy = our_policy()
    return set_pdf(
        Document(title, lines, sections),
        authority=policy.authority_name,
        colour=policy.colour,
        confidential=CONFIDENTIAL,
        made_at=at,
    )


def _when_and_where(meeting: Meeting) -> tuple[str, ...]:
    hour = f", {meeting.hour}" if meeting.hour else ""
    return (
        f"Meeting of agencies about children missing education, {weekday(meeting.on)}{hour}.",
        f"Place: {meeting.place}.",
    )


def _case_and_child(item: AgendaItem, meeting: Meeting) -> list[str]:
    child = item.case.child
    return [item.case.ref, f"{initials(child)}, {year_of(child, on=meeting.on)}"]


def _plain(item: AgendaItem, items: Sequence[AgendaItem], text: str) -> str:
    """Return what somebody wrote, with initials where it names the child, or another of the
    meeting: brothers and sisters are talked about together."""
    others = (other for other in items if other != item)
    children = [row.case.child for row in (item, *others)]
    return without_names(
        text,
        [((row.forename, row.surname, row.chosen_name), initials(row)) for row in children],
    )


def _why(item: AgendaItem) -> str:
    return ". ".join(filter(None, (*item.titles, item.why)))


def _talk(item: AgendaItem, items: Sequence[AgendaItem], meeting: Meeting) -> Iterator[Section]:
    ref, child = _case_and_child(item, meeting)
    plain = partial(_plain, item, items)
    sentences = (f"Why: {plain(_why(item))}.", f"What was said: {plain(item.words)}")
    rows = [[plain(row.words), row.whom, in_words(row.due_on)] for row in item.decisions]
    heading = f"Case {ref}: {child}"
    if rows:
        yield Section(heading, sentences, ("What was decided", "Who does it", "By"), rows)
    else:
        yield Section(heading, (*sentences, "Nothing was decided."))
