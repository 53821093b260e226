"""Where do I start: plain questions, one after another, that end in what to do (P11, P14).

A school is asked the pathway and then the circumstances, both from their own tables. A professional
and anyone else are asked only what they can know. Source: policy p.4-5, 7-9, 15-16.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from onroll.rules.circumstances import CIRCUMSTANCES, end_of
from onroll.rules.policy import LocalPolicy
from onroll.rules.referral import (
    ENQUIRY_FORM,
    PATHWAY,
    REFER,
    REFERRED,
    SOCIAL_WORKER,
    Action,
    End,
    Referrer,
    Route,
)


class Asker(StrEnum):
    """Who is worried about a child."""

    ANYONE = "anyone"
    PROFESSIONAL = "professional"
    SCHOOL = "school"


ASKERS = {
    Asker.ANYONE: "A parent, relative, neighbour or anyone else",
    Asker.PROFESSIONAL: "Somebody who works with children or families",
    Asker.SCHOOL: "Somebody who works at a school",
}


@dataclass(frozen=True)
class Answer:
    """One answer to a question: its words, and the next question's code or what to do."""

    code: str
    words: str
    leads: str | End


@dataclass(frozen=True)
class Question:
    """One question with its answers, and the page of the policy that asks it."""

    code: str
    words: str
    source: str
    answers: tuple[Answer, ...]


Door = dict[str, Question]
"""The questions for one asker by code, the first to be asked first."""


def with_names(text: str, policy: LocalPolicy, *, line: str = "") -> str:
    """Return a text with the names and numbers of an authority's policy.

    `line` is who answers for the hub at this moment; the hub itself where nothing else is given.
    """
    return text.format(policy=policy, line=line or policy.mash_name)


def _yes_or_no(
    code: str, words: str, source: str, *, yes: str | End, no: str | End, not_known: str | End
) -> Question:
    answers = (
        Answer("yes", "Yes", yes),
        Answer("no", "No", no),
        Answer("not_known", "I do not know", not_known),
    )
    return Question(code, words, source, answers)


def _pathway() -> Iterator[Question]:
    after = [*(step.code for step in PATHWAY[1:]), "which"]
    for step, next_code in zip(PATHWAY, after, strict=True):
        yes = f"{step.code}_shown" if step.asks else step.end
        not_known = yes if step.is_yes_if_not_known else next_code
        yield _yes_or_no(
            step.code, step.question, "policy p.7", yes=yes, no=next_code, not_known=not_known
        )
        if step.asks:
            yield _proof(f"{step.code}_shown", step.asks, "policy p.7", step.end)


def _proof(code: str, words: str, source: str, end: End) -> Question:
    """Return the question of what makes something true; without a yes it is a referral."""
    return _yes_or_no(code, words, source, yes=end, no=REFERRED, not_known=REFERRED)


def _circumstances() -> Iterator[Question]:
    rows = CIRCUMSTANCES.values()
    answers = [Answer(c.code, c.text, end_of(c) if c.is_taken else c.code) for c in rows]
    none = Answer("none", "None of these", _NONE_OF_THESE)
    yield Question("which", "Which of these is it?", "policy p.8", (*answers, none))
    for circumstance in rows:
        if not circumstance.is_taken:
            yield _proof(circumstance.code, circumstance.asks, "policy p.8", end_of(circumstance))


_TALK = Action("Talk to the safeguarding lead and to your manager.", "policy p.16")
_NONE_OF_THESE = End(
    Route.NOBODY,
    (
        _TALK,
        Action(
            "Refer to the {policy.mash_name} if you believe that the child is missing education.",
            "policy p.8",
        ),
    ),
    own_referrer=Referrer.EVERYBODY,  # it says when to refer all the same
)

_GONE = PATHWAY[0]


def _of_professionals() -> Iterator[Question]:
    refer = End(Route.MASH, (REFER, ENQUIRY_FORM))
    yield _yes_or_no(
        _GONE.code,
        _GONE.question,
        "policy p.4, 7",
        yes=_GONE.end,
        no="known_to_social_care",
        not_known=_GONE.end,
    )
    yield _yes_or_no(
        "known_to_social_care",
        PATHWAY[1].question,
        "policy p.9",
        yes=SOCIAL_WORKER,
        no="school_named",
        not_known="school_named",
    )
    yield _yes_or_no(
        "school_named",
        "Do you know which school the child attends?",
        "policy p.8",
        yes="concern",
        no=refer,
        not_known=refer,
    )
    yield _yes_or_no(
        "concern",
        "Does anything make you think that the child could be missing education?",
        "policy p.8",
        yes=refer,
        no=End(
            Route.NOBODY,
            (
                Action("There is nothing to refer now. Record the school's name.", "policy p.8"),
                Action("Ask again which school it is when you next meet the child.", "policy p.8"),
            ),
        ),
        not_known=refer,
    )


def _of_anyone() -> Iterator[Question]:
    ring = End(
        Route.MASH,
        (
            Action("Ring the {line} and say what worries you.", "policy p.8"),
            Action(
                "Say what you know: a first name, an age, an address, the last school.",
                "policy p.8",
            ),
            Action("Leave out what you do not know. You need not be sure.", "policy p.8"),
        ),
    )
    yield _yes_or_no(
        _GONE.code,
        _GONE.question,
        "policy p.4, 7",
        yes=_OF_DANGER,
        no="own_child",
        not_known=_OF_DANGER,
    )
    yield _yes_or_no(
        "own_child",
        "Is it your own child?",
        "policy p.5",
        yes=_OF_PARENTS,
        no="is_taught",
        not_known="is_taught",
    )
    yield _yes_or_no(
        "is_taught",
        "Do you know that the child goes to school, or is taught at home?",
        "policy p.8",
        yes=End(
            Route.NOBODY,
            (
                Action("There is nothing to report about school.", "policy p.8"),
                Action("If something else worries you, ring the {line}.", "policy p.8"),
            ),
        ),
        no=ring,
        not_known=ring,
    )


_OF_DANGER = End(
    Route.MASH_URGENT,
    (
        Action("Ring 999 if nobody has told the police.", "policy p.4", by="Now"),
        Action("Then ring the {line}.", "policy p.4, 7", by="Now"),
    ),
)
_OF_PARENTS = End(
    Route.LEAD_OFFICER,
    (
        Action(
            "Ring the {policy.cme_name} about a school place or about home education.", "policy p.5"
        ),
        Action("If you mean to teach the child at home, tell the school in writing.", "policy p.5"),
        Action("If you move, tell the school the new address and the new school.", "policy p.5"),
    ),
)


def _door(questions: Iterable[Question]) -> Door:
    return {question.code: question for question in questions}


DOORS: dict[Asker, Door] = {
    Asker.ANYONE: _door(_of_anyone()),
    Asker.PROFESSIONAL: _door(_of_professionals()),
    Asker.SCHOOL: _door((*_pathway(), *_circumstances())),
}


def before(door: Door, code: str) -> Question | None:
    """Return the question whose answer leads to another; None for the first."""
    leading = (q for q in door.values() for answer in q.answers if answer.leads == code)
    return next(leading, None)
