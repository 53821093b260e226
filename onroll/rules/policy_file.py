"""The file of a local policy, read and checked: what cannot be used is refused in a sentence."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, get_type_hints

from onroll.rules import hours
from onroll.rules.findings import OF_NOBODY
from onroll.rules.identifiers import check_la
from onroll.rules.policy import FIELDS, MOST, WEEKDAYS, Change, LocalPolicy
from onroll.rules.school_reports import SETTINGS
from onroll.rules.sent_on import ATTENDANCE_DESKS

DATED = frozenset({"days", "working", "keeping"})
"""The sections whose settings can change on a day."""

GUIDANCE = (
    "board_guidance_url",
    "london_procedures_url",
    "joint_protocol_url",
    "sharing_advice_url",
)
"""Settings that are addresses of pages of others; each may be empty."""

FIXED_BY_LAW = {
    ("days", "excluded_education_school_day"): "SI 2007/1870 reg 4(3)(a)",
    ("days", "in_year_answer_school_days"): "the School Admissions Code 2021",
    ("days", "fair_access_school_days"): "the School Admissions Code 2021",
}
"""What was a setting once and what fixes it: a file that still sets it is told to leave it out."""


class PolicyError(ValueError):
    """A policy file that cannot be used; the message says what to correct."""


def load(path: Path) -> LocalPolicy:
    """Return the policy in a TOML file. Raises PolicyError in a sentence when it cannot be used."""
    try:
        return parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise PolicyError(f"The policy file cannot be read: {problem}.") from problem


def parse(text: str) -> LocalPolicy:
    """Return the policy in a TOML text. Raises PolicyError in a sentence when it cannot be used."""
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PolicyError(f"The policy file is not TOML: {problem}.") from problem
    changes = sections.pop("changes", [])
    policy = LocalPolicy(**_values(sections), changes=tuple(_changes(changes)))
    for day in (date.min, *(change.from_on for change in policy.changes)):
        _check(policy.on(day))
    return policy


def _changes(tables: Any) -> Iterator[Change]:
    """Yield what the file sets anew, in the order of the days; each day stands once."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise PolicyError("Changes must be written as tables that begin with [[changes]].")
    days = [table.get("from_on") for table in tables]
    if not all(type(day) is date for day in days) or len(set(days)) < len(days):
        raise PolicyError("Each of the changes must give its own day, as from_on = 2027-01-01.")
    for table in sorted(tables, key=lambda table: table["from_on"]):
        day, sections = table["from_on"], {k: v for k, v in table.items() if k != "from_on"}
        if wrong := sorted(sections.keys() - DATED):
            raise PolicyError(f"{wrong[0]} cannot change on a day; write what holds now.")
        values = _values(sections, is_whole=False)
        if not values:
            raise PolicyError(f"The change of {day} sets nothing.")
        yield Change(day, tuple(sorted(values.items())))


def _values(sections: Mapping[str, Any], *, is_whole: bool = True) -> dict[str, Any]:
    hints = get_type_hints(LocalPolicy)
    fields_ = {(f.metadata["section"], f.name): f for f in FIELDS}
    values = {
        (section, name): value
        for section, table in sections.items()
        for name, value in (table.items() if isinstance(table, dict) else [("", table)])
    }
    if fixed := sorted(values.keys() & FIXED_BY_LAW.keys()):
        raise PolicyError(
            f"{_dotted(fixed[:1])} is fixed by {FIXED_BY_LAW[fixed[0]]}; take the line out."
        )
    if unknown := sorted(values.keys() - fields_.keys()):
        raise PolicyError(f"The policy file sets {_dotted(unknown)}, which nothing reads.")
    if is_whole and (missing := sorted(fields_.keys() - values.keys())):
        raise PolicyError(f"The policy file does not set {_dotted(missing)}.")
    return {
        name: _value(
            f"{section}.{name}", value, hints[name], fields_[section, name].metadata["least"]
        )
        for (section, name), value in values.items()
    }


def _value(name: str, value: Any, wanted: Any, least: int | None) -> Any:
    words = _KINDS[wanted]
    if isinstance(value, list):
        value = tuple(value)
    plain = value if isinstance(value, tuple) else (value,)
    if isinstance(value, tuple) is not (wanted in _LISTS) or any(
        type(v) is not words[0] for v in plain
    ):
        raise PolicyError(f"{name} must be {words[1]}.")
    if least is not None and not least <= value <= MOST:
        raise PolicyError(f"{name} must be at least {least} and at most {MOST:,}.")
    return value


_LISTS = (tuple[str, ...], tuple[date, ...])
_KINDS: dict[Any, tuple[type, str]] = {
    str: (str, "text"),
    int: (int, "a whole number"),
    bool: (bool, "true or false"),
    tuple[str, ...]: (str, "a list of texts"),
    tuple[date, ...]: (date, "a list of dates"),
}


def _dotted(names: list[tuple[str, str]]) -> str:
    return ", ".join(f"{section}.{name}".rstrip(".") for section, name in names)


def _check(policy: LocalPolicy) -> None:
    for code in (policy.authority_code, *policy.neighbour_codes):
        checked = check_la(code)
        if checked.kind != "authority" or checked.value != code:
            raise PolicyError(f"{code} is not an authority's code.")
    if not set(policy.list_findings_to_case) <= set(OF_NOBODY):
        names = ", ".join(sorted(OF_NOBODY))
        raise PolicyError(f"working.list_findings_to_case can name only: {names}.")
    if policy.unknown_destination_to_hub not in ("told", "first"):
        raise PolicyError("working.unknown_destination_to_hub must be 'told' or 'first'.")
    if policy.school_reports_to not in SETTINGS:
        names = ", ".join(f"'{name}'" for name in SETTINGS)
        raise PolicyError(f"working.school_reports_to must be one of {names}.")
    if policy.attendance_to not in ATTENDANCE_DESKS:
        names = ", ".join(f"'{name}'" for name in ATTENDANCE_DESKS)
        raise PolicyError(f"working.attendance_to must be one of {names}.")
    if policy.weekly_report_weekday not in WEEKDAYS:
        raise PolicyError("working.weekly_report_weekday must be a day such as 'monday'.")
    try:
        hours.parse(policy.mash_hours)
    except ValueError as problem:
        raise PolicyError(f"contacts.mash_hours: {problem}") from problem
    if not (policy.out_of_hours_name.strip() and policy.out_of_hours_phone.strip()):
        raise PolicyError("contacts.out_of_hours_name and _phone must say whom to ring then.")
    for name in GUIDANCE:
        if not re.fullmatch(r"(https://\S+)?", getattr(policy, name)):
            raise PolicyError(f"sharing.{name} must be an address that begins with https://.")
    if not re.fullmatch("#[0-9a-f]{6}", policy.colour):
        raise PolicyError("authority.colour must look like #1d70b8.")
    if contrast_with_white(policy.colour) < 4.5:
        raise PolicyError("authority.colour is too pale for white text to be read on it.")


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of white text on `#rrggbb` (WCAG 2.2, 1.4.3 asks for 4.5)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05)


HARROW = parse((files("onroll.rules") / "harrow.toml").read_text("utf-8"))
"""The policy shipped as the default: London Borough of Harrow, July 2025."""
