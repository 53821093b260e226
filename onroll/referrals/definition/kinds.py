"""What a question of a referral is: whom it is asked of, on which page, and what answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Choices = tuple[tuple[str, str], ...]


class Depth(StrEnum):
    """Who refers, and so how much is asked."""

    ANYONE = "anyone"
    PROFESSIONAL = "professional"
    SCHOOL = "school"
    OFFICER = "officer"
    """An officer who types in what came by telephone, letter or e-mail."""


DEPTH_TITLES = {
    Depth.ANYONE: "Anyone",
    Depth.PROFESSIONAL: "Professional",
    Depth.SCHOOL: "School",
    Depth.OFFICER: "Officer, for somebody else",
}


FORM_WORDS = {
    Depth.ANYONE: "Sent with the short form, which anyone may fill in",
    Depth.PROFESSIONAL: "Sent with the form for people who work with children",
    Depth.SCHOOL: "Sent with the form for schools",
    Depth.OFFICER: "Typed in by an officer for somebody else",
}
"""How a referral came, by the form that it came with."""


class Kind(StrEnum):
    """What answers a question."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    AGE = "age"
    RADIOS = "radios"
    """One of a few choices."""
    PICK = "pick"
    """One of many choices."""
    SEVERAL = "several"


ALL = frozenset(Depth)
LONG = frozenset({Depth.PROFESSIONAL, Depth.SCHOOL, Depth.OFFICER})
"""The depths of the long forms."""
ASSESSED = frozenset({Depth.PROFESSIONAL, Depth.SCHOOL})
"""Who is asked to assess the risk (policy p.15)."""
PROFESSIONAL, SCHOOL, OFFICER, ANYONE = (
    frozenset({depth}) for depth in (Depth.PROFESSIONAL, Depth.SCHOOL, Depth.OFFICER, Depth.ANYONE)
)
NOBODY: frozenset[Depth] = frozenset()

YES_NO: Choices = (("yes", "Yes"), ("no", "No"))
NOT_SURE: Choices = (*YES_NO, ("not_sure", "I am not sure"))
NOT_KNOWN: Choices = (*YES_NO, ("not_known", "I do not know"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `words` and `hint` stand on the page; `plain` has both for anyone.

    `own` are its words where who refers fills it in, and no officer does it for them.
    `under` is the question and its answer under which this one is shown, where both are asked.
    `policy` names the words of the policy that open beside it (`rules.policy_words`).
    `depths` are those at which it is asked; `why_not` says of another why it is not.
    """

    code: str
    page: str
    words: str
    kind: Kind = Kind.LINE
    depths: frozenset[Depth] = LONG
    needed: frozenset[Depth] = NOBODY
    may_follow: bool = False
    """Whether something urgent is sent without it, where its page is asked then (policy p.16)."""
    hint: str = ""
    plain: tuple[str, str] = ("", "")
    own: str = ""
    pages: Mapping[Depth, str] = field(default_factory=dict)
    """The page at a depth where it is another one."""
    choices: Choices = ()
    plain_choices: Choices = ()
    under: tuple[str, str] = ("", "")
    most: int = 200
    rows: int = 0
    needs: str = ""
    """What is said where no answer was given."""
    plain_needs: str = ""
    """The same, to anyone."""
    policy: str = ""
    why_not: Mapping[Depth, str] = field(default_factory=dict)

    def page_at(self, depth: Depth) -> str:
        """Return the page on which it is asked at a depth."""
        return self.pages.get(depth, self.page)

    def words_at(self, depth: Depth) -> str:
        """Return its words at a depth."""
        if depth is Depth.ANYONE:
            return self.plain[0] or self.words
        return self.words if depth is Depth.OFFICER else self.own or self.words

    def hint_at(self, depth: Depth) -> str:
        """Return its hint at a depth."""
        return self.plain[1] if depth is Depth.ANYONE else self.hint

    def choices_at(self, depth: Depth) -> Choices:
        """Return its answers at a depth."""
        return self.plain_choices or self.choices if depth is Depth.ANYONE else self.choices

    def needs_at(self, depth: Depth) -> str:
        """Return what is said at a depth where no answer was given."""
        return self.plain_needs or self.needs if depth is Depth.ANYONE else self.needs

    def reason_at(self, depth: Depth) -> str:
        """Return why it is not asked at a depth."""
        return self.why_not.get(depth, WHY_NOT.get(depth, ""))


WHY_NOT = {Depth.ANYONE: "a neighbour cannot know it"}
"""Why questions are not asked at a depth, where they do not say."""
AT_WORK = "it is no business of this person’s work"
BY_ACCOUNT = "the account says it"
BY_LETTER = "what came is attached as it came"


class Omission(StrEnum):
    """How it is said that an urgent referral went without a page, which it may."""

    BY_TITLE = "title"
    """The page is named."""
    BY_RISK = "risk"
    """`rules.readiness` says what is owed of it: answers about risk, or a talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A page of questions. `noun` heads each of several things of which all is asked."""

    slug: str
    title: str
    lead: str = ""
    plain_title: str = ""
    plain_lead: str = ""
    hub_title: str = ""
    """The title of its answers, which somebody else reads; empty where that is the same."""
    noun: str = ""
    omission: Omission | None = None
    """Set where an urgent referral may go without it: how it is said that it is owed then."""
    reasons: frozenset[str] = frozenset()
    """The reasons to refer with which it is owed; empty where it is with any."""

    def lead_at(self, depth: Depth) -> str:
        """Return what stands above its questions at a depth."""
        return self.plain_lead if depth is Depth.ANYONE else self.lead
