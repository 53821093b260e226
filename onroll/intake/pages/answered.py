"""What people have answered: an unsure record, a claim, a finding of a list. Nothing to change."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.intake import records, words
from onroll.intake.models import Finding, Row
from onroll.intake.pages.lists import explained
from onroll.intake.pages.parts import born, day, moment, name_of, sender_of
from onroll.intake.words import AS_SAID, CLAIMS

Fact = tuple[str, str | SafeString]


@dataclass(frozen=True)
class Page:
    """What a page says of something answered: the question, what was decided, where to go on."""

    title: str
    caption: str
    facts: tuple[Fact, ...]
    back: str
    """The list of the review that it stood in."""
    record_url: str = ""
    case_url: str = ""
    case_ref: str = ""


def of_row(row: Row) -> Page:
    """Return what was decided about an unsure record."""
    decision = row.decision
    assert decision is not None
    facts: list[Fact] = [
        ("Record", _record(row)),
        ("Decided", _who_it_is(row)),
        ("By", format_html("{}, {}", decision.by.name, moment(decision.at))),
        ("Why", decision.why),
    ]
    if decision.row_id != row.pk:
        facts.append(("How", "By an answer to an earlier record with the same details"))
    return Page("Settled: who this is", _caption(row), (*facts, *_did(row)), "settled", *_urls(row))


def of_claim(row: Row) -> Page:
    """Return what an officer answered to what a school says."""
    by = row.confirmed_by.name if row.confirmed_by else ""
    facts: list[Fact] = [
        ("Record", _record(row)),
        ("The claim", f"{row.effect_words} ({row.clause})" if row.clause else row.effect_words),
        ("Answer", _claim_answer(row)),
        ("By", format_html("{}, {}", by, moment(row.confirmed_at)) if row.confirmed_at else by),
        ("Why", row.confirmed_why),
    ]
    return Page("Answered: is it so?", _caption(row), tuple(facts), "claims", *_urls(row))


def of_finding(finding: Finding) -> Page:
    """Return what became of what a list showed: answered by a person, or explained since."""
    facts: list[Fact] = [
        ("Child", f"{finding.child.name}, born {day(finding.child.born_on)}"),
        ("What the list showed", finding.because),
        *explained(finding),
    ]
    case = finding.case
    urls = ("", reverse("cases:case", args=[case.ref]), case.ref) if case else ()
    caption = f"{words.FINDINGS[finding.kind][0]}: list of {day(finding.transfer.listed_on)}"
    return Page("Answered: who has this child?", caption, tuple(facts), "findings", *urls)


def _caption(row: Row) -> str:
    kind = words.KINDS.get(row.transfer.kind, "File")
    return f"{kind} from {sender_of(row.transfer) or 'a school not on file'}, record {row.number}"


def _record(row: Row) -> str:
    said = records.from_kept(row.said)
    return f"{name_of(said)}, born {born(said)}"


def _who_it_is(row: Row) -> str:
    decision = row.decision
    is_own = decision is not None and decision.row_id == row.pk
    if decision and is_own and decision.verdict == "different":
        return "None of the children shown: a new child was added"
    return f"The record is about {row.child.name}" if row.child else "The record is about a child"


def _did(row: Row) -> Iterable[Fact]:
    if row.effect_words and row.applied_at:
        yield "What was done", format_html("{} ({})", row.effect_words, moment(row.applied_at))


def _claim_answer(row: Row) -> str:
    if row.case_id is None:
        return CLAIMS.get(row.effect, AS_SAID)[0]
    return "It is not so, or nobody can confirm it: the child is on the register"


def _urls(row: Row) -> tuple[str, str, str]:
    record = reverse("intake:record", args=[row.transfer.ref, row.number])
    if row.case is None:
        return record, "", ""
    return record, reverse("cases:case", args=[row.case.ref]), row.case.ref
