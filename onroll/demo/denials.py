"""The answers of made-up people who find none of the greater risks of a missing child."""

from onroll.cases.models import Case
from onroll.cases.queries.risk_before import risks_before
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS, denied_after

_WHY = "Asked the school and the social worker: what was reported is cleared up."


def no_risks(case: Case) -> dict[str, tuple[RiskAnswer, str]]:
    """Return *no* to each, with the reason where somebody has found the risk before."""
    found = {
        code for code, was in risks_before(case).items() if denied_after(RiskAnswer.NO, was.answer)
    }
    return {code: (RiskAnswer.NO, _WHY if code in found else "") for code in GREATER_RISKS}
