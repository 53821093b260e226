"""What was said of a case at a meeting, what was decided, and what came of it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.frame import find_case, require, show, today
from onroll.cases.words import meaning
from onroll.govuk.questions import Done, ask
from onroll.meetings import actions, queries
from onroll.meetings.forms import DecisionForm, FinishForm, TalkForm
from onroll.meetings.models import ActionPoint
from onroll.meetings.views.frame import (
    find_item,
    find_meeting,
    meeting_url,
    names_of,
    show_page,
)

A_PAGE = 25


@needs(Permission.CASE_WORK)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """List what meetings decided and still waits, the one that is due first on top."""
    rows = queries.decisions_in_sight(me(request), on=today())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    cases = [row.case for row in page]
    names = names_of(request, cases)
    lines = [(row, names[row.case_id], meaning(row.due_on, on=today())) for row in page]
    return show_page(
        request,
        "meetings/decisions.html",
        page="decisions",
        cases=cases,
        fields=("name", "decisions"),
        links=(),
        rows=page,
        lines=lines,
    )


@needs(Permission.CASE_ASSIGN)
def talk(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Write down what was said of a case, and what was decided first."""
    meeting = find_meeting(request, ref)
    item = find_item(request, meeting, pk)

    def act(form: TalkForm) -> Done:
        actions.record_talk(
            item=item,
            words=form.cleaned_data["words"],
            decision=form.facts,
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(meeting_url(meeting), f"What was said of case {item.case.ref} is kept.")

    def page(form: TalkForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="talk",
            cases=[item.case],
            title=f"Case {item.case.ref}: what was said",
            child=names_of(request, [item.case])[item.case_id],
            form=form,
            button="Save",
            back_url=meeting_url(meeting),
        )

    return ask(request, TalkForm(posted(request)[0]), act, page)


@needs(Permission.CASE_ASSIGN)
def decide(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Write down one more thing that was decided on a case."""
    meeting = find_meeting(request, ref)
    item = find_item(request, meeting, pk)

    def act(form: DecisionForm) -> Done:
        facts = form.facts
        assert facts is not None  # the form asks for it
        row = actions.decide(item=item, decision=facts, by=me(request), at=timezone.localtime())
        return Done(meeting_url(meeting), f"Decision {row.ref} is kept.")

    def page(form: DecisionForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="decide",
            title=f"Case {item.case.ref}: what else was decided?",
            form=form,
            button="Save",
            back_url=meeting_url(meeting),
        )

    return ask(request, DecisionForm(posted(request)[0]), act, page)


@needs(Permission.CASE_WORK)
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a decision, and ask what came of it."""
    try:
        row = queries.decision_of(me(request), ref, on=today())
    except ActionPoint.DoesNotExist:
        raise Http404 from None
    case = find_case(request, row.case.ref)
    require(request, Permission.CASE_WORK, case)
    # What somebody wrote down meanwhile stands beside what is typed here.
    first = {} if row.is_open else {"on": row.done_on, "result": row.result}
    form = FinishForm(posted(request)[0], initial=first)

    def act(form: FinishForm) -> Done:
        actions.finish(
            decision=row,
            on=form.cleaned_data["on"],
            result=form.cleaned_data["result"],
            by=me(request),
            at=timezone.localtime(),
        )
        url = reverse("casefile:case", args=[case.ref])
        return Done(url, f"What came of decision {row.ref} is kept.")

    def page(form: FinishForm) -> HttpResponse:
        context = {
            "title": f"Decision {row.ref}",
            "decision": row,
            "form": form,
            "button": "Save what came of it",
            "back_url": reverse("casefile:case", args=[case.ref]),
        }
        return show(
            request,
            case,
            "meetings/finish.html",
            page="case: decision of a meeting",
            context=context,
            fields=("decisions",),
        )

    return ask(request, form, act, page)
