"""Messages in which other authorities ask after missing pupils: listed, kept, answered (P69)."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.advice import actions, queries
from onroll.advice.message_forms import WAYS, MessageAnswerForm, MessageForm
from onroll.advice.models import PupilMessage
from onroll.advice.queries import Possible
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.rules.hours import whom_to_ring
from onroll.rules.pupil_messages import NOT_ENOUGH
from onroll.schools.queries import our_policy

PER_PAGE = 15
LIST = "advice:pupil_messages"
READ = "read"
"""The button that reads what was pasted, and keeps nothing."""
COLUMNS = ("Message", "Authority", "Child", "Came", "Answer")
FIELDS = ("name", "date of birth", "school")


@needs(Permission.AUTHORITY_ANSWER)
@require_safe
def pupil_messages(request: HttpRequest) -> HttpResponse:
    """List the messages: those that wait, the first due on top, and below them those answered."""
    rows = queries.pupil_messages_of(me(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    empty = "No authority has asked after a missing pupil."
    cells = [_cells(message) for message in page]
    title = "Messages about missing pupils"
    table = Table(title, COLUMNS, cells, empty, is_caption_hidden=True, is_stacked=True)
    context = {"page": page, "table": table, "title": title}
    return render(request, "advice/pupil_messages.html", context)


def _cells(message: PupilMessage) -> tuple[object, ...]:
    url = reverse("advice:pupil_message", args=[message.ref])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, message.ref)
    answer = message.answer_title or _waits(message)
    return link, message.authority_name, message.name, when(message.received_on), answer


def _waits(message: PupilMessage) -> object:
    due = getattr(message, "due_on", None)
    is_late = due is not None and due < timezone.localdate()
    mark = tag("Overdue", "late") if is_late else tag("Waits", "soon")
    return format_html("{} Due {}", mark, when(due)) if due else mark


@needs(Permission.AUTHORITY_ANSWER)
def add_pupil_message(request: HttpRequest) -> HttpResponse:
    """Keep a message; what was pasted is read first where that is asked, and nothing is kept."""
    today = timezone.localdate()
    form, words = MessageForm(posted(request)[0], on=today), ""
    is_read = READ in request.POST
    if is_read:
        form, has_read = form.read(on=today)
        words = READ_SOMETHING if has_read else READ_NOTHING

    def act(form: MessageForm) -> Done:
        message = actions.keep_message(facts=form.facts, by=me(request), at=timezone.localtime())
        url = reverse("advice:pupil_message", args=[message.ref])
        return Done(url, f"Kept as {message.ref}.")

    def show(form: MessageForm) -> HttpResponse:
        context = {
            "title": "Add a message about a missing pupil",
            "form": form,
            "words": words,
            "button": "Save",
            "back_url": reverse(LIST),
        }
        return render(request, "advice/add_pupil_message.html", context)

    return show(form) if is_read else ask(request, form, act, show)


READ_SOMETHING = "What could be read stands below. Look at it, and save it. Nothing is kept yet."
READ_NOTHING = "Nothing could be read from the text. Fill in below what it says."


@needs(Permission.AUTHORITY_ANSWER)
def pupil_message(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a message, whom on record it may mean, and answer it."""
    message = _find(request, ref)
    is_open = not message.answer
    today = timezone.localdate()
    possible = queries.possible(me(request), message, on=today) if is_open else Possible()
    form = MessageAnswerForm(posted(request)[0], message=message, possible=possible)

    def act(form: MessageAnswerForm) -> Done:
        actions.answer_message(
            message=message, answer=form.chosen, by=me(request), at=timezone.localtime()
        )
        url = reverse("advice:pupil_message", args=[message.ref])
        return Done(url, f"Message {message.ref} is answered. Copy the words below.")

    def show(form: MessageAnswerForm) -> HttpResponse:
        return _show(request, message, possible, form if is_open or form.is_bound else None)

    return ask(request, form, act, show)


def _find(request: HttpRequest, ref: str) -> PupilMessage:
    try:
        return queries.get_message(me(request), ref)
    except queries.NoMessage:
        raise Http404 from None


def _show(
    request: HttpRequest, message: PupilMessage, possible: Possible, form: MessageAnswerForm | None
) -> HttpResponse:
    keys = [*(match.child.pk for match in possible.matches), *_keys(message, possible)]
    saw(request, keys, "message about a missing pupil", Permission.CHILD_FIND, FIELDS)
    context: dict[str, Any] = {
        "message": message,
        "due_on": getattr(message, "due_on", None),
        "possible": possible,
        "before": queries.asked_before(message),
        "asked": queries.asked_by_authority(message, at=timezone.localtime()),
        "how": dict(WAYS).get(message.method, ""),
        "line": whom_to_ring(our_policy(), at=timezone.localtime()),
        "not_enough": NOT_ENOUGH,
        "form": form,
        "back_url": reverse(LIST),
    }
    return render(request, "advice/pupil_message.html", context)


def _keys(message: PupilMessage, possible: Possible) -> Sequence[int]:
    """Return the children whom the page shows besides those who may be meant."""
    told_of = [message.record.pk] if message.record else []
    return [*told_of, *(child.pk for child in possible.protected)]
