"""The enquiries that a pack asks, each on its case: those planned there, or new ones (P31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiries import OTHER
from onroll.rules.enquiry_log import Act
from onroll.rules.refusal import Refused
from onroll.sharing.content import Asking
from onroll.sharing.models import Disclosure
from onroll.sharing.queries.facts import Facts, facts_of, refuse_protected
from onroll.sharing.queries.packs import asked_together

TOGETHER = (
    "It is asked for brothers and sisters together, who are not all chosen here. Choose them all."
)
EMPTY = "Nothing of what they need to answer is on record, or may be shared. Ask in another way."
_SAME = timedelta(minutes=15)

Left = list[tuple[Case, str]]
"""Cases that cannot stand in a pack, each with why."""


@dataclass(frozen=True)
class Row:
    """A child who stands in a pack: the case, the enquiry that is asked, and what is on record."""

    case: Case
    enquiry: Enquiry
    facts: Facts


def ask_each(
    asking: Asking, cases: Sequence[Case], *, ref: str, by: User, at: datetime
) -> tuple[list[Row], Left]:
    """Ask the enquiry on each case; return those asked, and those that cannot be, with why.

    One that cannot be asked never undoes the others.
    """
    facts = facts_of(cases)
    able, left = _able(asking, cases, facts, by=by, at=at)
    planned = asked_together(asking.kind.step, able)
    entry, rows = _entry(asking, ref, at), []
    able_keys, asked = {case.pk for case in able}, set[int]()
    for case in able:
        group = planned.get(case.pk, [])
        try:
            with transaction.atomic():
                if {row.case_id for row in group} - able_keys:
                    raise Refused(TOGETHER)
                changed = _ask(asking, case, group, asked, entry, by=by, at=at)
        except Refused as refusal:
            left.append((case, str(refusal)))
        else:
            asked.update(row.pk for row in changed)
            rows.append(Row(case, _of(case, changed), facts[case.pk]))
    return rows, left


def _able(
    asking: Asking, cases: Sequence[Case], facts: dict[int, Facts], *, by: User, at: datetime
) -> tuple[list[Case], Left]:
    """Return the cases that can stand in the pack, and the others with why."""
    able: list[Case] = []
    left: Left = []
    same = _made_just_now(asking, cases, by, at)
    for case in cases:
        try:
            refuse_protected(case.child)
            if facts[case.pk].keys().isdisjoint(asking.kind.least):
                raise Refused(EMPTY)
            if case.pk in same:
                raise Refused(
                    f"You made this request minutes ago, in {same[case.pk]}. Nothing was added."
                )
        except Refused as refusal:
            left.append((case, str(refusal)))
        else:
            able.append(case)
    return able, left


def _made_just_now(asking: Asking, cases: Sequence[Case], by: User, at: datetime) -> dict[int, str]:
    """Return by key of a case the pack in which the person made the same request minutes ago."""
    lines = Disclosure.objects.filter(case__in=cases, by=by, at__gt=at - _SAME)
    same = lines.filter(
        pack__step=asking.kind.step, pack__whom=asking.whom, withdrawn_at__isnull=True
    )
    return dict(same.values_list("case_id", "pack__ref"))


def _ask(
    asking: Asking,
    case: Case,
    group: Sequence[Enquiry],
    asked: set[int],
    entry: EntryFacts,
    *,
    by: User,
    at: datetime,
) -> Sequence[Enquiry]:
    """Ask the planned enquiry of a case, with those made together with it; a new one if none is.

    Returns those that were asked, also where that was done with a brother or sister already.
    """
    if not group:
        return enquiries.record_enquiry(
            on_cases=[case],
            step=asking.kind.step,
            step_words=asking.whom if asking.kind.step == OTHER else "",
            entries={Act.ASK: entry},
            by=by,
            at=at,
        )
    enquiry = _of(case, group)
    if enquiry.pk not in asked:
        enquiries.add_entry(enquiry=enquiry, act=Act.ASK, facts=entry, by=by, at=at)
    return group


def _of(case: Case, group: Sequence[Enquiry]) -> Enquiry:
    return next(row for row in group if row.case_id == case.pk)


def _entry(asking: Asking, ref: str, at: datetime) -> EntryFacts:
    return EntryFacts(
        on=at.date(),
        by=asking.sender,
        name=asking.whom[:200],
        contact=asking.contact[:200],
        method=asking.method,
        words=f"{asking.kind.question} (request {ref})",
        evidence=f"Request {ref}, kept as it was made",
        chase_on=asking.chase_on,
    )
