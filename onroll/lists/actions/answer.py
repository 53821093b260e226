"""An officer's answer to what a list shows: where the child is, or that nobody knows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases import actions as casework
from onroll.children import actions as children
from onroll.children.models import SourceKind
from onroll.lists.actions.findings import end_place, open_case
from onroll.lists.models import Finding
from onroll.rules import confirmations
from onroll.rules.refusal import Refused

ENDS_OLD_PLACE = frozenset({"on_roll", "home_educated", "other_authority", "abroad_proved"})
"""Where a child is who is no longer on the old roll; one who is ill stays on it."""


@transaction.atomic
def answer_finding(
    *,
    finding: Finding,
    way: str = "",
    facts: Mapping[str, Any] | None = None,
    why: str,
    by: User,
    at: datetime,
) -> Finding:
    """Take an officer's answer: where the child is, or that nobody knows, which opens a case (P05).

    `way` is one of `confirmations.known_ways`, with its `facts`: they become the child's place,
    and the same is not asked again for half a year. Empty, the child is missing. Raises
    Refused, FactsRefused.
    """
    finding = _lock_finding(finding)
    if not finding.is_waiting:
        raise Refused("This has been answered already. Nothing was changed.")
    finding.answer, finding.answered_at = ("known" if way else "missing"), at
    finding.answered_by, finding.answered_why = by, why
    if way:
        stated = {code: answer for code, answer in (facts or {}).items() if answer}
        finding.way, finding.facts = way, {code: str(answer) for code, answer in stated.items()}
        source = casework.state_place(
            child=finding.child,
            outcome=confirmations.known_ways(finding.kind)[way],
            facts=stated,
            reference=finding.transfer.ref,
            by=by,
            at=at,
        )
        if way in ENDS_OLD_PLACE and stated.get("school") != finding.school:
            end_place(finding, on=finding.transfer.listed_on or at.date(), source=source)
    finding.save(
        update_fields=["answer", "way", "facts", "answered_at", "answered_by", "answered_why"]
    )
    if not way:
        source = children.add_source(
            kind=SourceKind.OFFICER,
            said_by=by.name,
            said_on=at.date(),
            at=at,
            by=by,
            reference=finding.transfer.ref,
        )
        open_case(finding, source=source, why=why, by=by, at=at)
    return finding


def _lock_finding(finding: Finding) -> Finding:
    return (
        Finding.objects.select_for_update(of=("self",))
        .select_related("child", "school", "transfer__source", "maybe_row")
        .get(pk=finding.pk)
    )
