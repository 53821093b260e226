"""An officer states where a child is whom no case is about: the same facts as closing one asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.cases.actions.closing import refuse, write_place
from onroll.cases.actions.on_record import record_of
from onroll.cases.actions.whereabouts import update_whereabouts
from onroll.cases.models import Closing
from onroll.children import actions as children
from onroll.children.models import Child, Source, SourceKind
from onroll.rules.outcomes import Outcome
from onroll.schools.models import School


@transaction.atomic
def state_place(
    *,
    child: Child,
    outcome: Outcome,
    facts: Mapping[str, Any],
    reference: str,
    by: User,
    at: datetime,
) -> Source:
    """Write where a child is, as an officer was told, and return who said so.

    `facts` are the answers of `outcome` by their codes; `reference` is that of the file or list
    that made somebody ask. An outcome without a place writes none. The child's open case, if there
    is one, is told. Raises FactsRefused.
    """
    stated = {fact.code: facts[fact.code] for fact in outcome.facts if facts.get(fact.code)}
    refuse(outcome, stated, child, record_of(child, outcome, stated), on=at.date())
    source = children.add_source(
        kind=SourceKind.OFFICER,
        said_by=str(stated["confirmed_by"])[:120],
        said_on=stated["confirmed_on"],
        at=at,
        by=by,
        reference=reference,
    )
    if not isinstance(stated.get("school"), School | None):
        stated["provider"] = stated.pop("school")
    answers = {code: stated[code] for code in stated if code not in ("confirmed_by", "evidence")}
    write_place(child, Closing(outcome=outcome.code, source=source, **answers), source)
    update_whereabouts(child=child, on=at.date(), at=at, by=by)
    return source
