"""What a printed case tells of its referrals: who referred, what was decided, who was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.referrals.codes import DECISION_TITLES, Decision
from onroll.referrals.models import (
    Audience,
    Channel,
    Happening,
    HubDecision,
    Notification,
    Referral,
)
from onroll.referrals.notifications import CHANNEL_TITLES, HAPPENING_TITLES
from onroll.referrals.queries.referrer import about_case
from onroll.rules.hours import ENGLAND


@dataclass(frozen=True)
class Decided:
    """What the hub decided about the child of a case: in words, by whom, and who accepted it."""

    at: datetime
    title: str
    why: str
    by: User | None
    accepted_by: User | None
    accepted_at: datetime | None


@dataclass(frozen=True)
class FamilyNotice:
    """That the family was told of a step of a referral, or was not; as who referred says, or as a
    colleague wrote down, who is `by`."""

    on: date
    title: str
    step: str
    why: str
    by: User | None
    referrer: str = ""


def referrals_about(case: Case) -> list[Referral]:
    """Return the referrals that a case came of, that joined it or as which it was sent."""
    of_case = Q(children__case=case) | Q(children__known_case=case) | Q(from_case=case)
    return list(Referral.objects.filter(of_case).select_related("school").distinct())


def decisions_about(case: Case) -> list[Decided]:
    """Return what the hub decided about the child of a case, in order."""
    of_case = Q(entry__case=case) | Q(entry__known_case=case)
    rows = HubDecision.objects.filter(of_case).order_by("at", "pk")
    return [
        Decided(
            row.at,
            f"The hub decided: {DECISION_TITLES[Decision(row.decision)]}",
            "\n".join(filter(None, (row.why, row.contradicts_why))),
            row.by,
            row.accepted_by,
            row.accepted_at,
        )
        for row in rows.select_related("by", "accepted_by")
    ]


def family_notices(case: Case) -> list[FamilyNotice]:
    """Return what the family was told of the referrals of a case, or why not."""
    referrals = list(about_case(case))
    rows = Notification.objects.filter(referral__in=referrals, audience=Audience.FAMILY.value)
    written = [_written(row) for row in rows.select_related("by").order_by("on", "pk")]
    return [*(notice for row in referrals for notice in _at_first(row)), *written]


def _written(row: Notification) -> FamilyNotice:
    channel = Channel(row.channel)
    was_told = channel not in (Channel.NOT_TOLD, Channel.NO_ANSWER)
    told = "The family was told" if was_told else "The family was not told"
    title = f"{told}, {CHANNEL_TITLES[channel].lower()}"
    return FamilyNotice(row.on, title, HAPPENING_TITLES[Happening(row.happening)], row.why, row.by)


def _at_first(row: Referral) -> Iterator[FamilyNotice]:
    """Yield whether the family knew of a referral when it was made, as who referred says."""
    answer = row.answers.get("family_told")
    if answer in ("yes", "no"):
        knew = "knew" if answer == "yes" else "did not know"
        yield FamilyNotice(
            row.sent_at.astimezone(ENGLAND).date(),
            f"The family {knew} of referral {row.ref}, as who referred says",
            "",
            str(row.answers.get("family_not_told_why") or ""),
            None,
            row.referrer,
        )
