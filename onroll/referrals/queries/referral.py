"""One referral: the children it may be about, what was decided, and who may know what of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, Model, OuterRef, Prefetch, Q

from onroll.accounts.access import may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.audit.queries import who_looks
from onroll.cases.models import Case, Member
from onroll.cases.offers import Event, Panel
from onroll.cases.queries import Match, Typed, look_up, may_on
from onroll.clocks.models import Deadline, Subject
from onroll.matching import Reason, Verdict, fold
from onroll.postcodes.queries import is_strange, residences_of
from onroll.referrals.codes import AT_THE_HUB, Stage
from onroll.referrals.information import colleagues_table
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
from onroll.referrals.queries.information import notifications_of_case, updates_of_case
from onroll.schools.queries import authorities_of_schools

IN_ANOTHER_ORDER = Reason(
    "name", Verdict.NEAR, "All names given are the child’s, in another order."
)
STILL_THERE = timedelta(minutes=10)
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
    return rows.select_related("owner", "made_by", "talk", "from_case", "start_record").get(ref=ref)


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
        "by", "accepted_by", "turned_back_by", "authority"
    )
    of_cases = ("case__child", "case__owner", "known_case__child", "known_case__owner")
    rows = referral.children.select_related(*of_cases, "record", "referral")
    children = list(rows.prefetch_related(Prefetch("decisions", decisions)))
    homes = {child.pk: child.postcode or child.home for child in children}
    residences = residences_of(homes.values())
    authorities = authorities_of_schools([child.school_words for child in children])
    for child in children:
        child.residence = residences.get(homes[child.pk])
        child.has_strange_postcode = child.residence is None and is_strange(child.postcode)
        child.school_authority = authorities.get(child.school_words.strip().lower(), "")
    return children


def running_clocks(
    referral: Referral, children: Sequence[ReferredChild]
) -> list[tuple[Deadline, str]]:
    """Return the clocks that run of a referral and of what was decided about its children.

    Beside each stands which child it is about, where there are several.
    """
    of_whom = {row.pk: child for child in children for row in child.decisions.all()}
    of_decisions = Q(subject=Subject.HUB_DECISION.value, subject_id__in=list(of_whom))
    of_it = Q(subject=Subject.REFERRAL.value, subject_id=referral.pk)
    about = {pk: child.numbered if len(children) > 1 else "" for pk, child in of_whom.items()}
    return [
        (clock, about[clock.subject_id] if clock.subject == Subject.HUB_DECISION.value else "")
        for clock in Deadline.objects.running().filter(of_it | of_decisions)
    ]


def passed_on_to(referral: Referral) -> list[Escalation]:
    """Return to whom a referral was passed on because nobody does what is due."""
    rows = referral.escalations.open().select_related("to")
    return list(rows) if referral.has_escalations else []


def looking_at(user: User, referral: Referral, *, at: datetime) -> list[str]:
    """Return the names of the others who opened a referral in the last minutes."""
    page = f"referral {referral.ref}"
    people = who_looks(page, since=at - STILL_THERE, but=user.pk)
    return list(User.objects.filter(pk__in=people).order_by("name").values_list("name", flat=True))


def steps_of(referral: Referral) -> list[ReferralStep]:
    """Return what happened to a referral, the newest first."""
    return list(referral.steps.select_related("by"))


def likely(user: User, entry: ReferredChild, *, on: date) -> tuple[Match, ...]:
    """Return the children on record whom a referred child may be, likeliest first, with reasons.

    The pupil whom a school chose on record, or the one with the number it gave, stands first.
    Nobody where neither a name nor a number was given, or a placeholder for a name: homes and
    schools are not searched. Who bears a name that is only like the one given has no reason.
    """
    number = entry.record.ref if entry.record else entry.upn
    typed = Typed(entry.forename, entry.surname, entry.born_on, number)
    if not typed.real_name and not number:
        return ()
    found = look_up(user, typed, on=on).matches
    explained = (each if each.reasons else _in_another_order(each, typed) for each in found)
    return tuple(match for match in explained if match.reasons)


def _in_another_order(match: Match, typed: Typed) -> Match:
    """Say of a child who bears all the names given, but at other places, that this is why."""
    borne = set(fold(f"{match.child.forename} {match.child.surname}").split())
    is_borne = len(typed.words) > 1 and borne >= set(typed.words)
    return replace(match, reasons=(IN_ANOTHER_ORDER,)) if is_borne else match


def with_reference(user: User, number: str, *, on: date) -> tuple[Match, ...]:
    """Return whom a number or a reference names, of those whom this person may see."""
    return look_up(user, Typed("", "", None, number), on=on).matches


def start_records(user: User) -> StartRecordQuerySet:
    """Return why children were not referred and which calls were made, in a person's sight."""
    return StartRecord.objects.visible_to(user).select_related("by", "referral")


def sees_who_says_so(user: User, row: StartRecord) -> bool:
    """Return whether this person may know who wrote a record down: of a referral, who made it."""
    if row.referral is None or row.by == user:
        return True
    return sees_referrer(user, children_of(row.referral))


def sees_referrer(user: User, children: Sequence[ReferredChild]) -> bool:
    """Return whether this person may know who referred (access matrix, row 10).

    Who may know it on cases of their own learns it once a child of the referral is theirs.
    """
    match scope(user, Permission.REFERRER_VIEW):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            return _is_theirs(user, children)
        case _:
            return False


def sees_risk(user: User, referral: Referral, children: Sequence[ReferredChild]) -> bool:
    """Return whether this person may read of risk, and what was checked (access matrix, row 9).

    Who may read it on cases of their own reads it of a hand-over that waits for their yes as well:
    nobody accepts by name what they may not read (decision 31).
    """
    match scope(user, Permission.NOTES_VIEW):
        case Scope.ALL:
            return True
        case Scope.ASSIGNED:
            is_theirs = referral.owner_id == user.pk or _is_theirs(user, children)
            return is_theirs or _waits_for(user, children)
        case _:
            return False


def _waits_for(user: User, children: Sequence[ReferredChild]) -> bool:
    """Say whether a child was handed over to those of whom this person is one."""
    waiting = any(child.decision and child.decision.is_to_accept for child in children)
    return waiting and may(user, Permission.REFERRAL_ACCEPT)


def _is_theirs(user: User, children: Sequence[ReferredChild]) -> bool:
    """Say whether this person has accepted one of the children, or works on the case of one."""
    cases = [child.case for child in children if child.case]
    decisions = [child.decision for child in children if child.decision]
    return (
        any(decision.accepted_by_id == user.pk for decision in decisions)
        or any(case.owner_id == user.pk for case in cases)
        or (bool(cases) and Member.objects.filter(case__in=cases, user=user).exists())
    )


def case_panels(case: Case, user: User, *, on: date) -> list[Panel]:
    """Return the referrals about a case that wait for somebody, and what became of those before.

    Who may not read referrals sees that something was added, and no word of it (matrix, row 9).
    """
    updates, sees = updates_of_case(case), may(user, Permission.CASE_TRIAGE)
    rows = notifications_of_case(case) if sees else []
    panels = _referral_panels(case, user) if sees else []
    if updates or rows:
        context = {"updates": updates, "table": colleagues_table(rows), "sees": sees}
        panels.append(Panel("referrals/parts/panel.html", context, ("referrals",)))
    return panels


def _referral_panels(case: Case, user: User) -> list[Panel]:
    """Return the referrals about a case that wait for somebody with the way to the hub, and those
    that it came of, that joined it or as which it was sent, each with what was checked."""
    of_case = Q(case=case) | Q(known_case=case) | Q(referral__from_case=case)
    rows = ReferredChild.objects.filter(of_case).select_related("referral")
    decisions = HubDecision.objects.select_related("by")
    entries = list(
        rows.order_by("-referral__sent_at", "pk").prefetch_related(Prefetch("decisions", decisions))
    )
    stages = (*AT_THE_HUB, Stage.HANDED_OVER.value)
    waiting = {
        entry.referral_id: entry.referral
        for entry in entries
        if entry.referral.stage in stages
        and case.pk in (entry.known_case_id, entry.referral.from_case_id)
    }
    came_of = [
        entry for entry in entries if case.pk in (entry.case_id, entry.referral.from_case_id)
    ]
    sees_risk = may_on(user, Permission.NOTES_VIEW, case)
    fields = ("referrals", "risk") if sees_risk and came_of else ("referrals",)
    top = {"referrals": list(waiting.values()), "is_open": case.is_open}
    return [
        Panel("referrals/parts/of_case.html", top, ("referrals",)),
        Panel("referrals/parts/came_of.html", {"entries": came_of, "sees_risk": sees_risk}, fields),
    ]


def events(case: Case, user: User) -> list[Event]:
    """Return what happened to the referrals of a case, for who may see them."""
    if not may(user, Permission.CASE_TRIAGE):
        return []
    of_case = Q(referral__children__case=case) | Q(referral__children__known_case=case)
    steps = ReferralStep.objects.filter(of_case)
    rows = steps.annotate(ref=F("referral__ref")).select_related("by").distinct()
    return [Event(step.at, f"Referral {step.ref}: {step.what}", step.why, step.by) for step in rows]
