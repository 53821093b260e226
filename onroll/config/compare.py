"""The `onroll compare` command: two lists in, who has nobody out (P04, P05). Needs no database.

Lists are CSV, XLSX as school systems export them, or with the columns of `onroll link`.
Exit codes: 0 done, 1 a file cannot be read, 2 wrongly asked.
"""

import csv
import io
import json
import sys
import tempfile
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

from rich.console import Console

from onroll.arguments import Parser, day
from onroll.config import console
from onroll.config.compare_children import Line, standing_of
from onroll.config.compare_lists import Rows, hold_together
from onroll.formats import Unreadable
from onroll.formats.problems import wrong_words
from onroll.formats.sheets import SheetList, SheetRow, read_list, unknown_statuses
from onroll.formats.standing import Stand, is_second
from onroll.matching import (
    ABSENCE_MEANS,
    SHOWN_PROBLEMS,
    BadValue,
    Finding,
    FindingKind,
    Kind,
    ListEntry,
    ListLink,
    refusal_to_write,
    unwritten,
    write_problems,
)
from onroll.matching import link_command as link
from onroll.rules import age
from onroll.tables import Remark, day_of
from onroll.tables.formulas import harmless

COLUMNS = (
    "finding", "is_sure", "id", "row", "upn", "forename", "surname", "dob", "sex", "school",
    "year_group", "of_school_age", "evidence", "other_rows", "probability", "reasons",
)  # fmt: skip
_NAMES = {
    "upn": "upn",
    "former_upn": "former_upn",
    "uln": "uln",
    "forename": "forename",
    "middle_names": "middle_names",
    "surname": "surname",
    "former_surname": "former_surname",
    "chosen_forename": "chosen_forename",
    "chosen_surname": "chosen_surname",
    "sex": "sex",
    "address": "address",
    "postcode": "postcode",
    "phone": "phone",
    "contact_phone": "phone",
    "email": "email",
    "contact_email": "email",
    "contact_forename": "adult_forename",
    "contact_surname": "adult_surname",
}
"""What the linker calls each field of a list."""
_AS_WRITTEN = ("nhs_number", "adult_forename", "adult_surname")
OLDEST = 25
"""Nobody older is in a list of children: such a birthday was put where nobody knew one."""
_ROW = "row "
"""What a row's number is called in the linker's file: lists need no ids, and theirs may repeat."""
_TIMES = {"entry_on": "from", "leaving_on": "to"}
_WITH_TIMES = ("leavers", "joiners")
"""Lists whose days meet those of a roll."""


def _parser() -> Parser:
    parser = Parser(
        "onroll compare",
        description="Who of one list is on no other? Needs no database.",
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="the children to look for")
    parser.add_argument("new", type=Path, metavar="NEW", help="where they should be")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=tuple(ABSENCE_MEANS),
        default="rolls",
        help="what OLD is (rolls)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FINDINGS.csv")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day of NEW (today)")
    parser.add_argument(
        "--was-on",
        type=day,
        metavar="DATE",
        help="the day of OLD: children who changed school between the days are told apart",
    )
    parser.add_argument("--json", action="store_true", help="the totals for machines")
    parser.add_argument("--problems", type=Path, metavar="FILE", help="write bad values here")
    return parser


def main(argv: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    args = _parser().parse_args(argv)
    complain = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    args.on = args.on or console.today()
    args.was_on = args.was_on or args.on
    refusal = refusal_to_write(args.out, args.problems, (args.old, args.new)) or _wrong_days(args)
    if refusal:
        complain.print(f"onroll compare: {refusal}")
        return 2
    try:
        totals = _compare(args, complain)
    except (Unreadable, OSError) as error:
        complain.print(f"onroll compare: {unwritten(error)}")
        return 1
    if args.json:
        sys.stdout.write(json.dumps(totals) + "\n")
    else:
        Console(highlight=False, soft_wrap=True).print(_sentence(totals, args.out), markup=False)
    return 0


def _wrong_days(args: Namespace) -> str:
    if args.was_on <= args.on:
        return ""
    return (
        f"the day of {args.old.name}, {args.was_on}, is after that of {args.new.name}, {args.on}. "
        "The older list comes first: give its day as --was-on, and the other's as --on."
    )


def _compare(args: Namespace, complain: Console) -> dict[str, int]:
    """Read both lists, write what they show, tell what is wrong with them; return the totals."""
    is_of_rolls = args.kind == "rolls"
    sheets = [_read(path) for path in (args.old, args.new)]
    old, new = (
        Rows([Line(row, _entry(row, args.was_on, args.on), standing_of(row, day))
              for row in sheet.rows])
        for sheet, day in zip(sheets, (args.was_on, args.on), strict=True)
    )  # fmt: skip
    links = linked(
        [line.row for line in old.children],
        [line.row for line in new.maybe_there],
        with_times=args.kind in _WITH_TIMES,
        say=args.problems,
        called=(args.old.name, args.new.name),
    )
    words = _nothing if args.kind == "leavers" else _stay_words
    found = hold_together(old, new, links, kind=args.kind, own_words=words)
    _write(args.out, found)
    told = [
        *(_told(args.old.name, each) for each in sheets[0].remarks),
        *(_told(args.new.name, each) for each in sheets[1].remarks),
        *(_of_stays(args.old.name, old) if is_of_rolls else ()),
        *_of_stays(args.new.name, new),
    ]
    _tell(told, args.problems, complain, goes_on=bool(old.children and new.maybe_there))
    for path, rows in ((args.old, old), (args.new, new)):
        if not rows.lines:
            complain.print(f"{path.name} has nobody on it: below the names of columns is no row.")
    return _totals(old, new, found)


def _told(name: str, remark: Remark) -> BadValue:
    return BadValue(name, "", "row" if remark.row else "", str(remark.row or ""), remark.words)


def _tell(told: Sequence[BadValue], path: Path | None, complain: Console, *, goes_on: bool) -> None:
    """Tell what was seen while the lists were read, where the linker told what it saw."""
    if path is not None:
        write_problems(path, told, goes_on=goes_on)
        return
    for each in told[:SHOWN_PROBLEMS]:
        complain.print(each.in_words())
    if len(told) > SHOWN_PROBLEMS:
        complain.print(f"... and {len(told) - SHOWN_PROBLEMS} more; --problems FILE has them all.")


def _of_stays(name: str, rows: Rows) -> list[BadValue]:
    """Return what of the stays of a list cannot be read, and the statuses that nobody knows."""
    unclear = [
        BadValue(name, f"{_ROW}{line.entry.key}", "", "", f"{line.standing.words}. {_NOBODY_KNOWS}")
        for line in rows.lines
        if line.standing.stand is Stand.UNCLEAR
    ]
    statuses = unknown_statuses((line.row.number, line.row.values) for line in rows.lines)
    return unclear + [
        BadValue(
            name,
            f"{_ROW}{one.facts['first']}",
            "enrolment status",
            str(one.facts["value"]),
            f"not a status Onroll knows (rows: {one.facts['rows']}). It was taken to say nothing.",
        )
        for one in statuses
    ]


_NOBODY_KNOWS = "Nobody can say whether the child is on the roll."


def _read(path: Path) -> SheetList:
    """Read a list that names children. Raises `OSError` for one that names none."""
    try:
        sheet = read_list(path, name=path.name, needed=("surname", "forename"))
    except Unreadable as error:
        told = wrong_words(error.rule, error.facts) if error.rule == _COLUMNS else str(error)
        more = f" {_WHICH_COLUMNS}" if error.rule == _COLUMNS else ""
        raise OSError((told if path.name in told else f"{path.name}: {told}") + more) from error
    if sheet.rows and not any(_names_somebody(row) for row in sheet.rows):
        raise OSError(f"{path.name}: no row has a name in it. {_WHICH_COLUMNS}")
    return sheet


_COLUMNS = "sheet-columns"
_WHICH_COLUMNS = "A list of children names its columns at its top, among them Surname and Forename."


def _names_somebody(row: SheetRow) -> bool:
    return any(row.values.get(field) for field in ("surname", "forename", "upn"))


def linked(
    old: Sequence[SheetRow],
    new: Sequence[SheetRow],
    *,
    with_times: bool = False,
    say: Path | None = None,
    called: tuple[str, str] = ("old.csv", "new.csv"),
) -> list[ListLink]:
    """Return the linker's answer for each row of the first list, by the rows' numbers.

    Days at a school are evidence where a leaving should meet a joining; on two rolls of one school
    they are the same days, and say nothing. Bad values are told on stderr, or written to `say`,
    with the names the two files are `called`.
    """
    if not old or not new:
        return []
    with tempfile.TemporaryDirectory() as folder:
        left, right = (Path(folder, side, name) for side, name in zip("12", called, strict=True))
        out = Path(folder, "links.csv")
        _write_for_linker(left, old, with_times)
        _write_for_linker(right, new, with_times)
        problems = ["--problems", str(say)] if say else []
        with redirect_stdout(io.StringIO()):
            code = link([str(left), str(right), "--out", str(out), "--json", *problems])
        if code:
            raise OSError("the lists could not be linked; the lines above say why.")
        with out.open(encoding="utf-8", newline="") as file:
            return [
                ListLink(
                    old=row["left_id"].removeprefix(_ROW),
                    answer=Kind(row["answer"]),
                    new=row["right_id"].removeprefix(_ROW),
                    probability=float(row["probability"] or 0),
                    reasons=row["reasons"] if row["right_id"] else "",
                )
                for row in csv.DictReader(file)
            ]


def _write_for_linker(path: Path, rows: Sequence[SheetRow], with_times: bool) -> None:
    names = {**_NAMES, **(_TIMES if with_times else {})}
    path.parent.mkdir()
    fields = ["id", "dob", *_AS_WRITTEN, *dict.fromkeys(names.values())]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(fields))
        writer.writeheader()
        for row in rows:
            said = {name: row.unmapped.get(name, "") for name in _AS_WRITTEN}
            for ours, theirs in names.items():
                said[theirs] = said.get(theirs) or row.values.get(ours, "")
            writer.writerow({**said, "id": f"{_ROW}{row.number}", "dob": _born(row)})


def _born(row: SheetRow) -> str:
    born = day_of(row.values.get("born", ""))
    return born.isoformat() if born else row.values.get("born", "")


def _stay_words(line: Line) -> str:
    """Return what a row of an older roll says itself of a child who left, or of one not of it."""
    if line.standing.stand is not Stand.HERE:
        return f" The first list itself says: {line.standing.words}."
    leaving_on = day_of(line.row.values.get("leaving_on", ""))
    return f" The first list gives {leaving_on:%d/%m/%Y} as leaving date." if leaving_on else ""


def _nothing(line: Line) -> str:
    """Return nothing: that a child left, and when, is why a leaver is looked for."""
    return ""


def _entry(row: SheetRow, was_on: date, on: date) -> ListEntry:
    said, born = row.values, day_of(row.values.get("born", ""))
    is_likely = born is not None and born <= on and on.year - born.year <= OLDEST
    number = said.get("la", "") + said.get("estab", "")
    return ListEntry(
        key=str(row.number),
        id=next((row.unmapped[name] for name in ("id", "Id", "ID") if name in row.unmapped), ""),
        forename=said.get("forename", ""),
        surname=said.get("surname", ""),
        born=born.isoformat() if born else said.get("born", ""),
        sex=said.get("sex", "")[:1].upper(),
        upn=said.get("upn", ""),
        school=said.get("school") or number or said.get("urn", ""),
        year_then=age.year_group(born, on=was_on) if born and is_likely else "",
        year_now=age.year_group(born, on=on) if born and is_likely else "",
        is_of_age=age.is_compulsory(born, on=on) if born and is_likely else None,
        school_number=number or said.get("urn", ""),
        is_second=is_second(said.get("enrol_status", "")),
    )


def _write(path: Path, found: Sequence[Finding]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_line(one) for one in found)


_YES = {True: "yes", False: "no", None: "unknown"}


def _line(one: Finding) -> tuple[str, ...]:
    child = one.entry
    return tuple(
        harmless(text)
        for text in (
            *(one.found.value, _YES[one.is_sure], child.id, child.key, child.upn),
            *(child.forename, child.surname, child.born, child.sex, child.school),
            *(child.year_now, _YES[child.is_of_age], one.evidence),
            " ".join(other.key for other in one.others),
            f"{one.probability:.6f}" if one.others and one.probability else "",
            one.reasons,
        )
    )


def _totals(old: Rows, new: Rows, found: Sequence[Finding]) -> dict[str, int]:
    counts = Counter(one.found for one in found)
    unsure = sum(not one.is_sure for one in found)
    of_age = sum(one.found in _NOBODY and one.entry.is_of_age is not False for one in found)
    kinds = {kind.value: counts[kind] for kind in FindingKind}
    return {
        "old": len(old.children),
        "new": len(new.children),
        **kinds,
        "unsure": unsure,
        "nobody_of_age": of_age,
    }


_NOBODY = (FindingKind.VANISHED, FindingKind.NEVER_ARRIVED, FindingKind.ON_NONE)


def _sentence(totals: dict[str, int], out: Path) -> str:
    return (
        f"{totals['old']} children looked for among {totals['new']}: {totals['vanished']} vanished,"
        f" {totals['never_arrived']} never arrived, {totals['on_none']} on no list,"
        f" {totals['arrived']} arrived, {totals['on_two']} on two rolls; a person must look at"
        f" {totals['unsure']}. {totals['nobody_of_age']} without a place are or may be of school"
        f" age. Written to {out}."
    )
