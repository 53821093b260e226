"""Words for codes and facts: what pages say of a finding."""

from onroll.govuk.parts import Meaning
from onroll.lists.models import Explanation, Finding
from onroll.rules.dated import in_words
from onroll.rules.findings import FINDINGS


def status(kind: str) -> tuple[str, Meaning]:
    """Return the label of a kind of finding: its title, and the meaning of its colour."""
    finding_type = FINDINGS[kind]
    return finding_type.title, "soon" if finding_type.is_of_nobody else "waiting"


def evidence(finding: Finding) -> str:
    """Return what the list showed, and what explained it since."""
    return " ".join(filter(None, (finding.because, explanation(finding))))


def explanation(finding: Finding) -> str:
    """Return what explained a finding since, as a sentence; "" if nothing did."""
    if finding.explained_on is None:
        return ""
    on, place, school = in_words(finding.explained_on), finding.explained_by, finding.school
    if place is not None:
        return f"Since then: at {place.title} ({on})."
    if finding.explanation == Explanation.ON_ONE_ROLL:
        return f"Since then: on one roll only ({on})."
    where = f"roll of {school.name}" if school else "home education list"
    return f"Since then: on the {where} of {on}."
