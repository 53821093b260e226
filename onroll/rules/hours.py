"""When the hub answers its telephone, and whom to ring when it does not (P19).

The hours and the number for other times are settings of the authority. A day that is not listed and
every bank holiday are outside the hours. Times are those of the clocks in England.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import groupby
from typing import Protocol
from zoneinfo import ZoneInfo

from onroll.rules.calendar import is_bank_holiday
from onroll.rules.dated import in_words

ENGLAND = ZoneInfo("Europe/London")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LINE = re.compile(r"(\w+) (\d\d):(\d\d) to (\d\d):(\d\d)")

Hours = dict[int, tuple[time, time]]
"""By weekday, Monday being 0: when the hub begins to answer and when it stops."""


Say = Callable[[str], str]
OPEN = "The {hub} answers until {time} today. At other times ring the {line}: {phone}."
CLOSED = (
    "The {line} answers now. The {hub} is closed. It answers on {week}, not on bank holidays: "
    "{phone}."
)
SPAN, MORNING, LATER, MIDDAY = "{first} to {last}", "{time}am", "{time}pm", "midday"
RUN, RUNS = "{days}, {hours}", "{before}; {after}"
"""Days with their hours, and such days one after another: a script may have commas of its own."""
NO_HALVES = "{time}"
"""How a language that counts 24 hours says the halves of a day."""
WORDS = (OPEN, CLOSED, SPAN, RUN, RUNS, MORNING, LATER, MIDDAY, *(day.capitalize() for day in DAYS))
"""All that is said here, with the names that are filled in."""


class Hub(Protocol):
    """What a local policy says of the hub, of its hours and of the line for other times."""

    @property
    def mash_name(self) -> str: ...
    @property
    def mash_phone(self) -> str: ...
    @property
    def mash_email(self) -> str: ...
    @property
    def mash_hours(self) -> tuple[str, ...]: ...
    @property
    def out_of_hours_name(self) -> str: ...
    @property
    def out_of_hours_phone(self) -> str: ...


@dataclass(frozen=True)
class Line:
    """Whom to ring now about a child: who answers, on which number, and when that changes."""

    name: str
    phone: str
    email: str
    note: str


def parse(lines: Collection[str]) -> Hours:
    """Return the hours written like `monday 09:00 to 17:00`; raise ValueError in a sentence."""
    hours: Hours = {}
    for line in lines:
        match = LINE.fullmatch(line)
        try:
            day, *times = match.groups() if match else ("", "", "", "", "")
            opens, closes = (time(int(hour), int(minute)) for hour, minute in _pairs(times))
            number = DAYS.index(day)
        except ValueError:
            raise ValueError(f"“{line}” must look like 'monday 09:00 to 17:00'.") from None
        if closes <= opens or number in hours:
            raise ValueError(f"“{line}” must end after it begins, and name each day once.")
        hours[number] = (opens, closes)
    if not hours:
        raise ValueError("At least one day must be named.")
    return hours


def _pairs(times: list[str]) -> Iterator[tuple[str, str]]:
    return zip(times[::2], times[1::2], strict=True)


def closes_at(hub: Hub, *, at: datetime) -> time | None:
    """Return until when the hub answers today, or None when nobody answers now.

    `at` has a time zone. It answers from its first minute, and no longer in its last.
    """
    if at.tzinfo is None:
        raise ValueError("The moment must have a time zone.")
    local = at.astimezone(ENGLAND)
    opens, closes = parse(hub.mash_hours).get(local.weekday(), (time.max, time.min))
    is_open = opens <= local.time() < closes and not is_bank_holiday(local.date())
    return closes if is_open else None


def end_of_day(hub: Hub, *, due_on: date, since: datetime) -> datetime:
    """Return until when the hub does what is due on a day and came at a moment (P17).

    That is when it closes on that day. Where it does not open then, or had closed when it came, it
    is when it closes on the next day on which it opens.
    """
    day = due_on
    while True:
        closes = _closes_on(hub, day)
        if closes is not None and closes > since:
            return closes
        day += timedelta(days=1)


def closed_last(hub: Hub, *, before: datetime) -> datetime:
    """Return when the hub closed last before a moment.

    What is due on a day and came at a moment is overdue (`end_of_day`) once the hub has closed on
    that day or later, and after that moment: so one question to the database finds all of it.
    """
    day = before.astimezone(ENGLAND).date()
    while True:
        closes = _closes_on(hub, day)
        if closes is not None and closes < before:
            return closes
        day -= timedelta(days=1)


def _closes_on(hub: Hub, day: date) -> datetime | None:
    """Return when the hub closes on a day; None where it does not open then."""
    hours = parse(hub.mash_hours)
    if day.weekday() not in hours or is_bank_holiday(day):
        return None
    return datetime.combine(day, hours[day.weekday()][1], ENGLAND)


def whom_to_ring(hub: Hub, *, at: datetime, say: Say = str) -> Line:
    """Return whom to ring about a child at a moment; pages put 999 for danger before it.

    `say` puts each of `WORDS` into the reader's language.
    """
    closes = closes_at(hub, at=at)
    names = {"hub": hub.mash_name, "line": hub.out_of_hours_name}
    if closes is not None:
        note = say(OPEN).format(
            **names, time=time_in_words(closes, say), phone=hub.out_of_hours_phone
        )
        return Line(hub.mash_name, hub.mash_phone, hub.mash_email, note)
    week = week_in_words(parse(hub.mash_hours), say)
    note = say(CLOSED).format(**names, week=week, phone=hub.mash_phone)
    return Line(hub.out_of_hours_name, hub.out_of_hours_phone, "", note)


def week_in_words(hours: Hours, say: Say = str) -> str:
    """Return the hours of a week: `Monday to Friday, 9am to 5pm`."""
    runs = groupby(enumerate(sorted(hours)), key=lambda pair: (pair[1] - pair[0], hours[pair[1]]))
    said = (_run([day for _, day in run], hours, say) for _, run in runs)
    return reduce(lambda before, after: say(RUNS).format(before=before, after=after), said)


def _run(days: list[int], hours: Hours, say: Say) -> str:
    first, last = (say(DAYS[day].capitalize()) for day in (days[0], days[-1]))
    opens, closes = (time_in_words(moment, say) for moment in hours[days[0]])
    span = first if first == last else say(SPAN).format(first=first, last=last)
    return say(RUN).format(days=span, hours=say(SPAN).format(first=opens, last=closes))


def time_in_words(moment: time, say: Say = str) -> str:
    """Return a time of day as people write it: 9am, 5:30pm, midday."""
    if (moment.hour, moment.minute) == (12, 0):
        return say(MIDDAY)
    return on_the_clock(moment, say, is_short=not moment.minute)


def moment_in_words(moment: datetime) -> str:
    """Return a moment by the clocks of England, such as 2 November 2026 at 10am."""
    local = moment.astimezone(ENGLAND)
    return f"{in_words(local.date())} at {time_in_words(local.time())}"


def on_the_clock(moment: time, say: Say = str, *, is_short: bool = False) -> str:
    """Return a time of day by the clock: 9:05am, and 9am where it `is_short`.

    A language that has no words for the halves of a day counts its 24 hours: 14:05.
    """
    half = say(MORNING if moment.hour < 12 else LATER)
    if half == NO_HALVES:
        return f"{moment.hour}:{moment.minute:02}"
    minutes = "" if is_short else f":{moment.minute:02}"
    return half.format(time=f"{moment.hour % 12 or 12}{minutes}")
