"""What a family tells us is kept, and put before whoever has the case, in one transaction (P62)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.audit import actions as audit
from onroll.cases.models import Case
from onroll.documents import actions as documents
from onroll.documents.models import Kind
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.govuk.languages import ENGLISH
from onroll.letters.models import FamilyAnswer, FamilyFile, Letter
from onroll.letters.queries import waiting_letter
from onroll.rules.enquiry_log import Lead, Result
from onroll.rules.letters import WHERE_TITLES, Means, Where, lead_of, next_step, step_of
from onroll.rules.references import speakable
from onroll.rules.refusal import Refused

File = tuple[str, bytes]
"""A file that somebody attaches: its name and its bytes."""
_METHODS = {
    Means.LINK: "email",
    Means.TELEPHONE: "telephone",
    Means.VISIT: "visit",
    Means.PERSON: "person",
    Means.LETTER: "letter",
    Means.EMAIL: "email",
}
_SAME = timedelta(minutes=15)
WRONG_BIRTH = "The date of birth that they gave is not the one on record: make sure who it was"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a family says: who, by which way, when, where the child is, and how to reach them."""

    means: Means
    on: date
    by: str
    where: Where
    school_name: str = ""
    starts_on: date | None = None
    country: str = ""
    home: str = ""
    phone: str = ""
    email: str = ""
    words: str = ""
    born_on: date | None = None
    """The date of birth that they gave, by the link alone; it is compared and not kept."""
    language: str = ENGLISH


@transaction.atomic
def keep_answer(
    *,
    case: Case,
    letter: Letter | None = None,
    statement: Statement,
    files: Sequence[File] = (),
    by: User | None,
    at: datetime,
) -> FamilyAnswer:
    """Keep what a family told us with its files, as an answer on the list of the case.

    `letter` is the one whose link they used, and `by` nobody then. Nothing is refused because the
    case is closed or the date of birth differs: that is said beside it. Refused for a file that is
    not to be taken. The very same, sent again minutes later without a file, is the one kept before.
    """
    if by is None:
        audit.withhold_address()
    question = _enquiry_of(case, letter)
    rows = Case.objects.select_for_update(of=("self",)).select_related("child", "school")
    case = rows.get(pk=question.case_id if question else case.pk)
    is_right = statement.born_on == case.child.born_on if by is None else None
    facts = _columns(statement, is_right=is_right)
    same = FamilyAnswer.objects.filter(letter=letter, by=by, at__gt=at - _SAME, **facts)
    if not files and (last := same.filter(case=case).first()) is not None:
        return last
    ref = speakable()
    enquiry = enquiries.answer_of_family(
        case=case,
        enquiry=question,
        step=step_of(statement.means),
        facts=_facts(ref, statement, is_right=is_right),
        next_step="" if is_right is False else next_step(statement.where),
        by=by,
        at=at,
    )
    answer = FamilyAnswer.objects.create(
        ref=ref,
        case=case,
        letter=letter,
        enquiry=enquiry,
        at=at,
        by=by,
        **facts,
    )
    for name, content in files:
        _attach(answer, name, content, by=by, at=at)
    return answer


def _columns(statement: Statement, *, is_right: bool | None) -> dict[str, Any]:
    return {
        "means": statement.means.value,
        "told_on": statement.on,
        "told_by": statement.by,
        "where": statement.where.value,
        "school_name": statement.school_name,
        "starts_on": statement.starts_on,
        "country": statement.country,
        "home": statement.home,
        "phone": statement.phone,
        "email": statement.email,
        "words": statement.words,
        "is_birth_right": is_right,
        "language": statement.language,
    }


def _enquiry_of(case: Case, letter: Letter | None) -> Enquiry | None:
    """Return the enquiry whose answer it is: that of the letter, or of the last one that waits."""
    if letter is not None:
        return letter.enquiry
    before = waiting_letter(case)
    return before.letter.enquiry if before and before.is_waiting else None


def _facts(ref: str, statement: Statement, *, is_right: bool | None) -> EntryFacts:
    """Return the entry: where they say the child is. Addresses and contacts stand in the answer."""
    doubt = WRONG_BIRTH if is_right is False else ""
    words = f"The family says: {WHERE_TITLES[statement.where].lower()} (answer {ref})"
    return EntryFacts(
        on=statement.on,
        name=statement.by,
        method=_METHODS[statement.means],
        words=". ".join(filter(None, (words, doubt))),
        result=Result.LEAD,
        lead=Lead.UNSORTED if doubt else lead_of(statement.where),
        evidence=f"Answer {ref}, kept as they gave it",
    )


def _attach(
    answer: FamilyAnswer, name: str, content: bytes, *, by: User | None, at: datetime
) -> None:
    try:
        document = documents.attach(
            kind=Kind.EVIDENCE, content=content, name=name or "file", by=by, at=at
        )
    except Refused as refusal:
        raise Refused(str(refusal), field="files") from None
    FamilyFile.objects.create(answer=answer, case_id=answer.case_id, document=document)
