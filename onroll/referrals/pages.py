"""What the pages of referrals draw."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.govuk.parts import Meaning, Table
from onroll.govuk.templatetags.govuk import tag, when
from onroll.referrals.codes import DECISION_TITLES, STAGE_TITLES, Decision, Stage
from onroll.referrals.models import Referral

_MEANINGS: dict[Stage, Meaning] = {
    Stage.QUARANTINE: "problem",
    Stage.CONTACT: "new",
    Stage.SCREENING: "soon",
    Stage.HANDED_OVER: "waiting",
    Stage.ACCEPTED: "done",
    Stage.CLOSED: "quiet",
}


def stage_title(referral: Referral) -> SafeString:
    """Draw how far a referral is; of one the hub closed, with which decision."""
    stage = Stage(referral.stage)
    is_closed = stage is Stage.CLOSED
    words = DECISION_TITLES[Decision(referral.decision)] if is_closed else STAGE_TITLES[stage]
    return tag(words, _MEANINGS[stage])


def queue_table(referrals: Iterable[Referral], *, title: str, at: datetime) -> Table:
    """Draw a list of referrals, in the order in which they come."""
    rows = [_row(referral, at=at) for referral in referrals]
    columns = ("Referral", "About", "Came", "Stage", "Whose it is", "Due")
    return Table(title, columns, rows, empty="No referral is on this list.", is_caption_hidden=True)


def _row(referral: Referral, *, at: datetime) -> tuple[object, ...]:
    url = reverse("referrals:referral", args=[referral.ref])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, referral.ref)
    urgent = format_html(" {}", tag("Urgent", "late")) if referral.is_urgent else ""
    names = ", ".join(child.name or "Name not known" for child in referral.children.all())
    owner = referral.accepted_by or referral.owner
    due = getattr(referral, "due_on", None)
    is_late = due is not None and due < at.date()
    due_cell = when(due, "overdue" if is_late else "", "late" if is_late else "") if due else "–"
    return (
        format_html("{}{}", link, urgent),
        names,
        when(referral.sent_at, age(referral.sent_at, at=at)),
        stage_title(referral),
        owner.name if owner else "Nobody yet",
        due_cell,
    )


def age(sent_at: datetime, *, at: datetime) -> str:
    """Return how long ago a referral came: in hours on its first two days, then in days."""
    hours = int((at - sent_at).total_seconds()) // 3600
    if hours < 1:
        return "within the hour"
    number, unit = (hours, "hour") if hours < 48 else (hours // 24, "day")
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


def senders_table(rows: Iterable[Mapping[str, Any]], which: str, *, title: str) -> Table:
    """Draw the senders of forms in quarantine; `which` is the list on which they stand."""
    cells = [_sender(row, which) for row in rows]
    columns = ("Sender", "Urgent", "First came", "Last came")
    return Table(title, columns, cells, empty="No form is on this list.", is_caption_hidden=True)


def _sender(row: Mapping[str, Any], which: str) -> tuple[object, ...]:
    url = f"{reverse('referrals:quarantined', args=[row['sender']])}?list={which}"
    words = f"{row['forms']:,} form{'' if row['forms'] == 1 else 's'} of one sender"
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, words)
    urgent = tag(f"{row['urgent']:,}", "late") if row["urgent"] else "–"
    return link, urgent, when(row["first_at"]), when(row["last_at"])
