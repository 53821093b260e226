"""The weekly files of a whole borough, from the drop folder to the register."""

from bench import server
from bench.figures import Figure

ABOUT = f"""\
A made-up borough of 60 schools. First its opening lists (schools, terms, everyone's roll) go
through the same pipeline as any file. Then the files of four busy weeks of September, one week
after another: they lie in a folder, `intake.tasks.empty_folder` takes them in, and one worker of
the job queue works until the queue is empty; each record is matched against all children, applied,
and becomes a case where it must. Its clock is set to the Friday the files were sent. The baseline
reads the same files and puts their records into a bare table with PostgreSQL's COPY: no matching,
no history, no audit trail. *Lost* are children who truly vanished, as the made-up truth has it,
and who after some more nights (which find those who never arrived where they were said to go) have
neither a case nor wait for a person.

{server.ABOUT}"""


def run(*, quick: bool) -> list[Figure]:
    """Build the borough and take in its weeks."""
    with server.running() as running:
        from bench.weeks import measure  # needs Django set up

        return measure(running, pupils=4_000 if quick else 38_000, weeks=2 if quick else 4)
