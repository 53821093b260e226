"""Read dates as programs, spreadsheets and people in the United Kingdom write them.

The day comes first, unless the year does; a year has four digits. A time with a time zone gives the
date in England at that time.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"),
            ("may",), ("jun", "june"), ("jul", "july"), ("aug", "august"),
            ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
"""Not from `strptime`, which reads months in the language of the machine."""
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- /]([a-z]+)[- /](\d{4})", re.ASCII | re.IGNORECASE)
_WITH_TIME = re.compile(
    r"(?P<day>.+?)(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?)? ?(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)


@lru_cache(50_000)
def day_of(text: str) -> date | None:
    """Return the date in a text, or None.

    A time may follow, and its zone: the date is then the one in England at that time.
    """
    text = " ".join(text.split())
    day = _date_alone(text)
    if day is not None or len(text) < 11:
        return day
    parts = _WITH_TIME.fullmatch(text)
    day = _date_alone(parts["day"]) if parts else None
    if parts is None or day is None or parts["hour"] is None:
        return day
    return _in_england(day, parts)


def _date_alone(text: str) -> date | None:
    """Return the date of a text without a time: 2026-03-01, 20260301, 1/3/2026 or 1 March 2026."""
    for form, order in ((_YEAR_FIRST, (1, 3, 4)), (_TIGHT, (1, 2, 3)), (_DAY_FIRST, (4, 3, 1))):
        if match := form.fullmatch(text):
            return _real([int(match[place]) for place in order])
    if match := _NAMED.fullmatch(text):
        return _real([int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1])])
    return None


def _real(parts: Sequence[int]) -> date | None:
    try:
        return date(*parts)
    except ValueError:
        return None


def _in_england(day: date, parts: re.Match[str]) -> date | None:
    """Return the date in England at a time of a day elsewhere; None for an impossible time."""
    hour, minute = int(parts["hour"]), int(parts["minute"])
    if parts["half"]:
        hour = hour % 12 + 12 * (parts["half"].lower() == "p") if 0 < hour <= 12 else 24
    zone = (parts["zone"] or "").upper()
    try:
        at = datetime(day.year, day.month, day.day, hour, minute)
        if not zone:
            return at.date()
        return at.replace(tzinfo=_zone(zone)).astimezone(ENGLAND).date()
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if text[0] == "-" else away)
