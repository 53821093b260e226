"""The values of audited columns in words: codes by their titles, days and people by their names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.cases.queries.child import KINDS, group_words
from onroll.cases.queries.record import NUMBERS
from onroll.cases.words import SEXES
from onroll.clocks.models import ENDED_WORDS
from onroll.formats.codes import RELATIONSHIPS
from onroll.govuk.fields import in_words
from onroll.rules.clocks import CLOCKS
from onroll.rules.missed_change import CHANGE_TITLES, MissedChange
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import STAGE_TITLES, Stage
from onroll.rules.reasons import CASE_REASONS

NOTHING = "Nothing"
CODES: dict[tuple[str, str], Mapping[str, str]] = {
    ("cases_case", "missed_change"): {c.value: CHANGE_TITLES[c] for c in MissedChange},
    ("cases_case", "stage"): {stage.value: STAGE_TITLES[stage] for stage in Stage},
    ("cases_case", "reason"): {code: reason.title for code, reason in CASE_REASONS.items()},
    ("cases_casereason", "code"): {code: reason.title for code, reason in CASE_REASONS.items()},
    ("cases_case", "outcome"): {code: outcome.title for code, outcome in OUTCOMES.items()},
    ("clocks_deadline", "clock"): {code: clock.title for code, clock in CLOCKS.items()},
    ("clocks_deadline", "ended_why"): {why.value: words for why, words in ENDED_WORDS.items()},
    ("children_child", "sex"): SEXES,
    ("children_identifier", "kind"): NUMBERS,
    ("children_place", "kind"): KINDS,
    ("children_relationship", "kind"): RELATIONSHIPS,
    ("children_address", "kind"): {
        "home": "Home",
        "forwarding": "Where the family is going",
        "no_fixed": "No fixed abode",
        "wrong": "Wrong",
    },
}
"""By table and column what each code means."""


def in_words_of(table: str, column: str, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    """Return a value as it stood in a row, in words; `names` are those of people and schools."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, int):
        kind = "school" if column == "school_id" else "user"
        return names.get((kind, value), str(value))
    if column.endswith("_on"):
        return in_words(date.fromisoformat(str(value)[:10]))
    if table == "children_flag" and column == "kind":
        return group_words(str(value))
    return CODES.get((table, column), {}).get(str(value), str(value)).rstrip(".")
