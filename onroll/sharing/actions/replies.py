"""What an agency replied about each child of a pack: the answer to that child's enquiry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiry_log import Act, EnquiryStage, Result
from onroll.rules.hours import moment_in_words
from onroll.rules.refusal import Refused
from onroll.rules.reply_codes import CODES, ReplyCode
from onroll.sharing.models import Disclosure, Pack

ANSWERED = (
    "This was answered meanwhile, or with a brother or sister who was asked together{}. Look at "
    "the enquiry before you add another answer."
)
_FOUND = (Result.LEAD, Result.LOCATED)
"""What whoever has the case is to read: somebody else may have typed the whole list in."""


@dataclass(frozen=True)
class Reply:
    """What came back about one child: a code of the agency's list, and more in words."""

    code: ReplyCode
    words: str = ""


def record_replies(
    *,
    pack: Pack,
    replies: Mapping[Disclosure, Reply],
    on: date,
    by: User,
    at: datetime,
) -> tuple[list[Disclosure], dict[Disclosure, str]]:
    """Answer the enquiry of each child; return the lines that are kept, and of others why not.

    One that cannot be kept never undoes the others.
    """
    answered, refused = [], {}
    for line, reply in replies.items():
        try:
            with transaction.atomic():
                _answer(pack, line, reply, on=on, by=by, at=at)
        except Refused as refusal:
            refused[line] = str(refusal)
        else:
            answered.append(line)
    return answered, refused


def _answer(
    pack: Pack, line: Disclosure, reply: Reply, *, on: date, by: User, at: datetime
) -> None:
    enquiry = Enquiry.objects.select_for_update().get(disclosures=line)
    if enquiry.stage == EnquiryStage.ANSWERED:
        raise Refused(ANSWERED.format(_by_whom(enquiry)))
    words = _words(pack, reply)
    facts = EntryFacts(
        on=on,
        name=pack.whom,
        contact=pack.contact[:200],
        method="email",
        words=words,
        evidence=f"Reply to request {pack.ref}",
        result=reply.code.result,
        lead=reply.code.lead,
        is_news=reply.code.result in _FOUND,
    )
    enquiries.add_entry(enquiry=enquiry, act=Act.ANSWER, facts=facts, by=by, at=at)


def _by_whom(enquiry: Enquiry) -> str:
    """Return who wrote down the answer that stands, when, and what it says."""
    answers = enquiry.entries.filter(act=Act.ANSWER.value).select_related("by")
    if (last := answers.order_by("at", "pk").last()) is None:
        return ""
    name = last.by.name if last.by else "Onroll"
    return f": {name}, {moment_in_words(last.at)}, “{last.words}”"


def _words(pack: Pack, reply: Reply) -> str:
    """Return the answer in words, or what its code means; codes of the agency's own go first."""
    if pack.step in CODES:
        code = f"{reply.code.code}: {reply.code.title}"
        return f"{code}. {reply.words}" if reply.words else code
    return reply.words or reply.code.title
