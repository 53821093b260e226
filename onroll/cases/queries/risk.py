"""The level of risk of cases: the one definition, for the case, the register, the workload and
Today. What counts, and how much, stands in `rules.risk_level`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Choose
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from onroll.accounts.access import is_masked, may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, CaseReason, RiskChoice, RiskReview, Sighting
from onroll.cases.models.sighting import FOSTERED_CODES, UNSAFE_CODES
from onroll.children.models import Flag
from onroll.rules.pathway import Stage
from onroll.rules.risk import RiskAnswer
from onroll.rules.risk_level import (
    LEVEL_TITLES,
    Choice,
    Judgement,
    Kind,
    RiskLevel,
    Sign,
    codes_of,
    judge,
)
from onroll.rules.triage import GREATER_RISKS

LEVEL_MEANINGS = {RiskLevel.HIGH: "soon", RiskLevel.MEDIUM: "info", RiskLevel.LOW: "quiet"}
"""How each is drawn. Red is for danger and for an overdue clock of the law alone."""

_WORRIES = {
    "worry": Q(is_safe__in=UNSAFE_CODES, answered_at__isnull=True),
    "care": Q(fostering__in=FOSTERED_CODES, care_on__isnull=True) & ~Q(is_care_told=True),
}
"""What somebody has to act on still, by the code of what counts (`rules.risk_level`)."""
_BY_AN_ANSWER = {"yes": RiskAnswer.YES, "not_sure": RiskAnswer.NOT_SURE}


@dataclass(frozen=True)
class CaseRisk:
    """The level of one case, with what gives it, and what an officer set instead."""

    judgement: Judgement
    choice: Mapping[str, Any] | None

    @property
    def level(self) -> RiskLevel:
        """Return the level that counts."""
        return self.judgement.level

    @property
    def title(self) -> str:
        """Return it in words."""
        return LEVEL_TITLES[self.level]

    @property
    def meaning(self) -> str:
        """Return how it is drawn."""
        return LEVEL_MEANINGS[self.level]

    @property
    def chosen(self) -> RiskLevel | None:
        """Return what an officer set, where that holds."""
        return RiskLevel(self.choice["level"]) if self.choice else None

    @property
    def chosen_at(self) -> datetime | None:
        """Return when."""
        return datetime.fromisoformat(self.choice["at"]) if self.choice else None


def sees_levels(user: User) -> bool:
    """Return whether a person sees the level of cases in a list: who reads of risk (row 9)."""
    return may(user, Permission.NOTES_VIEW) and not is_masked(user, Permission.NOTES_VIEW)


def with_risk(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Say beside each case what `risk_of` needs; no further query."""
    pk, child = OuterRef("pk"), OuterRef("child")
    reasons = CaseReason.objects.standing().filter(case=pk, code__in=codes_of(Kind.REASON))
    groups = _groups(child, codes_of(Kind.GROUP))
    reviews = RiskReview.objects.filter(case=pk).order_by("-at", "-pk")
    choices = RiskChoice.objects.standing().filter(case=pk)
    whole = {"level": "level", "by_facts": "by_facts", "why": "why", "at": "at", "by": "by__name"}
    return cases.annotate(
        risk_reasons=ArraySubquery(reasons.values(whole=JSONObject(code="code", at="added_at"))),
        risk_groups=ArraySubquery(
            groups.order_by().values(whole=JSONObject(code="kind", at="source__recorded_at"))
        ),
        risk_review=Subquery(reviews.values(whole=JSONObject(answers="answers", at="at"))[:1]),
        risk_worry=first_worry("worry"),
        risk_care=first_worry("care"),
        risk_choice=Subquery(choices.values(whole=JSONObject(**whole))[:1]),
    )


def risk_of(case: Any) -> CaseRisk:
    """Return the level of a case that `with_risk` returned, with its facts."""
    choice = case.risk_choice
    chosen = (
        Choice(RiskLevel(choice["level"]), datetime.fromisoformat(choice["at"])) if choice else None
    )
    return CaseRisk(judge(_signs(case), chosen), choice)


def level_in_words(case: Any) -> dict[str, str]:
    """Return the level of a case that `with_risk` returned, and why it is so: what whoever set it
    said, or what gives it. For who may read of risk."""
    risk, last = risk_of(case), case.risk_choices.first()
    is_by_somebody = last and (risk.choice or last.level == last.by_facts == risk.level)
    facts = ". ".join(fact.title for fact in risk.judgement.facts)
    why = last.why if is_by_somebody else facts or "Nothing on record gives more than low."
    return {"level": risk.title, "why": why}


def _signs(case: Any) -> Iterator[Sign]:
    """Yield what holds of a case and may count."""
    for kind, rows in ((Kind.REASON, case.risk_reasons), (Kind.GROUP, case.risk_groups)):
        yield from (Sign(kind, row["code"], datetime.fromisoformat(row["at"])) for row in rows)
    review = case.risk_review
    if review:
        answers = {answer["answer"] for answer in review["answers"].values()}
        at = datetime.fromisoformat(review["at"])
        yield from (Sign(Kind.REVIEW, code, at) for code in _BY_AN_ANSWER if code in answers)
    for code, at in (("worry", case.risk_worry), ("care", case.risk_care)):
        if at:
            yield Sign(Kind.SIGHTING, code, at)
    grave = case.grave_referral_at
    if grave and not (review and datetime.fromisoformat(review["at"]) >= grave):
        yield Sign(Kind.REFERRAL, "grave", grave)
    if case.stage == Stage.UNTRACED:
        yield Sign(Kind.STAGE, case.stage)


def level_is(level: RiskLevel, case: str = "") -> Q:
    """Return the condition that an open case has a level; `case` leads to it from elsewhere."""
    high, medium = _at_least(RiskLevel.HIGH, case), _at_least(RiskLevel.MEDIUM, case)
    match level:
        case RiskLevel.HIGH:
            return high
        case RiskLevel.MEDIUM:
            return medium & ~high
        case RiskLevel.LOW:
            return ~high & ~medium


def level_of() -> Choose:
    """Return the expression of the level of an open case."""
    order = (RiskLevel.HIGH, RiskLevel.MEDIUM)
    return Choose(
        *(When(_at_least(level, ""), then=Value(level.value)) for level in order),
        default=Value(RiskLevel.LOW.value),
        output_field=CharField(),
    )


@cache
def _at_least(level: RiskLevel, case: str) -> Q:
    """Return the condition that something gives a case this very level.

    It is made once: Today and the page of a case ask it a dozen times, and each query copies it.
    """
    return reduce(or_, _givers(level, case))


def _givers(level: RiskLevel, case: str) -> Iterator[Q]:
    """Yield each thing that gives a level: what somebody set, and each kind of fact that nobody
    weighed since."""
    pk, child = OuterRef(f"{case}pk"), OuterRef(f"{case}child")
    choices = RiskChoice.objects.standing()
    yield Q(Exists(choices.filter(case=pk, level=level.value)))
    reasons = CaseReason.objects.standing().filter(case=pk, code__in=codes_of(Kind.REASON, level))
    groups = _groups(child, codes_of(Kind.GROUP, level))
    yield Q(Exists(reasons.exclude(_is_weighed("added_at"))))
    yield Q(Exists(groups.exclude(_is_weighed("source__recorded_at", "child", "case__child"))))
    for code in codes_of(Kind.REVIEW, level):
        yield Q(Exists(_last_review(pk, code).exclude(_is_weighed("at"))))
    for code in codes_of(Kind.SIGHTING, level):
        yield Q(Exists(open_worries(code).filter(case=pk).exclude(_is_weighed("at"))))
    if codes_of(Kind.REFERRAL, level):
        since = {"case": pk, "at__gte": OuterRef(f"{case}grave_referral_at")}
        is_weighed = Q(Exists(RiskReview.objects.filter(**since))) | Q(
            Exists(choices.filter(**since))
        )
        yield Q(**{f"{case}grave_referral_at__isnull": False}) & ~is_weighed
    if stages := codes_of(Kind.STAGE, level):
        yield Q(**{f"{case}stage__in": stages}) & ~Q(Exists(choices.filter(case=pk)))


def _is_weighed(at: str, row: str = "case", choice: str = "case") -> Exists:
    """Return the condition that somebody set the level when a fact was on record already."""
    choices = RiskChoice.objects.standing()
    return Exists(choices.filter(**{choice: OuterRef(row), "at__gte": OuterRef(at)}))


def _groups(child: Any, codes: Sequence[str]) -> QuerySet[Flag]:
    return Flag.objects.filter(child=child, kind__in=codes, to_on__isnull=True)


def open_worries(code: str) -> QuerySet[Sighting]:
    """Return the tellings on which somebody has to act still: of a child who is not safe (`worry`,
    `Sighting.is_unsafe`), or of whom social care is to be told (`care`)."""
    return Sighting.objects.filter(_WORRIES[code], withdrawn_at__isnull=True)


def first_worry(code: str) -> Subquery:
    """Return, as a column of cases, since when the first of these waits."""
    worries = open_worries(code).filter(case=OuterRef("pk")).order_by("at")
    return Subquery(worries.values("at")[:1])


def _last_review(case: Any, code: str) -> QuerySet[RiskReview]:
    """Return the last review of a case where an answer of a kind was given."""
    newest = RiskReview.objects.filter(case=OuterRef("case")).order_by("-at", "-pk").values("pk")
    fits = reduce(
        or_,
        (Q(**{f"answers__{risk}__answer": _BY_AN_ANSWER[code].value}) for risk in GREATER_RISKS),
    )
    return RiskReview.objects.filter(fits, case=case, pk=Subquery(newest[:1]))
