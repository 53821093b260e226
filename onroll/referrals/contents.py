"""What came with a referral, as the hub's page shows it, to whom it may be shown."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onroll.documents.queries import Look, looks_of
from onroll.govuk.fields import in_words
from onroll.referrals.codes import CHANNELS
from onroll.referrals.definition import PAGES, QUESTIONS
from onroll.referrals.definition.kinds import FORM_WORDS, Depth, Question
from onroll.referrals.lacks import Lack, lacks_of
from onroll.referrals.models import (
    Referral,
    ReferralEnquiry,
    ReferralFile,
    ReferralGroup,
    ReferralStep,
    ReferralTalk,
    ReferralUpdate,
)
from onroll.rules.identifiers import check_nhs_number
from onroll.rules.risk import RISK_QUESTIONS, assess

Lines = tuple[tuple[str, str], ...]
OF_REFERRER = tuple(code for code, question in QUESTIONS.items() if question.page == "you")
"""The questions whose answers say who refers."""
ANSWERS = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}


@dataclass(frozen=True)
class Answered:
    """One question about risk with its answer and the words to it.

    `update` is the addition with which it came, after the referral was sent; else nothing.
    """

    question: str
    answer: str
    words: str
    update: ReferralUpdate | None = None


@dataclass(frozen=True)
class Risk:
    """The risk assessment: the answers that raise something first, and what is still owed.

    `lacks` is by code what it was sent without, and what is told of that since.
    """

    raised: tuple[Answered, ...]
    denied: tuple[Answered, ...]
    unanswered: int
    talk: ReferralTalk | None
    owes_talk: bool
    owes_exploitation_talk: bool
    lacks: Mapping[str, Lack]


@dataclass(frozen=True)
class Attachment:
    """A file that came with a referral, what it shows, and how it is looked at."""

    number: int
    words: str
    look: Look


@dataclass(frozen=True)
class Contents:
    """All that came with a referral beside the children and the worry.

    `sees_risk` is false for who may not read the assessment and the groups (matrix, row 9),
    `names_referrer` for who may not know who referred, and so who made the enquiries, said
    that a group is theirs, or talked about the risk (row 10).
    """

    came: str
    cards: tuple[tuple[str, Lines], ...]
    enquiries: tuple[ReferralEnquiry, ...]
    files: tuple[Attachment, ...]
    sees_risk: bool
    names_referrer: bool
    groups: tuple[ReferralGroup, ...] = ()
    risk: Risk | None = None
    missing: tuple[Lack, ...] = ()
    """What it was sent without, and what of that was given since."""

    @property
    def is_open(self) -> bool:
        """Return whether anything that it was sent without may still be given."""
        return any(lack.is_open for lack in self.missing)


def contents_of(
    referral: Referral,
    updates: Sequence[ReferralUpdate],
    steps: Sequence[ReferralStep] = (),
    *,
    sees_risk: bool,
    names_referrer: bool,
    is_as_sent: bool = False,
) -> Contents:
    """Return what came with a referral: of risk and who referred only where that may be read.

    `updates` are what was added to it since and `steps` what happened, both the newest first.
    `is_as_sent` leaves out the answers about risk that followed.
    """
    missing = lacks_of(referral, updates, steps)
    groups = tuple(referral.groups.all()) if sees_risk and referral.has_groups else ()
    return Contents(
        came=_came(referral),
        cards=tuple(_cards(referral.answers, without=() if names_referrer else OF_REFERRER)),
        enquiries=tuple(referral.enquiries.all()) if referral.has_enquiries else (),
        names_referrer=names_referrer,
        files=tuple(_files(referral)) if referral.has_files else (),
        sees_risk=sees_risk,
        groups=groups,
        risk=_risk(referral, missing, groups, is_as_sent=is_as_sent) if sees_risk else None,
        missing=missing,
    )


def file_of(referral: Referral, number: int) -> ReferralFile:
    """Return the file of a referral with a number; ReferralFile.DoesNotExist for none."""
    files = ReferralFile.objects.select_related("document").defer("document__content")
    return files.get(referral=referral, pk=number)


def _came(referral: Referral) -> str:
    if referral.from_case_id is not None:
        return "An open case, sent to the hub"
    if not referral.channel:
        return FORM_WORDS[Depth(referral.depth)]
    how = dict(CHANNELS).get(referral.channel, "").lower()
    return f"It came {how}; {referral.taken_by} took it"


def _cards(answers: Mapping[str, Any], *, without: Collection[str]) -> Iterator[tuple[str, Lines]]:
    """Yield for each page of the form its answers, in its words, without some."""
    answers = {code: answer for code, answer in answers.items() if code not in without}
    for slug, page in PAGES.items():
        if page.noun:
            for number, row in enumerate(answers.get(slug) or (), start=1):
                yield f"{page.noun} {number}", tuple(_lines(slug, row))
        elif lines := tuple(_lines(slug, answers)):
            yield page.hub_title or page.title, lines
    if answers.get("record_wrong"):
        yield "The school adds", (("About what is on record", answers["record_wrong"]),)


def _lines(slug: str, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for code, question in QUESTIONS.items():
        if question.page == slug and answers.get(code):
            yield question.words, _words(question, answers[code])


def _words(question: Question, answer: Any) -> str:
    titles = dict(question.choices)
    if question.code == "nhs_number" and not check_nhs_number(answer).is_valid:
        return f"{answer} (does not check)"
    if isinstance(answer, list):
        return ", ".join(str(titles.get(code, code)) for code in answer)
    if question.kind == "day":
        return in_words(date.fromisoformat(answer))
    return str(titles.get(answer, answer))


def _risk(
    referral: Referral,
    missing: Sequence[Lack],
    groups: Sequence[ReferralGroup],
    *,
    is_as_sent: bool,
) -> Risk | None:
    rows = list(referral.risks.select_related("update__by")) if referral.has_risks else []
    rows = [row for row in rows if row.update is None] if is_as_sent else rows
    by_question = {risk.question: risk for risk in rows}
    talk = getattr(referral, "talk", None)
    if not by_question and talk is None:
        return None
    answers = {code: risk.answer for code, risk in by_question.items()}
    answered = [
        Answered(question.text, ANSWERS[row.answer], row.words, row.update)
        for question in RISK_QUESTIONS
        if (row := by_question.get(question.code))
    ]
    finding = assess(answers, [row.group for row in groups])
    return Risk(
        raised=tuple(row for row in answered if row.answer != "No"),
        denied=tuple(row for row in answered if row.answer == "No"),
        unanswered=len(finding.unanswered),
        talk=talk,
        owes_talk=finding.talk_to_safeguarding_lead and not (talk and talk.talked_on),
        owes_exploitation_talk=(
            finding.talk_to_mash_or_social_worker and not (talk and talk.exploitation_on)
        ),
        lacks={lack.code: lack for lack in missing},
    )


def _files(referral: Referral) -> Iterator[Attachment]:
    files = list(referral.files.select_related("document").defer("document__content"))
    looks = looks_of(file.document for file in files)
    for file in files:
        yield Attachment(file.pk, file.words, looks[file.document_id])
