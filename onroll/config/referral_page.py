"""`docs/referral-form.md`: every field that councils ask on paper, and at which depth we ask it."""

from collections.abc import Iterator

from onroll.referrals.definition import PAGES, QUESTIONS, pages_at
from onroll.referrals.definition.kinds import DEPTH_TITLES, Depth
from onroll.referrals.definition.practice import FIELDS, SECTIONS, Field

HEAD = """# What a referral asks

Written from `onroll/referrals/definition/` by `make docs`; a test fails when it drifts. Every form
is made from that one table, so a question stands here exactly as it is asked.

The rows are all fields of the referral forms of some twenty councils. **yes** means that it must be
answered, *yes* that it may be left out. A school that has chosen one of its own pupils is not asked
what its files hold: names, birthday, number, address, contacts, days of joining and leaving.
"""


def render() -> str:
    """Return the page."""
    sections = (part for section in SECTIONS for part in _section(section))
    return "\n".join([HEAD, *_pages(), *sections]).rstrip() + "\n"


def _pages() -> Iterator[str]:
    yield "## Pages\n"
    yield f"| Page | {' | '.join(DEPTH_TITLES.values())} |"
    yield f"| --- |{' --- |' * len(Depth)}"
    slugs = {depth: {page.slug for page in pages_at(depth)} for depth in Depth}
    for slug, page in PAGES.items():
        cells = ("yes" if slug in slugs[depth] else "" for depth in Depth)
        yield f"| {page.title} | {' | '.join(cells)} |"
    yield ""


def _section(section: str) -> Iterator[str]:
    yield f"## {section}. {SECTIONS[section]}\n"
    yield f"| Field | Question | {' | '.join(DEPTH_TITLES.values())} |"
    yield f"| --- | --- |{' --- |' * len(Depth)}"
    for field in FIELDS:
        if field.section == section:
            yield _row(field)
    yield ""


def _row(field: Field) -> str:
    if field.why_not:
        return f"| {field.words} | not asked: {field.why_not} |{'  |' * len(Depth)}"
    questions = " / ".join(dict.fromkeys(QUESTIONS[code].words for code in field.codes))
    cells = " | ".join(_cell(field, depth) for depth in Depth)
    return f"| {field.words} | {questions} | {cells} |"


def _cell(field: Field, depth: Depth) -> str:
    asked = [QUESTIONS[code] for code in field.codes if depth in QUESTIONS[code].depths]
    if not asked:
        return f"no: {QUESTIONS[field.codes[0]].reason_at(depth)}"
    return "**yes**" if any(depth in question.needed for question in asked) else "*yes*"
