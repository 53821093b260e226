"""When what can wait is sent: not at night, and once a day to whoever has chosen that."""

from datetime import datetime, time, timedelta

from onroll.rules.hours import ENGLAND

DAY = timedelta(days=1)


def in_the_morning(at: datetime, hours: tuple[time, time] | None) -> datetime:
    """Return the moment itself, or the end of the quiet hours in England in which it lies.

    `hours` are when they begin and end; they may run over midnight. None where there are none.
    """
    if hours is None:
        return at
    begins, ends = hours
    local = at.astimezone(ENGLAND)
    is_over_midnight = begins > ends
    is_late, is_early = local.time() >= begins, local.time() < ends
    if not ((is_late or is_early) if is_over_midnight else (is_late and is_early)):
        return at
    day = local.date() + DAY if is_over_midnight and is_late else local.date()
    return datetime.combine(day, ends, tzinfo=ENGLAND)


DAILY_AT = time(8)
"""When one message a day is sent, in England."""


def at_next_daily(at: datetime) -> datetime:
    """Return the next moment at which one message a day is sent: later than a moment."""
    local = at.astimezone(ENGLAND)
    day = local.date() if local.time() < DAILY_AT else local.date() + DAY
    return datetime.combine(day, DAILY_AT, tzinfo=ENGLAND)
