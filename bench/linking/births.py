"""Make the table of forenames from the yearly files of the Office for National Statistics.

`python -m bench.linking.births FOLDER`, where FOLDER has "Baby names in England and Wales" of each
year since 1996, girls and boys, as published (XLS or XLSX, the year and the sex in its name).
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from onroll.matching.frequencies.england import COLUMNS, LAST_BEFORE
from onroll.matching.names.folding import compact

FEWEST_ROWS = 3_000
"""The sheet of all names has so many; the others have the first hundred."""
FEWEST_BEARERS = 50
TABLE = Path("onroll/matching/frequencies/tables/forenames.csv")


def main(folder: Path) -> None:
    """Write the table, most common names first."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in COLUMNS}
    for path in sorted(folder.glob("*.xls*")):
        sex, year = re.search("girls|boys", path.name), re.search(r"(?:19|20)\d\d", path.name)
        if sex and year:
            column = f"{sex.group()}_{'before' if int(year.group()) <= LAST_BEFORE else 'since'}"
            for name, bearers in _named(path):
                counts[column][compact(name)] += bearers
    total = sum(counts.values(), Counter())
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", *COLUMNS))
        writer.writerow(("", *(sum(counts[column].values()) for column in COLUMNS)))
        for name, bearers in sorted(total.items(), key=lambda pair: (-pair[1], pair[0])):
            if bearers >= FEWEST_BEARERS:
                writer.writerow((name, *(counts[column][name] for column in COLUMNS)))


def _named(path: Path) -> Iterator[tuple[str, int]]:
    book = CalamineWorkbook.from_path(path)
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    rows = next((sheet for sheet in sheets if len(sheet) >= FEWEST_ROWS), [])
    for row in rows:
        for rank, name, bearers in zip(row, row[1:], row[2:], strict=False):
            if isinstance(rank, float) and isinstance(name, str) and isinstance(bearers, float):
                yield name.strip(), int(bearers)
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]))
