"""Schools' reports for home education: the list, one report, and its receipt by name (P68)."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.access import may
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.children.models import Place
from onroll.govuk.forms import Form
from onroll.govuk.inline import link
from onroll.govuk.parts import Link, Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.referrals import actions
from onroll.referrals.codes import which_children
from onroll.referrals.forms.sent_on import NotReceivedForm
from onroll.referrals.models import HomeEducationReport, ReferredChild
from onroll.referrals.pages import urgent_mark
from onroll.referrals.queries import certain_children, children_of, put_homes
from onroll.referrals.queries import home_education as queries
from onroll.referrals.queries.sent_to import is_sent_anything
from onroll.rules.school_reports import CONCERN_TITLES, Concern
from onroll.schools.queries import our_policy

PER_PAGE = 15
TO_RECEIVE, RECEIVED, FILES = "", "received", "files"
LISTS = ((TO_RECEIVE, "To receive"), (RECEIVED, "Received"), (FILES, "Said in files"))


@needs(Permission.HOME_EDUCATION)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List schools' reports that wait for a receipt, or have one; or what their files say."""
    asked = request.GET.get("list", "")
    which = asked if asked in dict(LISTS) else TO_RECEIVE
    user = me(request)
    page = Paginator(_found(user, which), PER_PAGE).get_page(request.GET.get("page"))
    if which == FILES:
        _note_children(request, [place.child_id for place in page])
    else:
        _note(request, *page)
    is_waiting = which == TO_RECEIVE
    number = page.paginator.count if is_waiting else queries.to_receive(user).count()
    context = {
        "page": page,
        "table": _of_files(page) if which == FILES else _of_reports(page, which),
        "lists": [
            Link(
                f"{name} ({number})" if code == TO_RECEIVE else name,
                f"?list={code}",
                is_current=code == which,
            )
            for code, name in LISTS
        ],
        "which": which,
        "is_desk": is_sent_anything(user, on=timezone.localdate()),
        "sees_sent_on": may(user, Permission.CASE_TRIAGE),
    }
    return render(request, "referrals/reports.html", context)


def _of_reports(page: Iterable[HomeEducationReport], which: str) -> Table:
    return Table(
        "Reports",
        ("Report", "About", "School", "What it reports", "Came", "Received"),
        [_row(report) for report in page],
        empty="No report has been received." if which else "No report waits to be received.",
        is_caption_hidden=True,
        is_stacked=True,
    )


def _found(user: User, which: str) -> Any:
    if which == FILES:
        return queries.of_files(user, on=timezone.localdate())
    if which == RECEIVED:
        return queries.reports(user).exclude(received_at=None)
    return queries.to_receive(user)


def _of_files(page: Iterable[Place]) -> Table:
    rows = [
        (
            place.child.name,
            place.source.said_by,
            when(place.from_on) if place.from_on else "Not known",
            when(place.source.recorded_at),
        )
        for place in page
    ]
    empty = "No school’s file says so of any child."
    columns = ("Child", "Said by", "From", "The file came")
    title = "Taught at home, as schools’ files say"
    return Table(title, columns, rows, empty=empty, is_caption_hidden=True, is_stacked=True)


def _row(report: HomeEducationReport) -> tuple[object, ...]:
    children = report.referral.children.all()
    by, entered = report.received_by, report.hub_receipts
    name = link(reverse("referrals:report", args=[report.referral.ref]), report.referral.ref)
    mark = urgent_mark(report.referral)
    unread = f"By the hub’s word: {entered[0].receipt_name}" if entered else "Nobody yet"
    return (
        format_html("{} {}", name, mark) if mark else name,
        ", ".join(child.name or "Name not known" for child in children),
        ", ".join({child.school_words or "Not known" for child in children}),
        _concerns(report),
        when(report.at),
        format_html("{}, {}", by.name, when(report.received_at)) if by else tag(unread, "waiting"),
    )


def _concerns(report: HomeEducationReport) -> str:
    return ", ".join(CONCERN_TITLES[Concern(code)] for code in report.concerns)


@needs(Permission.HOME_EDUCATION)
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one report, and let who takes it confirm that with their name."""
    row = _find(request, ref)
    taken = which_children([child.number for child in row.to_receive]).strip(" ()")

    def act(form: Form) -> Done:
        actions.receive_report(report=row, by=me(request), at=timezone.localtime())
        words = f", and you have {taken} of the hub" if taken else ""
        return Done(_address(row), f"You have received this report{words}.")

    def show(form: Form) -> HttpResponse:
        children = _children_of(request, row)
        context = {"report": row, "referral": row.referral, "form": form}
        context |= {"children": children, "concerns": _concerns(row), "policy": our_policy()}
        user = me(request)
        context["sees_referral"] = may(user, Permission.CASE_TRIAGE)
        context["sees_sent"] = is_sent_anything(user, on=timezone.localdate())
        return render(request, "referrals/report.html", context)

    return ask(request, Form(posted(request)[0]), act, show)


@needs(Permission.HOME_EDUCATION)
def report_mistake(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask why a report was received by mistake, which then waits again, with its children."""
    row = _find(request, ref)
    if request.method != "POST" and not row.may_be_given_back:
        return redirect(_address(row))

    def act(form: NotReceivedForm) -> Done:
        why, at = form.cleaned_data["why"], timezone.localtime()
        actions.take_report_back(report=row, why=why, by=me(request), at=at)
        return Done(_address(row), "It waits to be received again. Your reason is kept.")

    def show(form: NotReceivedForm) -> HttpResponse:
        context = {"report": row, "referral": row.referral, "form": form}
        return render(request, "referrals/report_mistake.html", context)

    return ask(request, NotReceivedForm(posted(request)[0]), act, show)


def _find(request: HttpRequest, ref: str) -> HomeEducationReport:
    try:
        return queries.reports(me(request)).get(referral__ref=ref)
    except queries.NoReport:
        raise Http404 from None


def _address(row: HomeEducationReport) -> str:
    return reverse("referrals:report", args=[row.referral.ref])


def _children_of(request: HttpRequest, row: HomeEducationReport) -> list[ReferredChild]:
    """Return the children of a report; with their homes on record to who received it by name."""
    if row.received_by != me(request):
        _note(request, row)
        return list(row.referral.children.all())
    children = children_of(row.referral)
    sure = certain_children(me(request), children, on=timezone.localdate())
    put_homes(zip(children, sure, strict=True))
    on_record = [child.pk for child in sure if child]
    saw(request, on_record, PAGE, Permission.HOME_EDUCATION, ("name", "addresses"))
    return children


PAGE = "reports for home education"


def _note(request: HttpRequest, *reports: HomeEducationReport) -> None:
    """Write down that names were shown of children who are known to be on record."""
    cases = [child.case for row in reports for child in row.referral.children.all()]
    _note_children(request, [case.child_id for case in cases if case])


def _note_children(request: HttpRequest, children: list[int]) -> None:
    saw(request, children, PAGE, Permission.HOME_EDUCATION, ("name",))
