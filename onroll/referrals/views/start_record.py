"""Why a child is not referred, and the call about one in danger, under a name (P14, P15)."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.accounts.sides import Side, side_of
from onroll.addresses import page_address
from onroll.govuk.fields import in_words
from onroll.govuk.inline import link
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import when
from onroll.referrals import actions, queries
from onroll.referrals.facts import StartWords
from onroll.referrals.forms.start_record import NOT_KNOWN, StartRecordForm
from onroll.referrals.models import Referral, StartRecord
from onroll.referrals.queries.pupils import Pupil
from onroll.referrals.views.beginnings import begin_referral
from onroll.referrals.views.pupil_pages import find_pupil, name_pupil
from onroll.referrals.views.start import own_form
from onroll.rules.start_records import PROOFS, TITLES, Kind

PER_PAGE = 15
CALL_FILLED_IN = "The name and the call stand in this form. Add what else you know."
THEN_REFER = (
    "What makes it true is not known, so this child is to be referred. What you typed stands in "
    "this form."
)


@needs(Permission.REFER)
def record(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for what makes it true; what is not known begins a referral with what was typed."""
    return _ask(request, kind, None)


@needs(Permission.REFER)
def record_of_pupil(request: HttpRequest, kind: str, child: str) -> HttpResponse:
    """Ask the same of a pupil on record, whose name a school need not type."""
    return _ask(request, kind, find_pupil(request, child))


def _ask(request: HttpRequest, kind: str, pupil: Pupil | None) -> HttpResponse:
    if kind not in set(Kind):
        raise Http404
    record_kind = Kind(kind)

    def act(form: StartRecordForm) -> Done:
        if form.cleaned_data.get(NOT_KNOWN):
            begun = begin_referral(request, form.words, pupil)
            return Done(begun, THEN_REFER, messages.INFO)
        row = actions.write_start_record(words=form.words, by=me(request), at=timezone.localtime())
        return Done(reverse("referrals:start_recorded", args=[row.ref]))

    def show(form: StartRecordForm) -> HttpResponse:
        name_pupil(request, form)
        offers_pupils = pupil is None and side_of(me(request)) is Side.SCHOOL
        context = {
            "title": TITLES[record_kind],
            "is_call": record_kind is Kind.CALL,
            "form": form,
            "button": "Keep this",
            "back_url": reverse("referrals:start"),
            "find_url": find_first(record_kind) if offers_pupils else "",
        }
        return render(request, "referrals/start/record.html", context)

    on = timezone.localdate()
    form = StartRecordForm(posted(request)[0], kind=record_kind, on=on, pupil=pupil)
    return ask(request, form, act, show)


def find_first(kind: Kind) -> str:
    """Return where a school looks for its pupil, which leads back to what is written down."""
    return page_address("casefile:school_find", then=kind.value)


@needs(Permission.REFER)
def recorded(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what was written down, to who wrote it and to who triages.

    Who wrote down a call refers the child from here, with what they told of it (policy p.4).
    """
    try:
        row = queries.start_records(me(request)).get(ref=ref)
    except queries.NoStartRecord:
        raise Http404 from None
    may_refer = row.is_call and row.by == me(request)
    if request.method == "POST":
        if not may_refer:
            return redirect("referrals:start_recorded", row.ref)
        return _refer_after(request, row)
    context = {
        "record": row,
        "may_refer": may_refer,
        "proofs": _proofs(row),
        "referral_url": _referral_url(request, row, row.referral),
        "followed_by": [
            (each.ref, _referral_url(request, row, each)) for each in row.referrals.all()
        ],
        "own_form_url": own_form(request) if access.may(me(request), Permission.REFER) else "",
        "list_url": _list_url(me(request), row),
        "sees_who": queries.sees_who_says_so(me(request), row, on=timezone.localdate()),
    }
    return render(request, "referrals/start/recorded.html", context)


def _list_url(user: User, row: StartRecord) -> str:
    """Return the list in which who wrote something down finds it again; "" for a reader."""
    is_theirs = row.by == user and access.may(user, Permission.REFERRAL_STATUS)
    return reverse("referrals:own") if is_theirs else ""


def _refer_after(request: HttpRequest, row: StartRecord) -> HttpResponse:
    """Begin the referral of the child about whom somebody rang."""
    words = StartWords(
        kind=Kind(row.kind),
        forename=row.forename,
        surname=row.surname,
        born_on=row.born_on,
        proofs=row.proofs,
    )
    messages.info(request, CALL_FILLED_IN)
    return HttpResponseRedirect(begin_referral(request, words, call=row.ref))


def _referral_url(request: HttpRequest, row: StartRecord, referral: Referral | None) -> str:
    """Return the address of a referral of a record: for who made it, how far that is."""
    if referral is None:
        return ""
    if row.by == me(request) and access.may(row.by, Permission.REFERRAL_STATUS):
        return reverse("referrals:own_status", args=[referral.ref])
    return reverse("referrals:referral", args=[referral.ref])


def _proofs(row: StartRecord) -> list[tuple[str, str]]:
    return [
        (
            proof.words,
            in_words(date.fromisoformat(answer))
            if proof.is_day and answer
            else answer or "Not known",
        )
        for proof in PROOFS[Kind(row.kind)]
        for answer in (row.proofs.get(proof.code, ""),)
    ]


@needs(Permission.CASE_TRIAGE)
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """List why children were not referred, and the calls that were made."""
    rows = queries.start_records(me(request)).not_referred()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "table": table_of(page, me(request))}
    return render(request, "referrals/start/records.html", context)


def table_of(rows: Iterable[StartRecord], reader: User) -> Table:
    """Return records as a table, each with its page.

    Whose call was followed by a referral made that: the page says it to who may know (row 10).
    """
    cells = [
        (
            link(reverse("referrals:start_recorded", args=[row.ref]), row.ref),
            row.name,
            row.title,
            "See the record" if row.is_followed and row.by != reader else row.by.name,
            when(row.at),
        )
        for row in rows
    ]
    columns = ("Record", "Child", "Why", "Who says so", "When")
    empty = "Nobody has written anything down."
    return Table("Not referred, and calls", columns, cells, empty, is_stacked=True)
