"""The pages that an officer and a manager begin their day with, among very many cases."""

from bench import server
from bench.figures import Figure

ABOUT = f"""\
A made-up register as for the other pages, of 40,000 children; the cases are shared out among twenty
officers, and each fiftieth has nobody. The pages of a lead officer's day, and the manager's page,
are asked for and counted as the others, at 100, at 1,000 and at 10,000 cases. The baseline is
`/health/`, asked for in turn with each page.

{server.ABOUT}"""


def run(*, quick: bool) -> list[Figure]:
    """Build the register in steps and ask for the pages of a day."""
    with server.running() as running:
        from bench.asking_day import measure  # needs Django set up

        children, most = (4_000, 1_000) if quick else (40_000, 10_000)
        return measure(running, children=children, most_cases=most, rounds=10 if quick else 40)
