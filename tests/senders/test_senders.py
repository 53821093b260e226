"""Counting what comes from a sender, with a hash whose key is gone the night after."""

from datetime import timedelta

import pytest

from onroll.senders import actions, tasks
from onroll.senders.models import DayKey, Sending
from onroll.senders.queries import Kind, Number, number, references, size
from onroll.senders.sender import Sender, sender_at
from tests.cases.world import AT

pytestmark = pytest.mark.django_db
HERE = sender_at("192.0.2.1")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("192.0.2.1", Sender("192.0.2.1/32", "192.0.2.0/24")),
        ("192.0.2.1:8080", Sender("192.0.2.1/32", "192.0.2.0/24")),
        ("::ffff:192.0.2.1", Sender("192.0.2.1/32", "192.0.2.0/24")),
        ("2001:db8:1:2:3::4", Sender("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("[2001:db8:1:2::4]:443", Sender("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("unknown", Sender("unknown", "unknown")),
        ("", Sender("", "")),
    ],
)
def test_an_address_and_its_network_are_told_from_how_proxies_write_them(
    text: str, sender: Sender
) -> None:
    assert sender_at(text) == sender


def test_a_sender_counts_with_its_network_and_each_kind_by_itself(db: None) -> None:
    beside = sender_at("192.0.2.200")
    for sender, kind in ((HERE, Kind.FORM), (beside, Kind.FORM), (HERE, Kind.DRAFT)):
        actions.count(kind=kind, sender=sender, at=AT)
    assert number(Kind.FORM, HERE, since=AT - HOUR, at=AT) == Number(address=1, network=2)
    assert number(Kind.FORM, sender_at("198.51.100.1"), since=AT - HOUR, at=AT) == Number(0, 0)


def test_what_came_before_no_longer_counts(db: None) -> None:
    actions.count(kind=Kind.FORM, sender=HERE, at=AT - HOUR, about="old")
    actions.count(kind=Kind.FORM, sender=HERE, at=AT, about="new")
    assert number(Kind.FORM, HERE, since=AT - HOUR, at=AT).address == 1
    assert references(Kind.FORM, HERE, since=AT - HOUR, at=AT) == ["new"]


def test_the_size_of_what_came_from_an_address_is_added_up(db: None) -> None:
    actions.count(kind=Kind.FILE, sender=HERE, at=AT - HOUR, size=5)
    actions.count(kind=Kind.FILE, sender=HERE, at=AT, size=7)
    actions.count(kind=Kind.FILE, sender=sender_at("192.0.2.200"), at=AT, size=90)
    assert size(Kind.FILE, HERE, since=AT - 2 * HOUR, at=AT) == 12
    assert size(Kind.FILE, HERE, since=AT - HOUR, at=AT) == 7
    assert size(Kind.FORM, HERE, since=AT - HOUR, at=AT) == 0


def test_each_day_has_a_key_of_its_own(db: None) -> None:
    names = {actions.count(kind=Kind.FORM, sender=HERE, at=AT + n * 24 * HOUR) for n in range(2)}
    assert len(names) == DayKey.objects.count() == 2


def test_the_night_deletes_the_key_of_yesterday_and_what_it_hashed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.count(kind=Kind.FORM, sender=HERE, at=AT - 24 * HOUR)
    today = actions.count(kind=Kind.FORM, sender=HERE, at=AT)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    tasks.nightly(0)
    assert DayKey.objects.get().on == AT.date()
    assert Sending.objects.get().address.startswith(today)
