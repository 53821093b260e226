"""Audits of casework: the list, one with its sample and figures, started and ended."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.case_audits import actions, queries
from onroll.case_audits.forms import StartForm
from onroll.case_audits.models import CaseAudit
from onroll.case_audits.views.frame import audit_url, find_audit, show_page
from onroll.cases.frame import today
from onroll.cases.queries import names_of
from onroll.govuk.forms import Form
from onroll.govuk.parts import Column, Table
from onroll.govuk.questions import Done, ask
from onroll.rules.case_audits import ANSWERS, seed_at

A_PAGE = 25


@needs(Permission.CASE_OVERSEE)
@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    """List the audits, the latest first."""
    rows = queries.audits_in_sight(me(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show_page(request, "case_audits/audits.html", page="list", links=(), rows=page)


@needs(Permission.CASE_OVERSEE)
def start(request: HttpRequest) -> HttpResponse:
    """Draw the sample of a new audit."""

    def act(form: StartForm) -> Done:
        row = actions.start_audit(facts=form.facts, by=me(request), at=timezone.localtime())
        number = len(row.drawn)
        cases = "1 case is" if number == 1 else f"{number} cases are"
        return Done(audit_url(row), f"Audit {row.ref} is started: {cases} drawn.")

    def page(form: StartForm) -> HttpResponse:
        return show_page(
            request,
            "case_audits/question.html",
            page="start",
            back_url=reverse("case_audits:audits"),
            title="Start a case audit",
            form=form,
            button="Draw the sample",
        )

    first = {"seed": seed_at(timezone.localtime()), "number": 6, "closed_days": 90}
    return ask(request, StartForm(posted(request)[0], initial=first), act, page)


@needs(Permission.CASE_OVERSEE)
@require_safe
def audit(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an audit: how its sample was drawn, its figures, and each case with its form."""
    row = find_audit(request, ref)
    rows = queries.cases_of(row, me(request), on=today())
    cases = [line.case for line in rows]
    names = names_of(cases, me(request))
    return show_page(
        request,
        "case_audits/audit.html",
        page="sample",
        cases=cases,
        fields=("name", "case audit"),
        audit=row,
        lines=[(line, names[line.case_id]) for line in rows],
        hidden=len(row.drawn) - len(rows),
        waiting=sum(line.is_waiting for line in rows),
        tables=_tables(row) if any(line.grade for line in rows) else (),
        me=me(request),
    )


def _tables(audit: CaseAudit) -> tuple[Table, Table]:
    """Return the figures of an audit: the grades, and how often each question was met."""
    figures = queries.figures_of(audit)
    numbers = [Column(words, is_numeric=True) for words in (*ANSWERS.values(), "Share met")]
    rows = [(title, *counts, share) for title, counts, share in figures.questions]
    return (
        Table("Grades", ("Grade", Column("Cases", is_numeric=True)), list(figures.grades)),
        Table("How often each question was met", ("Question", *numbers), rows, is_stacked=True),
    )


@needs(Permission.CASE_OVERSEE)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """End an audit, whose forms then stay as they are."""
    row = find_audit(request, ref)

    def act(_form: Form) -> Done:
        actions.end_audit(audit=row, by=me(request), at=timezone.localtime())
        return Done(audit_url(row), f"Audit {row.ref} has ended.")

    def page(form: Form) -> HttpResponse:
        return show_page(
            request,
            "case_audits/end.html",
            page="end",
            back_url=audit_url(row),
            title="End the audit",
            form=form,
            button="End it",
        )

    return ask(request, Form(posted(request)[0]), act, page)
