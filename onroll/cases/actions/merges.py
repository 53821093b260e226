"""The part of a merge that concerns cases: those of both records are the kept child's."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from onroll.accounts.models import User
from onroll.cases.actions.lock import keep, record
from onroll.cases.actions.reasons import add_reason
from onroll.cases.models import Case, CaseReason, Member
from onroll.children import actions as children
from onroll.children.models import Child
from onroll.clocks import actions as clocks
from onroll.clocks.models import Deadline, Ended
from onroll.rules import outcomes, pathway
from onroll.rules.pathway import Stage


@transaction.atomic
def join_cases(
    *, target: Child, merged: Child, why: str, by: User, at: datetime
) -> list[children.Change]:
    """Give the cases of a record that is merged to the kept one; return every change.

    Of two open cases the later joins the first: its reasons, its running clocks, its people, what
    waits on it and what is still to be done on it go there, and it is closed as the same child with
    the other's reference.
    """
    cases = Case.objects.select_for_update().filter(child__in=[target, merged])
    both = list(cases.order_by("opened_on", "pk"))
    open_now = [case for case in both if case.is_open]
    changes = _join(*open_now, why=why, by=by, at=at) if len(open_now) == 2 else []
    if open_now:
        clocks.follow(of=open_now[0].action_points.all(), child=target)
    for case in both:
        if case.child_id == merged.pk:
            changes.append(children.change(case, child_id=target.pk))
            clocks.follow(of=_with_clocks(case), child=target)
            keep(case)
            record(case, "Record joined with another of the same child", why=why, at=at, by=by)
    return changes


def _with_clocks(case: Case) -> list[Model]:
    """Return a case and what of it has a clock of its own."""
    return [case, *case.manager_reviews.all(), *case.action_points.all()]


def _join(first: Case, later: Case, *, why: str, by: User, at: datetime) -> list[children.Change]:
    changes = [
        *_join_reasons(first, later),
        *_join_people(first, later, at),
        *_join_clocks(first, later),
        *(
            children.change(alert, case_id=first.pk)
            for alert in later.alerts.filter(settled_at__isnull=True)
        ),
        *(
            children.change(point, case_id=first.pk)
            for point in later.action_points.filter(done_on__isnull=True).order_by("pk")
        ),
    ]
    if later.missing_since_on < first.missing_since_on:
        since, is_known = later.missing_since_on, later.is_since_known
        changes.append(children.change(first, missing_since_on=since, is_since_known=is_known))
    closed_on = max(at.date(), later.opened_on)
    for clock in later.deadlines.running():
        changes.append(children.change(clock, ended_on=closed_on, ended_why=Ended.MERGED.value))
    stood, same = pathway.STAGE_TITLES[Stage(later.stage)], outcomes.OUTCOMES["same_child"]
    closing = {"stage": Stage.CLOSED.value, "outcome": same.code, "closed_on": closed_on}
    changes.append(children.change(later, **closing, is_outcome_proved=same.basis == "proved"))
    keep(first)
    keep(later)
    why_later = f"Case {first.ref} stays open for the same child. {why}"
    record(later, f"Case closed: {same.title}", why=why_later, at=at, by=by)
    why_first = f"It stood at “{stood}”. {why}"
    record(first, f"Case {later.ref} of the same child joined", why=why_first, at=at, by=by)
    return changes


def _join_reasons(first: Case, later: Case) -> list[children.Change]:
    changes = []
    for reason in CaseReason.objects.standing().filter(case=later):
        copy, is_new = add_reason(
            first,
            code=reason.code,
            source=reason.source,
            source_row=reason.source_row,
            because=reason.because,
            clause=reason.clause,
            left_place=reason.left_place,
            at=reason.added_at,
        )
        changes += [children.added(copy)] if is_new else []
    return changes


def _join_people(first: Case, later: Case, at: datetime) -> list[children.Change]:
    changes = []
    people = {member.user_id for member in later.members.all()}
    if first.owner_id is None and later.owner_id is not None:
        changes.append(children.change(first, owner_id=later.owner_id))
    elif later.owner_id is not None:
        people.add(later.owner_id)
    for user in sorted(people - {first.owner_id}):
        member, is_new = Member.objects.get_or_create(
            case=first, user_id=user, defaults={"added_at": at}
        )
        changes += [children.added(member)] if is_new else []
    return changes


def _join_clocks(first: Case, later: Case) -> list[children.Change]:
    """Run the later case's clocks on the first where it has none of their kind."""
    running = set(first.deadlines.values_list("clock", flat=True))
    return [
        children.added(_copy(clock, first))
        for clock in later.deadlines.running()
        if clock.clock not in running
    ]


def _copy(clock: Deadline, first: Case) -> Deadline:
    deadline, _ = clocks.start_on(
        of=first, clock=clock.clock, starts_on=clock.starts_on, due_on=clock.due_on
    )
    return deadline


@transaction.atomic
def part_cases(
    *,
    children_of: Collection[Child],
    changes: Sequence[children.Change],
    why: str,
    by: User,
    at: datetime,
) -> None:
    """Take a merge of cases back: each goes to its child again, and one closed by it opens.

    It stays closed where that child has come to have another open case meanwhile.
    """
    list(Case.objects.select_for_update().filter(child__in=children_of).order_by("pk"))
    of_cases = [change for change in changes if change["table"] == "cases.case"]
    closings = [change for change in of_cases if "closed_on" in change.get("was", {})]
    for change in reversed(changes):
        if change not in closings or not _has_open_case(change["pk"]):
            children.undo_changes([change])
    for case in Case.objects.filter(pk__in={change["pk"] for change in of_cases}).order_by("pk"):
        keep(case)
        clocks.follow(of=_with_clocks(case), child=case.child)
        record(case, "Records of two children parted again", why=why, at=at, by=by)


def _has_open_case(pk: int) -> bool:
    child = Case.objects.values_list("child_id", flat=True).get(pk=pk)
    return Case.objects.open().filter(child=child).exclude(pk=pk).exists()
