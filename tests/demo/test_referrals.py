"""The made-up referrals: who tells the council, what the hub and the lead officer do, the count."""

from datetime import date, datetime, timedelta

import pytest

from onroll.demo import Year, tell
from onroll.demo.chance import stream
from onroll.demo.directory import write_directory
from onroll.demo.hub import ENOUGH, Hub, ReferralFigures, check_referrals
from onroll.demo.people import add_people
from onroll.demo.referring import REFERRALS, draw_referrals
from onroll.formats.onspd import read_names, read_postcodes
from onroll.referrals.models import Referral
from onroll.rules.hours import ENGLAND
from onroll.schools.actions import load_authorities

OPENS_ON, UNTIL = date(2026, 11, 2), date(2026, 11, 27)


@pytest.fixture(scope="module")
def year() -> Year:
    return tell(pupils=400, opens_on=OPENS_ON, weeks=4)


@pytest.fixture
def hub(db: None, year: Year) -> Hub:
    """The hub after four weeks of referrals, at six on the last evening."""
    load_authorities()
    hub = Hub(add_people(at=_at(OPENS_ON, 8)), stream(7, "hub"))
    told = draw_referrals(year, until=UNTIL)
    for n in range((UNTIL - OPENS_ON).days + 1):
        day = OPENS_ON + timedelta(days=n)
        if day.weekday() < 5:
            hub.work(at=_at(day, 9))
        hub.receive([referral for referral in told if referral.on == day], latest=_at(day, 18))
    return hub


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ENGLAND)


def test_the_same_story_has_the_same_referrals_and_some_on_its_last_day(year):
    told = draw_referrals(year, until=UNTIL)
    assert told == draw_referrals(year, until=UNTIL)
    assert len(told) == REFERRALS >= ENOUGH
    assert [t.on for t in told] == sorted(t.on for t in told)
    assert told[-1].on == UNTIL
    assert {t.facts.relation for t in told} >= {"neighbour", "professional", "not_said"}
    assert any(t.facts.urgent_why for t in told)
    assert any(len(t.facts.children) > 1 for t in told)


def test_a_story_of_one_day_has_as_many(year):
    assert {t.on for t in draw_referrals(year, until=OPENS_ON)} == {OPENS_ON}


def test_every_referral_made_is_accepted_turned_back_or_waits(hub):
    figures = check_referrals(hub.sent)
    assert figures.is_right
    assert figures.made == len(hub.sent) == Referral.objects.count()
    entries = Referral.objects.filter(stage="accepted").values_list("children__case", flat=True)
    assert all(entries)


def test_a_referral_that_is_not_there_is_counted_as_lost(hub):
    figures = check_referrals([*hub.sent, "222-222-222"])
    assert figures.lost == 1
    assert not figures.is_right


@pytest.mark.parametrize(
    "figures",
    [
        ReferralFigures(made=59, accepted=40, turned_back=10, waiting=9, lost=0),
        ReferralFigures(made=60, accepted=60, turned_back=0, waiting=0, lost=0),
        ReferralFigures(made=60, accepted=40, turned_back=10, waiting=9, lost=0),
        ReferralFigures(made=60, accepted=40, turned_back=10, waiting=9, lost=1),
    ],
)
def test_too_few_none_of_a_kind_and_a_sum_that_is_not_whole_are_wrong(figures):
    assert not figures.is_right


def test_each_postcode_of_the_borough_lies_somewhere(year, tmp_path):
    directory, names = write_directory(year, tmp_path)
    rows = {row.postcode: row for row in read_postcodes(directory)}
    homes = [family.address for family in year.families.values()]
    assert {home.postcode for home in homes if home.la == "310"} <= rows.keys()
    assert {rows[home.postcode].authority for home in homes if home.la == "310"} == {"E09000015"}
    assert {row.ward for row in rows.values()} <= dict(read_names(names)).keys()
