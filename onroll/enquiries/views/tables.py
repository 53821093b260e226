"""Enquiries as rows of a table."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.enquiries.queries import Tried
from onroll.enquiries.views.frame import enquiry_url
from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import tag, when

BY_REASON = "The reason of the case asks for it"
ASKED = ("Enquiry", "Who", "When", "What was asked or said")
COLUMNS = ("Enquiry", "Who", "When", "What came of it")


def enquiry_table(
    caption: str,
    rows: Iterable[Enquiry],
    empty: str,
    *,
    columns: Sequence[str] = COLUMNS,
) -> Table:
    """Return enquiries as a table, each with its last entry."""
    cells = [_cells(row, enquiry_url(row)) for row in rows]
    return Table(caption, columns, cells, empty, is_stacked=True)


def plan_table(rows: Iterable[Enquiry]) -> Table:
    """Return the enquiries that are to be made as a table, each with why."""
    cells = [
        (
            _link(row, enquiry_url(row)),
            when(row.at),
            row.why or "The reason of the case asks for it",
        )
        for row in rows
    ]
    columns = ("Enquiry", "Planned", "Why")
    return Table("To be asked", columns, cells, "Nothing is planned.", is_stacked=True)


def address_table(rows: Iterable[Tried]) -> Table:
    """Return the addresses that were tried as a table, each with the last time."""
    cells = [
        (
            row.address,
            _when_tried(row),
            _outcome(row.enquiry, [row.last]),
            row.lives_there or "Not known",
        )
        for row in rows
    ]
    columns = ("Address", "Last tried", "What came of it", "Who lives there now")
    return Table("Addresses already tried", columns, cells, "", is_stacked=True)


def _when_tried(row: Tried) -> SafeString:
    times = f", on {row.times} days in all" if row.times > 1 else ""
    link = _link(row.enquiry, enquiry_url(row.enquiry))
    return format_html("{}{}<br>{}", when(row.last.done_on), times, link)


def _cells(enquiry: Enquiry, url: str) -> tuple[object, ...]:
    entries = list(enquiry.entries.all())
    return (
        _link(enquiry, url),
        person_asked(enquiry, entries),
        last_of(enquiry, entries),
        _outcome(enquiry, entries),
    )


def _link(enquiry: Enquiry, url: str) -> SafeString:
    """Draw what is tried as a link; some are tried more than once, so its reference is read out."""
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        url,
        enquiry.title,
        enquiry.ref,
    )


def person_asked(enquiry: Enquiry, entries: list[EnquiryEntry]) -> str:
    """Return who was asked last, or which school it is of."""
    if enquiry.by_school:
        return f"{enquiry.by_school.name} did it"
    if enquiry.asked_school:
        return enquiry.asked_school.name
    names = [entry.asked_name for entry in entries if entry.asked_name]
    return names[-1] if names else "–"


def last_of(enquiry: Enquiry, entries: list[EnquiryEntry]) -> SafeString | str:
    """Draw the day of what was done last, and of one waited for the day to ask again."""
    due = getattr(enquiry, "due_on", None)
    if enquiry.is_waiting and due is not None:
        is_due = due <= timezone.localdate()
        words = format_html("{}, {}", enquiry.stage_title, when(entries[-1].done_on))
        next_ = tag("Due", "soon") if is_due else ""
        return format_html("{}<br>Ask again on {} {}", words, when(due), next_)
    return when(entries[-1].done_on) if entries else when(enquiry.at)


def _outcome(enquiry: Enquiry, entries: list[EnquiryEntry]) -> SafeString | str:
    news = any(entry.is_news and entry.read_at is None for entry in entries)
    mark = tag(enquiry.news_title, "new") if news else ""
    last = next((entry for entry in reversed(entries) if entry.words), None)
    if last is None:
        return format_html("{} {}", enquiry.why or enquiry.stage_title, mark)
    title = (last.lead_title and f"A lead, {last.lead_title.lower()}") or last.result_title
    words = last.words if len(last.words) <= LONGEST else f"{last.words[:LONGEST]} …"
    outcome = f"{title}: {words}" if title else words
    return format_html("{} {}", outcome, mark)


LONGEST = 200
