"""The made-up officers write down warnings, and whether the police know that a child is missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.cases.actions import PoliceFacts
from onroll.cases.models import Case

_WARNINGS = (
    "Visit in pairs: an uncle threatened the school’s attendance officer in October.",
    "A large dog is loose in the front garden, says the letting agent.",
    "Ring first: the mother works at night and asks not to be woken before noon.",
)
_FORCE = "Metropolitan Police"
_WHY_NOT = "Enquiries come first: a cousin says that the family is with relatives in Leeds."
_AHEAD = timedelta(weeks=3)


@dataclass
class Careful:
    """Officers who think of the next visitor, and of the police."""

    chance: Random

    def work(self, *, at: datetime) -> None:
        """Warn on some cases without a warning, and tell of the police on some more."""
        cases = Case.objects.open().filter(owner__isnull=False).select_related("owner", "child")
        for case in cases.filter(warnings=None).order_by("pk"):
            if case.owner is not None and self.chance.random() < 0.01:
                self._warn(case, by=case.owner, at=at)
        unknown = cases.filter(police_reports=None, is_whereabouts_known=False)
        for case in unknown.order_by("pk"):
            if case.owner is not None and self.chance.random() < 0.02:
                facts = self._facts(case.owner, at)
                casework.record_police(case=case, facts=facts, by=case.owner, at=at)

    def _warn(self, case: Case, *, by: User, at: datetime) -> None:
        home = case.child.addresses.filter(kind="home").order_by("-pk").first()
        casework.add_warning(
            case=case,
            text=self.chance.choice(_WARNINGS),
            review_on=at.date() + _AHEAD * self.chance.choice((1, 2, 4)),
            address=home if self.chance.random() < 0.5 else None,
            by=by,
            at=at,
        )

    def _facts(self, by: User, at: datetime) -> PoliceFacts:
        if self.chance.random() < 0.3:
            return PoliceFacts(is_reported=False, why_not=_WHY_NOT)
        number = self.chance.randrange(1000, 9999)
        return PoliceFacts(
            is_reported=True,
            reported_by=by.name,
            reported_on=at.date(),
            force=_FORCE,
            reference=f"CAD {number}/{at:%d%b}".upper(),
            missing_number=f"{at:%y}MIS0{number}" if number % 2 else "",
        )
