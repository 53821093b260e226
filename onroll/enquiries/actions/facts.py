"""What somebody says of an enquiry when it is recorded."""

from dataclasses import dataclass
from datetime import date

from onroll.children.models import Address
from onroll.rules.enquiry_log import Lead, Result

File = tuple[str, bytes]
"""A file that somebody attaches: its name and its bytes."""


@dataclass(frozen=True, kw_only=True)
class EntryFacts:
    """One entry: the day, who did it, whom they asked and how, and what came of it (policy p.9).

    `address` is one on record at which it was tried, `lives_there` who is found to live there now.
    `result` and `lead` are of an answer alone; `chase_on` of what is still to be answered. With
    `is_news` whoever has the case is to read it: it came with replies about several children.
    """

    on: date
    time: str = ""
    by: str = ""
    name: str = ""
    contact: str = ""
    method: str = ""
    address: Address | None = None
    lives_there: str = ""
    words: str = ""
    evidence: str = ""
    result: Result | None = None
    lead: Lead | None = None
    chase_on: date | None = None
    file: File | None = None
    is_news: bool = False
