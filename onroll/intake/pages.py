"""What the pages of intake show, as parts: tables, summaries, two records side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.children.models import Child
from onroll.formats import PupilRecord, ground_readings
from onroll.govuk.fields import Choice
from onroll.govuk.parts import Column, Table
from onroll.govuk.templatetags.govuk import tag
from onroll.intake import records, words
from onroll.intake.models import Problem, Row, Transfer
from onroll.intake.queries import UNFINISHED, Shown
from onroll.rules.leaving_codes import LEAVING_REASONS

MISSING = "Not said"


def count(n: int, noun: str) -> str:
    """Return a number with its noun: `1 file`, `2 files`."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def label(pair: tuple[str, str]) -> SafeString:
    """Return a status label: its words, and what they mean."""
    return tag(*pair)


def link(url: str, text: str, about: str = "") -> SafeString:
    """Return a link, with words only a screen reader says where the text repeats on a page."""
    hidden = format_html('<span class="govuk-visually-hidden"> {}</span>', about) if about else ""
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', url, text, hidden)


def day(value: date | None) -> str:
    """Return a day in words, or that it was not said."""
    return f"{value.day} {value:%B %Y}" if value else MISSING


def moment(value: Any) -> str:
    """Return a moment in words, in local time."""
    local = timezone.localtime(value)
    return f"{local.day} {local:%B %Y}, {local:%H:%M}"


def file_table(transfers: Iterable[Transfer], *, by_school: bool) -> Table:
    """Return a list of files; for officers each with its school."""
    route = "intake:transfer" if by_school else "school_file"
    rows = [
        [
            link(reverse(route, args=[one.ref]), one.name),
            *(
                [one.sender.name if one.sender else one.sender_text or "Not known"]
                if by_school
                else []
            ),
            words.KINDS.get(one.kind, "Not known"),
            moment(one.received_at),
            one.records,
            one.unsure + one.held,
            label(words.STAGES[one.stage]),
        ]
        for one in transfers
    ]
    columns = [
        "File",
        *(["From"] if by_school else []),
        "Kind",
        "Received",
        Column("Records", is_numeric=True),
        Column("Waiting", is_numeric=True),
        "Stage",
    ]
    return Table("Files, newest first", columns, rows, empty="No file has come yet.")


def file_facts(transfer: Transfer) -> dict[str, Any]:
    """Return what a file's page says of the file as a whole."""
    return {
        "kind": words.KINDS.get(transfer.kind, "Not known"),
        "stage": words.STAGES[transfer.stage],
        "is_working": transfer.stage in UNFINISHED,
        "done": transfer.applied + transfer.unsure + transfer.held,  # type: ignore[attr-defined]  # counted by the query
        "from_whom": transfer.sender.name if transfer.sender else transfer.sender_text,
    }


def record_table(rows: Iterable[Row]) -> Table:
    """Return a file's records: what each said, whom it matched, what was done."""
    lines = []
    for row in rows:
        said = records.from_kept(row.said)
        url = reverse("intake:record", args=[row.transfer.ref, row.number])
        lines.append(
            [
                link(url, _name(said)),
                day(said.born) if said.born else said.born_text or MISSING,
                said.upn or MISSING,
                _matched(row),
                _did(row),
                row.faults,  # type: ignore[attr-defined]  # counted by the query
            ]
        )
    columns = [
        "Child",
        "Born",
        "UPN",
        "Matched to",
        "What was done",
        Column("To put right", is_numeric=True),
    ]
    return Table("Records", columns, lines, empty="No record to show.")


def _name(said: PupilRecord) -> str:
    return (
        f"{said.surname.upper()}, {said.forename}" if said.surname or said.forename else "No name"
    )


def _matched(row: Row) -> str | SafeString:
    if row.stage == "unsure":
        url = reverse("intake:settle", args=[row.transfer.ref, row.number])
        return link(url, "Settle who this is", f"record {row.number}")
    if row.child is None:
        return "Nobody yet"
    if row.answer == "new" or (row.answer == "unsure" and not row.candidates):
        return "A new child"
    return "A child on record"


def _did(row: Row) -> SafeString:
    if row.stage in {"read", "unsure"}:
        return label(words.ROW_STAGES[row.stage])
    status = label(words.EFFECTS.get(row.effect, ("Done", "done")))
    case = (
        format_html(
            "<br>{}", link(reverse("cases:case", args=[row.case.ref]), f"Case {row.case.ref}")
        )
        if row.case
        else ""
    )
    return format_html("{}{}", status, case)


def school_record_table(rows: Iterable[Row]) -> Table:
    """Return a school's own records: what it sent and whether it is usable; nothing of others."""
    lines = [
        [
            _name(said := records.from_kept(row.said)),
            day(said.born) if said.born else said.born_text or MISSING,
            said.upn or MISSING,
            label(("Received", "done") if row.stage != "held" else words.ROW_STAGES["held"]),
            row.faults,  # type: ignore[attr-defined]  # counted by the query
        ]
        for row in rows
    ]
    columns = ["Child", "Born", "UPN", "Stage", Column("To put right", is_numeric=True)]
    return Table("Records you sent", columns, lines, empty="No record to show.")


def problem_table(problems: Iterable[Problem], *, names: bool) -> Table:
    """Return what the school should put right; without `names` only where, not about whom."""
    lines = [
        [
            _whose(problem, names),
            label(words.SEVERITIES[problem.severity]),
            problem.message if names or problem.row is None else f"Rule {problem.rule}",
            format_html("<code>{}</code>", problem.path),
        ]
        for problem in problems
    ]
    return Table(
        "What the school should put right",
        ["Record", "How bad", "What is wrong and what to do", "Where in the file"],
        lines,
        empty="Nothing is wrong with this file.",
    )


def _whose(problem: Problem, names: bool) -> str:
    if problem.row is None:
        return "The whole file"
    name = f": {_name(records.from_kept(problem.row.said))}" if names else ""
    return f"Record {problem.row.number}{name}"


def waiting_table(rows: Iterable[Row], which: str) -> Table:
    """Return records that wait, with where to settle each."""
    lines = []
    for row in rows:
        said = records.from_kept(row.said)
        sender = row.transfer.sender.name if row.transfer.sender else row.transfer.sender_text
        lines.append(
            [
                link(_where_to_settle(row, which), _name(said)),
                sender or "Not known",
                words.KINDS.get(row.transfer.kind, "Not known"),
                moment(row.transfer.received_at),
                row.because if which == "unsure" else row.effect_words,
            ]
        )
    empty = {
        "unsure": "No record waits for someone to say who it is about.",
        "claims": "Nothing that schools say waits to be confirmed.",
        "held": "Every record could be used.",
    }[which]
    return Table(
        "Waiting", ["Child", "From", "Kind of file", "Received", "Why it waits"], lines, empty=empty
    )


def _where_to_settle(row: Row, which: str) -> str:
    route = {"unsure": "intake:settle", "claims": "intake:confirm", "held": "intake:record"}[which]
    return reverse(route, args=[row.transfer.ref, row.number])


def record_page(row: Row, user: User) -> dict[str, Any]:
    """Return everything one record said and did, for its page."""
    said = records.from_kept(row.said)
    may_see_address = access.scope(user, Permission.ADDRESS_VIEW) == access.Scope.ALL
    return {
        "row": row,
        "name": _name(said),
        "facts": list(_facts(said, with_home=may_see_address)),
        "schools": _spells(said),
        "unmapped": Table(
            "What Onroll has no place for",
            ["Element", "What it says"],
            [[path, text] for path, text in said.unmapped],
            empty="Everything in the record was understood.",
        ),
        "status": words.EFFECTS.get(row.effect, words.ROW_STAGES[row.stage]),
        "kind": words.KINDS.get(row.transfer.kind, "Not known"),
    }


def _facts(said: PupilRecord, *, with_home: bool) -> Iterable[tuple[str, str]]:
    yield "Legal name", f"{said.forename} {said.middle_names} {said.surname}".replace("  ", " ")
    yield "Chosen name", f"{said.chosen_forename} {said.chosen_surname}".strip() or MISSING
    yield "Former surname", said.former_surname or MISSING
    yield "Date of birth", day(said.born) if said.born else said.born_text or MISSING
    yield "Sex", words.SEXES.get(said.sex, said.sex or MISSING)
    yield "Pupil number (UPN)", said.upn or MISSING
    yield "Former UPN", said.former_upn or MISSING
    yield "Year group", said.year_group or MISSING
    if not with_home:
        return
    for address in said.addresses:
        since = f" (from {day(address.starts_on)})" if address.starts_on else ""
        parts = (*address.lines, address.town, address.postcode, address.country)
        yield f"Address{since}", ", ".join(part for part in parts if part) or MISSING
    for contact in said.contacts:
        numbers = ", ".join(phone.number for phone in contact.phones)
        name = f"{contact.title} {contact.forename} {contact.surname}".strip()
        yield "Contact", f"{name}: {numbers}" if numbers else name


def _spells(said: PupilRecord) -> Table:
    lines = [
        [
            spell.name or spell.number or "Not named",
            day(spell.entry_on),
            day(spell.leaving_on),
            _reason(spell.leaving_reason),
            _ground(spell.removal_grounds, spell.leaving_on),
        ]
        for spell in said.schools
    ]
    columns = ["School", "Joined", "Left", "Reason", "Ground as it came"]
    return Table("Schools in the record", columns, lines, empty="The record names no school.")


def _reason(code: str) -> str:
    known = LEAVING_REASONS.get(code.upper())
    return f"{known.title} ({code})" if known else code or MISSING


def _ground(letter: str, left_on: date | None) -> str:
    if not letter:
        return MISSING
    readings = ground_readings(letter, "", left_on)
    return f"{letter}: " + " or ".join(reading.label for reading in readings)


@dataclass(frozen=True)
class Line:
    """One field of two records: what the file says, what each known child has, and the verdict."""

    title: str
    said: str
    known: tuple[tuple[str, tuple[str, str]], ...]


def side_by_side(row: Row, candidates: Sequence[Shown]) -> dict[str, Any]:
    """Return the record beside each child it may be, field by field, differences marked."""
    said = records.from_kept(row.said)
    theirs = [_known(shown.child) for shown in candidates]
    verdicts = [{field: verdict for field, verdict, _ in shown.reasons} for shown in candidates]
    lines = [
        Line(
            words.FIELDS[field],
            ours,
            tuple(
                (known[field], words.VERDICTS[found.get(field, "missing")])
                for known, found in zip(theirs, verdicts, strict=True)
            ),
        )
        for field, ours in _said(said).items()
    ]
    return {
        "lines": lines,
        "candidates": candidates,
        "name": _name(said),
        "spells": _spells(said),
        "reasons": [[_worded(reason) for reason in shown.reasons] for shown in candidates],
        "places": [_places(shown.child) for shown in candidates],
    }


def _worded(reason: tuple[str, str, str]) -> tuple[str, tuple[str, str], str]:
    field, verdict, sentence = reason
    return words.FIELDS[field], words.VERDICTS[verdict], sentence


def _said(said: PupilRecord) -> dict[str, str]:
    return {
        "forename": _two(said.forename, said.chosen_forename),
        "surname": _two(said.surname, said.chosen_surname, said.former_surname),
        "born": day(said.born) if said.born else said.born_text or MISSING,
        "sex": words.SEXES.get(said.sex, MISSING),
        "upn": _two(said.upn, said.former_upn),
        "uln": said.uln or MISSING,
        "postcode": _two(*(a.postcode for a in said.addresses)),
    }


def _known(child: Child) -> dict[str, str]:
    numbers = [(number.kind, number.value) for number in child.identifiers.all()]
    others = list(child.names.all())
    postcodes = (
        []
        if child.is_protected
        else [a.postcode for a in child.addresses.all() if not a.is_protected]
    )
    return {
        "forename": _two(child.forename, child.chosen_forename, *(n.forename for n in others)),
        "surname": _two(child.surname, child.chosen_surname, *(n.surname for n in others)),
        "born": day(child.born_on),
        "sex": words.SEXES.get(child.sex, MISSING),
        "upn": _two(*(value for kind, value in numbers if "upn" in kind)),
        "uln": _two(*(value for kind, value in numbers if kind == "uln")),
        "postcode": _two(*postcodes),
    }


def _two(*said: str) -> str:
    return ", also ".join(dict.fromkeys(text for text in said if text)) or MISSING


def _places(child: Child) -> list[str]:
    return [
        f"{place.title}: {day(place.from_on)} to {day(place.to_on) if place.to_on else 'now'}"
        for place in child.places.all()
    ]


def candidate_choices(candidates: Sequence[Shown]) -> list[tuple[str, str]]:
    """Return the answers a person can give, in the order the columns stand."""
    return [
        (str(n), Choice(f"Child {n + 1}: {shown.child.name}", f"Born {day(shown.child.born_on)}"))
        for n, shown in enumerate(candidates)
    ]
