"""How the pages say who was told of each step of a referral, and who has read what is new."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import tag, when
from onroll.referrals.models import Audience, Channel, Happening, Notification

HAPPENING_TITLES = {
    Happening.RECEIVED: "It came in",
    Happening.UPDATE: "The person who referred added something",
    Happening.DECIDED: "The hub decided",
    Happening.ACCEPTED: "It was accepted",
    Happening.CLOSED: "The work is over",
}
AUDIENCE_TITLES = {
    Audience.REFERRER: "The person who referred",
    Audience.SCHOOL: "The school",
    Audience.FAMILY: "The family",
    Audience.HUB: "The hub",
    Audience.OFFICER: "The officer",
}
CHANNEL_TITLES = {
    Channel.STATUS_PAGE: "Status page",
    Channel.EMAIL_LINK: "Message with a link",
    Channel.SCHOOL_PAGE: "The school’s page of its referrals",
    Channel.ON_SCREEN: "On screen",
    Channel.TELEPHONE: "By telephone",
    Channel.LETTER: "By letter",
    Channel.IN_PERSON: "In person",
    Channel.NOT_TOLD: "Not told",
}
STEPS = (Happening.RECEIVED, Happening.DECIDED, Happening.ACCEPTED, Happening.CLOSED)
"""Steps of which people outside are told."""
OUTSIDE = (Audience.REFERRER, Audience.SCHOOL, Audience.FAMILY)


def outside_table(notifications: Iterable[Notification]) -> Table:
    """Draw who outside the council was told of each step: how, when, by whom, or why not."""
    rows = list(notifications)
    happened = {row.happening for row in rows}
    cells = [
        (HAPPENING_TITLES[step], *(_cell(rows, step, audience) for audience in OUTSIDE))
        for step in STEPS
        if step.value in happened
    ]
    columns = ("Step", *(AUDIENCE_TITLES[audience] for audience in OUTSIDE))
    empty, title = "Nobody was told of anything yet.", "Who was told"
    return Table(title, columns, cells, empty=empty, is_stacked=True, is_caption_hidden=True)


def _cell(rows: Sequence[Notification], step: Happening, audience: Audience) -> SafeString | str:
    mine = [row for row in rows if (row.happening, row.audience) == (step, audience)]
    lines = [(_line(row),) for row in mine]
    return format_html_join(SafeString("<br>"), "{}", lines) if lines else "Not written down"


def _line(row: Notification) -> SafeString:
    channel = CHANNEL_TITLES[Channel(row.channel)]
    by = f", {row.by.name}" if row.by else ""
    why = f": {row.why}" if row.why else ""
    return format_html("{}, {}{}{}", channel, when(row.on), by, why)


def colleagues_table(notifications: Iterable[Notification]) -> Table:
    """Draw what hub and officer were told of each other's doing, and who has read it."""
    cells = [
        (
            HAPPENING_TITLES[Happening(row.happening)],
            AUDIENCE_TITLES[Audience(row.audience)],
            when(row.at) if row.channel == Channel.ON_SCREEN else _line(row),
            _reading(row),
        )
        for row in notifications
        if row.audience in (Audience.HUB, Audience.OFFICER)
    ]
    columns = ("Step", "Who is told", "Since when", "Read")
    empty = "Nothing of which hub and officer inform each other has happened yet."
    title = "Hub and officer inform each other"
    return Table(title, columns, cells, empty=empty, is_stacked=True)


def _reading(row: Notification) -> SafeString | str:
    if row.read_by and row.read_at:
        return format_html("{} {}, {}", tag("Read", "done"), row.read_by.name, when(row.read_at))
    if row.channel != Channel.ON_SCREEN:
        return tag("Told", "done")
    if not row.is_to_read:
        return tag("On its page", "quiet")
    return tag("Not read yet", "waiting")
