"""The diary as a calendar file (RFC 5545): references and days, and not a word more.

It lies in the calendar program of a person, with whoever made that: so it says of nobody who they
are, or what is to be done.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from onroll.cases.offers import Coming

CONTENT_TYPE = "text/calendar; charset=utf-8"
_OFTEN = timedelta(hours=6)
"""How often a program is asked to look again."""


def calendar_file(rows: Iterable[Coming], *, at: datetime) -> bytes:
    """Return a file with one whole-day entry for each reference and day on which it is due."""
    calendar = Calendar()
    calendar.add("prodid", "-//Onroll//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Onroll")
    calendar.add("refresh-interval", _OFTEN, parameters={"VALUE": "DURATION"})
    for day, ref in sorted({(row.on, row.ref) for row in rows}):
        event = Event()
        event.add("uid", f"{ref}-{day:%Y%m%d}@onroll")
        event.add("dtstamp", at)
        event.add("dtstart", day)
        event.add("summary", ref)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
