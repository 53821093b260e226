"""The tables of referrals: what the hub decides, what it passed on, what it decided."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from onroll.addresses import page_address
from onroll.cases.queries.waiting import waited
from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import tag, when
from onroll.referrals.codes import which_children
from onroll.referrals.models import HubDecision, HubNotice, Referral
from onroll.referrals.pages import (
    due,
    grade_title,
    hour_of,
    is_overdue,
    stage_title,
    waits_since,
)
from onroll.referrals.queries.owners import owners_of
from onroll.rules.grades import HOURS, NOT_GRADED, Grade, time_used
from onroll.rules.risk import RiskAnswer

EMPTY = "No referral is on this list."


def hub_table(referrals: Iterable[Referral], *, title: str, at: datetime) -> Table:
    """Draw what the hub decides, in the order in which it comes.

    What is due of a child of whom the hub has decided stands there as on the list of these.
    """
    columns = ("Referral", "About", "Told by", "Waiting", "Grade", "Whose it is", "Due")
    rows = [_hub_row(referral, at=at) for referral in referrals]
    return Table(title, columns, rows, empty=EMPTY, is_caption_hidden=True, is_stacked=True)


def _hub_row(referral: Any, *, at: datetime) -> tuple[object, ...]:
    decision = _decision_due(referral)
    return (
        link_to(referral),
        format_html("{}{}", names_of(referral), _turned_back(referral, at=at)),
        referral.referrer,
        waited(decision.at, at=at) if decision else _age(referral, at=at),
        format_html("{} {}", grade_title(referral), _exploitation(referral)),
        _owner(_who_has(decision) if decision else owners_of(referral), referral, at=at),
        due(
            referral,
            at=at,
            is_urgent=referral.is_urgent,
            since=_came(referral),
            grade=referral.grade,
        ),
    )


def _exploitation(referral: Any) -> SafeString | str:
    """Draw that the referral names sexual exploitation, or that nobody is sure; else nothing."""
    answer = getattr(referral, "exploitation", None)
    if not answer:
        return ""
    is_named = answer == RiskAnswer.YES
    words = "Sexual exploitation" if is_named else "Sexual exploitation: not sure"
    return tag(words, "late" if is_named else "soon")


def _came(referral: Any) -> datetime | None:
    """Return since when the hub has a referral whose row shows the clock by which it decides."""
    return None if referral.due_of else waits_since(referral, referral.children.all())


def _decision_due(referral: Any) -> HubDecision | None:
    """Return the decision whose clock the row of a referral shows; none for the hub's own."""
    decisions = (row for child in referral.children.all() for row in child.decisions.all())
    return next((row for row in decisions if row.pk == referral.due_of), None)


def _age(referral: Any, *, at: datetime) -> SafeString:
    """Draw how long a referral waits, since it came or came back, beside what its grade allows.

    Red is what is past its due time, which governs; a grade whose time is used is amber, for the
    list is ordered by it. An urgent one that nobody has graded has the time of the urgent clock.
    """
    grade = Grade(referral.grade) if referral.grade else None
    began, came = waits_since(referral, referral.children.all()), _came(referral)
    since: SafeString | str = waited(began, at=at)
    is_late = bool(referral.due_on) and is_overdue(
        referral, at=at, since=came, grade=referral.grade
    )
    since = tag(since, "late") if is_late else since
    first = _first_reported(referral, began, at=at)
    if referral.is_urgent and not grade and referral.due_on:
        until = hour_of(referral, is_urgent=True, since=came)
        return format_html("{}<br>Urgent: due {}{}", since, until, first)
    is_used = time_used(grade, at - began) > 1
    whose = "Its grade allows" if grade else "Until it is graded:"
    limit = f"{whose} {HOURS[grade or NOT_GRADED]} hours"
    if is_used and not is_late:
        since = tag(since, "soon")
        limit = f"{limit}, which orders this list; it is late after the time it is due"
    return format_html("{}<br>{}{}", since, limit, first)


def _first_reported(referral: Any, began: datetime, *, at: datetime) -> SafeString | str:
    """Say of what came back how long ago the child was first reported: that clock runs on."""
    if began == referral.received_at:
        return ""
    age = waited(referral.received_at, at=at)
    return format_html("<br>Since it came back. First reported {} ago", age)


def decision_table(decisions: Iterable[HubDecision], *, title: str, at: datetime) -> Table:
    """Draw children whom the hub passed on, in the order in which they come."""
    columns = ("Referral", "About", "Decided", "Waiting", "Whose it is", "Due")
    rows = [_decision_row(decision, at=at) for decision in decisions]
    return Table(title, columns, rows, empty=EMPTY, is_caption_hidden=True, is_stacked=True)


def _decision_row(decision: HubDecision, *, at: datetime) -> tuple[object, ...]:
    entry = decision.entry
    return (
        link_to(entry.referral),
        entry.name or "Name not known",
        decision.title,
        waited(decision.at, at=at),
        _owner(_who_has(decision), entry.referral, at=at),
        due(decision, at=at, is_urgent=entry.referral.is_urgent),
    )


def _who_has(decision: HubDecision) -> str:
    """Return who has a child on its way, in words: of one sent on who sent it, until a receipt."""
    if decision.is_to_receive and decision.by:
        return f"{decision.by.name}, who sent it on"
    case = decision.entry.known_case
    return decision.receipt_name or (case.owner.name if case and case.owner else "")


def notices_table(notices: Iterable[HubNotice]) -> Table:
    """Draw the cases of which the hub is told."""
    rows = [
        (
            format_html(
                '<a class="govuk-link" href="{}">{}</a>',
                page_address("casefile:case", notice.case.ref),
                notice.case.ref,
            ),
            notice.case.child.name,
            notice.case.school.name if notice.case.school else "Not known",
            when(notice.case.opened_on),
            notice.case.owner.name if notice.case.owner else "Nobody yet",
        )
        for notice in notices
    ]
    columns = ("Case", "Child", "Last school", "Opened", "Who has it")
    empty = "Nobody has to read of any case."
    title = "Cases that files opened"
    return Table(title, columns, rows, empty=empty, is_caption_hidden=True, is_stacked=True)


def decided_table(referrals: Iterable[Referral], *, title: str) -> Table:
    """Draw the referrals of which all children are decided."""
    columns = ("Referral", "About", "Decided on", "Stage", "What became of it")
    rows = [
        (
            link_to(referral),
            names_of(referral),
            when(referral.decided_at),
            stage_title(referral, [*referral.children.all()]),
            format_html_join("", "{}<br>", ((words,) for words in _became(referral))),
        )
        for referral in referrals
    ]
    return Table(title, columns, rows, empty=EMPTY, is_caption_hidden=True, is_stacked=True)


def _became(referral: Referral) -> list[str]:
    """Return what was decided of each child, and who accepted it; once what is so of all."""
    words = {}
    for child in referral.children.all():
        if (decision := child.decision) is not None:
            by = decision.accepted_by
            words[child] = f"{decision.title}, accepted by {by.name}" if by else decision.title
    if len(set(words.values())) < 2:
        return list(dict.fromkeys(words.values()))
    return [f"{child.numbered}. {became}" for child, became in words.items()]


def link_to(referral: Referral) -> SafeString:
    """Draw the reference as a link to the referral, and whether it is urgent."""
    url = reverse("referrals:referral", args=[referral.ref])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, referral.ref)
    return format_html("{} {}", link, tag("Urgent", "late")) if referral.is_urgent else link


def names_of(referral: Referral) -> SafeString | str:
    """Draw whom a referral is about; of several children each on its line, with its outcome."""
    children = list(referral.children.all())
    if len(children) < 2:
        return ", ".join(child.name or "Name not known" for child in children)
    lines = ((child.numbered, child.outcome) for child in children)
    return format_html_join(mark_safe("<br>"), "{}. {}", lines)


def _turned_back(referral: Referral, *, at: datetime) -> SafeString:
    """Draw of each child who came back to the hub how, how long ago, by whom, and why in short."""
    children = list(referral.children.all())
    rows = [(child, row) for child in children if (row := child.turned_back)]
    return format_html_join(
        "",
        "<br>{}{} {} ago, {}: {}",
        (
            (
                tag(row.way_back, "waiting" if row.is_opened_again else "late"),
                which_children([child.number] if len(children) > 1 else []),
                waited(row.turned_back_at, at=at),
                row.turned_back_by,
                Truncator(row.turned_back_why).words(20),
            )
            for child, row in rows
            if row.turned_back_at
        ),
    )


def _owner(name: str, referral: Referral, *, at: datetime) -> SafeString:
    """Draw whose something is, and to whom it was passed on since, how long ago."""
    first: dict[str, datetime] = {}
    for row in getattr(referral, "passed_on", []):
        first[row.to.name] = min(row.at, first.get(row.to.name, row.at))
    further = format_html_join(
        "",
        "<br>{} {} ago",
        ((tag(f"Passed on to {name}", "late"), waited(at_, at=at)) for name, at_ in first.items()),
    )
    return format_html("{}{}", name or "Nobody yet", further)
