"""Lets a year go by in the made-up borough, week by week."""

from datetime import date, timedelta

from onroll.demo.arrivals import move_in, take_in_beginners
from onroll.demo.borough import OPENS_ON, PUPILS, SEED, draw_borough
from onroll.demo.departures import end_year, move_out
from onroll.demo.destiny import PEAK_LEAVERS, busyness
from onroll.demo.movement import Year
from onroll.demo.now import Now
from onroll.demo.terms import calendar, school_year_ends, school_year_starts
from onroll.rules.age import school_year

WEEKS = 52
_DAY = timedelta(days=1)


def tell(
    *, pupils: int = PUPILS, seed: int = SEED, opens_on: date = OPENS_ON, weeks: int = WEEKS
) -> Year:
    """Draw the borough with so many pupils on its rolls, and let so many weeks go by in it.

    The same seed gives the same story, on any machine. It opens on `opens_on` or, in a holiday, on
    the next school day: rolls in August are those of a year that is over.
    """
    in_year = school_year(opens_on)
    opens_on = calendar(in_year, in_year + 1).school_day_on_or_after(opens_on)
    borough, office = draw_borough(pupils=pupils, seed=seed, opens_on=opens_on)
    now = Now(borough, office)
    monday = opens_on - _DAY * opens_on.weekday()
    for _ in range(weeks):
        _pass_week(now, monday, pupils)
        monday += 7 * _DAY
    return Year(
        borough=borough,
        closes_on=monday - _DAY,
        families=now.families,
        children=now.children,
        spells=tuple(now.rolls.spells()),
        departures=tuple(now.departures),
        arrivals=tuple(now.arrivals),
    )


def _pass_week(now: Now, monday: date, pupils: int) -> None:
    days = [monday + _DAY * n for n in range(5) if monday + _DAY * n >= now.borough.opens_on]
    open_days = [day for day in days if now.calendar.is_school_day(day)]
    for day in days:
        _pass_day(now, day)
    wanted = round(busyness(monday) * PEAK_LEAVERS * pupils)
    move_in(now, wanted, open_days)
    move_out(now, wanted, open_days)


def _pass_day(now: Now, day: date) -> None:
    in_year = school_year(day)
    if day == school_year_starts(in_year) and day > now.borough.opens_on:
        take_in_beginners(now, day)
    for due in sorted(due for due in now.coming if due <= day):
        for arrival in now.coming.pop(due):
            now.arrive(arrival)
    if day == school_year_ends(in_year):
        end_year(now, day)
