"""A whole list compared with what is known: which children has nobody? (P04, P05)

What is kept of it stands in `findings`, what becomes of that in `withdrawal` and `answer`.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.children import actions as children
from onroll.children.queries import merge_targets
from onroll.formats import SchoolSpell
from onroll.formats.standing import ON_ROLL, Stand, Standing, standing
from onroll.intake.actions.effects import Applying
from onroll.intake.models import ListKind, Row, RowStage, Transfer
from onroll.intake.queries import Unmapped, spell_from_json
from onroll.lists.actions.evidence import AT_ONCE, Comparison
from onroll.lists.actions.findings import keep_findings
from onroll.lists.actions.promises import check_home_education, check_promises
from onroll.lists.actions.rolls import check_rolls
from onroll.lists.actions.statements import check_leavers, check_no_shows, check_services
from onroll.lists.actions.withdrawal import withdraw, withdraw_on_list

DAY = timedelta(days=1)
WHOLE = (ListKind.ROLL.value, ListKind.HOME_EDUCATION.value)
"""Lists of all who are at a place."""

CHECKS = {
    ListKind.ROLL: check_rolls,
    ListKind.LEAVERS: check_leavers,
    ListKind.JOINERS: check_promises,
    ListKind.OFFERS: check_promises,
    ListKind.NO_SHOWS: check_no_shows,
    ListKind.HOME_EDUCATION: check_home_education,
    ListKind.HEALTH: check_services,
    ListKind.HOUSING: check_services,
}


@transaction.atomic
def compare_list(*, transfer: Transfer, at: datetime) -> int:
    """Compare a list with what is known; return how many findings are new.

    Each waits in review, once for each child and school, or opens a case where the policy says so.
    A finding that a file or list explains, because it has the child, is withdrawn.
    """
    if not transfer.list_kind or transfer.listed_on is None:
        withdraw(children=transfer.rows.values("child_id"), at=at)
        return 0
    c = Comparison(transfer, transfer.listed_on, at)
    _read_rows(c)
    present = transfer.rows.exclude(pk__in=c.off_roll)
    withdraw(children=present.values("child_id"), at=at)
    _withdraw_on_list(c)
    findings = list(CHECKS[ListKind(transfer.list_kind)](c))
    if transfer.source is not None:
        children.end_places(places=c.old_places, on=c.on - DAY, source=transfer.source)
    return keep_findings(findings, at=at)


@transaction.atomic
def withdraw_for_row(*, row: Row, at: datetime) -> None:
    """Withdraw what a record explains, now that it is settled whose it is.

    A record that says that the child is not there withdraws nothing.
    """
    transfer = row.transfer
    spells = row.said.get("schools") or [None]
    status, unmapped = row.said.get("enrol_status"), row.said.get("unmapped")
    spell, stand = _stay(transfer, spells[0], status, unmapped)
    if stand.stand is not Stand.ON_ROLL:
        return
    withdraw(children=[row.child_id or 0], at=at)
    if transfer.list_kind in WHOLE and transfer.listed_on and row.child_id is not None:
        c = Comparison(transfer, transfer.listed_on, at)
        school = Applying(transfer, at).find_school(spell) or transfer.sender
        c.rolls = {school: {row.child_id}} if school else {}
        _withdraw_on_list(c)


def _withdraw_on_list(c: Comparison) -> None:
    if c.transfer.list_kind == ListKind.ROLL.value:
        for school, present in c.rolls.items():
            withdraw_on_list(school=school, children=present, on=c.on, at=c.at)
    if c.transfer.list_kind == ListKind.HOME_EDUCATION.value:
        withdraw_on_list(school=None, children=c.children, on=c.on, at=c.at)


_OF_THE_STAY = ("said__schools__0", "said__enrol_status", "said__unmapped")


def _read_rows(c: Comparison) -> None:
    """Note whom the list has at each school, which rows say that the child is not there, and whom
    unsettled records may be of. Rows are read in portions: lists may be long.
    """
    applying = Applying(c.transfer, c.at)
    rows = c.transfer.rows.order_by("number").values_list("pk", "child_id", *_OF_THE_STAY)
    for row, child, *stay in rows.iterator(chunk_size=AT_ONCE):
        spell, stand = _stay(c.transfer, *stay)
        if stand.stand is not Stand.ON_ROLL:
            c.off_roll.add(row)
        if school := applying.find_school(spell) or c.transfer.sender:
            roll = c.rolls.setdefault(school, set())
            if child is not None and row not in c.off_roll:
                roll.add(child)
            elif child is not None:
                c.remarks[child, school.pk] = f" The list itself says of the child: {stand.words}."
    _read_waiting(c)


def _read_waiting(c: Comparison) -> None:
    """Note each child whom an unsettled record may be of, with the first such record."""
    stages = [RowStage.UNSURE.value, RowStage.HELD.value]
    waiting = c.transfer.rows.filter(stage__in=stages).order_by("-number")
    for row, candidates in waiting.values_list("pk", "candidates"):
        if row not in c.off_roll:
            c.possible |= {candidate["child"]: row for candidate in candidates}
    merged_into = merge_targets(c.possible)
    c.possible = {merged_into[child]: row for child, row in c.possible.items()}


def _stay(
    transfer: Transfer,
    spell: dict[str, Any] | None,
    status: str | None,
    unmapped: Unmapped | None,
) -> tuple[SchoolSpell, Standing]:
    """Return the spell in a row, and whether the child is on the roll on the day of the list.

    Every row counts as on the roll if the list does not name all who are at a place.
    """
    stay, enrolment = spell_from_json(spell, status, unmapped)
    if transfer.list_kind not in WHOLE or transfer.listed_on is None:
        return stay, ON_ROLL
    return stay, standing(stay, enrolment, on=transfer.listed_on)
