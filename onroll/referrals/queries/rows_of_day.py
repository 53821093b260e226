"""The rows of a day about referrals: what is asked in words, of which children, and the step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.addresses import page_address
from onroll.at_once import with_many
from onroll.cases.models import Case
from onroll.cases.offers import DayRow, Rows
from onroll.cases.queries.calls import GravestCall
from onroll.referrals.codes import Stage
from onroll.referrals.models import HubDecision, ReferredChild
from onroll.referrals.promise import hub_decides_by
from onroll.rules.day_referrals import Ask, first_ask
from onroll.rules.grades import Grade

_WORDS = {
    Ask.PASSED_ON: ("Passed on to you: it waits too long", ""),
    Ask.BACK: ("Turned back to the hub, to decide again", "Decide again"),
    Ask.DECIDE: ("A referral for the hub to decide", "Decide"),
    Ask.TAKE: ("A referral about your open case", "Take it into the case"),
    Ask.ACCEPT: ("A hand-over to accept", "Accept"),
    Ask.HEAR: ("Sent on, and nobody has said that they have it", "Write down who has it"),
    Ask.WARN: (
        "Joined to your open case: the hub does not know that the child is safe",
        "Read it",
    ),
    Ask.ADDED: ("New words about what was referred", "Read it"),
    Ask.READ: ("Something new about what was referred", "Read it"),
    Ask.KNOW: ("A referral about your open case, which the hub has", "Read it"),
    Ask.WATCH: ("A colleague looks at it, and its time to decide is over", "Open it"),
    Ask.REVIEW: (
        "Urgent or graded red, and nobody has reviewed the greater risks",
        "Review the greater risks",
    ),
    Ask.RING: ("Ring who referred: no message reaches them", "Ring, and write down who was told"),
    Ask.RING_AGAIN: (
        "Ring again who referred: nobody answered",
        "Ring, and write down who was told",
    ),
}
"""What is asked, and the next step; of what was passed on that is the step of who had it."""
_AND = {
    Ask.WARN: "the hub does not know that the child is safe",
    Ask.ADDED: "new words to read",
    Ask.READ: "something new to read",
    Ask.WATCH: "a colleague looks at it, and its time to decide is over",
    Ask.REVIEW: "nobody has reviewed the greater risks",
    Ask.RING: "who referred is to be rung",
    Ask.RING_AGAIN: "who referred is to be rung again",
}
"""What a row says besides, where the referral asks something else first."""
_STEPS = {
    Stage.CONTACT: "Decide",
    Stage.SCREENING: "Decide",
    Stage.HANDED_OVER: "Accept",
    Stage.SENT_ON: "Write down who has it",
}
_OF_HUB = {Ask.DECIDE, Ask.BACK, Ask.WATCH}
"""What is due by the clock of the referral itself."""


def children_of(first: Sequence[GravestCall]) -> dict[str, QuerySet[Any]]:
    """Return the children of some referrals, and what the hub decided about each."""
    referrals = [row.pk for row in first]
    children = ReferredChild.objects.filter(referral__in=referrals).order_by("number")
    return {
        "children": children.select_related("case__owner", "known_case__owner"),
        "decisions": HubDecision.objects.filter(entry__referral__in=referrals),
    }


def draw(first: Sequence[GravestCall], user: User, read: Rows) -> list[DayRow]:
    """Draw the rows of a day: each referral with the children about whom it asks something."""
    asked: dict[int, list[ReferredChild]] = {}
    for child in with_many(read["children"], "decisions", read["decisions"]):
        asked.setdefault(child.referral_id, []).append(child)
    return [
        _row(row, _about(first_ask(row.row["asks"]), asked.get(row.pk, ())), user) for row in first
    ]


def _about(ask: Ask, children: Sequence[ReferredChild]) -> Sequence[ReferredChild]:
    """Return the children of a referral about whom something is asked."""
    match ask:
        case Ask.PASSED_ON:
            return [child for child in children if child.decision is None or child.waits]
        case Ask.BACK:
            return [child for child in children if child.turned_back]
        case Ask.DECIDE | Ask.WATCH:
            return [child for child in children if child.decision is None]
        case Ask.TAKE | Ask.ACCEPT | Ask.HEAR:
            return [child for child in children if child.waits]
        case Ask.REVIEW:
            return [child for child in children if child.case]
        case _:
            return children


def _row(called: GravestCall, children: Sequence[ReferredChild], user: User) -> DayRow:
    row, ask = called.row, first_ask(called.row["asks"])
    words, step = _WORDS[ask]
    ref, url = _where(row, children)
    of_hub, due = decided_by(row), row["asks"][ask].due
    is_due = of_hub is not None and called.since == of_hub
    is_of_hub = ask in _OF_HUB or (ask is Ask.PASSED_ON and due == row["due_on"])
    cases = [case for child in children for case in (child.case, child.known_case) if case]
    return DayRow(
        call=called.call,
        since=called.since,
        words="; ".join((words, *_red(row), *_besides(row["asks"]))),
        step=step or _STEPS.get(Stage(row["stage"]), "Open it"),
        step_url=url,
        about=", ".join(child.name or "Name not known" for child in children),
        ref=ref,
        is_due=is_due,
        due=of_hub if is_of_hub else due,
        children=tuple(case.child_id for case in cases),
        covered_for=_absent(ask, cases, user),
    )


_OF_CASE = {Ask.TAKE, Ask.WARN, Ask.ADDED, Ask.READ, Ask.KNOW, Ask.REVIEW}


def _absent(ask: Ask, cases: Sequence[Case], user: User) -> str:
    """Return whose the cases are for which a person is asked something that is theirs alone, where
    none is the person's own: they cover for them."""
    owners = [case.owner for case in cases if case.owner is not None]
    if ask not in _OF_CASE or not owners or user in owners:
        return ""
    return owners[0].name


def _red(row: Mapping[str, Any]) -> list[str]:
    """Return in words that a referral is graded red, where what it asks does not say so."""
    is_said = first_ask(row["asks"]) is Ask.REVIEW
    return ["graded red"] if row["grade"] == Grade.RED and not is_said else []


def _besides(asks: Mapping[str, Any]) -> list[str]:
    """Return what a referral asks besides what is done first."""
    return [words for ask, words in _AND.items() if ask in asks and ask is not first_ask(asks)]


def _where(row: Mapping[str, Any], children: Sequence[ReferredChild]) -> tuple[str, str]:
    """Return on which page the step is taken: its reference, and its address.

    The greater risks are reviewed from the head of the case, which says why.
    """
    if first_ask(row["asks"]) is Ask.REVIEW and (case := next((c.case for c in children), None)):
        return case.ref, page_address("casefile:case", case.ref)
    return row["ref"], page_address("referrals:referral", row["ref"])


def decided_by(row: Mapping[str, Any]) -> datetime | None:
    """Return by when the hub decides: by the hour that was promised to who refers."""
    back = row["asks"].get(Ask.BACK)
    due_on, since = row["due_on"], back.since if back else row["received_at"]
    if not due_on:
        return None
    due = {"due_on": due_on, "due_at": row["due_at"]}
    return hub_decides_by(**due, since=since, grade=row["grade"])
