"""How the pages say who was told of each step of a referral, and who has read what is new."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import tag, when
from onroll.messages.models import Message
from onroll.messages.queries import STILL_NEWS
from onroll.referrals.codes import ANOTHER_TEAM, which_children
from onroll.referrals.models import UNDONE, Audience, Channel, Happening, Notification

HAPPENING_TITLES = {
    Happening.RECEIVED: "It came in",
    Happening.UPDATE: "The person who referred added something",
    Happening.DECIDED: "The hub decided",
    Happening.ACCEPTED: "It was accepted",
    Happening.CLOSED: "The work is over",
    Happening.PASSED: ANOTHER_TEAM,
    Happening.REOPENED: "The hub looks at it again",
    Happening.TAKEN: "Somebody has the child who was sent on",
    Happening.UNTAKEN: "Nobody has the child who was sent on: that was a mistake",
    Happening.OUTCOME: "What came of it where the child was sent",
    Happening.PARTED: "It no longer belongs to the case that it joined",
}
OF_CASE = {
    Happening.REOPENED: "The case was opened again",
    Happening.UPDATE: "A further worry was sent with the case",
}
"""What a step of a case is called: its officer looks at it again, and not the hub; whoever works on
a case that the hub has writes more of what worries them."""
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
    Channel.NO_ANSWER: "Rang, and nobody answered",
    Channel.NOT_TOLD: "Not told",
}
STEPS = (
    Happening.RECEIVED,
    Happening.REOPENED,
    Happening.UNTAKEN,
    Happening.DECIDED,
    Happening.ACCEPTED,
    Happening.CLOSED,
    Happening.PASSED,
)
"""Steps of which people outside are told; the three first begin the way to the others."""
OUTSIDE = (Audience.REFERRER, Audience.SCHOOL, Audience.FAMILY)


def outside_table(notifications: Iterable[Notification], *, at: datetime) -> Table:
    """Draw who outside the council was told of each step: how, when, by whom, or why not.

    What followed after the hub looked at it again stands below that. Of a message it says how far
    it is at the moment `at`.
    """
    outside = [row for row in notifications if row.audience in OUTSIDE]
    cells = [
        (step_title(of_step), *(_cell(of_step, audience, at) for audience in OUTSIDE))
        for rows in _rounds(outside)
        for step in STEPS
        if (of_step := [row for row in rows if row.happening == step])
    ]
    columns = ("Step", *(AUDIENCE_TITLES[audience] for audience in OUTSIDE))
    empty, title = "Nobody was told of anything yet.", "Who was told"
    return Table(title, columns, cells, empty=empty, is_stacked=True, is_caption_hidden=True)


def _rounds(rows: Sequence[Notification]) -> list[list[Notification]]:
    """Part what was told where the hub looked at the referral again.

    What a person wrote down stands with the last time that Onroll told of the same step.
    """
    rounds: list[list[Notification]] = [[]]
    for row in rows:
        if row.by_id is not None:
            with_step = (part for part in reversed(rounds) if _has(part, row.happening))
            next(with_step, rounds[-1]).append(row)
            continue
        if row.happening in UNDONE and not _is_begun_by(rounds[-1], row):
            rounds.append([])
        rounds[-1].append(row)
    return rounds


def _has(rows: Sequence[Notification], happening: str) -> bool:
    return any(row.happening == happening for row in rows)


def _is_begun_by(rows: Sequence[Notification], reopened: Notification) -> bool:
    """Say whether these began when somebody else was told of the same."""
    return any((row.happening, row.at) == (reopened.happening, reopened.at) for row in rows)


def step_title(rows: Sequence[Notification]) -> str:
    """Return of which step all of these are, and of which children where it was not of all."""
    numbers = sorted({number for row in rows for number in row.about})
    first = rows[0]
    of_case = OF_CASE.get(Happening(first.happening)) if first.case_id else None
    title = of_case or HAPPENING_TITLES[Happening(first.happening)]
    return f"{title}{which_children(numbers)}"


def titles_of(rows: Iterable[Notification]) -> list[str]:
    """Return what happened in words, and why it was undone, in order; the same words once."""
    return list(dict.fromkeys(_news(row) for row in rows))


def _news(row: Notification) -> str:
    title = step_title([row])
    return f"{title}: “{row.why}”" if row.why else title


def _cell(rows: Sequence[Notification], audience: Audience, at: datetime) -> SafeString | str:
    lines = [(_line(row, at),) for row in rows if row.audience == audience]
    return format_html_join(SafeString("<br>"), "{}", lines) if lines else "Not written down"


def _line(row: Notification, at: datetime) -> SafeString:
    channel = CHANNEL_TITLES[Channel(row.channel)]
    if row.channel == Channel.EMAIL_LINK:
        return format_html("{}: {}", channel, _sending(row.message, at))
    by = f", {row.by.name}" if row.by else ""
    why = f": {row.why}" if row.why else ""
    return format_html("{}, {}{}{}", channel, when(row.on), by, why)


def _sending(message: Message | None, at: datetime) -> SafeString | str:
    """Return how far a message is, from the outbox; of one that is gone nobody gave an address."""
    if message is None:
        return "not in the outbox, and so not sent"
    if message.sent_at:
        return format_html("sent {}", when(message.sent_at))
    if message.given_up_at or message.made_at < at - STILL_NEWS:
        return "could not be sent"
    if message.refused_because:
        return format_html("not sent, tried again {}", when(message.due_at))
    if message.due_at > at:
        return format_html("waits until {}", when(message.due_at))
    return "waits to be sent"


NOT_OPENED = "Not opened yet"
"""Of a step that waits on a list of its own: who opens the page of the referral has read it."""


def colleagues_table(notifications: Iterable[Notification]) -> Table:
    """Draw what hub and officer were told of each other's doing, and who has read it."""
    cells = [
        (
            step_title([row]),
            AUDIENCE_TITLES[Audience(row.audience)],
            when(row.at) if row.channel == Channel.ON_SCREEN else _line(row, row.at),
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
        return tag(NOT_OPENED, "waiting")
    return tag("Not read yet", "waiting")
