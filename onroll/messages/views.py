"""The outbox: which messages wait, went, or were not taken, and why (P58)."""

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.govuk.parts import Link, Table
from onroll.govuk.templatetags.govuk import tag, when
from onroll.messages import actions, queries
from onroll.messages.channels import open_channels
from onroll.messages.kinds import KINDS
from onroll.messages.models import Kind, Message, Way

PER_PAGE = 14
LISTS = {
    queries.NOT_TAKEN: "Not taken",
    queries.WAITING: "Waiting",
    queries.SENT: "Sent",
}
WAYS = {Way.EMAIL: "email", Way.SMS: "text message"}
NO_ACCOUNT = "Who gave an address with it"
"""To whom a message goes that has no account: the address itself is for nobody to read here."""


@needs(Permission.HEALTH_VIEW)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """List messages: those that were not taken, that wait, or that went in the last two weeks."""
    which = request.GET.get("list", queries.NOT_TAKEN)
    which = which if which in LISTS else queries.NOT_TAKEN
    at = timezone.localtime()
    page = Paginator(queries.outbox(which, at=at), PER_PAGE).get_page(request.GET.get("page"))
    numbers = queries.numbers(at=at)
    lists = [
        Link(title, f"?list={code}", is_current=code == which, count=numbers.get(code))
        for code, title in LISTS.items()
    ]
    rows = [_row(message) for message in page]
    columns = ("Message", "Reference", "To", "Made", "How it stands")
    empty = "No message is on this list."
    table = Table(LISTS[which], columns, rows, empty, is_caption_hidden=True, is_stacked=True)
    context = {"page": page, "which": which, "lists": lists, "table": table}
    context |= {
        "can_try": which == queries.NOT_TAKEN and bool(rows),
        "ways": [WAYS[way] for way in open_channels()],
    }
    return render(request, "messages/outbox.html", context)


def _row(message: Message) -> tuple[object, ...]:
    to = message.user.name if message.user else NO_ACCOUNT
    subject = KINDS[Kind(message.kind)].subject
    return subject, message.ref, to, when(message.made_at), _state(message)


def _state(message: Message) -> SafeString:
    if message.sent_at:
        way = f" by {WAYS[Way(message.channel)]}" if message.channel else ""
        return format_html("{} {}{}", tag("Sent", "done"), when(message.sent_at), way)
    if message.given_up_at:
        return format_html("{} {}", tag("Given up", "late"), message.refused_because)
    due = when(message.due_at)
    if message.refused_because:
        words = format_html("{} Again {}", message.refused_because, due)
        return format_html("{} {}", tag("Tried", "soon"), words)
    return format_html("{} until {}", tag("Waits", "waiting"), due)


@needs(Permission.HEALTH_VIEW)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Try all again that were not taken, those that were given up too."""
    count = actions.try_again(at=timezone.localtime())
    notes.success(request, f"{count} will be tried again within five minutes.")
    return redirect("messages:outbox")
