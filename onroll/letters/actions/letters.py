"""A letter to a family is made: kept with its words, and asked on the list of the case (P62).

Onroll sends nothing: who makes a letter prints it, or copies it into an email.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.children.models import Address
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.govuk.fields import in_words
from onroll.letters.content import letter_words
from onroll.letters.keys import digest, key_of
from onroll.letters.models import Letter, Mailing
from onroll.letters.queries import (
    ANYBODY,
    Waiting,
    first_name,
    homes_of,
    is_same_today,
    is_whole,
    refuse_protected,
    waiting_letter,
)
from onroll.rules.enquiry_log import Act
from onroll.rules.letters import ASKING, KIND_TITLES, LetterKind, Way
from onroll.rules.references import speakable
from onroll.rules.refusal import Refused
from onroll.schools.queries import calendar_for, our_policy

MOST_IN_A_MAILING = 50
TOO_MANY = f"At most {MOST_IN_A_MAILING} letters are made at once. Tick fewer cases."
NO_FIRST = "No letter that asks was sent to this family. Write the first letter."
ANSWERED = "The family has answered our last letter. Read what they told us first."
PART_OF_AN_ADDRESS = (
    "A part of the address is missing: a letter needs the number or name of the house, and the "
    "postcode. Complete it on the page of the child."
)
NO_ADDRESS = "No address to which a letter can go is on record."
_METHODS = {Way.POST: "letter", Way.HAND: "letter", Way.EMAIL: "email", Way.TEXT: "email"}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is decided of a letter: its kind, to whom, how and where it goes.

    `home` is an address on record, of a letter to a door; `place` the email address or telephone
    number of any other. `called_on` is the day of the visit that a notice tells of.
    """

    kind: LetterKind
    way: Way
    addressee: str = ANYBODY
    home: Address | None = None
    place: str = ""
    called_on: date | None = None

    @property
    def lines(self) -> list[str]:
        """Return where it goes, line by line."""
        if self.home is None:
            return [self.place]
        home = self.home
        return [part for part in (*home.lines, home.town, home.postcode, home.country) if part]


@dataclass(frozen=True)
class Made:
    """Letters that were made at once, and the cases that could not have one, each with why."""

    mailing: Mailing
    letters: Sequence[Letter]
    left: Sequence[tuple[Case, str]]


@transaction.atomic
def write_letters(
    *,
    kind: LetterKind,
    cases: Sequence[Case],
    by: User,
    at: datetime,
) -> Made:
    """Write to the families of several children by post, each by itself, to the address of now.

    A case that cannot have a letter is left out, and said; Refused where none can.
    """
    if len(cases) > MOST_IN_A_MAILING:
        raise Refused(TOO_MANY)
    drafts: list[tuple[Case, Draft]] = []
    left: list[tuple[Case, str]] = []
    for case in sorted(cases, key=lambda case: case.pk):  # locked in one order
        try:
            draft = _to_home(case, kind)
            locked = _lock(case)
            _refuse(locked, draft, waiting_letter(locked), on=at.date())
        except Refused as refusal:
            left.append((case, str(refusal)))
        else:
            drafts.append((case, draft))
    if not drafts:
        raise Refused(" ".join(f"{case.ref}: {why}" for case, why in left))
    mailing = Mailing.objects.create(kind=kind.value, at=at, by=by)
    letters = [
        write_letter(case=case, draft=draft, mailing=mailing, by=by, at=at)
        for case, draft in drafts
    ]
    return Made(mailing, letters, left)


def _lock(case: Case) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("child", "school")
    return rows.get(pk=case.pk)


def _to_home(case: Case, kind: LetterKind) -> Draft:
    refuse_protected(case.child, None)
    homes = [home for home in homes_of(case.child) if home.to_on is None]
    if not homes:
        raise Refused(NO_ADDRESS)
    if not is_whole(homes[0]):
        raise Refused(PART_OF_AN_ADDRESS)
    return Draft(kind=kind, way=Way.POST, home=homes[0])


@transaction.atomic
def write_letter(
    *, case: Case, draft: Draft, mailing: Mailing | None = None, by: User, at: datetime
) -> Letter:
    """Make a letter to the family of a child, and ask it on the list of the case with its clock.

    Refused for a protected child or address, for a case that it does not fit, and where the same
    letter went to the same place today.
    """
    case = _lock(case)
    before = waiting_letter(case)
    _refuse(case, draft, before, on=at.date())
    ref, answer_by = speakable(), _answer_by(case, draft.kind, on=at.date())
    values = _values(case, draft, before, ref=ref, answer_by=answer_by)
    words = letter_words()[draft.kind].fill(values)
    return Letter.objects.create(
        ref=ref,
        case=case,
        enquiry=_ask(case, draft, before, ref=ref, answer_by=answer_by, by=by, at=at),
        kind=draft.kind.value,
        way=draft.way.value,
        sent_on=at.date(),
        addressee=draft.addressee,
        address=draft.home,
        place=draft.lines,
        subject=words.subject,
        paragraphs=list(words.paragraphs),
        mailing=mailing,
        at=at,
        by=by,
        **_link(draft.kind, ref, on=at.date(), answer_by=answer_by),
    )


def _refuse(case: Case, draft: Draft, before: Waiting | None, *, on: date) -> None:
    if draft.kind in ASKING and not case.is_open:
        raise Refused(f"Case {case.ref} is closed. Open it again first.")
    if draft.kind is LetterKind.CLOSE and case.is_open:
        raise Refused(f"Case {case.ref} is open. The last letter is for a case that is closed.")
    if draft.kind is LetterKind.CHASER and before is None:
        raise Refused(NO_FIRST)
    if draft.kind is LetterKind.CHASER and before and not before.is_waiting:
        raise Refused(ANSWERED)
    refuse_protected(case.child, draft.home)
    if same := is_same_today(case, draft.kind.value, draft.lines, on=on):
        raise Refused(f"This letter was made today, as {same.ref}. Nothing was added.")


def _answer_by(case: Case, kind: LetterKind, *, on: date) -> date | None:
    if kind not in ASKING:
        return None
    days = our_policy().on(on).letter_answer_school_days
    return calendar_for(case.school).after(on, days)


def _link(kind: LetterKind, ref: str, *, on: date, answer_by: date | None) -> dict[str, Any]:
    if kind not in ASKING:
        return {}
    days = our_policy().on(on).letter_link_days
    until = on + timedelta(days=days)
    return {"answer_due_on": answer_by, "digest": digest(key_of(ref)), "link_until_on": until}


def _values(
    case: Case, draft: Draft, before: Waiting | None, *, ref: str, answer_by: date | None
) -> dict[str, str]:
    return {
        "child": first_name(case.child),
        "answer_by": in_words(answer_by) if answer_by else "",
        "phone": our_policy().cme_phone,
        "reference": ref,
        "wrote_on": in_words(before.letter.sent_on) if before else "",
        "called_on": in_words(draft.called_on) if draft.called_on else "",
    }


def _ask(
    case: Case,
    draft: Draft,
    before: Waiting | None,
    *,
    ref: str,
    answer_by: date | None,
    by: User,
    at: datetime,
) -> Enquiry | None:
    """Ask the letter on the list: as a new enquiry, or once more where an answer is waited for."""
    if draft.kind not in ASKING:
        return None
    facts = EntryFacts(
        on=at.date(),
        name=draft.addressee,
        contact=draft.place,
        address=draft.home,
        method=_METHODS[draft.way],
        words=f"{KIND_TITLES[draft.kind]} (letter {ref})",
        evidence=f"Letter {ref}, kept with its words",
        chase_on=answer_by,
    )
    if before and before.is_waiting and before.letter.enquiry:
        enquiry = before.letter.enquiry
        enquiries.add_entry(enquiry=enquiry, act=Act.CHASE, facts=facts, by=by, at=at)
        return enquiry
    return enquiries.record_enquiry(
        on_cases=[case], step="letter", entries={Act.ASK: facts}, by=by, at=at
    )[0]
