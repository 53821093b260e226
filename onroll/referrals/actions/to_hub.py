"""A case goes to the hub: an officer sends it, or a school's file opened it (P15, P42)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case, CaseReason
from onroll.children.queries import has_protected_home, homes_of
from onroll.referrals.actions.calls_to_accept import call_hub
from onroll.referrals.actions.grades import make_urgent
from onroll.referrals.actions.step_notifications import HUB, OFFICER
from onroll.referrals.actions.step_notifications import keep as keep_told
from onroll.referrals.actions.steps import ACCEPT, DECIDE, day_of, keep, lock, record, run
from onroll.referrals.codes import UNDECIDED, Relation
from onroll.referrals.models import (
    Channel,
    Happening,
    HubNotice,
    Referral,
    ReferralUpdate,
    ReferredChild,
)
from onroll.rules.references import speakable
from onroll.rules.refusal import Refused
from onroll.rules.urgency import urgent_because
from onroll.schools.queries import our_policy

BY_ITSELF = "A school's file says that the child left, destination not known (policy p.18)."


@transaction.atomic
def send_to_hub(
    *, case: Case, ref: str, worry: str, urgent_why: str, by: User | None, at: datetime
) -> Referral:
    """Send an open case to the hub with what worries somebody; it must be accepted there by name.

    Sent twice with one `ref`, it is one. While the hub has it, what is sent is a further worry of
    that referral (`add_worry`). Refused for a closed case.
    """
    case = Case.objects.select_for_update().select_related("child").get(pk=case.pk)
    if (earlier := Referral.objects.filter(ref=ref).first()) is not None:
        return earlier
    if not case.is_open:
        raise Refused("The case is closed. What you wrote is not saved.")
    if (
        waiting := Referral.objects.filter(from_case=case, stage__in=UNDECIDED).first()
    ) is not None:
        return add_worry(waiting, case, worry=worry, urgent_why=urgent_why, by=by, at=at)
    urgent_why = urgent_why or _urgent_by_itself(case)
    referral = Referral.objects.create(
        ref=ref,
        sent_at=at,
        made_by=by,
        relation=Relation.CASE_WORKER.value,
        referrer_name=by.name if by else "",
        worry=worry,
        is_urgent=bool(urgent_why),
        urgent_why=urgent_why,
        from_case=case,
    )
    _keep_child(referral, case)
    for clock in (DECIDE, ACCEPT):
        run(referral, clock, is_urgent=referral.is_urgent, at=at)
    call_hub(referral, by=by, at=at)
    words = f"Case {case.ref} was sent to the hub"
    record(referral, words, why="" if by else worry, at=at, by=by)
    return referral


def add_worry(
    referral: Referral, case: Case, *, worry: str, urgent_why: str, by: User | None, at: datetime
) -> Referral:
    """Add to a case that the hub has already what worries somebody further; return the referral.

    With `urgent_why` it becomes urgent, with its clocks, as if the hub itself had found it so. Who
    decides on a page without it is told to look again.
    """
    referral = lock(referral, None)
    text = f"{worry}\n\nWhy it is urgent: {urgent_why}" if urgent_why else worry
    ReferralUpdate.objects.create(referral=referral, text=text, at=at, by=by)
    words = f"A further worry was sent with case {case.ref}"
    record(referral, words, why=text, at=at, by=by)
    urgent_why = urgent_why or _urgent_by_itself(case)
    if urgent_why and not referral.is_urgent:
        make_urgent(referral, why=urgent_why, by=by, at=at)
    readers = (HUB,) if by == case.owner else (HUB, OFFICER)
    channels = [(audience, Channel.ON_SCREEN) for audience in readers]
    keep_told(referral, Happening.UPDATE, channels, at=at, case=case)
    return keep(referral)


def _keep_child(referral: Referral, case: Case) -> None:
    """Keep the child as the record of the case has them; no home of one whose home is protected."""
    child = case.child
    homes = [] if has_protected_home(child) else homes_of(child)
    home = next((each for each in reversed(homes) if each.to_on is None and each.lines), None)
    lines = [*home.lines, home.town] if home else []
    ReferredChild.objects.create(
        referral=referral,
        number=1,
        forename=child.forename,
        surname=child.surname or ("" if child.forename else "Not known"),
        born_on=child.born_on,
        home="\n".join(filter(None, lines))[:400],
        postcode=home.postcode if home else "",
        school_words=case.school.name[:200] if case.school else "",
        record=child,
        known_case=case,
    )


def _urgent_by_itself(case: Case) -> str:
    """Return why a case is urgent for why it is on the register, as a referral would be (P07)."""
    reasons = CaseReason.objects.standing().filter(case=case).values_list("code", flat=True)
    because = (urgent_because(answers={"reason": code}, groups=()) for code in reasons)
    return next(filter(None, because), "")


@transaction.atomic
def tell_of_leavers(*, at: datetime) -> int:
    """Tell the hub of each case that a school's file opened for an unknown destination (P42).

    By the setting the hub is told of it, or it passes the hub first as a case sent to it. Done
    once a case; returns how many.
    """
    reasons = CaseReason.objects.standing().filter(code="unknown_destination")
    opened = reasons.exclude(source__kind="officer").filter(case__closed_on__isnull=True)
    noticed = HubNotice.objects.values("case")
    cases = Case.objects.filter(pk__in=opened.values("case")).exclude(pk__in=noticed)
    is_first = our_policy().on(day_of(at)).unknown_destination_to_hub == "first"
    new = list(cases.order_by("pk"))
    for case in new:
        HubNotice.objects.create(case=case, at=at, is_told=not is_first)
        if is_first:
            send_to_hub(case=case, ref=speakable(), worry=BY_ITSELF, urgent_why="", by=None, at=at)
    return len(new)


@transaction.atomic
def read_notices(*, notices: Collection[int], by: User, at: datetime) -> int:
    """Say that somebody at the hub has read of these cases; return how many were unread."""
    unread = HubNotice.objects.unread().filter(pk__in=notices)
    return unread.update(read_by=by, read_at=at)
