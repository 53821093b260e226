"""docs/referral-pathway.md: the questions of the front door, drawn and listed from the rules."""

from collections.abc import Collection, Iterator

from onroll.rules.clocks import CLOCKS
from onroll.rules.front_door import ASKERS, DOORS, Asker, Question, with_names
from onroll.rules.policy_file import HARROW
from onroll.rules.referral import Action, End, Route

HEAD = """# Where do I start?

Written from `onroll/rules/referral.py`, `circumstances.py` and `front_door.py` by `make docs`; a
test fails when it drifts. The pages under `/start/` are made from the same tables. Names and
numbers are those of Harrow's policy.
"""
ROUTES = {
    Route.MASH_URGENT: "the hub, now",
    Route.MASH: "the hub",
    Route.SOCIAL_WORKER: "the social worker",
    Route.HOME_EDUCATION: "home education",
    Route.HOME_AUTHORITY: "the council where the child lives",
    Route.ATTENDANCE: "the attendance process",
    Route.NEW_SCHOOL: "the new school",
    Route.LEAD_OFFICER: "the lead officer",
    Route.NOBODY: "no referral now",
}


def render() -> str:
    """Return the whole page in Markdown."""
    return "\n".join((HEAD, *(part for asker in Asker for part in _of(asker))))


def _of(asker: Asker) -> Iterator[str]:
    questions = DOORS[asker].values()
    yield f"## {ASKERS[asker]}\n"
    yield "\n".join(("```mermaid", "flowchart TD", *_drawn(questions), "```\n"))
    for number, question in enumerate(questions, 1):
        yield f"### {number}. {with_names(question.words, HARROW)}\n\n{question.source}\n"
        yield "\n".join(_answers(question, [q.code for q in questions])) + "\n"


def _drawn(questions: Collection[Question]) -> Iterator[str]:
    """Yield the lines of a drawing; answers that lead to one place share an arrow."""
    for question in questions:
        yield f'    {question.code}["{with_names(question.words, HARROW)}"]'
        for leads, words in _arrows(question).items():
            yield f"    {question.code} -->|{', '.join(words)}| {leads}"


def _arrows(question: Question) -> dict[str, list[str]]:
    arrows: dict[str, list[str]] = {}
    for answer in question.answers:
        leads = answer.leads
        if isinstance(leads, End):
            leads = f'{question.code}_{leads.route}(["{ROUTES[leads.route]}"])'
        arrows.setdefault(leads, []).append(answer.words)
    return arrows


def _answers(question: Question, codes: list[str]) -> Iterator[str]:
    """Yield what each answer leads to."""
    for answer in question.answers:
        if isinstance(answer.leads, str):
            yield f"- **{answer.words}**: go to question {codes.index(answer.leads) + 1}."
            continue
        yield f"- **{answer.words}**: {ROUTES[answer.leads.route]}."
        yield from (f"  {n}. {_action(a)}" for n, a in enumerate(answer.leads.actions, 1))


def _action(action: Action) -> str:
    by = CLOCKS[action.clock].title if action.clock else action.by
    when = f" *{by}.*" if by else ""
    return f"{with_names(action.words, HARROW)}{when} ({action.source})"
