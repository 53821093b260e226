"""The answers as a file: a row for each left record, by id; for `unsure` a row for each candidate.

Columns: `left_id, answer (same|new|unsure), right_id, probability, weight, margin, reasons`.
"""

from pathlib import Path

import duckdb
import numpy as np

from onroll.matching.assignment.decisions import ANSWER_KINDS
from onroll.matching.comparison.wording import vector_in_words
from onroll.matching.files.reading import ReadList
from onroll.matching.lists.linking import LinkedLists
from onroll.matching.model import LEVELS
from onroll.matching.records.arrays import Ints
from onroll.matching.scoring.namesakes import namesakes
from onroll.tables.formulas import harmless_sql

COLUMNS = ("left_id", "answer", "right_id", "probability", "weight", "margin", "reasons")
NOBODY = "Nobody on the list is near enough."
EXPECTED = "about %.2g other children of England are to be expected who agree as well"
FEW = 0.005
SAID_IF = 1.0
"""What others took from a candidate is told when it is more than this, in powers of two."""


def write(path: Path, left: ReadList, right: ReadList, linked: LinkedLists) -> None:
    """Write the answers; any earlier file of the name is replaced."""
    connection, answered = left.connection, linked.answered
    candidates_shown = answered.shown
    pairs = linked.weighed.pairs.take(candidates_shown)
    codes, words = _reasons(linked, candidates_shown)
    candidates = {
        "left_row": left.rows[pairs.left],
        "right_row": right.rows[pairs.right],
        "n": np.arange(len(candidates_shown)),
        "probability": answered.probability[candidates_shown],
        "weight": linked.contest.standing[candidates_shown],
        "margin": answered.margin[candidates_shown],
        "lost": linked.contest.lost_to_children[candidates_shown],
        "expected": namesakes(linked.weighed.compared, linked.weighed.scored.expected)[
            candidates_shown
        ],
        "code": codes,
    }
    answers = {"row": left.rows, "kind": answered.kinds, "place": np.arange(len(left))}
    kinds = {
        "kind": np.arange(len(ANSWER_KINDS)),
        "answer": np.array([k.value for k in ANSWER_KINDS], object),
    }
    reason_words = {"code": np.arange(len(words)), "words": np.array(words, object)}
    for name, table in (("candidates", candidates), ("answers", answers), ("kinds", kinds),
                        ("said", reason_words)):  # fmt: skip
        connection.register(name, table)
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"copy ({_rows(left.table, right.table)}) to '{quoted}' (header)")
    except duckdb.IOException as error:
        raise OSError(f"{path} cannot be written: {_why(error)}.") from error


def _why(error: duckdb.Error) -> str:
    first_line = str(error).splitlines()[0]
    return (
        "no space is left on the disk" if "No space left" in first_line else first_line.rstrip(".")
    )


def _rows(left: str, right: str) -> str:
    return f"""
        select {harmless_sql("l.id")} as left_id, k.answer, {harmless_sql("r.id")} as right_id,
            printf('%.6f', c.probability) as probability,
            printf('%.3f', c.weight) as weight,
            case when isfinite(c.margin) then printf('%.3f', c.margin) end as margin,
            coalesce(s.words || case when c.lost > {SAID_IF} then
                printf('; another child could explain this record: -%.1f', c.lost)
                else '' end || case when c.expected >= {FEW} then
                printf('; {EXPECTED}', c.expected) else '' end, '{NOBODY}') as reasons
        from {left} l join answers a on a.row = l.row join kinds k on k.kind = a.kind
        left join candidates c on c.left_row = l.row
        left join {right} r on r.row = c.right_row left join said s on s.code = c.code
        order by l.id, a.place, c.n
    """


def _reasons(linked: LinkedLists, candidates_shown: Ints) -> tuple[Ints, list[str]]:
    """Return for each candidate the number of its reasons, and the reasons, each once."""
    code, sizes = (
        np.zeros(len(candidates_shown), np.int64),
        [len(levels) for levels in LEVELS.values()],
    )
    for name, size in zip(LEVELS, sizes, strict=True):
        code = code * size + getattr(linked.weighed.compared, name)[candidates_shown]
    distinct, places = np.unique(code, return_inverse=True)
    words = [vector_in_words(_levels(int(value), sizes)) for value in distinct]
    return places, words


def _levels(code: int, sizes: list[int]) -> tuple[int, ...]:
    levels = []
    for size in reversed(sizes):
        code, level = divmod(code, size)
        levels.append(level)
    return tuple(reversed(levels))
