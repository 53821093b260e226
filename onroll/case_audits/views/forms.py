"""The form of each case of an audit, and what it asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.case_audits import actions
from onroll.case_audits.forms import AuditActionForm, GradeForm, LeaveOutForm
from onroll.case_audits.models import SampleCase
from onroll.case_audits.views.frame import audit_url, find_sample, show_page
from onroll.cases.queries import name_of
from onroll.govuk.questions import Done, ask


def _about(request: HttpRequest, sample: SampleCase, page: str, **context: Any) -> HttpResponse:
    """Show a question about a case of an audit."""
    return show_page(
        request,
        "case_audits/question.html",
        page=page,
        cases=[sample.case],
        child=name_of(sample.case.child, me(request)),
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

    def act(form: AuditActionForm) -> Done:
        facts = form.action_facts
        assert facts is not None  # the form asks for it
        row = actions.ask_for(sample=sample, action=facts, by=me(request), at=timezone.localtime())
        return Done(audit_url(sample.audit), f"Action {row.ref} is kept.")

    def page(form: AuditActionForm) -> HttpResponse:
        title = f"Case {sample.case.ref}: what else is to be done?"
        return _about(request, sample, "action", title=title, form=form)

    return ask(request, AuditActionForm(posted(request)[0], initial=_whom(sample)), act, page)
