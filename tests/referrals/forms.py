"""The forms of a referral, as people who refer fill them in. Everybody in them is made up."""

from datetime import date
from typing import Any

from onroll.rules.risk import RISK_QUESTIONS
from tests.journeys.visitor import Visitor


def day(code: str, on: date) -> dict[str, str]:
    """Return a day as the three boxes of a question."""
    return {
        f"{code}_day": str(on.day),
        f"{code}_month": str(on.month),
        f"{code}_year": str(on.year),
    }


def risk(**answers: str) -> list[dict[str, str]]:
    """Return the answers of the three pages of risk: no, but for those given."""
    given = {q.code: answers.get(q.code, "no") for q in RISK_QUESTIONS}
    pages = [RISK_QUESTIONS[at : at + 7] for at in (0, 7, 14)]
    return [{f"risk_{q.code}": given[q.code] for q in page} for page in pages]


WHY = {"reason": "no_school_named", "worry": "No school could be named.", "danger": "no"}
KNOWN = {"social_worker": "no", "family_told": "yes"}
YOU = {
    "referrer_name": "Hana Healthvisitor",
    "referrer_job": "Health visitor",
    "agency": "Harrow health visiting",
    "referrer_contact": "020 7946 0001",
}


def professional(
    visitor: Visitor,
    *,
    child: dict[str, str] | None = None,
    why: dict[str, str] | None = None,
    risks: list[dict[str, str]] | None = None,
    talk: dict[str, str] | None = None,
) -> Visitor:
    """Fill in the form of a professional up to its answers; nothing is sent."""
    visitor.open("/refer/professional/")
    named = {"forename": "Rowan", "surname": "Merlinton", "sex": "M"}
    visitor.send("Continue", **{**WHY, "whereabouts": "no", **(why or {})})
    visitor.send("Continue", **{**named, **(child or {})})
    for _ in ("home", "adults", "siblings", "school"):
        visitor.send("Continue")
    visitor.send("Continue", **KNOWN)
    for answers in risks or risk():
        visitor.send("Continue", **answers)
    if talk is not None:
        visitor.send("Continue", **talk)
    visitor.send("Continue")  # groups
    return rest(visitor)


def rest(visitor: Visitor, you: dict[str, Any] | None = None) -> Visitor:
    """Fill in the last pages: enquiries, abroad, files, about you."""
    visitor.send("Continue")
    visitor.send("Continue", abroad="no")
    visitor.send("Continue")
    return visitor.send("Continue", **(YOU if you is None else you))


def refer_pupil(visitor: Visitor, *, last: date, siblings: dict[str, str] | None = None) -> Visitor:
    """Send the form about a pupil from its first page to its end, with a reason for what lacks."""
    visitor.send("Continue")
    visitor.send("Continue", **WHY, whereabouts="no").send("Continue").send("Continue")
    visitor.send("Continue", **(siblings or {}))
    visitor.send("Continue", off_roll="no", attended="yes", **day("attended_on", last))
    visitor.send("Continue", **KNOWN)
    for answers in risk():
        visitor.send("Continue", **answers)
    visitor.send("Continue")
    rest(visitor, {"referrer_contact": "office@st-anns.example"})
    return visitor.send("Send", missing_why="It cannot wait.").see("We have your form")
