"""Mark the letters in which two records differ, and label each field with its verdict.

Never by colour alone: marks are underlined and bold, and a tag says the verdict in words, since
screen readers do not announce marks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onroll.children.side_by_side import words
from onroll.govuk.inline import MISSING
from onroll.govuk.parts import Meaning
from onroll.matching import compact

SAME = {"agrees", "missing"}
WHOLE = {"born", "sex"}
"""Fields in which whole words are marked: one letter of a date says nothing."""
ALIKE = 0.6
"""Below this likeness the whole value is marked."""
MARK = '<mark class="onroll-mark">{}</mark>'
Values = tuple[str, ...]
Marked = tuple[SafeString | str, ...]


@dataclass(frozen=True)
class Cell:
    """One field of one record: its values with marks, the verdict and its tag."""

    values: Marked
    verdict: str
    label: tuple[str, Meaning] | None
    why: str

    @property
    def is_same(self) -> bool:
        """Return whether the field agrees or cannot be compared."""
        return self.verdict in SAME


def cell(
    field: str, values: Values, compared: Values, reasons: Iterable[tuple[str, str, str]]
) -> Cell:
    """Return a field of one record beside the `compared` values of another.

    `reasons` come from matching: field, verdict, sentence. A field with values on both sides that
    cannot be compared gets a tag that says so.
    """
    verdicts = {name: (verdict, why) for name, verdict, why in reasons}
    verdict, why = verdicts.get(field, ("missing", ""))
    is_silent = verdict == "missing" and not (why and compared and values)
    label = None if is_silent else words.VERDICTS[verdict]
    return Cell(mark_differences(field, values, compared, verdict), verdict, label, why)


def mark_differences(field: str, values: Values, compared: Values, verdict: str) -> Marked:
    """Return the values of a field, marked where they differ from the other record's.

    Nothing is marked if the field agrees (one name or postcode in common is enough), nor among
    adults and schools, which may differ for one child.
    """
    if verdict in SAME or field not in words.FIELDS:
        return values or (MISSING,)
    return tuple(mark_value(field, value, compared) for value in values) or (MISSING,)


def mark_value(field: str, value: str, compared: Values) -> SafeString | str:
    """Mark the letters, or in dates the words, that differ from the closest compared value."""
    if not compared or any(flat(value) == flat(text) for text in compared):
        return value
    nearest = max(compared, key=lambda text: _likeness(text, value))
    if field not in WHOLE and _likeness(nearest, value) < ALIKE:
        return format_html(MARK, value)
    gap = " " if field in WHOLE else ""
    pieces_of_value: Sequence[str] = value.split() if gap else value
    pieces_of_nearest: Sequence[str] = nearest.split() if gap else nearest
    lower = (
        [part.casefold() for part in pieces_of_value],
        [part.casefold() for part in pieces_of_nearest],
    )
    pieces = []
    for kind, start, end, *_ in SequenceMatcher(None, *lower, autojunk=False).get_opcodes():
        if piece := gap.join(pieces_of_value[start:end]):
            pieces.append(format_html("{}" if kind == "equal" else MARK, piece))
    return format_html_join(gap, "{}", ((piece,) for piece in pieces))


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, flat(first), flat(second)).ratio()


def flat(value: str) -> str:
    """Return a value without accents, case, spaces and punctuation."""
    digits = "".join(letter for letter in value if letter.isdigit())
    return compact(value) + digits
