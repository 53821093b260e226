"""When a warning is looked at again."""

from datetime import date, timedelta

from onroll.rules.warnings import FURTHEST, lacking_in_review_day


def test_a_warning_is_looked_at_within_a_year() -> None:
    on = date(2026, 11, 18)
    assert lacking_in_review_day(on, on=on)
    assert not lacking_in_review_day(on + timedelta(days=1), on=on)
    assert not lacking_in_review_day(on + FURTHEST, on=on)
    assert lacking_in_review_day(on + FURTHEST + timedelta(days=1), on=on)
