"""What the hub checks before it decides about a child, and what a decision cannot do without.

Source: policy p.5 (the greater risks of a missing child, P76), p.9 (a telephone call first where
concern is serious; the social worker of a child on a plan or looked after is told); casework 5.3 (a
child whose whereabouts nobody knows and any risk: are the police told?).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onroll.rules.dated import in_words
from onroll.rules.hours import ENGLAND
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Care, lacking_in_care

GREATER_RISKS = {
    "physical_harm": "Physical harm",
    "sexual_exploitation": "Sexual exploitation",
    "crime": "Becoming involved in crime",
    "anti_social_behaviour": "Demonstrating anti-social behaviour",
    "drugs_and_alcohol": "Misusing drugs and alcohol",
    "trafficking": "Being trafficked",
    "illegal_employment": "Being illegally employed",
}
"""Of children missing education there is a greater risk of these (policy p.5)."""

EMPLOYMENT = "illegal_employment"
"""The risk of which child employment is to hear (P76)."""

RISK_REVIEW = "risk_review"
"""The clock that brings a review of these back."""

RISK_STEP = "Reviewed: the greater risks of a missing child"
"""How the chronology names a review of these."""

EARLIER = timedelta(days=14)
"""By how much a call, or word to the social worker, may come before the referral in writing."""

_MAY_BE = (RiskAnswer.YES, RiskAnswer.NOT_SURE)
"""Answers with which there is a risk, or may be one."""

FOSTERING = {
    "yes": "The referral says that the child lives with somebody who is neither a parent nor a "
    "close relative: it may be private fostering.",
    "not_known": "Who referred does not know whether the child lives with a parent or a close "
    "relative. Find that out, or tell social care that nobody is sure: it may be private "
    "fostering.",
}
"""By the answer of the form why the hub is asked whether social care was told; *no* asks nothing.

Nobody being sure is no reason to tell nobody (`rules.sightings`, which asks of both alike)."""
FOSTERING_TOLD = {
    "yes": "The referral says that the child lives with no parent and no close relative",
    "not_known": "Who referred does not know whether the child lives with a close relative",
}
"""The same where it stands beside the decision: whoever has the child then reads what was told."""

_GRAVITY = {RiskAnswer.NO: 0, RiskAnswer.NOT_SURE: 1, RiskAnswer.YES: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What the hub knows of one child at its decision.

    `risk` is whether anything points to a risk, and `greater_risks` which of the seven were found
    likely. The rest says who was rung, which social worker was told, and what the police know.
    None is what nobody has answered yet, of a form that is not whole: nothing follows from it.
    """

    is_whereabouts_known: bool | None
    risk: RiskAnswer | None
    greater_risks: tuple[str, ...]
    is_serious: bool | None
    has_social_worker: bool | None
    """Whether the child is on a plan or looked after."""
    call_with: str = ""
    call_at: datetime | None = None
    social_worker: str = ""
    social_worker_on: date | None = None
    police_by: str = ""
    police_reference: str = ""
    police_why_not: str = ""
    care_name: str = ""
    care_team: str = ""
    care_on: date | None = None
    care_why_not: str = ""
    """Who at social care was told that the child may be privately fostered; or why nobody is, and
    who decided that (`rules.sightings.Care`)."""

    @property
    def care(self) -> Care:
        """Return who at social care was told of private fostering, or why nobody is."""
        return Care(
            name=self.care_name, team=self.care_team, on=self.care_on, why_not=self.care_why_not
        )

    @property
    def asks_for_police(self) -> bool:
        """Say whether the police must be told of the child, or the reason kept why not."""
        return self.is_whereabouts_known is False and self.risk in _MAY_BE


def lacking(checks: Checks, *, is_passed_on: bool, is_phone_first: bool) -> dict[str, str]:
    """Return what a decision lacks, as sentences by field; nothing where it may be taken."""
    sentences = {}
    if checks.greater_risks and checks.risk is RiskAnswer.NO:
        sentences["risk"] = (
            "You say that a greater risk is likely: then something points to a risk. Select yes or "
            "that you are not sure, or say that none of them is likely"
        )
    has_call = checks.call_with and checks.call_at
    if checks.is_serious and is_passed_on and is_phone_first and not has_call:
        sentences["call_with"] = (
            "Ring first, and enter with whom you spoke: a serious concern is not passed on without"
        )
    if checks.has_social_worker and not (checks.social_worker and checks.social_worker_on):
        sentences["social_worker"] = "Tell the social worker, and enter the name and the day"
    reported = checks.police_by and checks.police_reference
    if checks.asks_for_police and not (reported or checks.police_why_not):
        sentences["police"] = (
            "Nobody knows where the child is, and there may be a risk: select whether the police "
            "were told, or why not"
        )
    return sentences


def gaps_closed(checks: Checks) -> tuple[str, ...]:
    """Return which things that a referral was sent without (`rules.readiness`) nobody has to ask
    for any more, since they were found out for the decision: the hub says it once."""
    is_police_known = checks.police_reference or checks.police_why_not
    closed = {
        "police": bool(is_police_known),
        "whereabouts": checks.is_whereabouts_known is True,
        "social_worker": bool(checks.social_worker),
    }
    return tuple(code for code, is_closed in closed.items() if is_closed)


def lacking_of_fostering(checks: Checks, *, today: date) -> dict[str, str]:
    """Return what is lacking where the child is privately fostered, or nobody knows (`FOSTERING`).

    Whatever is decided, social care is told, or somebody says why not (`rules.sightings`).
    """
    care = checks.care
    if not (care.name or care.team or care.on or care.why_not):
        return {"care": "Select whether children’s social care was told where the child lives"}
    under = {"care_name": "decided_by", "care_on": "decided_on"} if care.why_not else {}
    lacks = lacking_in_care(care, today=today)
    return {under.get(name, name): sentence for name, sentence in lacks.items()}


def untimely(checks: Checks, *, came_on: date, at: datetime) -> dict[str, str]:
    """Return which days and times cannot be true, as sentences by field.

    A call, and the word to the social worker, are before the decision at the moment `at`, and not
    long before the referral, which came on the day `came_on`.
    """
    first, sentences = came_on - EARLIER, {}
    limit = f"must be on or after {in_words(first)}: the referral came on {in_words(came_on)}"
    if checks.call_at and checks.call_at > at:
        sentences["call_time"] = "Time of the call must be now or before"
    if checks.call_at and checks.call_at.astimezone(ENGLAND).date() < first:
        sentences["call_on"] = f"Day of the call {limit}"
    told_on = checks.social_worker_on
    if told_on and told_on > at.astimezone(ENGLAND).date():
        sentences["social_worker_on"] = "Day on which the social worker was told must be past"
    if told_on and told_on < first:
        sentences["social_worker_on"] = f"Day on which the social worker was told {limit}"
    return sentences


@dataclass(frozen=True, slots=True)
class Word:
    """Who was told of what was found, by name and team, and on which day; or why nobody was."""

    who: str = ""
    on: date | None = None
    why_not: str = ""

    def lacks(self, name: str, ask: str, *, today: date) -> dict[str, str]:
        """Return what it lacks where somebody has to be told, as sentences by field.

        `name` is that of the field of who was told; `ask` is said where nothing is.
        """
        if not self.who and not self.why_not:
            return {name: ask}
        if self.who and self.on is None:
            return {f"{name}_on": "Enter the day on which they were told"}
        if self.on is not None and self.on > today:
            return {f"{name}_on": "The day on which they were told must be today or before"}
        return {}


NOBODY = Word()
"""Nobody was told, and nobody had to be."""


def denied_after(answer: RiskAnswer, before: RiskAnswer | None) -> bool:
    """Say whether an answer takes away a risk that was found, or that nobody was sure of.

    Then the record says why: a grave finding does not leave a case without a word (policy p.5)."""
    return answer is RiskAnswer.NO and before in _MAY_BE


def lacking_in_review(
    answers: Mapping[str, tuple[RiskAnswer, str]],
    *,
    before: Mapping[str, RiskAnswer],
    told: Word,
    work: Word,
    today: date,
) -> dict[str, str]:
    """Return what a review of the greater risks lacks, as sentences by field (P76).

    Each of the seven is answered; one that is not denied has words, and whom it concerns hears of
    it: of illegal employment, child employment (`work`). One that is denied has words where the
    answer `before` was another.
    """
    sentences = {
        code: f"Select whether there is a risk: {title.lower()}"
        for code, title in GREATER_RISKS.items()
        if code not in answers
    }
    found = {code: words for code, (answer, words) in answers.items() if answer != RiskAnswer.NO}
    sentences |= {code: "Say what is known of it" for code, words in found.items() if not words}
    sentences |= {
        code: f"Say why the answer is no now: {GREATER_RISKS[code].lower()}"
        for code, (answer, words) in answers.items()
        if denied_after(answer, before.get(code)) and not words
    }
    if found.keys() - {EMPLOYMENT}:
        ask = "Say who was told of what you found, or why nobody was"
        sentences |= told.lacks("told", ask, today=today)
    if EMPLOYMENT in found:
        ask = "Say who in child employment was told, or why nobody was"
        sentences |= work.lacks("work_told", ask, today=today)
    return sentences


def is_graver(*, new: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Say whether an answer on risk is graver than the one before it; none before counts as no."""
    return any(
        _GRAVITY[RiskAnswer(answer)] > _GRAVITY[RiskAnswer(before.get(code) or "no")]
        for code, answer in new.items()
        if answer in set(RiskAnswer)
    )
