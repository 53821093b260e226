"""The register and the pages of a case, among very many children and cases."""

from bench import server
from bench.figures import Figure

ABOUT = f"""\
A made-up register, put straight into the tables, is asked for by a CME officer who is signed in,
through Django's test client: all middleware, the session, the audit trail and the commit are in
the time, the network is not. *Queries* are all of a request, but not the statements that begin and
end its transactions. Every signed-in page makes some: its session read and kept, the person, who is
acting. They are counted at 100, at 1,000 and at 10,000 cases, and must not change. The time is the
median, and in brackets what 19 of 20 requests stay under. The baseline is a bare view of one
query, asked for in turn with each page.

{server.ABOUT}"""


def run(*, quick: bool) -> list[Figure]:
    """Build the register in steps and ask for its pages."""
    with server.running() as running:
        from bench.asking import measure  # needs Django set up

        children, most = (20_000, 2_000) if quick else (250_000, 10_000)
        return measure(running, children=children, most_cases=most, rounds=10 if quick else 40)
