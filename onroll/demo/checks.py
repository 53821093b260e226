"""Check the database against the truth: every vanished child is found, and no referral is lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from onroll.cases.models import Case
from onroll.children.models import Child, Identifier
from onroll.demo.reception import Reception
from onroll.demo.truth import LeaverTruth, Truth, lost
from onroll.intake.models import Row, RowStage, Transfer, TransferStage
from onroll.referrals.codes import Decision, Quarantined, Stage
from onroll.referrals.models import HubDecision, Referral, ReferredChild


@dataclass(frozen=True)
class Result:
    """How many vanished children the files stated, and which of them nobody would look for."""

    vanished: int
    as_cases: int
    in_review: int
    lost: tuple[LeaverTruth, ...]


def check(truth: Truth, taken: Iterable[str]) -> Result:
    """Compare the database with the truth, for the files (paths) that were received."""
    files = set(taken)
    written = {row.event for row in truth.rows if row.file in files}
    received = Truth(
        files=tuple(file for file in truth.files if file.path in files),
        rows=tuple(row for row in truth.rows if row.file in files),
        leavers=tuple(leaver for leaver in truth.leavers if leaver.key in written),
        joiners=truth.joiners,
        children=truth.children,
    )
    cases, reviews = _with_case(received), _in_review(received)
    vanished = {leaver.child for leaver in received.leavers if leaver.must_be_found}
    return Result(
        vanished=len(vanished),
        as_cases=len(vanished & cases),
        in_review=len(vanished & reviews - cases),
        lost=lost(received, cases, reviews),
    )


def _paths(truth: Truth) -> dict[str, str]:
    """Return the path of each file by its hash; a file sent twice has the first path."""
    return {file.sha256: file.path for file in reversed(truth.files)}


def _places(truth: Truth, rows: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    paths = _paths(truth)
    return ((paths[sha], number) for sha, number in rows if sha in paths)


def _with_case(truth: Truth) -> set[str]:
    # A list of numbers, not a join: right after many writes the database plans such joins badly.
    on_register = set(Case.objects.values_list("child_id", flat=True))
    rows = Row.objects.filter(child__in=on_register).values_list("transfer__sha256", "number")
    upns = Identifier.objects.filter(child__in=on_register).values_list("value", flat=True)
    by_number = {truth.child_by_upn[upn] for upn in upns if upn in truth.child_by_upn}
    return truth.children_of(_places(truth, rows)) | by_number


def _in_review(truth: Truth) -> set[str]:
    waiting = Row.objects.filter(
        Q(stage__in=[RowStage.UNSURE.value, RowStage.HELD.value])
        | Q(is_to_confirm=True, confirmed_at__isnull=True)
    ).values_list("transfer__sha256", "number")
    refused = Transfer.objects.filter(stage=TransferStage.REFUSED.value)
    paths = _paths(truth)
    files = [paths[sha] for sha in refused.values_list("sha256", flat=True) if sha in paths]
    return truth.children_of(_places(truth, waiting)) | truth.children_in(files)


ENOUGH = 60
"""Referrals that a check of the demo must have made."""


@dataclass(frozen=True)
class ReferralFigures:
    """What became of all referrals of which somebody was given a reference.

    Forms that a person refused in quarantine are none. `doubled` are the keys of children who have
    two records because they were referred.
    """

    made: int
    accepted: int
    turned_back: int
    waiting: int
    lost: int
    doubled: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Return whether there are enough of each kind, none is lost or doubled, and all add up."""
        parts = (self.accepted, self.turned_back, self.waiting)
        is_whole = sum(parts) == self.made >= ENOUGH and all(parts)
        return is_whole and not self.lost and not self.doubled


def check_referrals(reception: Reception, truth: Truth) -> ReferralFigures:
    """Count by reference where each referral is; *lost* is what nobody can see any more."""
    refused = Referral.objects.filter(quarantine__answer=Quarantined.REFUSED.value)
    refs = set(reception.sent) - set(refused.values_list("ref", flat=True))
    stages = dict(Referral.objects.filter(ref__in=refs).values_list("ref", "stage"))
    to_cases = HubDecision.objects.standing().filter(decision=Decision.OPEN_CASE.value)
    ref_of = "entry__referral__ref"
    joined = set(to_cases.filter(**{f"{ref_of}__in": refs}).values_list(ref_of, flat=True))
    over = (Stage.ACCEPTED.value, Stage.CLOSED.value)
    accepted = {
        ref
        for ref, stage in stages.items()
        if stage == Stage.ACCEPTED.value or (ref in joined and stage in over)
    }
    closed = {ref for ref, stage in stages.items() if stage == Stage.CLOSED.value} - accepted
    return ReferralFigures(
        made=len(refs),
        accepted=len(accepted),
        turned_back=len(closed),
        waiting=len(stages) - len(accepted) - len(closed),
        lost=len(refs) - len(stages),
        doubled=tuple(sorted(_doubled(reception, truth))),
    )


def _doubled(reception: Reception, truth: Truth) -> set[str]:
    """Return the keys of referred children whose case is on another record than their own."""
    hashes = _paths(truth)
    joined = Child.objects.filter(merged_into__isnull=False)
    stands_as = dict(joined.values_list("pk", "merged_into"))
    own: dict[str, set[int | None]] = {}
    rows = Row.objects.filter(child__isnull=False)
    columns = ("transfer__sha256", "number", "child")
    for sha, number, child in rows.values_list(*columns):
        place = (hashes.get(sha, ""), number)
        if (key := truth.child_at.get(place)) is not None:
            own.setdefault(key, set()).add(stands_as.get(child, child))
    entries = ReferredChild.objects.filter(case__isnull=False).select_related("referral", "case")
    doubled, chosen = set(), dict[str, int | None]()
    for entry in entries:
        reported = reception.meant(entry)
        if reported is None or entry.case is None:
            continue
        key, child = reported.child.key, entry.case.child_id
        record = stands_as.get(child, child)
        numbered = reception.identity.record_of(reported.child)
        known = own.get(key, set()) | ({numbered.pk} if numbered else set())
        if (known and record not in known) or chosen.setdefault(key, record) != record:
            doubled.add(key)
    return doubled
