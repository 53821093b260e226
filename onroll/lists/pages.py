"""What pages say of compared lists: what a list shows, and each finding (P04, P05)."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from onroll.cases.offers import Panel
from onroll.cases.queries import stated_facts
from onroll.children.models import Place
from onroll.govuk.fields import in_words
from onroll.govuk.inline import day, hint, label, link, moment
from onroll.govuk.parts import Table
from onroll.intake.models import Transfer
from onroll.intake.queries import Sight
from onroll.intake.slots import Tab
from onroll.lists import words
from onroll.lists.models import Finding
from onroll.lists.queries import shown_by, shown_findings, waiting_findings
from onroll.rules import confirmations
from onroll.rules.findings import FINDINGS
from onroll.schools.queries import our_policy

WAITING = "findings"
"""The code of the tab of Review that has them."""


def panel(transfer: Transfer, sight: Sight) -> Panel | None:
    """Return what a list shows for its page, less the children hidden from who looks.

    None for a file that is no list, and until it is taken in.
    """
    if not transfer.list_kind or transfer.stage != "applied":
        return None
    shows = shown_by(transfer, hidden=sight.hidden)
    context = {
        "shows": shows,
        "kinds": [
            (number, FINDINGS[kind].title, "soon" if number else "")
            for kind, number in shows.kinds.items()
        ],
        "straight_to_case": straight_to_case(on=localtime(transfer.received_at).date()),
        "review_url": f"{review_url()}&file={transfer.ref}",
    }
    return Panel("lists/panel.html", context)


def review_url() -> str:
    """Return the address of what lists show and nobody has answered."""
    return f"{reverse('intake:review')}?list={WAITING}"


def straight_to_case(*, on: date) -> str:
    """Return in words what the policy sends straight to a case; none when all waits in review."""
    kinds = our_policy().on(on).list_findings_to_case
    return ", ".join(FINDINGS[kind].title.lower() for kind in kinds)


def findings(waiting: Iterable[Finding]) -> Table:
    """Return what lists showed and nobody has answered yet, with where to answer each."""
    lines = [
        [
            format_html(
                "{}<br>{}",
                link(reverse("lists:finding", args=[finding.pk]), finding.child.name),
                hint(
                    f"Born {in_words(born)}"
                    if (born := finding.child.born_on)
                    else "Birthday unknown"
                ),
            ),
            label(words.status(finding.kind)),
            " ".join(filter(None, (finding.because, settle_first(finding)))),
            moment(finding.found_at),
        ]
        for finding in waiting
    ]
    return Table(
        "What lists show, oldest first",
        ["Child", "What", "Evidence", "Found"],
        lines,
        empty="No list shows, of the children you may be shown, one whom nobody has.",
        is_caption_hidden=True,
    )


def _born(day: date | None) -> str:
    return f"Born {in_words(day)}" if day else "Birthday unknown"


def settle_first(finding: Finding) -> str:
    """Return which unsettled record may be the child; "" if there is none."""
    row = finding.maybe_row
    if row is None or row.stage not in ("unsure", "held"):
        return ""
    return f"Record {row.number} of the list may be this child: settle that first."


def answer_words(finding: Finding) -> str:
    """Return what an officer answered to a finding."""
    if finding.answer == "missing":
        return "Nobody knows, or the child is nowhere: the child is on the register"
    way = confirmations.known_ways(finding.kind).get(finding.way)
    return way.title if way else "It is known where the child is educated"


def stated(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return the facts that were stated with the answer, each question with its words."""
    way = confirmations.known_ways(finding.kind).get(finding.way)
    return stated_facts(way.facts if way else (), finding.facts)


def explained(finding: Finding) -> Iterable[tuple[str, str | SafeString]]:
    """Return who answered a finding, and how, or that something explained it since."""
    if finding.answered_at is not None:
        yield "Answer", answer_words(finding)
        yield from stated(finding)
        by = finding.answered_by.name if finding.answered_by else "The policy, without review"
        yield "By", format_html("{}, {}", by, moment(finding.answered_at))
        if finding.answered_why:
            yield "Why", finding.answered_why
    if finding.withdrawn_at is not None:
        words = "Another list or file explained it"
        yield "Withdrawn", format_html("{}, {}", words, moment(finding.withdrawn_at))


def places(records: Iterable[Place]) -> Table:
    """Return where a child is and was known to be, and who said so."""
    lines = [
        [
            place.title,
            day(place.from_on),
            day(place.to_on) if place.to_on else "Not ended",
            str(place.source),
        ]
        for place in records
    ]
    return Table(
        "Where the child is known to be or have been",
        ["Place", "From", "Until", "Who said so"],
        lines,
        empty="No place is known for this child.",
    )


TAB = Tab(
    WAITING,
    "Who has nobody?",
    number=lambda user: shown_findings(user).count(),
    rows=lambda user, ref: waiting_findings(user, ref=ref),
    table=findings,
)
