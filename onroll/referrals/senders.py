"""What the pages of the quarantine draw."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import tag, when


def senders_table(rows: Iterable[Mapping[str, Any]], which: str, *, title: str) -> Table:
    """Draw the senders of forms in quarantine; `which` is the list on which they stand."""
    cells = [_sender(row, which) for row in rows]
    columns = ("Sender", "Urgent", "First came", "Last came")
    empty = "No form is on this list."
    return Table(title, columns, cells, empty=empty, is_caption_hidden=True, is_stacked=True)


def _sender(row: Mapping[str, Any], which: str) -> tuple[object, ...]:
    url = f"{reverse('referrals:quarantined', args=[row['sender']])}?list={which}"
    words = f"{row['forms']:,} form{'' if row['forms'] == 1 else 's'} of one sender"
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, words)
    urgent = tag(f"{row['urgent']:,}", "late") if row["urgent"] else "–"
    return link, urgent, when(row["first_at"]), when(row["last_at"])
