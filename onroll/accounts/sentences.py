"""Entries of the audit trail as sentences: who did what to which record.

Tables, columns, permissions and codes appear in words. A row is named by its reference, or by the
child or case it belongs to, never by its id.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onroll.accounts.matrix import Scope, matrix
from onroll.accounts.permissions import ROWS, Permission
from onroll.accounts.roles import Role
from onroll.audit import words
from onroll.audit.queries import REFERENCES, Entry, references

Labels = dict[tuple[str, int], str]
CHILD, ACCOUNT = "children_child", "accounts_user"
MOST_NAMED = 5
STRANGER = "anonymous"
"""The actor of a request from a visitor who is not signed in, or is signing in."""
POINTS_TO = {
    "case_id": "cases_case",
    "child_id": CHILD,
    "transfer_id": "intake_transfer",
    "user_id": ACCOUNT,
    "school_id": "schools_school",
    "report_id": "reports_weeklyreport",
}
"""For rows without a reference: the table that a column points to."""


@dataclass(frozen=True)
class Sentence:
    """One entry: when, who, what they did, and the stated reason."""

    at: datetime
    actor: str
    did: str
    reason: str = ""


def sentences(entries: Iterable[Entry]) -> list[Sentence]:
    """Return entries of the trail as sentences: six queries at most."""
    entries = list(entries)
    labels = references(_wanted(entries))
    return [_sentence(entry, labels) for entry in entries]


def ground(code: str) -> str:
    """Return the ground of an access in words."""
    if code == "command":
        return "On the server, by a command"
    return Scope(code).words if code in set(Scope) else words.field(code)


def page(name: str) -> str:
    """Return the name of a page in words; older entries hold names of the code."""
    return name.replace("_", " ")


def _wanted(entries: Iterable[Entry]) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for table, key in _rows_about(entry):
            wanted[table].add(key)
    return wanted


def _rows_about(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield table and key of the rows that can name what an entry is about.

    First the changed row itself, then those it points to, then the children the entry tells of.
    """
    row = entry.row
    if entry.kind == "change":
        if row.table_name in REFERENCES and row.row_key.isdecimal():
            yield row.table_name, int(row.row_key)
        values = (row.before or {}) | (row.after or {})
        for column, table in POINTS_TO.items():
            if isinstance(values.get(column), int):
                yield table, values[column]
    if entry.kind == "security" and (person := _person_in(row.about)):
        yield ACCOUNT, person
    yield from ((CHILD, child) for child in getattr(row, "child_ids", ())[:MOST_NAMED])


def _person_in(about: str) -> int:
    """Return the id in `person 12` or `person 12 loc`, or 0."""
    parts = about.split()
    return int(parts[1]) if len(parts) > 1 and parts[0] == "person" and parts[1].isdecimal() else 0


def _sentence(entry: Entry, labels: Labels) -> Sentence:
    row = entry.row
    is_of_pages = entry.kind == "security" and row.event in ("page_asked_for", "page_failed")
    is_sign_in = entry.kind == "change" and set(row.after or {}) == {"last_login"}
    if is_sign_in and row.actor == STRANGER:
        return Sentence(
            row.recorded_at, "Onroll", f"noted a sign-in to {_describe_row(entry, labels)}"
        )
    return Sentence(
        at=row.recorded_at,
        actor=_actor(row),
        did=DID[entry.kind](entry, labels),
        reason="" if is_of_pages else getattr(row, "reason", ""),
    )


def _actor(row: Any) -> str:
    """Return who did it: an address with the role, a command, a job, or a stranger."""
    actor = row.actor
    if actor in (STRANGER, ""):
        return "Somebody not signed in" if actor else "The database itself"
    kind, _, name = actor.partition(":")
    if name:
        return f"Onroll ({'the job' if kind == 'worker' else kind} {name.replace('_', ' ')})"
    role = f" ({Role(row.role).words})" if row.role in set(Role) else ""
    return f"{actor}{role}"


# Records changed


VERBS = {"insert": "added", "update": "changed", "delete": "deleted"}
OF_ITS_OWN = {
    CHILD: "the record of child {}",
    ACCOUNT: "the account of {}",
    "cases_case": "case {}",
    "intake_transfer": "file {}",
    "reports_weeklyreport": "weekly report {}",
    "schools_school": "the school {}",
}
WHOSE = {
    CHILD: "of child {}",
    ACCOUNT: "of {}",
    "cases_case": "on case {}",
    "intake_transfer": "of file {}",
    "reports_weeklyreport": "of weekly report {}",
    "schools_school": "of {}",
}


def _describe_change(entry: Entry, labels: Labels) -> str:
    """Return what was done to which row; of an update, which fields it changed, without values."""
    row = entry.row
    if row.verb == "truncate":
        return f"deleted every row that is {words.kind(row.table_name)}"
    fields = sorted(words.field(column) for column in row.after or {})
    changed = f": {', '.join(fields)}" if row.verb == "update" and fields else ""
    return f"{VERBS[row.verb]} {_describe_row(entry, labels)}{changed}"


def _describe_row(entry: Entry, labels: Labels) -> str:
    """Return the changed row in words, with its own reference, or else whose it is."""
    table = entry.row.table_name
    kind = words.kind(table)
    for where, key in _rows_about(entry):
        if (reference := labels.get((where, key))) is not None:
            if where == table:
                return OF_ITS_OWN[where].format(reference)
            return f"{kind} {WHOSE[where].format(reference)}"
    return kind


# Records seen


def _saw(entry: Entry, labels: Labels) -> str:
    row = entry.row
    number = len(row.child_ids)
    named = [labels[CHILD, pk] for pk in row.child_ids[:MOST_NAMED] if (CHILD, pk) in labels]
    and_others = " and others" if number > len(named) and named else ""
    whom = "1 child" if number == 1 else f"{number} children"
    refs = ", ".join(row.case_refs[:MOST_NAMED])
    cases = f"; {'cases' if len(row.case_refs) > 1 else 'case'} {refs}" if refs else ""
    fields = ", ".join(page(name) for name in row.fields)
    shown_fields = f". Shown: {fields}" if fields else ""
    which = f" ({', '.join(named)}{and_others}{cases})" if named or cases else ""
    return (
        f"saw “{page(row.page)}”: {whom}{which}. Ground: {ground(row.ground).lower()}{shown_fields}"
    )


# Sign-in, refusals, roles, reasons


def _security(entry: Entry, labels: Labels) -> str:
    row = entry.row
    about = row.about
    if person := _person_in(about):
        about = labels.get((ACCOUNT, person), "an account that is gone")
    role = next((Role(code).words for code in row.about.split()[2:] if code in set(Role)), "")
    template = EVENTS.get((row.event, row.outcome)) or EVENTS.get((row.event, ""))
    if template is None:
        of = f" ({_plain(about)})" if about else ""
        return f"{_plain(row.event)}: {_plain(row.outcome)}{of}"
    return template.format(
        about=about, role=role, outcome=row.outcome, page=_request(about), needs=_needs(row.reason)
    )


EVENTS: dict[tuple[str, str], str] = {
    ("sign_in", "allowed"): "signed in",
    ("sign_in", "failed"): "tried to sign in and failed ({about})",
    ("sign_in", "signed_out"): "signed out",
    ("session", "ended_by_time"): "was signed out after a time without a click",
    ("person_added", ""): "added the account of {about}",
    ("person_disabled", ""): "closed the account of {about}",
    ("person_enabled", ""): "opened the account of {about} again",
    ("person_changed", ""): "changed the name or address of {about}",
    ("address_confirmed", ""): "confirmed the address of {about} by a link",
    ("credentials_taken", ""): "took the password and second factors of {about} away",
    ("second_factor", "failed"): "gave a wrong code as second factor ({about})",
    ("passkey", "failed"): "tried to sign in with a passkey and failed ({about})",
    ("role_given", ""): "gave {about} the role “{role}”",
    ("role_taken", ""): "took the role “{role}” from {about}",
    ("role_switched", ""): "went over to the role “{role}”",
    ("break_glass", "done"): "opened a sealed case by break-glass ({about})",
    ("break_glass", "nothing"): "looked for a sealed case by break-glass and found none ({about})",
    ("break_glass", "refused"): "used break-glass too often in a day and was held back",
    ("break_glass_review", "justified"): "found break-glass {about} justified",
    ("break_glass_review", "not_justified"): "found break-glass {about} not justified",
    ("break_glass_review", "escalated"): "escalated break-glass {about}",
    ("reason", ""): "gave a reason before opening {about}",
    ("audit_searched", ""): "searched the audit trail for {about} and was shown {outcome}",
    ("register_searched", ""): "searched the register",
    ("child_looked_for", "answered"): "looked for a child among all on record",
    ("child_looked_for", "limit_reached"): "looked for very many children within an hour and was "
    "held back",
    ("page_asked_for", "refused"): "{page} and was refused{needs}",
    ("page_asked_for", "limit_reached"): "{page} too often and was held back",
    ("page_asked_for", "not_found"): "{page}, which is not there for them",
    ("page_failed", ""): "{page}, which failed; nothing of it was kept",
}


def _request(about: str) -> str:
    """Return `GET /cases/` or `POST /cases/` in words."""
    method, _, path = about.partition(" ")
    return f"sent a form to {path}" if method == "POST" else f"asked for {path}"


def _needs(codes: str) -> str:
    """Return what a page requires, in the words of the access matrix."""
    actions = [matrix()[ROWS[Permission(c)]].action for c in codes.split() if c in set(Permission)]
    return f" (it needs: {'; '.join(actions)})" if actions else ""


def _plain(code: str) -> str:
    return code.replace("_", " ")


DID: dict[str, Callable[[Entry, Labels], str]] = {
    "access": _saw,
    "change": _describe_change,
    "security": _security,
}
