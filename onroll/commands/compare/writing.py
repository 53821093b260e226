"""Write the findings as CSV, and count them."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from onroll.commands.compare.rows import Rows
from onroll.matching import Finding, FindingKind
from onroll.tables.formulas import harmless

COLUMNS = (
    "finding", "is_sure", "id", "row", "upn", "forename", "surname", "dob", "sex", "school",
    "year_group", "of_school_age", "evidence", "other_rows", "probability", "reasons",
)  # fmt: skip


def write(path: Path, findings: Sequence[Finding]) -> None:
    """Write the findings to a CSV file, one a row."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_line(finding) for finding in findings)


_YES = {True: "yes", False: "no", None: "unknown"}


def _line(finding: Finding) -> tuple[str, ...]:
    child = finding.entry
    return tuple(
        harmless(text)
        for text in (
            *(finding.found.value, _YES[finding.is_sure], child.id, child.key, child.upn),
            *(child.forename, child.surname, child.born, child.sex, child.school),
            *(child.year_now, _YES[child.is_of_age], finding.evidence),
            " ".join(entry.key for entry in finding.others),
            f"{finding.probability:.6f}" if finding.others and finding.probability else "",
            finding.reasons,
        )
    )


def totals_of(old: Rows, new: Rows, findings: Sequence[Finding]) -> dict[str, int]:
    counts = Counter(finding.found for finding in findings)
    unsure = sum(not finding.is_sure for finding in findings)
    of_age = sum(
        finding.found in _NOBODY and finding.entry.is_of_age is not False for finding in findings
    )
    kinds = {kind.value: counts[kind] for kind in FindingKind}
    return {
        "old": len(old.children),
        "new": len(new.children),
        **kinds,
        "unsure": unsure,
        "nobody_of_age": of_age,
    }


_NOBODY = (FindingKind.VANISHED, FindingKind.NEVER_ARRIVED, FindingKind.ON_NONE)


def sentence(totals: dict[str, int], out: Path) -> str:
    return (
        f"{totals['old']} children looked for among {totals['new']}: {totals['vanished']} vanished,"
        f" {totals['never_arrived']} never arrived, {totals['on_none']} on no list,"
        f" {totals['arrived']} arrived, {totals['on_two']} on two rolls; a person must look at"
        f" {totals['unsure']}. {totals['nobody_of_age']} without a place are or may be of school"
        f" age. Written to {out}."
    )
