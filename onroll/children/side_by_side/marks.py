"""Where two records are not the same: the differing letters marked, and what each field says.

Never by colour alone: marked letters are underlined and bold, and a tag with words stands under
the field, for those who see no mark and for screen readers, which do not read one out.
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
"""Fields of which words are marked, not letters: no day is one letter away from another."""
ALIKE = 0.6
"""Below this likeness no letter is held against another: the whole is marked."""
MARK = '<mark class="onroll-mark">{}</mark>'
Values = tuple[str, ...]
Marked = tuple[SafeString | str, ...]


@dataclass(frozen=True)
class Cell:
    """What one record has in one field, differing letters marked, and the verdict."""

    values: Marked
    verdict: str
    label: tuple[str, Meaning] | None
    why: str

    @property
    def is_same(self) -> bool:
        """Say whether nothing here needs a second look."""
        return self.verdict in SAME


def cell(field: str, theirs: Values, ours: Values, reasons: Iterable[tuple[str, str, str]]) -> Cell:
    """Return what one record has in a field beside another, by the reasons that matching gives.

    Where both say something and it cannot be compared, that is said too.
    """
    found = {name: (verdict, why) for name, verdict, why in reasons}
    verdict, why = found.get(field, ("missing", ""))
    is_silent = verdict == "missing" and not (why and ours and theirs)
    label = None if is_silent else words.VERDICTS[verdict]
    return Cell(against(field, theirs, ours, verdict), verdict, label, why)


def against(field: str, values: Values, others: Values, verdict: str) -> Marked:
    """Return each value of a field with what the other record has otherwise marked.

    Where the field agrees nothing is: one name or postcode in common is enough. Nor are adults and
    schools, of which each record may have its own.
    """
    if verdict in SAME or field not in words.FIELDS:
        return values or (MISSING,)
    return tuple(marked(field, value, others) for value in values) or (MISSING,)


def marked(field: str, value: str, others: Values) -> SafeString | str:
    """Mark the letters of a value that the other side has otherwise; of a date, the words."""
    if not others or any(flat(value) == flat(other) for other in others):
        return value
    nearest = max(others, key=lambda said: _likeness(said, value))
    if field not in WHOLE and _likeness(nearest, value) < ALIKE:
        return format_html(MARK, value)
    gap = " " if field in WHOLE else ""
    ours: Sequence[str] = value.split() if gap else value
    theirs: Sequence[str] = nearest.split() if gap else nearest
    lower = [part.casefold() for part in ours], [part.casefold() for part in theirs]
    pieces = []
    for kind, start, end, *_ in SequenceMatcher(None, *lower, autojunk=False).get_opcodes():
        if piece := gap.join(ours[start:end]):
            pieces.append(format_html("{}" if kind == "equal" else MARK, piece))
    return format_html_join(gap, "{}", ((piece,) for piece in pieces))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, flat(one), flat(other)).ratio()


def flat(value: str) -> str:
    """Return a value without what does not tell two apart: accents, case, spaces and signs."""
    digits = "".join(letter for letter in value if letter.isdigit())
    return compact(value) + digits
