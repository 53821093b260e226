"""Small parts that stand in a line or in the cell of a table: links, labels, hints, days."""

from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.govuk.fields import in_words
from onroll.govuk.parts import Meaning
from onroll.govuk.templatetags.govuk import tag, when

MISSING = "Not said"


def count(n: int, noun: str) -> str:
    """Return a number with its noun: `1 file`, `2 files`."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def label(pair: tuple[str, Meaning]) -> SafeString:
    """Return a status label: its words, and what they mean."""
    return tag(*pair)


def link(url: str, text: str, about: str = "") -> SafeString:
    """Return a link, with words only a screen reader says where the text repeats on a page."""
    hidden = format_html('<span class="govuk-visually-hidden"> {}</span>', about) if about else ""
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', url, text, hidden)


def hint(words: str) -> SafeString:
    """Return words in the grey of hints, under what they explain."""
    return format_html(
        '<span class="govuk-hint govuk-!-display-block govuk-!-margin-bottom-0">{}</span>', words
    )


def day(value: date | None) -> str:
    """Return a day in words, or that it was not said."""
    return in_words(value) if value else MISSING


def moment(value: datetime) -> SafeString:
    """Return a moment in words, in local time."""
    return when(value)
