"""`python -m bench.linking.child NOTE COMMAND...`: run a command of Onroll, or the join it is
measured against, and note the processor's seconds and the most memory of this whole process.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from bench.most_memory import most_held

JOIN = "join-by-upn"


def main(argv: Sequence[str]) -> int:
    """Run a command and return its exit code; `argv` is the file for the note, then the command.

    The note is JSON: `processor` in seconds, `held` the most memory, as `most_held` counts it.
    """
    note, *command = argv
    if command[0] == JOIN:
        _join(*command[1:])
        code = 0
    else:
        from onroll.config.command import main as onroll

        code = onroll(command)
    Path(note).write_text(json.dumps({"processor": process_time(), "held": most_held()}), "utf-8")
    return code


def _join(left: str, right: str, out: str) -> None:
    """Write the ids of records with the same pupil number."""
    import duckdb

    duckdb.execute("set enable_progress_bar = false")
    duckdb.execute(
        f"copy (select l.id as left_id, r.id as right_id, 'same' as answer from '{left}' l"
        f" join '{right}' r on l.upn = r.upn where l.upn <> '') to '{out}' (format csv, header)"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
