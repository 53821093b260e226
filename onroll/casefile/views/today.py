"""The officers' home: what needs someone today, and how the register stands."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from onroll import __version__
from onroll.accounts import counts
from onroll.accounts.decorators import own_account
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.accounts.roles import SCHOOL_ROLES, Role
from onroll.addresses import page_address
from onroll.casefile import queries
from onroll.casefile.day import children_of, day_table, summary
from onroll.casefile.queries import Today
from onroll.cases.offers import ROWS_OF_A_DAY, DayRow
from onroll.cases.queries.waiting import oldest, waited
from onroll.govuk.charts import Drawing, age_of_cases
from onroll.govuk.parts import Column, Link, Meaning, Table
from onroll.reports.queries import FIGURES
from onroll.rules.reasons import DFE_DURATION_BANDS
from onroll.schools.queries import our_policy

BANDS = tuple((b.days, b.title) for b in DFE_DURATION_BANDS if b.days is not None)
FOUR_WEEKS = 28


@dataclass(frozen=True)
class Need:
    """A thing that waits for someone: how many, in which words, and where they are."""

    number: int
    words: str
    url: str
    meaning: Meaning | str = ""
    note: str = ""


@own_account
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the person's day; a school's staff have their own pages."""
    user = me(request)
    if user.role in SCHOOL_ROLES:
        return redirect("school_home")
    day = queries.today(user, at=timezone.localtime())
    if day.for_review is not None:
        counts.keep(request, counts.REVIEW, day.for_review)
    saw(request, children_of(day.first), "today", Permission.CASE_LIST, ("name",))
    context = {
        "day": day,
        "calls": day_table(day.first, at=day.at),
        "calls_words": summary(day.calls),
        "calls_number": len(day.calls),
        "calls_more": len(day.calls) - len(day.first),
        "calls_url": page_address("casefile:all_of_today"),
        "news": (news := day.calls.news),
        "news_url": page_address("casefile:all_of_today", page=str(news.page)),
        "views": [
            Link(view.name, page_address("cases:register", **view.filters)) for view in day.views
        ],
        "own": _needs(day, is_own=True),
        "needs": _needs(day, is_own=False),
        "is_asked": any(not todo.is_own for todo in day.todos),
        "empty_lists": (empty := _empty_lists(day)),
        "empty_words": ngettext(*_EMPTY, len(empty)) % len(empty),
        "week": _week(day),
        "drawing": _age_chart(day),
        "health": _health(day),
        "late": _late(day),
        "version": __version__,
        "report_url": page_address("weekly_report", day.report.ref) if day.report else "",
        "notice_url": page_address("weekly_report", day.unread_ref) if day.unread_ref else "",
        "so_far_url": page_address("weekly_so_far"),
        "audit_url": page_address("audit"),
        "is_for_a_reason": user.role == Role.DPO,
        "is_system": user.role == Role.SYS,
        "is_of_another": user.role == Role.OLA,
        "team": our_policy(),
        "policy_url": page_address("policy_and_law"),
    }
    context["is_bare"] = (
        bool(user.role)
        and not any(context[part] for part in ("week", "drawing", "health", "is_for_a_reason"))
        and not day.todos
    )
    return render(request, "casefile/today.html", context)


@own_account
@require_safe
def all_of_today(request: HttpRequest) -> HttpResponse:
    """Show all that the person must do, a page at a time, in the order in which Today begins it."""
    at = timezone.localtime()
    day = queries.whole_day(me(request), at=at)
    page: Page[DayRow] = Paginator(day, ROWS_OF_A_DAY).get_page(request.GET.get("page"))
    rows = list(page)
    saw(request, children_of(rows), "today", Permission.CASE_LIST, ("name",))
    context = {"page": page, "calls": day_table(rows, at=at), "calls_words": summary(day)}
    return render(request, "casefile/all_of_today.html", context)


def _needs(day: Today, *, is_own: bool) -> list[Need]:
    """Return what waits for someone: the person's own, or what needs anyone; the oldest of each.

    A list that stands whole on the list of the day is not said again.
    """
    said = {row.step_url for row in day.first if row.is_list}
    return [
        Need(
            todo.number,
            ngettext(*todo.words, todo.number),
            url,
            todo.meaning,
            oldest(todo, at=day.at),
        )
        for todo in day.todos
        if todo.is_own is is_own
        and todo.number
        and (url := page_address(todo.page, **todo.query)) not in said
    ]


_EMPTY = (
    "%d list on which nothing waits that you may see",
    "%d lists on which nothing waits that you may see",
)


def _empty_lists(day: Today) -> list[Link]:
    """Return the lists on which nothing waits that this person may see."""
    return [
        Link(capfirst(todo.words[1]), page_address(todo.page, **todo.query))
        for todo in day.todos
        if not todo.number
    ]


def _week(day: Today) -> Table | None:
    """Return this week so far, each figure leading to its list in the running report."""
    if not day.week:
        return None
    so_far = page_address("weekly_so_far")
    rows = [
        (
            format_html('<a class="govuk-link" href="{}#{}">{}</a>', so_far, code, words),
            day.week[code],
        )
        for code, title in FIGURES.items()
        if code in day.week and (words := title[:1].upper() + title[1:])
    ]
    columns = ("What", Column("Number", is_numeric=True))
    return Table("This week so far", columns, rows, is_caption_hidden=True)


def _age_chart(day: Today) -> Drawing | None:
    if day.ages is None:
        return None
    return age_of_cases(day.ages, bands=BANDS, late_from=FOUR_WEEKS)


_JOBS = {
    "waiting": ("job waiting", "jobs waiting"),
    "running": ("job running", "jobs running"),
    "failed": ("job failed", "jobs failed"),
    "oldest": ("minute the oldest job has waited", "minutes the oldest job has waited"),
    "unfinished": ("file not finished", "files not finished"),
    "not_taken": (
        "message not taken",
        "messages not taken",
    ),
    "to_scan": ("file to check for viruses", "files to check for viruses"),
    "scanner_silent": (
        "file held: the virus scanner does not answer",
        "files held: the virus scanner does not answer",
    ),
    "not_scanned": (
        "file not checked for viruses: no scanner is set",
        "files not checked for viruses: no scanner is set",
    ),
    "infected": ("file held: it has a virus", "files held: they have a virus"),
    "too_large": (
        "file held: too large for the virus scanner",
        "files held: too large for the virus scanner",
    ),
}


def _health(day: Today) -> list[Need]:
    is_late = {
        "scanner_silent": True,
        "not_scanned": settings.IS_PRODUCTION,
        "infected": bool(day.health.get("infected")),
        "too_large": bool(day.health.get("too_large")),
        "failed": bool(day.health.get("failed")),
        "not_taken": bool(day.health.get("not_taken")),
        "oldest": queries.is_late(timedelta(minutes=day.health.get("oldest", 0))),
    }
    pages = {"not_taken": page_address("messages:outbox")}
    return [
        Need(
            number,
            ngettext(*_JOBS[code], number),
            pages.get(code, ""),
            "late" if is_late.get(code) else "",
        )
        for code, number in day.health.items()
    ]


def _late(day: Today) -> str:
    """Return how long the oldest job has waited, in words, when that is too long."""
    if day.late is None:
        return ""
    return waited(day.at - day.late, at=day.at)
