"""Every read of packs and of the sharing log."""

from onroll.sharing.queries.facts import Facts, facts_of, refuse_protected
from onroll.sharing.queries.log import NoLine, get_line, guidance, lines_of, may_ask, usual_agency
from onroll.sharing.queries.offers import case_panels, case_rows, event_rows, events
from onroll.sharing.queries.packs import (
    NoPack,
    cases_to_ask,
    figures_of,
    get_pack,
    is_waiting,
    lines_in,
    may_open,
    packs,
    pdf_of,
    planned_by_step,
    steps_planned,
    text_of,
    to_answer,
    waiting_for,
)

__all__ = [
    "Facts",
    "NoLine",
    "NoPack",
    "case_panels",
    "case_rows",
    "cases_to_ask",
    "event_rows",
    "events",
    "facts_of",
    "figures_of",
    "get_line",
    "get_pack",
    "guidance",
    "is_waiting",
    "lines_in",
    "lines_of",
    "may_ask",
    "may_open",
    "packs",
    "pdf_of",
    "planned_by_step",
    "refuse_protected",
    "steps_planned",
    "text_of",
    "to_answer",
    "usual_agency",
    "waiting_for",
]
