"""How what is new to a person is drawn: what it is, how long it has waited, and who reads it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.queries.waiting import waited
from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import when
from onroll.referrals.models import Notification, Referral, ReferredChild
from onroll.referrals.notifications import titles_of
from onroll.referrals.queries import readers
from onroll.referrals.queries.notifications import news_of
from onroll.referrals.queries.owners import owners_of
from onroll.referrals.tables import link_to, names_of


def news_table(user: User, referrals: Iterable[Any], *, title: str, at: datetime) -> Table:
    """Draw what is new of each referral, how long it has waited to be read, and for whom.

    What stands for an officer whose case it is a manager sees, and does not mark as read for them.
    """
    columns = ("Referral", "About", "What is new", "It waits", "Whose it is")
    referrals = list(referrals)
    of_officers = _of_officers(user, referrals)
    rows = [
        (
            link_to(referral),
            names_of(referral),
            format_html_join(
                SafeString("<br>"), "{}", ((words,) for words in titles_of(referral.news))
            ),
            format_html(
                "{}{}<br>Since {}",
                of_officers.get(referral.pk, ""),
                waited(referral.news_at, at=at),
                when(referral.news_at),
            ),
            owners_of(referral) or "Nobody yet",
        )
        for referral in referrals
    ]
    empty = "There is nothing new for you."
    return Table(title, columns, rows, empty=empty, is_caption_hidden=True, is_stacked=True)


def _of_officers(user: User, referrals: Sequence[Any]) -> dict[int, SafeString]:
    """Return by referral for whom its news stands, where this person marks none of it as read."""
    officers: dict[int, set[int]] = {}
    for referral in referrals:
        children = list(referral.children.all())
        if not any(readers.may_mark_read(user, row, referral, children) for row in referral.news):
            of_each = (readers.officers_of(row, referral, children) for row in referral.news)
            officers[referral.pk] = set().union(*of_each)
    names = readers.names_by_key({key for keys in officers.values() for key in keys})
    return {
        referral: format_html("For {} to read<br>", " and ".join(sorted(names[k] for k in keys)))
        for referral, keys in officers.items()
    }


def news_of_page(
    user: User,
    referral: Referral,
    notifications: list[Notification],
    children: list[ReferredChild],
    *,
    on: date,
) -> dict[str, Any]:
    """Return what is new to a person, whether they mark it as read, and who else does that."""
    absent = readers.absent_of(user, on=on) if user.role == Role.LOC else tuple
    news = news_of(user, referral, notifications, children, absent=absent)
    for_officers = [
        row
        for row in news
        if not readers.may_mark_read(user, row, referral, children, absent=absent)
    ]
    officers = {key for row in for_officers for key in readers.officers_of(row, referral, children)}
    return {
        "news": titles_of(news),
        "may_mark_read": len(for_officers) < len(news),
        "news_for": readers.names_of(officers),
    }
