"""The hub's queue, a referral, who looks at it, and how grave it looks (P15)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases.offers import Todo
from onroll.cases.queries.waiting import oldest
from onroll.govuk.parts import Link, Table
from onroll.govuk.questions import Done, press
from onroll.referrals import actions, queries, tables
from onroll.referrals.codes import AT_THE_HUB, UNDECIDED
from onroll.referrals.forms import hub as forms
from onroll.referrals.forms.grade import GradeForm
from onroll.referrals.forms.parts import NO
from onroll.referrals.models import Referral
from onroll.referrals.news import news_table
from onroll.referrals.views import conflict
from onroll.referrals.views.answered import answered_url
from onroll.referrals.views.frame import (
    About,
    address,
    ask,
    children_with_matches,
    find,
    find_in_part,
    may_decide,
    show,
)
from onroll.rules.grades import Grade

PER_PAGE = 15
TITLES = {
    queries.HUB: "For the hub to decide",
    queries.ACCEPT: "Waiting to be accepted",
    queries.SENT_ON: "Sent on",
    queries.NEWS: "Something new for you",
    queries.DONE: "Decided",
    queries.PASSED_ON: "Passed on to you",
    queries.YOURS: "About your cases",
}
OF_READER = (queries.PASSED_ON, queries.YOURS)
WHOSE = {"": "Everyone’s", "mine": "Mine", "nobodys": "Nobody’s yet", "back": "Turned back"}


@needs(Permission.CASE_TRIAGE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what the hub decides, what waits to be accepted, what was sent on, or is decided."""
    by_reference = forms.ReferenceForm(request.GET if "reference" in request.GET else None)
    if by_reference.is_valid():
        if ref := queries.find_reference(me(request), by_reference.cleaned_data["reference"]):
            return redirect("referrals:referral", ref)
        by_reference.add_error("reference", by_reference.NO_SUCH)
    which, whose = request.GET.get("list", ""), request.GET.get("whose", "")
    which = which if which in TITLES else queries.own_list(me(request))
    whose = whose if whose in WHOSE else ""
    user, at = me(request), timezone.localtime()
    page = Paginator(_rows(user, which, whose, at), PER_PAGE).get_page(request.GET.get("page"))
    _saw(request, page)
    waiting = queries.waiting(user, at=at)
    context = {
        "form": by_reference,
        "in_part": queries.in_part_at_the_hub(user) if which == queries.HUB else [],
        "page": page,
        "keep": f"list={which}&whose={whose}",
        "lists": _lists(which, _numbers(user, which, waiting, page.paginator.count, at)),
        "whose": _whose(whose) if which == queries.HUB else [],
        "oldest": oldest(waiting[which], at=at) if which in waiting else "",
        "table": _table(user, page, which, at),
    }
    return render(request, "referrals/queue.html", context)


def _rows(user: User, which: str, whose: str, at: datetime) -> Any:
    lists: dict[str, Callable[[], Any]] = {
        queries.HUB: lambda: queries.hub_queue(user, at=at, whose=whose),
        queries.ACCEPT: lambda: queries.hand_overs(user),
        queries.SENT_ON: lambda: queries.on_its_way(user),
        queries.NEWS: lambda: queries.with_news(user),
        queries.DONE: lambda: queries.decided(user),
        queries.PASSED_ON: lambda: queries.passed_on(user, at=at),
        queries.YOURS: lambda: queries.yours(user, at=at),
    }
    return lists[which]()


def _table(user: User, rows: Iterable[Any], which: str, at: datetime) -> Table:
    if which == queries.NEWS:
        return news_table(user, rows, title=TITLES[which], at=at)
    if which in (queries.HUB, *OF_READER):
        return tables.hub_table(rows, title=TITLES[which], at=at)
    if which == queries.DONE:
        return tables.decided_table(rows, title=TITLES[which])
    return tables.decision_table(rows, title=TITLES[which], at=at)


def _saw(request: HttpRequest, rows: Iterable[Any]) -> None:
    """Write down of which children on record the list tells."""
    entries = [
        entry
        for row in rows
        for entry in (row.children.all() if isinstance(row, Referral) else [row.entry])
    ]
    cases = [case for entry in entries for case in (entry.case, entry.known_case) if case]
    children = [case.child_id for case in cases]
    is_of_risk = any(getattr(row, "exploitation", None) for row in rows)
    fields = ("name", "risk") if is_of_risk else ("name",)
    saw(request, children, "list of referrals", Permission.CASE_TRIAGE, fields)


def _numbers(
    user: User, which: str, waiting: dict[str, Todo], shown: int, at: datetime
) -> dict[str, int]:
    """Return how many are on each list; of what is decided only if it is the list shown."""
    numbers = {code: row.number for code, row in waiting.items()}
    news = shown if which == queries.NEWS else queries.with_news(user).count()
    return {which: shown, queries.NEWS: news, **numbers}


def _lists(which: str, numbers: dict[str, int]) -> list[Link]:
    """Return the lists, each with how many are on it."""
    # It stands there at none too: the way to what was refused or released is nowhere else.
    apart = numbers[queries.QUARANTINE]
    quarantine = Link("Quarantine", reverse("referrals:quarantine"), count=apart)
    lists = [
        Link(
            title,
            f"?list={code}",
            is_current=code == which,
            count=numbers.get(code),
        )
        for code, title in TITLES.items()
        if code not in OF_READER or which == code
    ]
    not_referred = Link("Not referred", reverse("referrals:start_records"))
    return [*lists, quarantine, not_referred]


def _whose(whose: str) -> list[Link]:
    return [
        Link(title, f"?list={queries.HUB}&whose={code}", is_current=code == whose)
        for code, title in WHOSE.items()
    ]


@needs(Permission.CASE_TRIAGE)
@require_safe
def referral(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a referral, the children whom it may be about, and what may be done."""
    row = find_in_part(request, ref)
    about = children_with_matches(request, row)
    if row.is_in_part:
        return show(request, row, about, "referrals/in_part.html", {})
    context = {"answered_url": answered_url(row), **_next_in_queue(me(request), row, about)}
    return show(request, row, about, "referrals/referral.html", context)


def _next_in_queue(user: User, referral: Referral, about: About) -> dict[str, Any]:
    """Return to who decided a referral what they may decide next, if anything waits for them."""
    is_theirs = any(child.decision and child.decision.by_id == user.pk for child, _ in about)
    if not is_theirs or referral.stage in UNDECIDED:
        return {"is_decided_by_reader": False}
    first = queries.next_for(user, at=timezone.localtime())
    return {"is_decided_by_reader": True, "next_link": tables.link_to(first) if first else ""}


@needs(Permission.CASE_TRIAGE)
@require_safe
def waiting(request: HttpRequest, ref: str) -> HttpResponse:
    """Lead from a message to the referral: `ref` is its own reference, or that of a hand-over."""
    try:
        row = queries.referral_of(me(request), ref)
    except queries.NoReferral:
        raise Http404 from None
    return redirect("referrals:referral", row.ref)


@needs(Permission.CASE_TRIAGE)
@require_POST
def take_on(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that whoever presses the button looks at the referral."""
    referral = find(request, ref)

    def act(form: forms.OnReferral) -> Done:
        version, at = form.cleaned_data["version"], timezone.localtime()
        actions.take_on(referral=referral, by=me(request), at=at, version=version)
        is_case = referral.from_case_id is not None
        words = "You accepted this case for the hub." if is_case else "You look at this referral."
        return Done(address(referral), words)

    return press(request, forms.OnReferral(request.POST), act, back_url=address(referral))


@needs(Permission.CASE_TRIAGE)
@require_POST
def put_down(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that whoever presses the button looks at the referral no longer."""
    referral = find(request, ref)

    def act(form: forms.OnReferral) -> Done:
        version, at = form.cleaned_data["version"], timezone.localtime()
        actions.put_down(referral=referral, by=me(request), at=at, version=version)
        return Done(address(referral), "You put it down. Nobody looks at it now.")

    return press(request, forms.OnReferral(request.POST), act, back_url=address(referral))


@needs(Permission.CASE_TRIAGE)
def grade(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask how grave a referral looks, and whether it is urgent."""
    referral = find(request, ref)
    if request.method != "POST" and not may_decide(request, referral):
        return redirect(address(referral))
    about = children_with_matches(request, referral)
    if referral.stage not in AT_THE_HUB:
        return conflict.decided(request, referral, about)
    initial = {"version": referral.version, "grade": referral.grade, "urgent": NO}
    form = GradeForm(posted(request)[0], initial=initial, is_urgent=referral.is_urgent)
    form.say_what_stands(referral.grade)

    def act(form: GradeForm) -> Done:
        answers = form.cleaned_data
        actions.grade(
            referral=referral,
            grade=Grade(answers["grade"]),
            why=answers["why"],
            urgent_why=answers.get("urgent_why") or "",
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )
        return Done(address(referral), "The grade is kept.")

    return ask(request, form, act, referral, about, title="Grade this referral", button="Save")
