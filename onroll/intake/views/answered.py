"""What was waiting and is not any more: the same address says who answered, what and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onroll.accounts import access
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw, typed
from onroll.cases.queries import stated_facts
from onroll.intake import queries
from onroll.intake.effects import claim_of
from onroll.intake.models import Decision, Row
from onroll.intake.pages.parts import name_of
from onroll.rules import confirmations


@dataclass(frozen=True)
class Reply:
    """One answer: what it was, who gave it and when, and why."""

    words: str
    by: str
    at: datetime
    why: str
    facts: tuple[tuple[str, str], ...] = ()


VERDICTS = {
    "same": "It is a child on record.",
    "different": "It is none of the children shown.",
    "not_sure": "Not sure yet.",
}


def record(request: HttpRequest, row: Row) -> HttpResponse:
    """Show how a record was settled."""
    replies = map(_reply, queries.decisions_about(row))
    return _page(request, row, "Who is this?", "This record is settled.", replies)


def claim(request: HttpRequest, row: Row) -> HttpResponse:
    """Show how a claim was answered; what a file said since stands in the words of the record."""
    if row.confirmed_at is None:
        status = "Something known since answers this claim."
        return _page(request, row, "Is it so?", status, [])
    by = row.confirmed_by.name if row.confirmed_by else "Onroll"
    facts = stated_facts(confirmations.facts_of(row.effect), row.confirmed_facts)
    reply = Reply(_answer(row), by, row.confirmed_at, row.confirmed_why, facts)
    return _page(request, row, "Is it so?", "This claim is answered.", [reply])


def _answer(row: Row) -> str:
    """Return what was answered to a claim: where it was not so, a case was opened."""
    if row.case_id is None:
        return claim_of(row.effect).answer
    return "It is not so, or nobody can confirm it: the child is on the register"


def _reply(decision: Decision) -> Reply:
    return Reply(VERDICTS[decision.verdict], decision.by.name, decision.at, decision.why)


def _page(
    request: HttpRequest, row: Row, title: str, status: str, replies: Iterable[Reply]
) -> HttpResponse:
    context = {
        "title": title,
        "what": f"Record {row.number} of file {row.transfer.ref}",
        "name": name_of(row.shown_record),
        "status": status,
        "replies": list(replies),
        "result": row.result,
        "clause": row.clause,
        "child": row.child,
        "case": row.case,
        "file_url": reverse("intake:record", args=[row.transfer.ref, row.number])
        if access.may(me(request), Permission.FILES_VIEW)
        else "",
        "typed": typed(request, "why"),
    }
    saw(request, [row.child_id], "answered record", Permission.MATCH_DECIDE, ("identity", "why"))
    return render(request, "intake/answered.html", context)
