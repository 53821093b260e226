"""What is to be done on cases: the list of it, and what became of one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import actions, queries
from onroll.cases.action_forms import FinishForm
from onroll.cases.frame import find_case, require, show, today
from onroll.cases.models import ActionPoint
from onroll.cases.words import meaning
from onroll.govuk.questions import Done, ask
from onroll.rules.action_points import Fate

A_PAGE = 25
_FIELDS = ("name", "action points")


@needs(Permission.CASE_WORK)
@require_safe
def action_points(request: HttpRequest) -> HttpResponse:
    """List what is still to be done, the one that is due first on top."""
    rows = queries.actions_in_sight(me(request), on=today())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of((row.case for row in page), me(request))
    children = [row.case.child_id for row in page]
    if children:
        saw(request, children, "action points", Permission.CASE_WORK, _FIELDS)
    lines = [(row, names[row.case_id], meaning(row.due_on, on=today())) for row in page]
    return render(request, "cases/action_points.html", {"rows": page, "lines": lines})


@needs(Permission.CASE_WORK)
def action_point(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is to be done, and ask what became of it."""
    try:
        row = queries.action_of(me(request), ref, on=today())
    except ActionPoint.DoesNotExist:
        raise Http404 from None
    case = find_case(request, row.case.ref)
    require(request, Permission.CASE_WORK, case)
    back_url = reverse("casefile:case", args=[case.ref])

    def act(form: FinishForm) -> Done:
        actions.finish_action_point(
            action=row,
            fate=Fate(form.cleaned_data["fate"]),
            on=form.cleaned_data["on"],
            result=form.cleaned_data["result"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(back_url, f"What became of action point {row.ref} is kept.")

    def page(form: FinishForm) -> HttpResponse:
        context = {
            "title": f"Action point {row.ref}",
            "action": row,
            "form": form,
            "button": "Save what became of it",
            "back_url": back_url,
        }
        template, name = "cases/action_point.html", "case: action point"
        return show(request, case, template, page=name, context=context, fields=_FIELDS[1:])

    return ask(request, FinishForm(posted(request)[0], initial=_kept(row)), act, page)


def _kept(row: ActionPoint) -> dict[str, object]:
    """Return what somebody wrote down meanwhile, to stand beside what is typed here."""
    if row.is_open:
        return {}
    fate = Fate.GIVEN_UP if row.is_given_up else Fate.DONE
    return {"fate": fate.value, "on": row.done_on, "result": row.result}
