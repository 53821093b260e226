"""A letter as it is drawn: the same words for the PDF, the text and the page, in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from onroll.govuk.fields import in_words
from onroll.letters.keys import address_of, digest, key_of
from onroll.letters.models import Letter
from onroll.rules.letters import OURS, LetterKind, LetterWords, Way, load
from onroll.rules.policy import LocalPolicy

LANGUAGES = "You can read the page in Arabic, Gujarati, Polish, Romanian or Tamil too."
NEEDS_BIRTH = "The page asks for your child’s date of birth. It shows nothing that we know."
HELP = "If you cannot read this letter, ring us. We can find someone who speaks your language."
STALE = "Its link can no longer be printed. Write a new letter."


@cache
def letter_words() -> dict[LetterKind, LetterWords]:
    """Return the council's letters: the file named by ONROLL_LETTERS, or Onroll's."""
    return load(Path(settings.LETTERS)) if settings.LETTERS else OURS


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A letter, ready to be drawn. `link` is empty for a letter that asks nothing."""

    ref: str
    sender: str
    contact: str
    day: str
    to: Sequence[str]
    subject: str
    paragraphs: Sequence[str]
    link: str
    link_words: Sequence[str]
    help: str
    signature: str


def sheet_of(letter: Letter, policy: LocalPolicy) -> Sheet:
    """Return a letter with its private link, as it went out."""
    link = address_of(key_of(letter.ref)) if letter.digest else ""
    return Sheet(
        ref=letter.ref,
        sender=policy.authority_name,
        contact=f"Telephone {policy.cme_phone}, email {policy.cme_email}",
        day=in_words(letter.sent_on),
        to=[letter.addressee, *letter.place],
        subject=letter.subject,
        paragraphs=letter.paragraphs,
        link=link,
        link_words=_link_words(letter.link_until_on) if letter.link_until_on else (),
        help=HELP,
        signature=f"{letter.by.name}, {policy.authority_name}",
    )


def is_stale(letter: Letter) -> bool:
    """Return whether the link of a letter cannot be made again: the service has a new secret."""
    return bool(letter.digest) and digest(key_of(letter.ref)) != letter.digest


def _link_words(until: date) -> list[str]:
    return [f"The page is open until {in_words(until)}.", NEEDS_BIRTH, LANGUAGES]


def as_text(letter: Letter, policy: LocalPolicy) -> str:
    """Return a letter as plain text, to be copied into an email; a short one for a telephone."""
    sheet = sheet_of(letter, policy)
    if letter.way == Way.TEXT:
        link = f" or go to {sheet.link}" if sheet.link else ""
        return f"{policy.short_name} council: please ring {policy.cme_phone}{link}. {sheet.ref}"
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.sender, sheet.contact, sheet.day, f"Reference {sheet.ref}", "")
    yield from sheet.to[:1]
    yield from ("", sheet.subject)
    for paragraph in sheet.paragraphs:
        yield from ("", paragraph)
    if sheet.link:
        yield from ("", "Tell us on this page:", sheet.link, *sheet.link_words)
    yield from ("", sheet.help, "", sheet.signature)
