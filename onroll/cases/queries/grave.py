"""Whether a child may be in danger: what is raised on such a case nobody may mute."""

from django.db.models import Exists, OuterRef, Q

from onroll.cases.queries.risk import level_is, open_worries
from onroll.rules.risk_level import RiskLevel


def may_be_in_danger(case: str = "") -> Q:
    """Return the condition that the child of a case may be in danger: its risk is high, or somebody
    was not sure that the child is safe and nobody has acted on it yet."""
    worries = open_worries("worry").filter(case=OuterRef(f"{case}pk"))
    return level_is(RiskLevel.HIGH, case) | Q(Exists(worries))
