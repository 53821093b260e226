"""Link two lists: which child of the first may be which of the second."""

import csv
import io
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

from onroll.formats.sheets import SheetRow
from onroll.matching import Kind, ListLink, link_command
from onroll.tables import day_of

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
"""The linker's name for each field of a list."""
_AS_WRITTEN = ("nhs_number", "adult_forename", "adult_surname")
ROW = "row "
"""The linker's name for the row number: lists need no ids, and their own may repeat."""
_TIMES = {"entry_on": "from", "leaving_on": "to"}


def link_rows(
    old: Sequence[SheetRow],
    new: Sequence[SheetRow],
    *,
    with_times: bool = False,
    say: Path | None = None,
    called: tuple[str, str] = ("old.csv", "new.csv"),
) -> list[ListLink]:
    """Return the linker's answer for each row of the first list, by row number.

    Dates at a school are evidence if leavers should meet joiners; on two rolls of one school they
    are the same and prove nothing. Bad values are printed on stderr or written to `say`, with the
    two files under the names in `called`.
    """
    if not old or not new:
        return []
    with tempfile.TemporaryDirectory() as folder:
        left, right = (Path(folder, side, name) for side, name in zip("12", called, strict=True))
        out = Path(folder, "links.csv")
        _write_for_linker(left, old, with_times)
        _write_for_linker(right, new, with_times)
        link_args = Namespace(left=str(left), right=str(right), out=out, problems=say, json=True)
        link_args.household, link_args.engine = None, "duckdb"
        with redirect_stdout(io.StringIO()):
            code = link_command(link_args)
        if code:
            raise OSError("the lists could not be linked; the lines above say why.")
        with out.open(encoding="utf-8", newline="") as file:
            return [
                ListLink(
                    old=row["left_id"].removeprefix(ROW),
                    answer=Kind(row["answer"]),
                    new=row["right_id"].removeprefix(ROW),
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
            values = {name: row.unmapped.get(name, "") for name in _AS_WRITTEN}
            for field, column in names.items():
                values[column] = values.get(column) or row.values.get(field, "")
            writer.writerow({**values, "id": f"{ROW}{row.number}", "dob": _born(row)})


def _born(row: SheetRow) -> str:
    born = day_of(row.values.get("born", ""))
    return born.isoformat() if born else row.values.get("born", "")
