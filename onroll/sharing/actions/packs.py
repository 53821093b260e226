"""A pack of requests to one agency: laid out, kept as it is, asked on each case, logged (P31, P39).

Nothing is sent: whoever makes a pack sends it by the route that its page names.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from onroll.accounts.models import User
from onroll.agencies.models import Agency
from onroll.cases.models import Case
from onroll.enquiries import actions as enquiries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiries import OTHER
from onroll.rules.enquiry_log import Act
from onroll.rules.references import speakable
from onroll.rules.refusal import Refused
from onroll.rules.requests import MOST_IN_A_PACK
from onroll.rules.sharing import bases_on
from onroll.schools.queries import our_policy
from onroll.sharing.content import Asking, Request, as_text, lay_out
from onroll.sharing.models import Disclosure, Pack
from onroll.sharing.pdf import pdf
from onroll.sharing.queries.facts import Facts, facts_of, refuse_protected
from onroll.sharing.queries.packs import asked_together

TOO_MANY = f"A pack has at most {MOST_IN_A_PACK} children. Choose fewer, and make a second pack."
TOGETHER = (
    "It is asked for brothers and sisters together, who are not all chosen here. Choose them all."
)


_SAME = timedelta(minutes=15)
EMPTY = "Nothing of what they need to answer is on record, or may be shared. Ask in another way."


@dataclass(frozen=True)
class Made:
    """A pack, with the cases that could not stand in it, each with why."""

    pack: Pack
    left: Sequence[tuple[Case, str]]


@dataclass(frozen=True)
class _Row:
    case: Case
    enquiry: Enquiry
    facts: Facts


@transaction.atomic
def make_pack(
    *,
    asking: Asking,
    cases: Sequence[Case],
    agency: Agency | None = None,
    by: User,
    at: datetime,
) -> Made:
    """Ask one agency about children: an enquiry asked on each case, a line of each sharing log.

    An enquiry of the step that is planned on a case is the one that is asked. A case that cannot
    stand in the pack is left out, and said; Refused where none can.
    """
    if len(cases) > MOST_IN_A_PACK:
        raise Refused(TOO_MANY)
    ref, facts = speakable(), facts_of(cases)
    rows, left = _ask_each(asking, cases, facts, ref, by, at)
    if not rows:
        raise Refused(left[0][1])
    policy = our_policy().on(at.date())
    children = [(row.case, row.facts) for row in rows]
    request = lay_out(asking, children, ref=ref, by=by.name, on=at.date(), policy=policy)
    pack = _keep(request, asking, agency, by=by, at=at)
    _log(pack, asking, rows, by=by, at=at)
    return Made(pack, left)


def _ask_each(
    asking: Asking,
    cases: Sequence[Case],
    facts: dict[int, Facts],
    ref: str,
    by: User,
    at: datetime,
) -> tuple[list[_Row], list[tuple[Case, str]]]:
    """Ask the enquiry on each case; return those asked, and those that cannot be with why."""
    rows: list[_Row] = []
    left: list[tuple[Case, str]] = []
    planned = asked_together(asking.kind.step, cases)
    entry = _entry(asking, ref, at)
    same = _made_just_now(asking, cases, by, at)
    done: set[int] = set()
    for case in cases:
        try:
            with transaction.atomic():
                refuse_protected(case.child)
                _refuse_empty(asking, facts[case.pk])
                _refuse_same(same.get(case.pk))
                enquiry = _ask(asking, case, planned.get(case.pk, []), cases, done, entry, by, at)
        except Refused as refusal:
            left.append((case, str(refusal)))
        else:
            rows.append(_Row(case, enquiry, facts[case.pk]))
    return rows, left


def _ask(
    asking: Asking,
    case: Case,
    group: Sequence[Enquiry],
    cases: Sequence[Case],
    done: set[int],
    entry: EntryFacts,
    by: User,
    at: datetime,
) -> Enquiry:
    """Ask the planned enquiry of a case, with those made together with it; a new one if none is."""
    own = next((row for row in group if row.case_id == case.pk), None)
    if own is None:
        words = asking.whom if asking.kind.step == OTHER else ""
        (own,) = enquiries.record_enquiry(
            on_cases=[case],
            step=asking.kind.step,
            step_words=words,
            entries={Act.ASK: entry},
            by=by,
            at=at,
        )
    elif own.pk not in done:
        if {row.case_id for row in group} - {each.pk for each in cases}:
            raise Refused(TOGETHER)
        changed = enquiries.add_entry(enquiry=own, act=Act.ASK, facts=entry, by=by, at=at)
        done.update(row.pk for row in changed)
    return own


def _refuse_empty(asking: Asking, facts: Facts) -> None:
    if facts.keys().isdisjoint(asking.kind.least):
        raise Refused(EMPTY)


def _made_just_now(
    asking: Asking, cases: Sequence[Case], by: User, at: datetime
) -> dict[int, Disclosure]:
    """Return by key of a case the same request that the person made of it minutes ago."""
    lines = Disclosure.objects.filter(case__in=cases, by=by, at__gt=at - _SAME)
    same = lines.filter(
        pack__step=asking.kind.step, pack__whom=asking.whom, withdrawn_at__isnull=True
    )
    return {line.case_id: line for line in same.select_related("pack").defer("pack__pdf")}


def _refuse_same(line: Disclosure | None) -> None:
    if line is not None:
        raise Refused(
            f"You made this request minutes ago: it is in {line.pack}. Nothing was added."
        )


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


def _keep(
    request: Request, asking: Asking, agency: Agency | None, *, by: User, at: datetime
) -> Pack:
    content = pdf(request, made_at=at)
    return Pack.objects.create(
        ref=request.ref,
        step=asking.kind.step,
        agency=agency,
        whom=asking.whom,
        contact=asking.contact,
        pdf=content,
        sha256=hashlib.sha256(content).hexdigest(),
        text=as_text(request),
        at=at,
        by=by,
    )


def _log(pack: Pack, asking: Asking, rows: Sequence[_Row], *, by: User, at: datetime) -> None:
    """Write a line of the sharing log for each child: of what was on record, and so was shared."""
    holding = bases_on(at.date())
    bases = [code for code in asking.kind.bases if code in holding]
    Disclosure.objects.bulk_create(
        Disclosure(
            case=row.case,
            is_shared=True,
            whom=asking.whom,
            agency=pack.agency,
            on=at.date(),
            method=asking.method,
            items=[code for code in asking.items if code in row.facts],
            what="That the council looks for the child, and what is asked",
            why=asking.kind.question,
            further="\n".join(asking.further_lines),
            bases=bases,
            done_by=asking.sender,
            pack=pack,
            enquiry=row.enquiry,
            at=at,
            by=by,
        )
        for row in rows
    )
