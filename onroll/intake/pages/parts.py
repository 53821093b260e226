"""Small parts that all pages of intake share."""

from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.formats import PupilRecord
from onroll.govuk.fields import in_words
from onroll.govuk.parts import Meaning
from onroll.govuk.templatetags.govuk import tag, when
from onroll.intake.models import Transfer

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


def born(said: PupilRecord) -> str:
    """Return the birthday a record gives, as it was written when it cannot be one."""
    return day(said.born) if said.born else said.born_text or MISSING


def moment(value: datetime) -> SafeString:
    """Return a moment in words, in local time."""
    return when(value)


def name_of(said: PupilRecord) -> str:
    """Return the name in a record as lists have it, surname first."""
    if not (said.surname or said.forename):
        return "No name"
    return ", ".join(part for part in (said.surname.upper(), said.forename) if part)


def sender_of(transfer: Transfer) -> str:
    """Return the school a file is from; as the file has it when that school is not on file."""
    return transfer.sender.name if transfer.sender else transfer.sender_text


def brought_by(transfer: Transfer) -> str:
    """Return the school a file is from; where it names none, who sent it to us."""
    person = transfer.received_by
    return sender_of(transfer) or (person.name if person else "a sender who is not named")
