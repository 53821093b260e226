"""The report of an audit as a tagged PDF. It names no child: it has references only."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from onroll.case_audits.models import CaseAudit, SampleCase
from onroll.case_audits.queries import figures_of
from onroll.cases.models import ActionPoint
from onroll.cases.words import initials
from onroll.govuk.document import Document, Section, moment, set_pdf
from onroll.govuk.fields import in_words
from onroll.rules.case_audits import ANSWERS, unnamed
from onroll.schools.queries import our_policy

CONFIDENTIAL = "Confidential: it is about children"


def report_of(audit: CaseAudit, cases: Sequence[SampleCase], *, made_at: datetime) -> bytes:
    """Return the report: how the sample was drawn, the figures, and each case with its form.

    `cases` have their actions read.
    """
    policy = our_policy()
    sections = [*_figures(audit), *(_case(row) for row in cases)]
    return set_pdf(
        Document(f"Case audit {audit.ref}", _lines(audit, len(cases), made_at), sections),
        authority=policy.authority_name,
        colour=policy.colour,
        confidential=CONFIDENTIAL,
        made_at=made_at,
    )


def _lines(audit: CaseAudit, number: int, made_at: datetime) -> tuple[str, ...]:
    ended = f" Ended by {audit.ended_by.name}, {moment(audit.ended_at)}." if audit.ended_by else ""
    return (
        f"Started by {audit.by.name}, {moment(audit.at)}.{ended}",
        f"There were {len(audit.references)} to choose from: {audit.pool_words}.",
        f"Seed {audit.seed_words} drew {len(audit.drawn)}; {number} are in this report.",
        f"Made in Onroll, {moment(made_at)}.",
    )


def _figures(audit: CaseAudit) -> Iterator[Section]:
    figures = figures_of(audit)
    grades = [[words, str(number)] for words, number in figures.grades]
    left = f"Left out, with a reason: {figures.left_out}."
    yield Section("Grades", (left,), ("Grade", "Cases"), grades)
    rows = [[title, *map(str, counts), share] for title, counts, share in figures.questions]
    yield Section("Questions", (), ("Question", *ANSWERS.values(), "Share met"), rows)


def _case(row: SampleCase) -> Section:
    child = row.case.child

    def plain(text: str) -> str:
        return unnamed(text, child.name, initials(child))

    heading = f"Case {row.case.ref}"
    if row.left_out_at is not None:
        return Section(heading, (f"Left out: {plain(row.left_out_why)}",))
    good = [f"What was good: {plain(row.good)}"] if row.good else []
    asked = [plain(_to_do(action)) for action in row.actions]
    return Section(
        heading,
        (f"Grade: {row.grade_words}.", *good, *asked),
        ("Question", "Answer", "Remark"),
        [(title, answer, plain(remark)) for title, answer, remark in row.lines],
    )


def _to_do(action: ActionPoint) -> str:
    """Return what is to be done, by whom and by when, and what came of it."""
    end = "Given up" if action.is_given_up else "Done"
    ended = f" {end} {in_words(action.done_on)}: {action.result}" if action.done_on else ""
    return f"To do: {action.words} ({action.person}, by {in_words(action.due_on)}).{ended}"
