"""Made-up officers write to families: some answer by the link, some ring, some letters return."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.letters import actions
from onroll.letters.actions import Draft, Statement
from onroll.letters.models import Letter
from onroll.letters.queries import homes_of
from onroll.rules.enquiry_log import WAITING
from onroll.rules.letters import ASKING, Fate, LetterKind, Means, Way, Where
from onroll.rules.refusal import Refused

_WAIT = timedelta(days=3)
_CHASE = timedelta(days=7)
_STATEMENTS = (
    {
        "where": Where.SCHOOL,
        "school_name": "A made-up primary school, Leeds",
        "phone": "07700 900321",
        "words": "We moved in the half term. She likes it there.",
    },
    {"where": Where.MOVED, "home": "9 Far Road\nLeeds", "email": "family@home.example"},
    {"where": Where.ABROAD, "country": "Ireland", "words": "We went back to my mother."},
    {"where": Where.HOME_EDUCATED, "phone": "07700 900654", "words": "I teach him at home."},
    {"where": Where.OTHER, "words": "We wait for a place. Nobody answers us."},
)
_ENVELOPE = "The envelope says: gone away."


@dataclass
class Correspondent:
    """Officers who write to families, and families who answer some of it."""

    chance: Random

    def work(self, *, at: datetime) -> None:
        """Write some letters, and let some that went out be answered, come back or arrive."""
        owners = User.objects.filter(pk__in=Case.objects.open().values("owner")).order_by("pk")
        for owner in owners:
            if self.chance.random() < 0.7:
                self._write(owner, at)
            if self.chance.random() < 0.08:
                self._write_to_several(owner, at)
        self._end(at)
        waiting = [stage.value for stage in WAITING]
        letters = Letter.objects.filter(enquiry__stage__in=waiting, at__lt=at - _WAIT)
        for letter in letters.select_related("case", "enquiry", "by").order_by("pk"):
            self._become(letter, at)

    def _write(self, owner: User, at: datetime) -> None:
        cases = Case.objects.open().filter(owner=owner, letters__isnull=True)
        case = cases.select_related("child").order_by("opened_on", "pk").first()
        if case is not None:
            kind = LetterKind.VISIT if self.chance.random() < 0.25 else LetterKind.FIRST
            self._try(case, kind, by=owner, at=at)

    def _try(self, case: Case, kind: LetterKind, *, by: User, at: datetime) -> None:
        homes = homes_of(case.child)
        if not homes:
            return
        way = Way.HAND if kind is LetterKind.VISIT else Way.POST
        called_on = at.date() if kind is LetterKind.VISIT else None
        draft = Draft(kind=kind, way=way, home=homes[0], called_on=called_on)
        try:
            actions.write_letter(case=case, draft=draft, by=by, at=at)
        except Refused:
            return  # answered meanwhile, or the address is protected for another child

    def _write_to_several(self, owner: User, at: datetime) -> None:
        cases = Case.objects.open().filter(owner=owner, letters__isnull=True)
        chosen = cases.select_related("child").order_by("-opened_on", "pk")[:4]
        try:
            actions.write_letters(kind=LetterKind.FIRST, cases=list(chosen), by=owner, at=at)
        except Refused:
            return  # none of them has an address

    def _become(self, letter: Letter, at: datetime) -> None:
        luck = self.chance.random()
        if luck < 0.05:
            self._answer(letter, at)
        elif luck < 0.08:
            self._ring(letter, at)
        elif luck < 0.16 and not letter.deliveries.exists():
            fate = self.chance.choice((Fate.RETURNED, Fate.RETURNED, Fate.ARRIVED))
            words = _ENVELOPE if fate is Fate.RETURNED else ""
            actions.record_fate(
                letter=letter, fate=fate, on=at.date(), words=words, by=letter.by, at=at
            )
        elif luck < 0.4 and letter.at < at - _CHASE and letter.kind == LetterKind.FIRST:
            self._try(letter.case, LetterKind.CHASER, by=letter.by, at=at)

    def _answer(self, letter: Letter, at: datetime) -> None:
        statement = Statement(
            means=Means.LINK,
            on=at.date(),
            by="A parent",
            born_on=letter.case.child.born_on if self.chance.random() < 0.85 else None,
            **self.chance.choice(_STATEMENTS),  # type: ignore[arg-type]  # rows of one table
        )
        actions.keep_answer(case=letter.case, letter=letter, statement=statement, by=None, at=at)

    def _ring(self, letter: Letter, at: datetime) -> None:
        statement = Statement(
            means=Means.TELEPHONE,
            on=at.date(),
            by="A parent",
            **self.chance.choice(_STATEMENTS),  # type: ignore[arg-type]  # rows of one table
        )
        actions.keep_answer(case=letter.case, statement=statement, by=letter.by, at=at)

    def _end(self, at: datetime) -> None:
        """Write the last letter for some cases that were closed after a letter."""
        letters = Letter.objects.filter(kind__in=[kind.value for kind in ASKING]).values("case")
        cases = Case.objects.filter(pk__in=letters, closed_on__isnull=False)
        left = cases.exclude(letters__kind=LetterKind.CLOSE.value).select_related("child", "owner")
        for case in left.order_by("pk"):
            if case.owner is not None and self.chance.random() < 0.5:
                self._try(case, LetterKind.CLOSE, by=case.owner, at=at)
