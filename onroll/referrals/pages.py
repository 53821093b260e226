"""What the pages of referrals draw."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from onroll.addresses import page_address
from onroll.cases.queries.waiting import waited
from onroll.govuk.parts import Meaning, Table
from onroll.govuk.templatetags.govuk import by_midnight, tag, when
from onroll.referrals.codes import (
    ANOTHER_TEAM,
    STAGE_TITLES,
    Quarantined,
    Stage,
    which_children,
)
from onroll.referrals.models import HubDecision, HubNotice, Referral, ReferredChild
from onroll.referrals.queries.ladder import NextHand
from onroll.referrals.queries.owners import owners_of
from onroll.rules.grades import HOURS, NOT_GRADED, Grade, time_used
from onroll.rules.hours import ENGLAND

_MEANINGS: dict[Stage, Meaning] = {
    Stage.QUARANTINE: "problem",
    Stage.CONTACT: "new",
    Stage.SCREENING: "soon",
    Stage.HANDED_OVER: "waiting",
    Stage.SENT_ON: "waiting",
    Stage.ACCEPTED: "done",
    Stage.CLOSED: "quiet",
}
_GRADE_MEANINGS: dict[Grade, Meaning] = {
    Grade.RED: "late",
    Grade.AMBER: "soon",
    Grade.GREEN: "done",
}
DAY = timedelta(days=1)
EMPTY = "No referral is on this list."


def stage_title(referral: Referral, children: Sequence[ReferredChild]) -> SafeString:
    """Draw how far a referral is, and which of its children another team has."""
    stage = Stage(referral.stage)
    if stage is Stage.QUARANTINE and referral.quarantine.answer == Quarantined.REFUSED.value:
        return tag("Refused", "quiet")
    if stage is Stage.CLOSED and (elsewhere := [child for child in children if child.is_passed_on]):
        numbers = [child.number for child in elsewhere] if len(elsewhere) < len(children) else []
        return tag(f"{ANOTHER_TEAM}{which_children(numbers)}", "done")
    if stage is Stage.ACCEPTED and (over := [child for child in children if child.is_over]):
        return _over(over, children)
    return tag(STAGE_TITLES[stage], _MEANINGS[stage])


def _over(over: Sequence[ReferredChild], children: Sequence[ReferredChild]) -> SafeString:
    """Draw that the cases which came of a referral ended, or of which children; when, and how."""
    is_all = all(child.is_over or not child.case for child in children)
    title = "Over" if is_all else f"Accepted; over{which_children([c.number for c in over])}"
    ends = format_html_join("", "<br>{}", ((child.outcome,) for child in over))
    return format_html("{}{}", tag(title, "done"), ends)


def grade_title(referral: Referral) -> SafeString:
    """Draw how grave a referral looks to the hub."""
    if not referral.grade:
        return tag("Not graded", "quiet")
    grade = Grade(referral.grade)
    return tag(grade.value.capitalize(), _GRADE_MEANINGS[grade])


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
        grade_title(referral),
        _owner(_who_has(decision) if decision else owners_of(referral), referral, at=at),
        due(referral, at=at, is_urgent=referral.is_urgent),
    )


def _decision_due(referral: Any) -> HubDecision | None:
    """Return the decision whose clock the row of a referral shows; none for the hub's own."""
    decisions = (row for child in referral.children.all() for row in child.decisions.all())
    return next((row for row in decisions if row.pk == referral.due_of), None)


def _age(referral: Any, *, at: datetime) -> SafeString:
    """Draw how long a referral waits, beside the time that its grade allows.

    An urgent one that nobody has graded has the time of the urgent clock.
    """
    grade = Grade(referral.grade) if referral.grade else None
    since = waited(referral.received_at, at=at)
    if referral.is_urgent and not grade and referral.due_on:
        since = tag(since, "late") if _is_late(referral, at=at) else since
        return format_html("{}<br>Urgent: due {}", since, _hour(referral, is_urgent=True))
    is_over = time_used(grade, at - referral.received_at) > 1
    whose = "Its grade allows" if grade else "Until it is graded:"
    limit = f"{whose} {HOURS[grade or NOT_GRADED]} hours"
    return format_html("{}<br>{}", tag(since, "late") if is_over else since, limit)


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


def due(row: Any, *, at: datetime, is_urgent: bool = False) -> object:
    """Draw when a row is due, and that it is overdue; of a clock of hours with the time.

    So has an urgent one whose clock is a day: it is due before the midnight that ends it.
    """
    if row.due_on is None:
        return "–"
    shown = _hour(row, is_urgent=is_urgent)
    return format_html("{} {}", shown, tag("overdue", "late")) if _is_late(row, at=at) else shown


def _hour(row: Any, *, is_urgent: bool) -> SafeString:
    return (
        by_midnight(row.due_on) if is_urgent and not row.due_at else when(row.due_at or row.due_on)
    )


def next_hand(hand: NextHand | None, *, at: datetime) -> SafeString | str:
    """Say to whom something is passed on next, and when, if nobody does it before."""
    if hand is None:
        return ""
    names = " and ".join(person.name for person in hand.to)
    if hand.at <= at:
        return f"Its time is over. It is passed on to {names} within five minutes."
    local = hand.at.astimezone(ENGLAND)
    is_midnight = local.time() == time()
    shape, day = ("at the end of {}", local.date() - DAY) if is_midnight else ("on {}", local)
    return format_html(
        "If it still waits {}, it is passed on to {}, at night and at weekends too.",
        format_html(shape, when(day)),
        names,
    )


def _is_late(row: Any, *, at: datetime) -> bool:
    """Say whether a row is due before a moment, or before its day where the clock has no hour."""
    return bool(row.due_at < at if row.due_at else row.due_on < at.date())
