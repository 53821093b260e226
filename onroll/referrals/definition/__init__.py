"""What a referral asks, of whom and on which page: the one table from which every form is made.

To ask something more: a `Question` in the module of its subject. The forms, the page of answers,
the hub's page and `docs/referral-form.md` follow.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from onroll.referrals.definition.child import CHILD, HOME
from onroll.referrals.definition.family import ADULTS, SIBLINGS
from onroll.referrals.definition.kinds import Depth, Omission, Question, QuestionPage
from onroll.referrals.definition.risk import (
    EXPLOITATION,
    GROUPS,
    RISK,
    RISK_PAGES,
    TALK,
)
from onroll.referrals.definition.school import ABROAD, SCHOOL_PAGE
from onroll.referrals.definition.sender import CAME, ENQUIRIES, YOU
from onroll.referrals.definition.worry import SERVICES, WHY

QUESTIONS: dict[str, Question] = {
    question.code: question
    for question in (
        *(*CAME, *CHILD, *HOME, *ADULTS, *SIBLINGS, *SCHOOL_PAGE, *WHY, *SERVICES, *RISK, *TALK),
        *(*EXPLOITATION, *GROUPS, *ENQUIRIES, *ABROAD, *YOU),
    )
}
IF_KNOWN = "Leave out what you do not know."
IF_OPTIONAL = gettext_noop("Where it says “optional”, leave out what you do not know.")
"""The same above questions of which some need an answer."""

PAGES: dict[str, QuestionPage] = {
    page.slug: page
    for page in (
        QuestionPage(
            slug="came", title="How it came", lead="Then type in what it says. Attach it later."
        ),
        QuestionPage(
            slug="worry",
            title="Why you refer the child",
            plain_title="Your worry",
            hub_title="Why the child is referred",
        ),
        QuestionPage(
            slug="child",
            title="Which child is it?",
            plain_title="Which child are you worried about?",
            lead=IF_OPTIONAL,
            plain_lead=IF_KNOWN,
        ),
        QuestionPage(slug="home", title="Where the child lives", lead=IF_KNOWN),
        QuestionPage(slug="adults", title="Parents, carers and contacts", noun="Adult"),
        QuestionPage(
            slug="siblings",
            title="Brothers and sisters",
            lead="Leave this empty if there are none, or you know of none.",
            noun="Brother or sister",
        ),
        QuestionPage(slug="school", title="School", lead=IF_OPTIONAL, omission=Omission.BY_TITLE),
        QuestionPage(slug="known", title="Who works with the family", omission=Omission.BY_TITLE),
        *RISK_PAGES,
        QuestionPage(
            slug="talk",
            title="The talk about the risk",
            lead="You answered yes, or were not sure, at least once.",
            omission=Omission.BY_RISK,
        ),
        QuestionPage(
            slug="exploitation",
            title="The talk about sexual exploitation",
            omission=Omission.BY_RISK,
        ),
        QuestionPage(slug="groups", title="Children at particular risk"),
        QuestionPage(
            slug="enquiries",
            title="What was tried to find the child",
            lead="This is the reasonable enquiry form. Leave it empty if nothing was tried yet.",
            noun="Enquiry",
        ),
        QuestionPage(
            slug="abroad",
            title="Gone abroad",
            omission=Omission.BY_TITLE,
            reasons=frozenset({"abroad"}),
        ),
        QuestionPage(slug="you", title="About you", hub_title="About who refers the child"),
    )
}
"""The pages in the order in which they are asked: danger can be said before anything else."""
LATER = {slug: page.title for slug, page in PAGES.items() if page.omission is Omission.BY_TITLE}
"""The titles of the pages that an urgent referral may go without, beside those on risk."""


def pages_at(depth: Depth) -> list[QuestionPage]:
    """Return the pages on which something is asked at a depth."""
    slugs = {q.page_at(depth) for q in QUESTIONS.values() if depth in q.depths}
    return [page for slug, page in PAGES.items() if slug in slugs]


def owed_pages(
    answers: Mapping[str, Any], depth: Depth, *, without: Collection[str] = ()
) -> dict[str, str]:
    """Return the pages of `LATER` on which something that is needed has no answer yet.

    `without` are the questions that are answered already.
    """
    return {
        slug: title
        for slug, title in LATER.items()
        if (not PAGES[slug].reasons or answers.get("reason") in PAGES[slug].reasons)
        and any(
            depth in q.needed
            and q.code not in without
            and not q.under[0]
            and not answers.get(q.code)
            for q in questions_on(slug, depth)
        )
    }


def title_at(page: str, depth: Depth) -> str:
    """Return the title of a page at a depth."""
    of_page = PAGES[page]
    return of_page.plain_title or of_page.title if depth is Depth.ANYONE else of_page.title


def words_for(depth: Depth) -> Iterator[str]:
    """Return all that a form says at a depth, as it is translated when it is shown."""
    for page in pages_at(depth):
        noun = "" if depth is Depth.ANYONE else page.noun
        yield from filter(None, (title_at(page.slug, depth), page.lead_at(depth), noun))
        for question in questions_on(page.slug, depth):
            yield question.words_at(depth)
            choices = (words for _, words in question.choices_at(depth))
            yield from filter(None, (question.hint_at(depth), question.needs_at(depth), *choices))


def questions_on(page: str, depth: Depth) -> list[Question]:
    """Return the questions of a page at a depth, in their order."""
    of_page = (q for q in QUESTIONS.values() if q.page_at(depth) == page)
    return [question for question in of_page if depth in question.depths]
