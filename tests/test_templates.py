"""Templates can be read: their lines get no longer."""

from pathlib import Path

TOP = Path(__file__).parents[1]
WIDTH = 120
"""Characters that a line of code or of a template has at the most."""
LONGER = 368
"""So many lines of templates are longer. It may only fall: whoever splits some lowers it."""
SLACK = 15


def test_fewer_and_fewer_lines_of_templates_are_too_long_to_read():
    long = {
        str(path.relative_to(TOP)): number
        for path in (TOP / "onroll").rglob("templates/**/*.html")
        if (number := sum(len(line) > WIDTH for line in path.read_text("utf-8").splitlines()))
    }
    worst = sorted(long.items(), key=lambda file: -file[1])[:10]
    assert sum(long.values()) <= LONGER, worst
    assert sum(long.values()) > LONGER - SLACK, "lower LONGER: it may only fall"
