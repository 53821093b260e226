"""What came of a visit to the home, kept at once: the enquiry, the addresses, and who was seen."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case, Sighting
from onroll.cases.queries import home_in_words
from onroll.children.models import Address
from onroll.enquiries.actions.facts import EntryFacts
from onroll.enquiries.actions.log import add_entry, plan_enquiries, record_enquiry
from onroll.enquiries.models import Enquiry
from onroll.enquiries.queries.visits import open_visit
from onroll.rules.enquiry_log import Act, Result
from onroll.rules.sightings import Telling

STEP = "home_visit"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What whoever visited says of it.

    `facts` are of the address where the child was looked for, and `telling` says whether the child
    was seen there. `second` is another address that was tried, `second_words` what was found.
    """

    facts: EntryFacts
    telling: Telling
    second: Address | None = None
    second_words: str = ""
    next_step: str = ""
    """A code of `rules.enquiries`, put on the list; "" for none."""

    @property
    def place(self) -> str:
        """Return the address where the child was looked for, in one line; "" where none is said."""
        return home_in_words(self.facts.address) if self.facts.address else self.facts.contact

    @property
    def at_second(self) -> EntryFacts:
        """Return the entry of the second address."""
        return EntryFacts(
            on=self.facts.on,
            time=self.facts.time,
            by=self.facts.by,
            method=self.facts.method,
            address=self.second,
            words=self.second_words,
            result=Result.NOTHING_KNOWN,
        )


@transaction.atomic
def record_visit(*, case: Case, visit: Visit, by: User, at: datetime) -> tuple[Enquiry, Sighting]:
    """Keep what came of a visit; return the enquiry, whose reference it all has, and the telling.

    A visit that is planned or waits is the one that is answered, unless a lead to another address
    asked for it. Refused, and nothing kept, where
    any part of it cannot be.
    """
    enquiry = open_visit(case, visit.place)
    if enquiry is None:
        [enquiry] = record_enquiry(on_cases=[case], step=STEP, entries={}, by=by, at=at)
    if visit.second is not None:
        add_entry(enquiry=enquiry, act=Act.ANSWER, facts=visit.at_second, by=by, at=at)
    add_entry(enquiry=enquiry, act=Act.ANSWER, facts=visit.facts, by=by, at=at)
    sighting = cases.record_sighting(
        case=case,
        telling=visit.telling,
        address=visit.facts.address,
        enquiry=enquiry.ref,
        by=by,
        at=at,
    )
    if visit.next_step:
        plan_enquiries(case=case, steps=[visit.next_step], by=by, at=at)
    return enquiry, sighting
