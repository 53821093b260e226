"""Section I of practice 4.2: the risk assessment, the talks it asks for, and the groups at risk."""

from collections.abc import Iterator

from onroll.referrals.definition.kinds import (
    ASSESSED,
    LONG,
    NOT_SURE,
    Choices,
    Depth,
    Kind,
    Omission,
    Question,
    QuestionPage,
)
from onroll.rules.groups import RISK_GROUPS
from onroll.rules.risk import RISK_QUESTIONS

PER_PAGE = 7
NOT_BY_OFFICER = {Depth.OFFICER: "who referred is asked to assess it"}

RISK_PAGES = tuple(
    QuestionPage(
        slug=f"risk-{number}",
        title=f"Risk to the child, {number} of 3",
        lead="If you are not sure, say so. That is an answer too.",
        omission=Omission.BY_RISK,
    )
    for number in (1, 2, 3)
)


def answer_of(code: str) -> str:
    """Return the code of the question that asks one of the 21."""
    return f"risk_{code}"


def words_of(code: str, answer: str) -> str:
    """Return the code of the question that has words about a yes, a no or a not sure."""
    return f"risk_{code}_{answer}"


def _risk() -> Iterator[Question]:
    for place, risk in enumerate(RISK_QUESTIONS):
        page, code = RISK_PAGES[place // PER_PAGE].slug, answer_of(risk.code)
        yield Question(
            code=code,
            page=page,
            words=risk.text,
            kind=Kind.RADIOS,
            choices=NOT_SURE,
            depths=ASSESSED,
            needed=ASSESSED,
            needs=f"{risk.text} Select an answer",
            policy="exploitation" if risk.code == "sexual_exploitation" else "risk",
            why_not=NOT_BY_OFFICER,
        )
        for answer, words in (
            ("yes", "What do you know?"),
            ("no", "What makes you say so?"),
            ("not_sure", "What makes you unsure?"),
        ):
            yield Question(
                code=words_of(risk.code, answer),
                page=page,
                words=words,
                under=(code, answer),
                depths=ASSESSED,
                most=400,
                why_not=NOT_BY_OFFICER,
            )


RISK = tuple(_risk())

TALK = (
    Question(
        code="talk_lead",
        page="talk",
        words="Safeguarding lead with whom you spoke",
        depths=ASSESSED,
        needed=ASSESSED,
        most=120,
        policy="talk",
        why_not=NOT_BY_OFFICER,
    ),
    Question(
        code="talk_lead_contact",
        page="talk",
        words="Their telephone or email",
        depths=ASSESSED,
        why_not=NOT_BY_OFFICER,
    ),
    Question(
        code="talk_manager",
        page="talk",
        words="Manager or head with whom you spoke",
        depths=ASSESSED,
        needed=ASSESSED,
        most=120,
        why_not=NOT_BY_OFFICER,
    ),
    Question(
        code="talk_on",
        page="talk",
        words="Day on which you spoke",
        kind=Kind.DAY,
        depths=ASSESSED,
        needed=ASSESSED,
        why_not=NOT_BY_OFFICER,
    ),
    Question(
        code="talk_advice",
        page="talk",
        words="What did they advise?",
        kind=Kind.TEXT,
        depths=ASSESSED,
        needed=ASSESSED,
        most=2000,
        rows=3,
        why_not=NOT_BY_OFFICER,
    ),
)
EXPLOITATION = (
    Question(
        code="exploitation_with",
        page="exploitation",
        words="Whom at the hub, or which social worker, did you speak to?",
        depths=ASSESSED,
        needed=ASSESSED,
        policy="exploitation",
        needs="Enter whom you spoke to",
        why_not=NOT_BY_OFFICER,
    ),
    Question(
        code="exploitation_on",
        page="exploitation",
        words="Day on which you spoke about exploitation",
        kind=Kind.DAY,
        depths=ASSESSED,
        needed=ASSESSED,
        why_not=NOT_BY_OFFICER,
    ),
)


def groups_of(basis: str) -> Choices:
    """Return the groups at risk of one basis: national or local."""
    return tuple((g.code, g.name) for g in RISK_GROUPS.values() if g.basis == basis)


def _groups() -> Iterator[Question]:
    for basis, words in (("national", "Groups that England names"), ("local", "Further groups")):
        yield Question(
            code=f"groups_{basis}",
            page="groups",
            words=words,
            hint="Select all that apply.",
            kind=Kind.SEVERAL,
            choices=groups_of(basis),
            policy="groups",
            why_not={Depth.ANYONE: "they tell it in their own words"},
        )
        for code, _ in groups_of(basis):
            yield Question(
                code=f"group_{code}_by",
                page="groups",
                words="Who said so?",
                hint="Leave this empty if you say so yourself.",
                under=(f"groups_{basis}", code),
                depths=LONG,
                most=120,
            )
    yield Question(
        code="groups_on",
        page="groups",
        words="On which day was this said?",
        hint="Leave this empty for today.",
        kind=Kind.DAY,
    )


GROUPS = tuple(_groups())
