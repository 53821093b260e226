"""Sealing a case, unsealing it, and what a lead officer proposes of that (access matrix, row 33).

A sealed case always has somebody active who sees it: whoever has it, or one of its team.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.actions.lock import record, take
from onroll.cases.models import Case, Member, Seal, SealProposal
from onroll.children.actions import mark_sealed
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.rules.refusal import Changed, Refused

NOBODY = (
    "Nobody with an active account would see this case any more. Choose at least one person who "
    "works here now."
)
SEALED = "{} sealed this case meanwhile. What you wrote is not saved."
UNSEALED = "{} unsealed this case meanwhile. What you wrote is not saved."
ANSWERED = "{} answered this proposal meanwhile. What you wrote is not saved."
WAITS = "{} has proposed this already, and nobody has answered yet."
SEAL_STEP, UNSEAL_STEP = "Sealed", "Unsealed"
LEFT_ALONE = "Nobody of the team is active: the managers see the sealed case now"


@transaction.atomic
def seal_case(*, case: Case, why: str, team: Collection[User], by: User, at: datetime) -> Seal:
    """Seal a case for a reason: from now on only its owner and this team see it or its child.

    Whoever is on the team now and is not named leaves it. Refused where nobody active would be
    left; Changed where the child has a sealed case already.
    """
    case = take(case, None)
    seals = Seal.objects.standing().filter(case__child=case.child_id)
    standing = seals.select_related("by").first()
    if standing is not None:
        raise Changed(SEALED.format(standing.by.name))
    owner = [case.owner] if case.owner else []
    if not any(person.is_active for person in (*team, *owner)):
        raise Refused(NOBODY, field="team")
    case.members.exclude(user__in=team).delete()
    for person in team:
        Member.objects.get_or_create(case=case, user=person, defaults={"added_at": at})
    seal = Seal.objects.create(case=case, why=why, by=by, at=at)
    mark_sealed(child=case.child, is_sealed=True)
    _agree(case, is_to_seal=True, by=by, at=at)
    record(case, SEAL_STEP, why=why, at=at, by=by)
    _tell(case, people_of(case), at=at, apart_from=by)
    return seal


@transaction.atomic
def unseal_case(*, case: Case, why: str, by: User, at: datetime) -> Seal:
    """Take the seal of a case away for a reason; Changed where somebody did so meanwhile."""
    case = take(case, None)
    seal = Seal.objects.select_for_update().filter(case=case).order_by("-at").first()
    if seal is None:
        raise Refused("This case is not sealed.")
    if seal.ended_by is not None:
        raise Changed(UNSEALED.format(seal.ended_by.name))
    seal.ended_why, seal.ended_at, seal.ended_by = why, at, by
    seal.save(update_fields=["ended_why", "ended_at", "ended_by"])
    mark_sealed(child=case.child, is_sealed=False)
    _agree(case, is_to_seal=False, by=by, at=at)
    record(case, UNSEAL_STEP, why=why, at=at, by=by)
    return seal


def _agree(case: Case, *, is_to_seal: bool, by: User, at: datetime) -> None:
    """What was done answers the proposal to do it, and the opposite one."""
    for proposal in SealProposal.objects.filter(case=case, answered_at=None):
        is_agreed = proposal.is_to_seal is is_to_seal
        _answer(proposal, is_agreed=is_agreed, answer="", by=by, at=at)


@transaction.atomic
def propose_seal(*, case: Case, is_to_seal: bool, why: str, by: User, at: datetime) -> SealProposal:
    """Propose to seal or unseal a case; the hub or a manager decides."""
    case = take(case, None)
    waiting = SealProposal.objects.filter(case=case, answered_at=None).select_related("by").first()
    if waiting is not None:
        raise Refused(WAITS.format(waiting.by.name))
    proposal = SealProposal.objects.create(case=case, is_to_seal=is_to_seal, why=why, by=by, at=at)
    record(case, f"Proposed to {proposal.act} the case", why=why, at=at, by=by)
    return proposal


@transaction.atomic
def decline_seal(*, proposal: SealProposal, why: str, by: User, at: datetime) -> SealProposal:
    """Say why a case is not sealed or unsealed as was proposed; the answer comes once."""
    case = take(proposal.case, None)
    rows = SealProposal.objects.select_for_update(of=("self",)).select_related("answered_by")
    proposal = rows.get(pk=proposal.pk)
    if proposal.answered_by is not None:
        raise Changed(ANSWERED.format(proposal.answered_by.name))
    _answer(proposal, is_agreed=False, answer=why, by=by, at=at)
    record(case, f"Not agreed to {proposal.act} the case", why=why, at=at, by=by)
    return proposal


def _answer(
    proposal: SealProposal, *, is_agreed: bool, answer: str, by: User, at: datetime
) -> None:
    proposal.is_agreed, proposal.answer = is_agreed, answer
    proposal.answered_by, proposal.answered_at = by, at
    proposal.save(update_fields=["is_agreed", "answer", "answered_by", "answered_at"])


@transaction.atomic
def leave_team(*, case: Case, user: User, by: User, at: datetime) -> None:
    """Take a person off the team of a case; refused where nobody active would see a sealed one."""
    case = take(case, None)
    is_sealed = Seal.objects.standing().filter(case=case).exists()
    if is_sealed and not people_of(case).filter(is_active=True).exclude(pk=user.pk).exists():
        raise Refused(NOBODY)
    number, _ = Member.objects.filter(case=case, user=user).delete()
    if number:
        record(case, f"{user.name} left the team", why="", at=at, by=by)


def people_of(case: Case) -> QuerySet[User]:
    """Return who has a case, and its team."""
    owners = User.objects.filter(pk=case.owner_id or 0)
    return owners | User.objects.filter(pk__in=case.members.values("user"))


def keep_sealed_teams(*, at: datetime) -> int:
    """Put the managers on the team of each sealed case that nobody active sees, and tell them.

    Returns how many such cases there were.
    """
    managers = User.objects.filter(is_active=True, roles_held__role=Role.MGR.value).distinct()
    alone = [
        seal.case
        for seal in Seal.objects.standing().select_related("case")
        if not people_of(seal.case).filter(is_active=True).exists()
    ]
    for case in alone:
        for manager in managers:
            Member.objects.get_or_create(case=case, user=manager, defaults={"added_at": at})
        record(case, LEFT_ALONE, why="", at=at, by=None)
        _tell(case, managers, at=at)
    return len(alone)


def _tell(
    case: Case, people: QuerySet[User], *, at: datetime, apart_from: User | None = None
) -> None:
    kind, ref = Kind.CASE_SEALED, case.ref
    messages.tell(kind=kind, ref=ref, to=people, at=at, apart_from=apart_from, with_covers=False)
