"""A pack of requests to one agency: laid out, kept as it is, asked on each case, logged (P31, P39).

Nothing is sent: whoever makes a pack sends it by the route that its page names.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from onroll.accounts.models import User
from onroll.agencies.models import Agency
from onroll.cases.models import Case
from onroll.rules.references import speakable
from onroll.rules.refusal import Refused
from onroll.rules.requests import MOST_IN_A_PACK
from onroll.rules.sharing import bases_on
from onroll.schools.queries import our_policy
from onroll.sharing.actions.asking import Left, Row, ask_each
from onroll.sharing.content import Asking, Request, as_text, lay_out
from onroll.sharing.models import Disclosure, Pack
from onroll.sharing.pdf import pdf

TOO_MANY = f"A pack has at most {MOST_IN_A_PACK} children. Choose fewer, and make a second pack."


@dataclass(frozen=True)
class Made:
    """A pack, with the cases that could not stand in it, each with why."""

    pack: Pack
    left: Sequence[tuple[Case, str]]


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
    ref = speakable()
    rows, left = ask_each(asking, cases, ref=ref, by=by, at=at)
    if not rows:
        raise Refused(_reasons(left))
    children = [(row.case, row.facts) for row in rows]
    request = lay_out(asking, children, ref=ref, by=by.name, on=at.date(), policy=our_policy())
    pack = _keep(request, asking, agency, by=by, at=at)
    _log(pack, asking, rows, by=by, at=at)
    return Made(pack, left)


def _reasons(left: Left) -> str:
    """Return why no case can stand in the pack; of several, each with its reference."""
    if len(left) == 1:
        return left[0][1]
    return " ".join(f"{case.ref}: {why}" for case, why in left)


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


def _log(pack: Pack, asking: Asking, rows: Sequence[Row], *, by: User, at: datetime) -> None:
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
            contents="That the council looks for the child, and what is asked",
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
