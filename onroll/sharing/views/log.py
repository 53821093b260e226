"""The sharing log of a case: what was shared, with whom, why, on what basis, or why not (P39)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries import may_on
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.schools.queries import our_policy
from onroll.sharing import actions, queries
from onroll.sharing.line_forms import LineForm, WithdrawForm
from onroll.sharing.models import Disclosure
from onroll.sharing.views.frame import find, line_url, log_url, show_page

COLUMNS = ("With whom", "Day", "What", "Why", "By")


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def sharing(request: HttpRequest, ref: str) -> HttpResponse:
    """List what was shared about a child, and what somebody decided not to share."""
    case, user = find(request, ref, Permission.ENQUIRY_LOG_VIEW), me(request)
    rows = [_cells(line, case) for line in queries.lines_of(case)]
    table = Table("Sharing log", COLUMNS, rows, NOTHING, is_caption_hidden=True, is_stacked=True)
    context = {
        "table": table,
        "may_ask": case.is_open and queries.may_ask(user, case),
        "may_add": may_on(user, Permission.ENQUIRY_ADD, case),
        "guidance": queries.guidance(our_policy()),
    }
    return show_page(request, case, "sharing/sharing.html", "sharing log", **context)


NOTHING = "Nothing is written down: nothing was shared, as far as Onroll knows."


def _cells(line: Disclosure, case: Case) -> tuple[object, ...]:
    link = format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        line_url(line),
        line.whom,
        line.ref,
    )
    if line.is_withdrawn:
        mark: object = tag("Withdrawn", "quiet")
    else:
        mark = "" if line.is_shared else tag("Not shared", "info")
    return (
        format_html("{} {}", link, mark),
        when(line.on),
        line.things,
        line.why,
        line.done_by or line.by.name,
    )


@needs(Permission.ENQUIRY_ADD)
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what was shared by telephone or at a meeting, or a decision not to share."""
    case = find(request, ref, Permission.ENQUIRY_ADD)
    form = LineForm(posted(request)[0], on=today())

    def act(form: LineForm) -> Done:
        line = actions.write_line(
            case=case, line=form.line_of_log, by=me(request), at=timezone.localtime()
        )
        return Done(line_url(line), f"Kept in the sharing log as {line.ref}.")

    def page(form: LineForm) -> HttpResponse:
        context = {
            "title": "Write down what was shared",
            "form": form,
            "button": "Save",
            "back_url": log_url(case),
            "words": WORDS,
            "guidance": queries.guidance(our_policy()),
        }
        return show_page(request, case, "sharing/add.html", "write down what was shared", **context)

    return ask(request, form, act, page)


WORDS = (
    "A request that you make in Onroll stands in the log by itself. This is for everything else."
)


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def line(request: HttpRequest, ref: str, line: str) -> HttpResponse:
    """Show a line of the sharing log."""
    case = find(request, ref, Permission.ENQUIRY_LOG_VIEW)
    row = _find_line(case, line)
    may_add = may_on(me(request), Permission.ENQUIRY_ADD, case) and not row.is_withdrawn
    context = {"line": row, "may_withdraw": may_add}
    return show_page(request, case, "sharing/line.html", "line of the sharing log", **context)


@needs(Permission.ENQUIRY_ADD)
def withdraw(request: HttpRequest, ref: str, line: str) -> HttpResponse:
    """Ask why a line is wrong, or what it tells of was not sent after all."""
    case = find(request, ref, Permission.ENQUIRY_ADD)
    row = _find_line(case, line)
    form = WithdrawForm(posted(request)[0])

    def act(form: WithdrawForm) -> Done:
        words = form.cleaned_data["words"]
        actions.withdraw_line(line=row, why=words, by=me(request), at=timezone.localtime())
        return Done(line_url(row), f"Line {row.ref} is withdrawn, with the reason.")

    def page(form: WithdrawForm) -> HttpResponse:
        context = {
            "title": f"Withdraw line {row.ref} of the sharing log",
            "form": form,
            "button": "Withdraw it",
            "back_url": line_url(row),
            "words": "Its enquiry stays as it is: withdraw that, too, if nobody was asked."
            if row.enquiry
            else "",
        }
        return show_page(request, case, "cases/question.html", "withdraw a line", **context)

    return ask(request, form, act, page)


def _find_line(case: Case, ref: str) -> Disclosure:
    try:
        return queries.get_line(case, ref)
    except queries.NoLine:
        raise Http404 from None
