"""The level of risk that an officer sets, and what ends it."""

from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.lock import keep, record, refuse_closed, take
from onroll.cases.models import Case, RiskChoice
from onroll.cases.queries.risk import risk_of, with_risk
from onroll.rules.manager_review import LEVEL_STEP
from onroll.rules.refusal import Refused
from onroll.rules.risk_level import LEVEL_TITLES, RiskLevel, why_not_set


@transaction.atomic
def set_risk_level(
    *,
    case: Case,
    level: RiskLevel,
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> RiskChoice:
    """Set the level of an open case until the next review, or follow its facts again.

    Refused where it is no other than what holds. The words are for who reads of risk: the
    chronology says the level alone.
    """
    case = take(case, version)
    refuse_closed(case, "given another level of risk")
    risk = risk_of(with_risk(Case.objects.filter(pk=case.pk)).get())
    by_facts = risk.judgement.by_facts
    if words := why_not_set(level, by_facts=by_facts, is_set=risk.chosen):
        raise Refused(words, field="level")
    end_risk_choice(case, at=at)
    choice = RiskChoice.objects.create(
        case=case, level=level.value, by_facts=by_facts.value, why=why, at=at, by=by
    )
    if level is by_facts:
        end_risk_choice(case, at=at)
    keep(case)
    record(case, f"{LEVEL_STEP}{LEVEL_TITLES[level].lower()}", why="", at=at, by=by)
    return choice


def end_risk_choice(case: Case, *, at: datetime) -> None:
    """Let the facts of a case alone say how grave it is."""
    RiskChoice.objects.filter(case=case, ended_at__isnull=True).update(ended_at=at)


def note_grave_referral(*, case: Case, at: datetime | None) -> None:
    """Keep that a referral that is urgent or graded red came to a case; None where it left it."""
    Case.objects.filter(pk=case.pk).update(grave_referral_at=at)
