"""The list of partner agencies, and the codes of their people (P60, P63)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.agencies import actions, queries
from onroll.agencies.forms import FACTS, AgencyForm, ChangeForm, CodeForm
from onroll.agencies.models import Agency
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.rules.refusal import Refused

NEW_CODE = "agency_code"
"""Where a session has a new code until it is shown, once."""
LIST = "agencies:agencies"


@needs(Permission.AGENCIES_MANAGE)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies, with when and how each is told."""
    at = timezone.localtime()
    rows = [
        (
            format_html('<a class="govuk-link" href="{}">{}</a>', _address(row), row.name),
            row.tell_when or "–",
            ", ".join(filter(None, (row.contact, row.phone))) or row.email or "No contact yet",
            _status(row),
            number,
        )
        for row, number in queries.agencies(at=at)
    ]
    columns = ("Agency", "When it is told", "Contact", "Confirmed", "Codes")
    table = Table("Partner agencies", columns, rows, is_caption_hidden=True, is_stacked=True)
    context = {"table": table, "partners": queries.partners_not_listed()}
    return render(request, "agencies/agencies.html", context)


def _status(agency: Agency) -> object:
    if not agency.is_active:
        return tag("Not worked with", "quiet")
    if queries.is_unconfirmed(agency, at=timezone.localtime()):
        return tag("To confirm", "soon")
    return when(agency.confirmed_at)


@needs(Permission.AGENCIES_MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    """Put an agency on the list; one that the policy or another page names is filled in so far."""
    partner = dict(queries.partners_not_listed()).get(request.GET.get("partner", ""))
    initial = {"name": request.GET.get("name", "")[:120]}
    if partner:
        initial = {"name": partner.name, "tell_when": partner.tell_when}

    def act(form: AgencyForm) -> Done:
        agency = actions.add_agency(facts=form.facts, at=timezone.localtime())
        return Done(_address(agency), "Added to the list.")

    def show(form: AgencyForm) -> HttpResponse:
        back_url = reverse(LIST)
        context = {"title": "Add an agency", "form": form, "button": "Add", "back_url": back_url}
        return render(request, "govuk/question.html", context)

    return ask(request, AgencyForm(posted(request)[0], initial=initial), act, show)


@needs(Permission.AGENCIES_MANAGE)
def agency(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an agency, its people's codes, and what may be changed."""
    row = _find(ref)
    initial = {name: getattr(row, name) for name in (*FACTS, "is_active", "version")}
    form = ChangeForm(posted(request)[0], initial=initial)

    def act(form: ChangeForm) -> Done:
        answers = form.cleaned_data
        actions.change_agency(
            agency=row,
            facts=form.facts,
            is_active=answers["is_active"],
            confirms=answers["confirms"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )
        return Done(_address(row), "Saved.")

    def show(form: ChangeForm) -> HttpResponse:
        context = {
            "agency": row,
            "form": form,
            "codes": list(queries.codes_of(row, at=timezone.localtime())),
            "new_code": request.session.pop(NEW_CODE, ""),
            "back_url": reverse(LIST),
        }
        return render(request, "agencies/agency.html", context)

    return ask(request, form, act, show)


@needs(Permission.AGENCIES_MANAGE)
def give_code(request: HttpRequest, ref: str) -> HttpResponse:
    """Make a code for one person of an agency; the next page shows it, once.

    An agency that nobody has confirmed is confirmed first.
    """
    row = _find(ref)

    def act(form: CodeForm) -> Done:
        _, words = actions.make_code(
            agency=row,
            person=form.cleaned_data["person"],
            by=me(request),
            at=timezone.localtime(),
        )
        request.session[NEW_CODE] = words
        return Done(_address(row), "The code is made.")

    def show(form: CodeForm) -> HttpResponse:
        title = f"Give a code to somebody at {row.name}"
        context = {"title": title, "form": form, "button": "Make it", "back_url": _address(row)}
        if not form.is_bound and queries.is_unconfirmed(row, at=timezone.localtime()):
            return render(request, "agencies/confirm_first.html", {**context, "agency": row})
        return render(request, "govuk/question.html", context)

    return ask(request, CodeForm(posted(request)[0]), act, show)


@needs(Permission.AGENCIES_MANAGE)
@require_POST
def end_code(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """End a code."""
    row = _find(ref)
    code = row.codes.filter(pk=pk).first()
    if code is None:
        raise Http404
    try:
        actions.end_code(code=code, by=me(request), at=timezone.localtime())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"The code of {code.person} is ended.")
    return redirect(_address(row))


def _find(ref: str) -> Agency:
    try:
        return queries.get_agency(ref)
    except queries.NoAgency:
        raise Http404 from None


def _address(agency: Agency) -> str:
    return reverse("agencies:agency", args=[agency.ref])
