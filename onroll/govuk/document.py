"""What is printed, in parts of a heading, sentences and a table, and how it is set as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onroll.govuk.fields import in_words
from onroll.govuk.pdf import typeset
from onroll.rules.hours import ENGLAND, time_in_words


@dataclass(frozen=True)
class Section:
    """One part in reading order. `level` is that of its heading; a table has columns and rows."""

    heading: str
    sentences: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    level: int = 1


@dataclass(frozen=True)
class Document:
    """What is printed: its title, which names nobody, lines below it, and its parts."""

    title: str
    lines: Sequence[str]
    sections: Sequence[Section]


def set_pdf(
    document: Document, *, authority: str, colour: str, confidential: str, made_at: datetime
) -> bytes:
    """Return a document as a tagged PDF; `confidential` stands on each page."""
    content = {
        "title": document.title,
        "authority": authority,
        "colour": colour,
        "confidential": confidential,
        "lines": list(document.lines),
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "sentences": list(section.sentences),
                "columns": list(section.columns),
                "rows": [list(row) for row in section.rows],
            }
            for section in document.sections
        ],
    }
    return typeset(content, package="onroll.govuk", template="document.typ", made_at=made_at)


def table(
    heading: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    empty: str,
    *,
    sentences: Sequence[str] = (),
    level: int = 1,
) -> Section:
    """Return a part with a table, or with a sentence where there are no rows."""
    if rows:
        return Section(heading, sentences, columns, rows, level)
    return Section(heading, (*sentences, empty), level=level)


def moment(at: date | datetime | None) -> str:
    """Return a day, or a moment with its time, in words; nothing for none."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        local = at.astimezone(ENGLAND)
        return f"{in_words(local.date())}, {time_in_words(local.time())}"
    return in_words(at)


def weekday(day: date) -> str:
    """Return a day with its weekday: Friday 6 November 2026."""
    return f"{day:%A} {in_words(day)}"


def joined(*words: str, by: str = ". ") -> str:
    """Return the words that are there, one after the other, each once."""
    ends = "." if by == ". " else ""
    parts = dict.fromkeys(word.strip().rstrip(ends) for word in words if word)
    return by.join(filter(None, parts))
