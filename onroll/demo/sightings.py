"""The made-up officers write down that some children were seen, and what was done where one is not
known to be safe."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen, Spot, Telling

_BY = (
    ("Ama Boateng", "social worker, first response team"),
    ("Jon Hale", "school nurse"),
    ("Priya Nair", "education welfare officer"),
)
_WISHES = (
    "To go to the school of the cousin next door.",
    "To see the old class again.",
    "Was not asked: a parent answered for the child.",
)
_WORRY = "Was in at noon with nobody else but a younger brother, and would not say who cooks."
_DONE = "Rang the duty desk of the hub the same afternoon; a social worker visits tomorrow."


@dataclass
class Witness:
    """Officers who hear that a child was seen, and of one in eight that they may not be safe."""

    chance: Random

    def tell(self, *, at: datetime) -> None:
        """Write it down of some cases on which nobody was seen yet."""
        cases = Case.objects.open().filter(owner__isnull=False, sightings=None)
        for case in cases.select_related("owner", "child").order_by("pk"):
            if case.owner is not None and self.chance.random() < 0.06:
                self._tell(case, by=case.owner, at=at)

    def _tell(self, case: Case, *, by: User, at: datetime) -> None:
        name, role = self.chance.choice(_BY)
        is_home = case.is_whereabouts_known or self.chance.random() < 0.3
        home = case.child.addresses.filter(kind="home").order_by("-pk").first() if is_home else None
        is_worry = self.chance.random() < 0.125
        telling = Telling(
            seen=self.chance.choice((Seen.ALONE, Seen.WITH)),
            company="The mother",
            on=at.date(),
            by=name,
            role=role,
            spot=Spot.HOME if home else Spot.ELSEWHERE,
            place="" if home else "The library in Station Road",
            is_safe=RiskAnswer.NOT_SURE if is_worry else RiskAnswer.YES,
            safe_words=_WORRY if is_worry else "",
            fostering=RiskAnswer.NO,
            wishes=self.chance.choice(_WISHES),
            said_by=f"{name}, by telephone",
        )
        row = casework.record_sighting(case=case, telling=telling, address=home, by=by, at=at)
        if is_worry and self.chance.random() < 0.5:
            casework.answer_worry(sighting=row, answer=_DONE, by=by, at=at)
