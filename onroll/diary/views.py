"""The page of a person's diary, its secret address, and what a calendar program reads there."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts import limits
from onroll.accounts.decorators import own_account, public
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.cases.offers import Coming
from onroll.diary import actions, queries
from onroll.diary.calendar_file import CONTENT_TYPE, calendar_file
from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import when
from onroll.rules.dated import in_words

NEW_KEY = "diary_key"
"""Where a session has the key of a new address until it is shown, once."""
COLUMNS = ("Due", "Child or referral", "What")


@own_account
@require_safe
def diary(request: HttpRequest) -> HttpResponse:
    """Show what comes due on a person's own work, week by week."""
    user, at = me(request), timezone.localtime()
    rows = queries.diary(user, on=at.date())
    children = [row.child for row in rows if row.child]
    saw(request, children, "diary", Permission.CASE_LIST, ("name",))
    key = request.session.pop(NEW_KEY, "")
    weeks = queries.by_week(rows)
    first = [week for week in weeks if week.begins_on <= at.date() + queries.UNFOLDED]
    later = weeks[len(first) :]
    context = {
        "weeks": [_drawn(week) for week in first],
        "later": [_drawn(week) for week in later],
        "later_words": _later(later),
        "until": at.date() + queries.AHEAD,
        "feed": queries.feed_of(user),
        "address": request.build_absolute_uri(reverse("diary:feed", args=[key])) if key else "",
    }
    return render(request, "diary/diary.html", context)


def _later(weeks: Sequence[queries.Week]) -> str:
    number = sum(len(week.days) for week in weeks)
    return ngettext(*_LATER, number) % number


_LATER = ("%d more comes due later", "%d more come due later")


def _drawn(week: queries.Week) -> tuple[str, Table]:
    """Return the title of a week and its table: a row for each reference of a day."""
    title = f"Week of {in_words(week.begins_on)}"
    cells = [(_due(rows), _about(rows), _clocks(rows)) for rows in week.days.values()]
    return title, Table(title, COLUMNS, cells, is_caption_hidden=True, is_stacked=True)


def _due(rows: Sequence[Coming]) -> SafeString:
    """Draw the day, or of clocks of hours the first moment."""
    moments = [row.due_at for row in rows if row.due_at]
    return when(min(moments) if moments else rows[0].on)


def _clocks(rows: Iterable[Coming]) -> SafeString:
    lines = (format_html("{}{}", row.words, _clause(row)) for row in rows)
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))


def _clause(row: Coming) -> SafeString | str:
    shape = ' <span class="govuk-hint govuk-!-display-inline">{}</span>'
    return format_html(shape, row.clause) if row.clause else ""


def _about(rows: Sequence[Coming]) -> SafeString:
    """Name the child, and lead to the case rather than to one of its enquiries."""
    row = min(rows, key=lambda row: len(row.url))
    shape = '{} <a class="govuk-link onroll-nowrap" href="{}">{}</a>{}'
    absent = format_html("<br>For {}", row.covered_for) if row.covered_for else ""
    return format_html(shape, row.about, row.url, row.ref, absent)


@own_account
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a new address of the diary; the next page shows it, once."""
    request.session[NEW_KEY] = actions.make_feed(user=me(request), at=timezone.localtime())
    return redirect("diary:diary")


@own_account
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw the address of the diary."""
    actions.withdraw_feed(user=me(request), at=timezone.localtime())
    return redirect("diary:diary")


@public
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Give a calendar program the references that come due, and the days; 404 for a wrong key."""
    try:
        feed_row = queries.feed_by_key(key)
    except queries.NoFeed:
        raise Http404 from None
    if not limits.count_feed(feed=feed_row.pk, at=timezone.now()):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    at = timezone.localtime()
    content = calendar_file(queries.diary(feed_row.user, on=at.date()), at=at)
    return HttpResponse(content, content_type=CONTENT_TYPE)
