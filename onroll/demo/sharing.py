"""The made-up officers ask agencies in packs, write replies down, and log what else was shared."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiry_log import EnquiryStage
from onroll.rules.refusal import Refused
from onroll.rules.reply_codes import replies_of
from onroll.rules.requests import KINDS
from onroll.sharing import actions, queries
from onroll.sharing.actions import Line, Reply
from onroll.sharing.content import Asking
from onroll.sharing.models import Disclosure, Pack

_DESKS = {
    "hmrc": "Child benefit office, made-up desk",
    "police": "Missing persons desk, made-up police",
    "next_authority": "Missing education officer, made-up borough",
}
"""Whom they ask in a request, by step."""
_MOST, _FEWEST = 8, 3
_WAIT = timedelta(days=4)
_WORDS = "They gave a flat in another town, and a date in October."
_LINES = (
    Line(
        is_shared=True,
        on=datetime.min.date(),
        whom="School nurse, by telephone",
        contents="Name, date of birth and last school.",
        why="To learn when the child was last seen.",
        method="telephone",
        bases=("find_children", "public_task"),
    ),
    Line(
        is_shared=False,
        on=datetime.min.date(),
        whom="A caller who said they are an uncle",
        contents="Where the child was last seen.",
        why="Nobody could tell who the caller is.",
    ),
)


@dataclass
class Sharer:
    """Officers who ask for information in writing, now and then."""

    chance: Random

    def work(self, *, at: datetime) -> None:
        """Make a pack for some who own cases, and write down some replies and some other lines."""
        owners = User.objects.filter(pk__in=Case.objects.open().values("owner")).order_by("pk")
        for owner in owners:
            for step in _DESKS:
                if self.chance.random() < 0.06:
                    self._ask(owner, step, at)
            if self.chance.random() < 0.05:
                self._write(owner, at)
        for pack in Pack.objects.filter(at__lt=at - _WAIT).defer("pdf", "text").order_by("pk"):
            if self.chance.random() < 0.2:
                self._answer(pack, at)

    def _ask(self, owner: User, step: str, at: datetime) -> None:
        cases = queries.cases_to_ask(owner, step, on=at.date())[:_MOST]
        if len(cases) < (_FEWEST if step == "hmrc" else 1):
            return
        asking = Asking(kind=KINDS[step], whom=_DESKS[step], method="email")
        chosen = cases if step == "hmrc" else cases[:1]
        try:
            actions.make_pack(asking=asking, cases=chosen, by=owner, at=at)
        except Refused:
            return  # nothing that they need is on record, or brothers and sisters stand elsewhere

    def _answer(self, pack: Pack, at: datetime) -> None:
        """Write down what came back about some children of a pack."""
        waiting = (EnquiryStage.ASKED.value, EnquiryStage.CHASED.value)
        asked = Enquiry.objects.filter(stage__in=waiting, case__closed_on__isnull=True)
        lines = pack.disclosures.filter(enquiry__in=asked).select_related("case").order_by("pk")
        codes = list(replies_of(pack.step).values())
        replies: dict[Disclosure, Reply] = {}
        for line in lines:
            if self.chance.random() < 0.6:
                code = self.chance.choice(codes[:-1])
                replies[line] = Reply(code, _WORDS if code.asks_words else "")
        actions.record_replies(pack=pack, replies=replies, on=at.date(), by=pack.by, at=at)

    def _write(self, owner: User, at: datetime) -> None:
        cases = Case.objects.open().filter(owner=owner).order_by("-opened_on", "pk")[:5]
        line = self.chance.choice(_LINES)
        actions.write_line(
            case=self.chance.choice(list(cases)),
            line=replace(line, on=at.date()),
            by=owner,
            at=at,
        )
