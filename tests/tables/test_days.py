"""The one reader of days, whatever the machine's own language and time zone."""

import subprocess
import sys
from datetime import date

import pytest

from onroll.matching.records.packing import pack_date
from onroll.tables import day_of

SECOND_OF_MARCH = (
    *("2014-03-02", "02/03/2014", "2/3/2014", "02-03-2014", "02.03.2014", "2014/03/02"),
    *("20140302", "2 March 2014", "02-Mar-2014", "2 MAR 2014", "2nd March 2014", "2014-3-2"),
    *("02/03/2014 00:00", "2014-03-02 00:00:00", "2014-03-02T00:00:00.000", " 2014-03-02 "),
    *("02/03/2014 9:05 am", "02/03/2014 12:00 AM", "2014-03-02Z", "2014-03-02+00:00"),
)


@pytest.mark.parametrize("text", SECOND_OF_MARCH)
def test_a_day_is_read_however_it_is_written(text):
    assert day_of(text) == date(2014, 3, 2)
    assert pack_date(text) == 20140302


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-05-01T23:00:00Z", date(2014, 5, 2)),
        ("2014-05-01 23:00:00+00", date(2014, 5, 2)),
        ("2014-05-01T22:59:59Z", date(2014, 5, 1)),
        ("2014-12-01T23:30:00Z", date(2014, 12, 1)),
        ("2014-05-01 19:00:00-04", date(2014, 5, 2)),
        ("2014-05-02T00:30:00+05:30", date(2014, 5, 1)),
        ("02/05/2014 00:00 GMT", date(2014, 5, 2)),
    ],
)
def test_a_moment_elsewhere_is_the_day_it_then_was_in_england(text, day):
    """Programs keep midnight of an English summer day as 23:00 of the day before."""
    assert day_of(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "31/02/2014", "00/00/0000", "02/03/14", "March 2014", "2 Mars 2014", "41700"),
        *(
            "2014-03-02 25:00",
            "2014-03-02 13:00 pm",
            "2014-03-02 words",
            "02/03-2014",
            "٠٢/٠٣/٢٠١٤",
        ),
        *("2014-03-02T00:00:00+99:99", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+12:00"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_none(text):
    assert day_of(text) is None


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_zone_and_language_of_the_machine_change_nothing(zone):
    code = (
        "import locale\n"
        "try: locale.setlocale(locale.LC_ALL, '')\n"
        "except locale.Error: pass\n"
        "from onroll.tables import day_of\n"
        "print(day_of('2 March 2014'), day_of('2014-05-01T23:00:00Z'))"
    )
    env = {"TZ": zone, "LC_ALL": "C", "PYTHONPATH": ":".join(filter(None, sys.path))}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["2014-03-02", "2014-05-02"]
