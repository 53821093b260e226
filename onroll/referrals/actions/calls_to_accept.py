"""Who may accept what waits for a named person is written to: a page is not always open (P15)."""

from collections.abc import Iterable
from datetime import datetime

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import colleagues, find_person, may_in_some_role
from onroll.accounts.roles import Role
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.referrals.models import HubDecision, Referral
from onroll.schools.queries import our_policy


def call_to_accept(
    decision: HubDecision, referral: Referral, *, by: User | None, at: datetime
) -> None:
    """Write of a hand-over to those who may accept it: at once where it is urgent or red.

    Of several children who are handed over at once to the same people it is one message.
    """
    kind = Kind.ACCEPT_URGENT if referral.looks_grave else Kind.ACCEPT_CALM
    case = decision.entry.known_case
    owner = case.owner if case is not None else None
    with_it = HubDecision.objects.to_accept().filter(entry__referral=referral, at=decision.at)
    if with_it.filter(pk__lt=decision.pk, entry__known_case__owner=owner).exists():
        return
    to = [owner] if owner is not None and owner.is_active else _officers()
    messages.tell(kind=kind, ref=decision.ref, to=to, at=at, apart_from=by)


def call_hub(referral: Referral, *, by: User | None, at: datetime) -> None:
    """Write to the hub of an urgent case that was sent to it, and that somebody there accepts."""
    if referral.looks_grave and referral.from_case_id is not None:
        to = colleagues(Role.MASH)
        messages.tell(kind=Kind.ACCEPT_URGENT, ref=referral.ref, to=to, at=at, apart_from=by)


def call_again_if_grave(referral: Referral, *, by: User | None, at: datetime) -> None:
    """Write at once of what waits to be accepted already, and became urgent or red since."""
    if not referral.looks_grave:
        return
    if referral.owner_id is None:
        call_hub(referral, by=by, at=at)
    waiting = HubDecision.objects.to_accept().filter(entry__referral=referral)
    for decision in waiting.select_related("entry__known_case__owner"):
        call_to_accept(decision, referral, by=by, at=at)


def uncall(referral: Referral) -> None:
    """Write to nobody any more, once nothing of a referral waits to be accepted."""
    decisions = HubDecision.objects.filter(entry__referral=referral)
    if not decisions.to_accept().exists():
        refs = decisions.values_list("ref", flat=True)
        messages.withdraw(kinds=(Kind.ACCEPT_URGENT, Kind.ACCEPT_CALM), refs=refs)


def _officers() -> Iterable[User]:
    """Return who accepts what nobody has: the lead officer where the policy names an account, else
    every officer for missing education but the deputy, to whom it is passed on once its time is
    over; the managers where there is none."""
    named = find_person(our_policy().cme_email)
    if named is not None and may_in_some_role(named, Permission.REFERRAL_ACCEPT):
        return [named]
    deputy = our_policy().cme_deputy_email.strip().lower()
    officers = list(colleagues(Role.LOC))
    apart = [officer for officer in officers if officer.email.lower() != deputy]
    return apart or officers or colleagues(Role.MGR)
