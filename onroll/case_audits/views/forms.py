"""The form of each case of an audit, what it asks for, and what came of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.case_audits import actions, queries
from onroll.case_audits.forms import ActionForm, FinishForm, GradeForm, LeaveOutForm
from onroll.case_audits.models import AuditAction, SampleCase
from onroll.case_audits.views.frame import audit_url, find_sample, names_of, show_page
from onroll.cases.frame import find_case, require, show, today
from onroll.cases.words import meaning
from onroll.govuk.questions import Done, ask

A_PAGE = 25


@needs(Permission.CASE_WORK)
@require_safe
def actions_to_do(request: HttpRequest) -> HttpResponse:
    """List what audits ask for and still waits, the one that is due first on top."""
    rows = queries.actions_in_sight(me(request), on=today())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    cases = [row.case for row in page]
    names = names_of(request, cases)
    return show_page(
        request,
        "case_audits/actions.html",
        page="actions",
        cases=cases,
        fields=("name", "case audit"),
        links=(),
        rows=page,
        lines=[(row, names[row.case_id], meaning(row.due_on, on=today())) for row in page],
    )


def _about(request: HttpRequest, sample: SampleCase, page: str, **context: Any) -> HttpResponse:
    """Show a question about a case of an audit."""
    return show_page(
        request,
        "case_audits/question.html",
        page=page,
        cases=[sample.case],
        child=names_of(request, [sample.case])[sample.case_id],
        sample=sample,
        button="Save",
        back_url=audit_url(sample.audit),
        **context,
    )


def _whom(sample: SampleCase) -> dict[str, str]:
    """Return who does what is asked for unless somebody else is named: the owner of the case."""
    return {"whom": sample.case.owner.name if sample.case.owner else ""}


@needs(Permission.CASE_OVERSEE)
def grade(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Fill in the form of a case, and ask for a first thing to be done."""
    sample = find_sample(request, ref, pk)

    def act(form: GradeForm) -> Done:
        actions.grade_case(
            sample=sample,
            form=form.form_facts,
            action=form.action_facts,
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(audit_url(sample.audit), f"The form of case {sample.case.ref} is kept.")

    def page(form: GradeForm) -> HttpResponse:
        return _about(request, sample, "form", title=f"Audit of case {sample.case.ref}", form=form)

    return ask(request, GradeForm(posted(request)[0], initial=_whom(sample)), act, page)


@needs(Permission.CASE_OVERSEE)
def leave_out(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Leave a case of the sample out, with a reason."""
    sample = find_sample(request, ref, pk)

    def act(form: LeaveOutForm) -> Done:
        why = form.cleaned_data["why"]
        actions.leave_out(sample=sample, why=why, by=me(request), at=timezone.localtime())
        return Done(audit_url(sample.audit), f"Case {sample.case.ref} is left out.")

    def page(form: LeaveOutForm) -> HttpResponse:
        title = f"Leave case {sample.case.ref} out of the audit"
        return _about(request, sample, "leave out", title=title, form=form)

    return ask(request, LeaveOutForm(posted(request)[0]), act, page)


@needs(Permission.CASE_OVERSEE)
def ask_more(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask for one more thing to be done on a case that has its form."""
    sample = find_sample(request, ref, pk)

    def act(form: ActionForm) -> Done:
        facts = form.action_facts
        assert facts is not None  # the form asks for it
        row = actions.ask_for(sample=sample, action=facts, by=me(request), at=timezone.localtime())
        return Done(audit_url(sample.audit), f"Action {row.ref} is kept.")

    def page(form: ActionForm) -> HttpResponse:
        title = f"Case {sample.case.ref}: what else is to be done?"
        return _about(request, sample, "action", title=title, form=form)

    return ask(request, ActionForm(posted(request)[0], initial=_whom(sample)), act, page)


@needs(Permission.CASE_WORK)
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what an audit asks for, and ask what came of it."""
    try:
        row = queries.action_of(me(request), ref, on=today())
    except AuditAction.DoesNotExist:
        raise Http404 from None
    case = find_case(request, row.case.ref)
    require(request, Permission.CASE_WORK, case)
    back_url = reverse("casefile:case", args=[case.ref])
    # What somebody wrote down meanwhile stands beside what is typed here.
    first = {} if row.is_open else {"on": row.done_on, "result": row.result}

    def act(form: FinishForm) -> Done:
        on, result = form.cleaned_data["on"], form.cleaned_data["result"]
        actions.finish(action=row, on=on, result=result, by=me(request), at=timezone.localtime())
        return Done(back_url, f"What came of action {row.ref} is kept.")

    def page(form: FinishForm) -> HttpResponse:
        context = {
            "title": f"Action {row.ref}",
            "action": row,
            "form": form,
            "button": "Save what came of it",
            "back_url": back_url,
        }
        template, name = "case_audits/finish.html", "case: action of an audit"
        return show(request, case, template, page=name, context=context, fields=("case audit",))

    return ask(request, FinishForm(posted(request)[0], initial=first), act, page)
