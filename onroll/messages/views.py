"""The outbox (P58): which messages wait, went, or were not taken; and how often one is told."""

from django import forms
from django.conf import settings
from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs, own_account
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.fields import Choice
from onroll.govuk.forms import Form
from onroll.govuk.parts import Link, Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.messages import actions, queries
from onroll.messages.channels import open_channels
from onroll.messages.kinds import KINDS
from onroll.messages.models import Kind, Message, Way
from onroll.rules.dated import in_words
from onroll.rules.hours import time_in_words

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


class HowOftenForm(Form):
    """How often a person is sent news of their own cases."""

    how_often = forms.ChoiceField(
        label="How often shall Onroll write to you?",
        choices=[
            ("once", Choice("Each time", "What comes within a few minutes is one email.")),
            ("daily", Choice("Once a day", "One email in the morning, at 8am, if there is news.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how often"},
    )


@own_account
def choose(request: HttpRequest) -> HttpResponse:
    """Ask how often one is sent news of one's own cases."""
    user = me(request)

    def act(form: HowOftenForm) -> Done:
        is_daily = form.cleaned_data["how_often"] == "daily"
        actions.choose_how_often(user=user, is_daily=is_daily, at=timezone.localtime())
        words = "once a day" if is_daily else "each time"
        today = timezone.localdate()
        return Done(reverse("messages:choose"), f"Kept on {in_words(today)}: {words}.")

    def page(form: HowOftenForm) -> HttpResponse:
        context = {
            "title": "Emails about your cases",
            "form": form,
            "button": "Save",
            "quiet": [time_in_words(hour) for hour in settings.QUIET_HOURS or ()],
            "back_url": reverse("casefile:today"),
        }
        return render(request, "messages/choose.html", context)

    now = "daily" if queries.once_a_day([user]) else "once"
    form = HowOftenForm(posted(request)[0], initial={"how_often": now})
    return ask(request, form, act, page)
