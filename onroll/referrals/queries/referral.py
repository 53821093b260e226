"""One referral: its children, what was decided of each, its clocks, and who looks at it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, Model, OuterRef, Prefetch, Q

from onroll.accounts.models import User
from onroll.audit.queries import who_looked
from onroll.cases.models import sealed_off
from onroll.clocks.models import Deadline, Subject
from onroll.postcodes.queries import has_strange, is_strange, residences_of
from onroll.referrals.models import (
    Escalation,
    HubDecision,
    Referral,
    ReferralEnquiry,
    ReferralFile,
    ReferralGroup,
    ReferralRisk,
    ReferralStep,
    ReferralUpdate,
    ReferredChild,
    StartRecord,
    StartRecordQuerySet,
)
from onroll.rules.start_records import Kind
from onroll.schools.queries import authorities_of_schools

JUST_NOW = timedelta(minutes=3)
NoReferral = Referral.DoesNotExist
NoStartRecord = StartRecord.DoesNotExist


def get_referral(user: User, ref: str) -> Referral:
    """Return a referral in this person's sight, saying which parts it has.

    Referral.DoesNotExist otherwise.
    """
    parts = {
        f"has_{name}": Exists(model._default_manager.filter(referral=OuterRef("pk")))
        for name, model in _PARTS.items()
    }
    rows = Referral.objects.visible_to(user).annotate(**parts)
    return rows.select_related(
        "owner", "made_by", "school", "talk", "from_case", "start_record", "call"
    ).get(ref=ref)


def get_in_part(user: User, ref: str) -> Referral:
    """Return a referral of which this person may see one child and not another.

    Referral.DoesNotExist otherwise.
    """
    rows = Referral.objects.visible_in_part_to(user)
    referral = rows.select_related("owner", "made_by", "school", "from_case").get(ref=ref)
    referral.is_in_part = True
    return referral


def in_part_at_the_hub(user: User) -> list[Referral]:
    """Return such referrals about which the hub has still to decide, urgent ones first."""
    rows = Referral.objects.visible_in_part_to(user).at_the_hub()
    return list(rows.order_by("-is_urgent", "sent_at", "pk"))


def children_in_sight(user: User, referral: Referral) -> list[ReferredChild]:
    """Return the children of a referral whom this person may see, as `children_of` does."""
    children = children_of(referral)
    if not referral.is_in_part:
        return children
    hidden = referral.children.of_children(sealed_off(user)).values_list("pk", flat=True)
    unseen = set(hidden)
    return [child for child in children if child.pk not in unseen]


_PARTS: dict[str, type[Model]] = {
    "enquiries": ReferralEnquiry,
    "files": ReferralFile,
    "groups": ReferralGroup,
    "risks": ReferralRisk,
    "updates": ReferralUpdate,
    "escalations": Escalation,
}
"""The tables in which most referrals have no row, so that a page need not ask each."""


def children_of(referral: Referral) -> list[ReferredChild]:
    """Return the children of a referral: each with its case, what was decided of it, where its home
    lies, and the authority of its school."""
    decisions = HubDecision.objects.select_related(
        "by", "accepted_by", "turned_back_by", "authority", "meant__merged_into"
    )
    of_cases = ("case__child", "case__owner", "known_case__child", "known_case__owner")
    rows = referral.children.select_related(*of_cases, "record", "referral")
    children = list(rows.prefetch_related(Prefetch("decisions", decisions)))
    residences = residences_of(child.where for child in children)
    authorities = authorities_of_schools([child.school_words for child in children])
    for child in children:
        child.residence = residences.get(child.where)
        is_nowhere = child.residence is None
        child.has_strange_postcode = is_nowhere and (
            is_strange(child.postcode) or has_strange(child.where)
        )
        child.school_authority = authorities.get(child.school_words.strip().lower(), "")
    return children


def running_clocks(
    referral: Referral, children: Sequence[ReferredChild]
) -> list[tuple[Deadline, str]]:
    """Return the clocks that run of a referral and of what was decided about its children.

    Beside each stands which child it is about, where there are several.
    """
    about = _about(children)
    of_decisions = Q(subject=Subject.HUB_DECISION.value, subject_id__in=list(about))
    of_it = Q(subject=Subject.REFERRAL.value, subject_id=referral.pk)
    running = Deadline.objects.running().filter(of_it | of_decisions)
    return [(clock, _child_of(clock, about)) for clock in running]


def _about(children: Sequence[ReferredChild]) -> dict[int, str]:
    """Return by the id of each decision which child it is about; empty words where one is alone."""
    is_alone = len(children) == 1
    decisions = ((row.pk, child) for child in children for row in child.decisions.all())
    return {pk: "" if is_alone else child.numbered for pk, child in decisions}


def _child_of(clock: Deadline, about: Mapping[int, str]) -> str:
    return about.get(clock.subject_id, "") if clock.subject == Subject.HUB_DECISION.value else ""


def escalations_of(referral: Referral) -> list[Escalation]:
    """Return to whom what still waits of a referral was passed on, the first first."""
    if not referral.has_escalations:
        return []
    return list(referral.escalations.open().select_related("to", "deadline"))


def passed_on_to(
    escalations: Sequence[Escalation], children: Sequence[ReferredChild]
) -> list[tuple[Escalation, str]]:
    """Return of those to whom a referral was passed on each person once for each child.

    Beside each stands which child it is about, where there are several.
    """
    about = _about(children)
    rows: dict[tuple[int, str], Escalation] = {}
    for row in escalations:
        rows.setdefault((row.to_id, _child_of(row.deadline, about)), row)
    return [(row, child) for (_, child), row in rows.items()]


def opened_by(user: User, referral: Referral, *, at: datetime) -> list[tuple[str, datetime]]:
    """Return the names of the others who opened a referral in the last minutes, each with when."""
    looks = who_looked(f"referral {referral.ref}", since=at - JUST_NOW, but=user.pk)
    people = User.objects.filter(pk__in=looks).order_by("name")
    return [(person.name, looks[person.pk]) for person in people]


def steps_of(referral: Referral) -> list[ReferralStep]:
    """Return what happened to a referral, the newest first."""
    return list(referral.steps.select_related("by"))


def start_records(user: User) -> StartRecordQuerySet:
    """Return why children were not referred and which calls were made, in a person's sight."""
    return StartRecord.objects.visible_to(user).select_related("by", "referral")


def call_begun_from(user: User | None, ref: str) -> int | None:
    """Return the key of a call that this person wrote down; None where there is none."""
    rows = StartRecord.objects.filter(by=user, ref=ref, kind=Kind.CALL.value)
    return rows.values_list("pk", flat=True).first() if ref else None
