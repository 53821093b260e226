"""Letters to the family of our child, and what they told us by the link."""

from django.utils import timezone

from onroll.cases.models import Case
from onroll.letters import actions as letters
from onroll.letters.actions import Draft, Statement
from onroll.letters.keys import key_of
from onroll.letters.queries import homes_of
from onroll.rules.letters import LetterKind, Means, Way, Where
from tests.documents.made import PDF
from tests.people import People


def write(everyone: People, ours: Case) -> str:
    """Write to the family of our child, alone and with others; return the key of a link."""
    at = timezone.localtime()
    made = letters.write_letters(kind=LetterKind.FIRST, cases=[ours], by=everyone.max, at=at)
    first = made.letters[0]
    statement = Statement(
        means=Means.LINK,
        on=at.date(),
        by="A parent",
        where=Where.OTHER,
        words="We wait.",
        born_on=ours.child.born_on,
    )
    letters.keep_answer(
        case=ours, letter=first, statement=statement, files=[("a.pdf", PDF)], by=None, at=at
    )
    notice = Draft(
        kind=LetterKind.VISIT,
        way=Way.HAND,
        home=homes_of(ours.child)[0],
        called_on=at.date(),
    )
    letters.write_letter(case=ours, draft=notice, by=everyone.max, at=at)
    return key_of(first.ref)
