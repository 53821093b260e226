"""What the list of a person's day draws, and the sentence above it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.casefile.whole_day import WholeDay
from onroll.cases.offers import DayRow
from onroll.cases.queries.waiting import waited
from onroll.govuk.parts import Column, Table
from onroll.govuk.templatetags.govuk import by_midnight, tag, when
from onroll.rules.day import PLACES, Call
from onroll.rules.hours import ENGLAND

_COLUMNS = ("Why now", "What", Column("Next step", is_hidden=True))


def day_table(rows: Sequence[DayRow], *, at: datetime) -> Table:
    """Draw rows of a day in their order, each with its reason and its next step."""
    drawn = [_row(row, at=at) for row in rows]
    return Table("What to do now", _COLUMNS, drawn, is_caption_hidden=True, is_stacked=True)


def _row(row: DayRow, *, at: datetime) -> tuple[object, ...]:
    place = PLACES[row.call]
    lines = format_html_join(SafeString("<br>"), "{}", ((line,) for line in _lines(row, at)))
    return (tag(place.because, place.meaning), lines, _step(row))


def _lines(row: DayRow, at: datetime) -> Iterator[object]:
    """Yield who it is about, what is asked, and when it is due or came, by which clause."""
    if row.about:
        shape = '<strong>{}</strong>, <a class="govuk-link onroll-nowrap" href="{}">{}</a>'
        yield format_html(shape, row.about, row.step_url, row.ref)
    if row.risk[0]:
        yield tag(*row.risk)
    if row.covered_for:
        yield f"For {row.covered_for}"
    yield row.words
    if row.besides:
        also = (PLACES[call].because for call in row.besides)
        yield f"Also: {', '.join(words[0].lower() + words[1:] for words in also)}"
    yield format_html('<span class="govuk-hint">{}</span>', _when(row, at))


def _when(row: DayRow, at: datetime) -> SafeString:
    if not row.is_due:
        age = waited(row.since, at=at)
        whose = f", {row.whose}" if row.whose else ""
        since = format_html("Since {} ({}){}", when(row.since), age, whose)
        return format_html("{}. {}", since, _due(row, row.due, at)) if row.due else since
    due = _due(row, row.since, at)
    return format_html("{}. {}", due, row.clause) if row.clause else due


def _due(row: DayRow, due: date | datetime, at: datetime) -> SafeString:
    has_hour = isinstance(due, datetime) or row.call is not Call.DANGER
    return format_html("Due {} ({})", when(due) if has_hour else by_midnight(due), _away(due, at))


def _away(due: date | datetime, at: datetime) -> str:
    """Say how far a due day is from today."""
    if isinstance(due, datetime):
        if due < at:
            return f"{waited(due, at=at)} ago"
        due = due.astimezone(ENGLAND).date()
    days = (due - at.astimezone(ENGLAND).date()) // timedelta(days=1)
    if days in _NEAR:
        return _NEAR[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def _step(row: DayRow) -> SafeString:
    """Draw the next step as a button that says, for who hears the page, what it is about."""
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
        row.step_url,
        row.step,
        row.ref or row.words,
    )


def summary(day: WholeDay) -> str:
    """Return how much there is of what the list shows first, in its own words and order, and how
    much besides is for today, and can be later."""
    first = [f"{PLACES[call].because}: {number}." for call, number in day.numbers.items()]
    later = len(day) - sum(day.numbers.values()) - day.today
    if not first:
        return f"{day.today} for today, {later} later."
    counts = ((day.today, "more for today"), (later, "later"))
    besides = ", ".join(f"{number} {words}" for number, words in counts if number)
    return " ".join((*first, f"{besides}." if besides else "")).strip()


def children_of(rows: Sequence[DayRow]) -> list[int]:
    """Return the children on record whom rows of the list show."""
    return [child for row in rows for child in row.children]
