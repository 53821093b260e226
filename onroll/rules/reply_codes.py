"""What an agency can answer to a request about a child, and what that means for the enquiry (P31).

HM Revenue and Customs' own list of result codes was not at hand: the codes here are Onroll's, for
what a check of child benefit can find (`inferred`), and to be set beside theirs before use. All
other agencies answer by the results of the enquiry log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onroll.rules.enquiry_log import LEAD_TITLES, RESULT_TITLES, TO_CHOOSE, Lead, Result


@dataclass(frozen=True)
class ReplyCode:
    """One thing that an agency can answer, and what that means for the enquiry.

    With `asks_words`, who records it says more: an address, a school, a day. Where nothing came of
    it, the title says enough.
    """

    code: str
    title: str
    result: Result
    lead: Lead | None = None
    asks_words: bool = True


def _plain() -> Iterable[ReplyCode]:
    """Yield the results of the enquiry log; of a lead one for each kind."""
    for result in TO_CHOOSE:
        if result is Result.LEAD:
            for lead, title in LEAD_TITLES.items():
                words = f"A lead: {title[0].lower()}{title[1:]}"
                yield ReplyCode(f"{result.value}:{lead.value}", words, result, lead)
        else:
            asks_words = result is Result.LOCATED
            yield ReplyCode(result.value, RESULT_TITLES[result], result, asks_words=asks_words)


_HMRC = (
    ReplyCode("A", "Paid at the address that we gave", Result.LEAD, Lead.ADDRESS, False),
    ReplyCode("B", "Paid at another address, given in words", Result.LEAD, Lead.ADDRESS),
    ReplyCode("C", "The family told them that it left the country", Result.LEAD, Lead.UNSORTED),
    ReplyCode("D", "The claim has ended; when and why in words", Result.NOTHING_KNOWN),
    ReplyCode("E", "No claim for this child", Result.NOTHING_KNOWN, asks_words=False),
    ReplyCode("F", "Not traced: more is needed", Result.NOTHING_KNOWN, asks_words=False),
    ReplyCode("G", "They would not tell us", Result.DECLINED, asks_words=False),
)
PLAIN: dict[str, ReplyCode] = {reply.code: reply for reply in _plain()}
CODES: Mapping[str, dict[str, ReplyCode]] = {"hmrc": {reply.code: reply for reply in _HMRC}}
"""The closed lists of agencies that answer by a code of their own."""


def replies_of(step: str) -> dict[str, ReplyCode]:
    """Return what the agencies of a step can answer, by code."""
    return CODES.get(step, PLAIN)
