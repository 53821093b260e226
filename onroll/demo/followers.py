"""Those who referred follow it by a private link: some add to it, some ask for the link again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.demo.evidence import letter
from onroll.demo.reception import Reception
from onroll.referrals import actions
from onroll.referrals.models import Referral
from onroll.referrals.queries.referrer import find_by_key

_ADDED = (
    "I have seen a light in the flat last night. Somebody is there again.",
    "The mother rang. They are with her sister; she did not say where that is.",
    "Here is the letter that came back. The stamp is from last week.",
)
_LINK_LOST = 3
"""One in so many of those who gave an e-mail address asks for the link again."""


@dataclass
class Followers:
    """What those who referred do later. `_done` are the references of which nothing is to come."""

    people: dict[str, User]
    chance: Random
    reception: Reception
    _done: set[str] = field(default_factory=set)

    def work(self, *, at: datetime) -> None:
        """Add something to a few referrals of the days before, and ask for lost links."""
        refs = [ref for ref, _ in self.reception.children if ref not in self._done]
        old = at - timedelta(hours=26)
        for referral in Referral.objects.filter(ref__in=refs, sent_at__lt=old).order_by("pk"):
            self._done.add(referral.ref)
            if self.chance.random() < 0.2:
                self._add(referral.ref, at=at)
            elif "@" in referral.referrer_contact and self.chance.random() * _LINK_LOST < 1:
                actions.ask_for_link(ref=referral.ref, at=at)

    def _add(self, ref: str, *, at: datetime) -> None:
        referral = find_by_key(self.reception.links[ref], on=at.date()).referral
        text = self.chance.choice(_ADDED)
        paper = letter("Returned to sender") if "letter" in text else None
        file = (paper.name, paper.read()) if paper else None
        actions.add_update(referral=referral, text=text, file=file, by=referral.made_by, at=at)
