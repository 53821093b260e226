"""Whether a referral is ready: what is missing, why it matters, and when it may go without (P12).

Source: practice 4.3 (Ealing, Bradford, Gloucestershire, Birmingham: a home visit, sibling schools
and the new authority first, not while the child lives at the address); policy p.8-9, 16. None of
them stops a referral: who sends it says why it cannot wait, and an urgent one goes at once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from onroll.rules import age
from onroll.rules.policy import LocalPolicy


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, in the words that everybody reads, and why it matters."""

    code: str
    missing: str
    why: str
    is_of_school: bool = False
    """Whether only a school owes it."""

    @property
    def is_needed(self) -> bool:
        """Return whether only an urgent referral goes without it, and no other for a reason.

        Policy p.16: the assessment is made and the talk recorded before a referral is sent.
        """
        return self.code in NEEDED or self.code.startswith(PAGE)


GAPS = {
    gap.code: gap
    for gap in (
        Gap(
            "call",
            "The call to the hub about this child",
            "A serious concern is rung first and written afterwards.",
        ),
        Gap(
            "police",
            "Whether the police know that the child is missing",
            "They look for a child whom nobody can find.",
        ),
        Gap(
            "risk",
            "The risk assessment, or a part of it",
            "The hub decides by it how fast to act.",
        ),
        Gap(
            "whereabouts",
            "Whether you know where the child is",
            "The hub acts by it, and would have to ask you.",
        ),
        Gap(
            "talk",
            "The talk with the safeguarding lead and the manager",
            "The policy asks for it wherever you answer yes or are not sure.",
        ),
        Gap(
            "exploitation",
            "The talk with the hub or the social worker about exploitation",
            "That risk has an assessment of its own.",
        ),
        Gap(
            "social_worker",
            "A word with the social worker",
            "They may know where the child is, and must know that nobody else does.",
        ),
        Gap("enquiries", "Any enquiry", "With the form go the enquiries made, and their outcomes."),
        Gap(
            "home_visit",
            "A visit to the home",
            "Most children are found by a visit.",
            is_of_school=True,
        ),
        Gap(
            "sibling_schools",
            "The schools of brothers and sisters",
            "They often know where the family is.",
        ),
        Gap(
            "next_authority",
            "The council where the family may have gone",
            "If the child is on a roll there, nothing more is needed.",
        ),
        Gap(
            "too_early",
            "The school days without contact",
            "So far it is {days} of {least}. Until then the school looks for the child itself, "
            "unless it is worried sooner.",
            is_of_school=True,
        ),
        Gap(
            "plan",
            "The answer of the council’s team for special educational needs",
            "The name of a child with a plan stays on the roll until the council has been asked.",
            is_of_school=True,
        ),
        Gap(
            "located",
            "A child whose whereabouts are not known",
            "You know where the child is. Then the attendance process is the way, unless the "
            "child is on no roll.",
            is_of_school=True,
        ),
        Gap(
            "over_age",
            "A child of school age",
            "The child is past it. Then the service for young people over 16 is the way.",
        ),
    )
}
"""What may be missing, by code: the form, the receipt, the status and the hub say it alike."""
NEEDED = frozenset({"risk", "whereabouts", "talk", "exploitation"})
QUESTIONS_OF_FORM = frozenset(
    {"call", "police", "risk", "whereabouts", "talk", "exploitation", "enquiries"}
)
"""What has questions of its own on the form: words that tell of it later answer none of them."""
NOT_TO_COME = frozenset({"too_early", "located", "over_age"})
"""What nobody can give afterwards: they only ask whether this is the way."""
OLD = {"pages": "The school, who works with the family, or whether they went abroad"}
"""What referrals lacked that were sent before each page had a code of its own."""
PAGE, OF_PAGE = "page_", "The hub acts by it, and would have to ask you."
THE_PAGE = "The page “{title}”"


def has_questions(code: str) -> bool:
    """Say whether what a referral lacks is asked on the form: so is a page of it (P12)."""
    return code in QUESTIONS_OF_FORM or code in OLD or code.startswith(PAGE)


@dataclass(frozen=True, kw_only=True)
class ReferralState:
    """What is known of a referral before it is sent. `steps` are codes of `rules.enquiries`."""

    is_school: bool = False
    is_urgent: bool = False
    steps: Collection[str] = ()
    born_on: date | None = None
    has_siblings_at_school: bool = False
    has_asked_siblings_schools: bool = False
    may_have_moved: bool = False
    knows_whereabouts: bool = False
    is_home_education: bool = False
    """Whether what is told is that the child is taught at home: nobody is missing then, and none of
    what finds a missing child is asked for (policy p.7, 9)."""
    has_plan: bool = False
    has_asked_about_plan: bool = False
    has_social_worker: bool = False
    has_told_social_worker: bool = False
    owes_talk: bool = False
    owes_exploitation_talk: bool = False
    owes_call: bool = False
    """Whether a child is in danger, and nobody says that the hub was rung (policy p.4)."""
    owes_police: bool = False
    """Whether a child in danger cannot be found, and nobody says that the police know it."""
    owes_risk: bool = False
    owes_whereabouts: bool = False
    owes_pages: Mapping[str, str] = field(default_factory=dict)
    """The pages of the form that were left for later: the title by its code."""
    school_days_absent: int | None = None


def words_of(code: str, pages: Mapping[str, str], *, say: Callable[[str], str] = str) -> str:
    """Return what a referral lacks by a code, in words; "" for a code that nobody knows.

    `pages` are the titles of the pages that may be owed, by code. `say` gives each of our words in
    the language of the reader.
    """
    if title := pages.get(code.removeprefix(PAGE)) if code.startswith(PAGE) else "":
        return say(THE_PAGE).format(title=say(title))
    missing = GAPS[code].missing if code in GAPS else OLD.get(code, "")
    return say(missing) if missing else ""


def words() -> Iterator[str]:
    """Return all that is said of gaps to who has no account, as it is translated when shown."""
    for gap in GAPS.values():
        if not gap.is_of_school:
            yield from (gap.missing, gap.why)
    yield from (THE_PAGE, OF_PAGE)


def gaps(state: ReferralState, *, policy: LocalPolicy, on: date) -> list[Gap]:
    """Return what is missing before a referral is sent on a day, the gravest first."""
    owed = state.owes_pages.items()
    lacking = (
        *(GAPS[code] for code in _safety(state)),
        *(Gap(PAGE + slug, THE_PAGE.format(title=title), OF_PAGE) for slug, title in owed),
        *_enquiries(state),
        *_absence(state, policy),
        *_elsewhere(state, on),
    )
    return [gap for gap in lacking if state.is_school or not gap.is_of_school]


def _safety(state: ReferralState) -> Iterator[str]:
    if state.owes_call:
        yield "call"
    if state.owes_police:
        yield "police"
    if state.owes_risk:
        yield "risk"
    if state.owes_whereabouts:
        yield "whereabouts"
    if state.owes_talk:
        yield "talk"
    if state.owes_exploitation_talk:
        yield "exploitation"
    if state.has_social_worker and not state.has_told_social_worker:
        yield "social_worker"


def _enquiries(state: ReferralState) -> Iterator[Gap]:
    if state.is_home_education:
        return
    steps = set(state.steps)
    if not steps:
        yield GAPS["enquiries"]
    elif "home_visit" not in steps:
        yield GAPS["home_visit"]
    if state.has_siblings_at_school and not (
        state.has_asked_siblings_schools or "sibling_schools" in steps
    ):
        yield GAPS["sibling_schools"]
    if state.may_have_moved and "next_authority" not in steps:
        yield GAPS["next_authority"]


def _absence(state: ReferralState, policy: LocalPolicy) -> Iterator[Gap]:
    """Yield what is owed before a place on a roll is given up."""
    days, least = state.school_days_absent, policy.no_contact_school_days
    is_early = days is not None and days < least
    if is_early and not state.is_urgent and not state.is_home_education:
        early = GAPS["too_early"]
        yield replace(early, why=early.why.format(days=days, least=least))
    if state.has_plan and not state.has_asked_about_plan:
        yield GAPS["plan"]


def _elsewhere(state: ReferralState, on: date) -> Iterator[Gap]:
    """Yield why the child may be none for the hub; an urgent one is, whoever it is."""
    if state.is_urgent:
        return
    if state.knows_whereabouts and not state.is_home_education:
        yield GAPS["located"]
    if state.born_on and age.ends_on(state.born_on) < on:
        yield GAPS["over_age"]
