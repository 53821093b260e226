"""The enquiries of a case and of an officer's own cases, among very many."""

from bench import server
from bench.figures import Figure

ABOUT = f"""\
A made-up register as for the other pages, but of 40,000 children, with nine enquiries on each case,
at every stage and with their entries and clocks; four fifths of the cases are the officer's own.
Her pages are asked for and counted as the others, at 100, at 1,000 and at 10,000 cases. The
baseline is `/health/`, asked for in turn with each page.

{server.ABOUT}"""


def run(*, quick: bool) -> list[Figure]:
    """Build the register in steps and ask for the pages of its enquiries."""
    with server.running() as running:
        from bench.asking_enquiries import measure  # needs Django set up

        children, most = (4_000, 1_000) if quick else (40_000, 10_000)
        return measure(running, children=children, most_cases=most, rounds=10 if quick else 40)
