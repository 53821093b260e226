"""The manager's page: what to watch over, of every feature."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.addresses import page_address
from onroll.casefile import features
from onroll.cases.frame import today
from onroll.cases.offers import Todo
from onroll.cases.queries.waiting import oldest
from onroll.govuk.parts import Column, Table

COLUMNS = ("What", Column("Number", is_numeric=True), "The oldest")


@needs(Permission.CASE_OVERSEE)
@require_safe
def manager(request: HttpRequest) -> HttpResponse:
    """Show what a manager watches over: each a number that leads to its list."""
    at = timezone.localtime()
    rows = [_row(todo, at) for todo in features.overseen(me(request), on=today(), at=at)]
    table = Table("What to watch over", COLUMNS, rows, is_caption_hidden=True, is_stacked=True)
    return render(request, "casefile/manager.html", {"table": table})


def _row(todo: Todo, at: datetime) -> tuple[object, ...]:
    url = page_address(todo.page, **todo.query)
    words = ngettext(*todo.words, todo.number)
    name = words[:1].upper() + words[1:]
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, name)
    return (link, todo.number, oldest(todo, at=at).removeprefix("Oldest: ") or "–")
