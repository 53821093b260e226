"""A request as headings, sentences and rows, in reading order: one for PDF, text and page alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onroll.cases.models import Case
from onroll.govuk.fields import in_words
from onroll.rules.policy import LocalPolicy
from onroll.rules.reply_codes import CODES
from onroll.rules.requests import RequestKind
from onroll.rules.sharing import ITEMS, bases_on
from onroll.sharing.queries.facts import Facts

CONFIDENTIAL = "Confidential: it names children"
LEAST = (
    "What stands here is the least with which you can answer. Use it for this answer alone, and "
    "keep it no longer than that. Do not tell the family or anybody else that we asked, nor where "
    "the child may be."
)
WORRY = "If you are worried about a child’s safety, ring us at once and do not wait for the answer."
NOTHING = "Not on record"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What is decided of a request before it is made: whom it asks, how, and what is added.

    `further` says by code of an item why more than the least is shared. `whom` is the agency,
    `contact` how it is reached, `sender` the person who sends it.
    """

    kind: RequestKind
    whom: str
    contact: str = ""
    method: str = ""
    sender: str = ""
    further: Mapping[str, str] = field(default_factory=dict)
    chase_on: date | None = None

    @property
    def items(self) -> list[str]:
        """Return the codes of what is shared, in the order of the table."""
        chosen = {*self.kind.least, *self.further}
        return [code for code in ITEMS if code in chosen]

    @property
    def further_lines(self) -> list[str]:
        """Return why each further thing is shared."""
        return [f"{ITEMS[code].title}: {why}" for code, why in self.further.items()]


@dataclass(frozen=True)
class Section:
    """A part of a request: its heading, sentences, and rows of what and its words."""

    heading: str
    sentences: Sequence[str] = ()
    rows: Sequence[tuple[str, str]] = ()
    columns: tuple[str, str] = ("", "")
    is_child: bool = False


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request, ready to be drawn."""

    ref: str
    on: date
    authority: str
    colour: str
    sections: Sequence[Section]

    @property
    def title(self) -> str:
        """Return its title, which names nobody."""
        return f"Request for information {self.ref}"


def lay_out(
    asking: Asking,
    children: Iterable[tuple[Case, Facts]],
    *,
    ref: str,
    by: str,
    on: date,
    policy: LocalPolicy,
) -> Request:
    """Return a request about children to one agency; `by` is who makes it."""
    sheets = [_sheet(case, facts, asking) for case, facts in children]
    sections = [
        Section("To", [", ".join(filter(None, (asking.whom, asking.contact)))]),
        _sender(asking, by, policy),
        _question(asking, len(sheets), days=policy.on(on).enquiry_answer_school_days),
        _bases(asking.kind, on),
        Section("What we share with you", [LEAST, *asking.further_lines]),
        Section("How to answer", [_answer(asking, ref), WORRY]),
        *sheets,
    ]
    return Request(
        ref=ref,
        on=on,
        authority=policy.authority_name,
        colour=policy.colour,
        sections=sections,
    )


def _sender(asking: Asking, by: str, policy: LocalPolicy) -> Section:
    who = f"{asking.sender or by}, for the {policy.cme_name}, {policy.authority_name}"
    return Section("From", [who, f"Telephone {policy.cme_phone}, email {policy.cme_email}"])


def _question(asking: Asking, number: int, *, days: int) -> Section:
    by = f"by {in_words(asking.chase_on)}" if asking.chase_on else f"within {days} school days"
    whom = "the child below" if number == 1 else f"each of the {number} children below"
    codes = CODES.get(asking.kind.step, {}).values()
    sentences = [asking.kind.question, f"Please answer {by} for {whom}, by its reference."]
    rows = [(code.code, code.title) for code in codes]
    return Section("What we ask", sentences, rows, ("Code", "What it means"))


def _bases(kind: RequestKind, on: date) -> Section:
    holding = bases_on(on)
    rows = [(holding[code].source, holding[code].words) for code in kind.bases if code in holding]
    return Section("Why we may ask, and you may answer", (), rows, ("Law", "What it says"))


def _answer(asking: Asking, ref: str) -> str:
    return (
        "Answer by secure email or by the way in which this came, and never by ordinary email. "
        f"Quote {ref} and the reference of the child; no name is needed."
    )


def _sheet(case: Case, facts: Facts, asking: Asking) -> Section:
    rows = [(ITEMS[code].title, facts.get(code, NOTHING)) for code in asking.items]
    return Section(f"Reference {case.ref}", (), rows, ("About the child", "Words"), is_child=True)


def as_text(request: Request) -> str:
    """Return a request as plain text, to be copied into secure mail."""
    return "\n".join(_lines(request)) + "\n"


def _lines(request: Request) -> Iterator[str]:
    yield f"{request.title}, {in_words(request.on)}"
    yield request.authority
    yield CONFIDENTIAL
    for section in request.sections:
        yield ""
        yield section.heading.upper()
        yield from section.sentences
        for title, words in section.rows:
            yield f"- {title}: {words}"
