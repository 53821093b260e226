"""What becomes of the action points of a case that the made-up officers close."""

from collections.abc import Mapping

from onroll.cases.actions import FateFacts
from onroll.cases.models import Case
from onroll.cases.queries import open_actions_of
from onroll.rules.action_points import Fate

_WHY = "The child is at a school, so nobody needs to look any more."


def fates_of(case: Case) -> Mapping[str, FateFacts]:
    """Return that each is given up, with the reason."""
    return {row.ref: FateFacts(Fate.GIVEN_UP, _WHY) for row in open_actions_of(case)}
