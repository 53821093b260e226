"""The officers' home: what needs someone today, and how the register stands."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll import __version__
from onroll.accounts import counts
from onroll.accounts.decorators import own_account
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.roles import SCHOOL_ROLES, Role
from onroll.govuk.charts import Drawing, age_of_cases
from onroll.govuk.parts import Column, Meaning, Table
from onroll.reports import queries
from onroll.reports.links import address
from onroll.reports.queries import Today
from onroll.reports.views.public import SCHOOL_HOME
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
    user = request.user
    assert isinstance(user, User)  # LoginRequiredMiddleware has seen to it
    if user.role in SCHOOL_ROLES:
        return HttpResponseRedirect(SCHOOL_HOME)
    day = queries.today(user, at=timezone.localtime())
    if day.for_review is not None:
        counts.keep(request, counts.REVIEW, day.for_review)
    shown = {
        "day": day,
        "own": _own(day),
        "needs": _needs(day),
        "week": _week(day),
        "drawing": _drawing(day),
        "health": _health(day),
        "late": _late(day),
        "version": __version__,
        "report_url": address("weekly_report", day.report.ref) if day.report else "",
        "notice_url": address("weekly_report", day.notice.report.ref) if day.notice else "",
        "so_far_url": address("weekly_so_far"),
        "audit_url": address("audit"),
        "is_for_a_reason": user.role == Role.DPO,
        "is_system": user.role == Role.SYS,
        "is_of_another": user.role == Role.OLA,
        "team": our_policy(),
        "policy_url": address("policy_and_law"),
    }
    shown["is_bare"] = bool(user.role) and not any(
        shown[part] for part in ("own", "needs", "week", "drawing", "health", "is_for_a_reason")
    )
    return render(request, "reports/today.html", shown)


def _own(day: Today) -> list[Need]:
    """Return what is this person's own, for those who work on cases."""
    if "mine" not in day.needs:
        return []
    needs = day.needs
    if day.sees_cases is not Scope.ALL:
        return [
            Need(
                needs["open"],
                _said(needs["open"], "open cases you are on"),
                address("cases:register"),
            ),
            Need(
                needs["overdue"],
                "of them with an overdue clock",
                address("cases:register", overdue="yes"),
                "late" if needs["overdue"] else "",
            ),
            Need(
                needs["alerts"],
                "of them with an alert",
                address("cases:register", alerts="yes"),
                _new(needs["alerts"]),
            ),
        ]
    return [
        Need(
            needs["mine"],
            _said(needs["mine"], "open cases of yours"),
            address("cases:register", owner="me"),
        ),
        Need(
            needs["overdue_mine"],
            "of yours with an overdue clock",
            address("cases:register", owner="me", overdue="yes"),
            "late" if needs["overdue_mine"] else "",
        ),
        Need(
            needs["alerts_mine"],
            "of yours with an alert",
            address("cases:register", owner="me", alerts="yes"),
            _new(needs["alerts_mine"]),
        ),
    ]


_ONE = {
    "open cases you are on": "open case you are on",
    "open cases of yours": "open case of yours",
    "records for you to say whose they are": "record for you to say whose it is",
    "claims for you to confirm": "claim for you to confirm",
    "findings of lists for you to answer": "finding of lists for you to answer",
    "merges to agree to": "merge to agree to",
    "cases where a record may be the child": "case where a record may be the child",
    "records held until mended": "record held until mended",
    "open cases without an owner": "open case without an owner",
    "open cases with an overdue clock": "open case with an overdue clock",
    "open cases with an alert": "open case with an alert",
    "closed cases to look at again": "closed case to look at again",
    "files refused in two weeks": "file refused in two weeks",
    "silent schools": "silent school",
    "minutes the oldest job has waited": "minute the oldest job has waited",
    "jobs waiting": "job waiting",
    "jobs running": "job running",
    "jobs failed": "job failed",
    "files not finished": "file not finished",
}
"""The words of a figure for one, by those for more."""


def _said(number: int, words: str) -> str:
    """Return the words of a figure, in the singular for one."""
    return _ONE.get(words, words) if number == 1 else words


def _new(number: int) -> str:
    return "soon" if number else ""


_ALL: tuple[tuple[str, str, str, dict[str, str], str], ...] = (
    (
        "unsure",
        "records for you to say whose they are",
        "intake:review",
        {"list": "unsure"},
        "soon",
    ),
    ("claims", "claims for you to confirm", "intake:review", {"list": "claims"}, "soon"),
    (
        "findings",
        "findings of lists for you to answer",
        "intake:review",
        {"list": "findings"},
        "soon",
    ),
    ("merges", "merges to agree to", "duplicates:merges", {}, "soon"),
    (
        "leads",
        "cases where a record may be the child",
        "cases:register",
        {"alerts": "lead", "stage": "all"},
        "new",
    ),
    ("held", "records held until mended", "intake:review", {"list": "held"}, "soon"),
    ("unowned", "open cases without an owner", "cases:register", {"owner": "nobody"}, "soon"),
    ("overdue", "open cases with an overdue clock", "cases:register", {"overdue": "yes"}, "late"),
    ("alerts", "open cases with an alert", "cases:register", {"alerts": "yes"}, "soon"),
    (
        "looks",
        "closed cases to look at again",
        "cases:register",
        {"stage": "closed", "overdue": "yes"},
        "soon",
    ),
    ("refused", "files refused in two weeks", "intake:files", {"stage": "refused"}, "late"),
    ("silent", "silent schools", "weekly_so_far", {"#": "silent"}, "soon"),
)


def _needs(day: Today) -> list[Need]:
    """Return what needs someone, of what the person may see."""
    sees_all = day.sees_cases is Scope.ALL
    of_cases = {"unowned", "overdue", "alerts", "leads", "looks"}
    days = {"since": queries.refused_since(day.on).isoformat(), "until": day.on.isoformat()}
    more = {"refused": days}
    return [
        Need(
            number,
            _said(number, words),
            address(name, **query, **more.get(code, {})),
            meaning if number else "done",
        )
        for code, words, name, query, meaning in _ALL
        if (number := day.needs.get(code)) is not None and (sees_all or code not in of_cases)
    ]


def _week(day: Today) -> Table | None:
    """Return this week so far, each figure leading to its list in the running report."""
    if not day.week:
        return None
    so_far = address("weekly_so_far")
    rows = [
        (
            format_html('<a class="govuk-link" href="{}#{}">{}</a>', so_far, code, words),
            day.week[code],
        )
        for code, title in queries.FIGURES.items()
        if code in day.week and (words := title[:1].upper() + title[1:])
    ]
    columns = ("What", Column("Number", is_numeric=True))
    return Table("This week so far", columns, rows, is_caption_hidden=True)


def _drawing(day: Today) -> Drawing | None:
    if day.ages is None:
        return None
    return age_of_cases(day.ages, bands=BANDS, late_from=FOUR_WEEKS)


def _health(day: Today) -> list[Need]:
    words = {
        "waiting": "jobs waiting",
        "running": "jobs running",
        "failed": "jobs failed",
        "oldest": "minutes the oldest job has waited",
        "unfinished": "files not finished",
    }
    is_late = {
        "failed": bool(day.health.get("failed")),
        "oldest": queries.is_late(timedelta(minutes=day.health.get("oldest", 0))),
    }
    return [
        Need(number, _said(number, words[code]), "", "late" if is_late.get(code) else "")
        for code, number in day.health.items()
    ]


def _late(day: Today) -> str:
    """Return how long the oldest job has waited, in words, when that is too long."""
    if day.late is None:
        return ""
    minutes = int(day.late.total_seconds()) // 60
    hours = minutes // 60
    return f"{hours} hour{'' if hours == 1 else 's'}" if hours else f"{minutes} minutes"
