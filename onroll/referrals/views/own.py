"""The referrals that a school, or somebody with an account, has made, and how far each is (P17)."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.accounts.roles import SCHOOL_ROLES
from onroll.govuk.inline import link
from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import when
from onroll.referrals import queries
from onroll.referrals.contents import contents_of
from onroll.referrals.models import Referral
from onroll.referrals.queries import referrer
from onroll.referrals.queries.progress import Progress, progress_of
from onroll.referrals.queries.referrer import updates_of
from onroll.referrals.status import DUTIES, Status
from onroll.referrals.views.referrer import (
    ask_for_update,
    awaited,
    children_of,
    heading,
    show_status,
)
from onroll.referrals.views.start_record import table_of
from onroll.schools.queries import school_choice

PER_PAGE = 15


@needs(Permission.REFERRAL_STATUS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the person's own referrals, or those of their school, the newest first."""
    choice = school_choice(me(request), request.GET.get("school", ""))
    rows_of_all = referrer.own_referrals(me(request), of=choice.chosen)
    page = Paginator(rows_of_all, PER_PAGE).get_page(request.GET.get("page"))
    referrals = list(page)
    far = progress_of(referrals)
    rows = [
        (
            link(reverse("referrals:own_status", args=[referral.ref]), referral.ref),
            ", ".join(child.name or "Name not known" for child in referral.children.all()),
            *([referral.school.name if referral.school else ""] if choice.has_several else []),
            when(referral.came),
            referral.made_by.name if referral.made_by else "",
            _how_far(referral, far[referral.pk]),
            " ".join(_awaited(referral, far[referral.pk].whole)) or "Nothing",
        )
        for referral in referrals
    ]
    of_school = ("School",) if choice.has_several else ()
    columns = ("Reference", "About", *of_school, "Sent", "By", "How far it is", "What comes next")
    empty = "No referral yet."
    table = Table("Referrals", columns, rows, empty, is_caption_hidden=True, is_stacked=True)
    _note(request, *referrals)
    is_school = me(request).role in SCHOOL_ROLES
    context = {
        "page": page,
        "table": table,
        "is_school": is_school,
        "duties": DUTIES,
        "choice": choice,
    }
    written = list(
        queries.start_records(me(request)).not_referred().filter(by=me(request))[:PER_PAGE]
    )
    if written:
        context["written_table"] = replace(table_of(written, me(request)), is_caption_hidden=True)
        context["most_written"] = PER_PAGE if len(written) == PER_PAGE else None
    return render(request, "referrals/own.html", context)


def _awaited(referral: Referral, whole: Status) -> list[str]:
    """Return what comes next, without what the page says once for all of them."""
    return [sentence for sentence in awaited(referral, whole) if sentence not in DUTIES]


def _how_far(referral: Referral, far: Progress) -> str:
    """Return how far a referral is, and each child where they are not equally far."""
    if far.is_alike:
        return heading(referral, far).title
    each = children_of(far, are_named=True)
    return "; ".join(f"{name or f'Child {number}'}: {words.title}" for number, name, words in each)


@needs(Permission.REFERRAL_STATUS)
@require_safe
def status(request: HttpRequest, ref: str) -> HttpResponse:
    """Show how far one of them is."""
    referral = find_own(request, ref)
    add_url = reverse("referrals:own_add", args=[referral.ref])
    _note(request, referral)
    followed = referrer.follow(referral)
    return show_status(
        request,
        followed,
        add_url=add_url,
        risk_url=reverse("referrals:own_risk", args=[referral.ref]),
        back_url=reverse("referrals:own"),
        sent_url=_sent_url(me(request), referral),
        is_hub_read=queries.reads_hub(me(request), referral),
    )


@needs(Permission.REFERRAL_STATUS)
@require_safe
def as_sent(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who sent a referral what they wrote, and nothing that anybody added since."""
    referral = _find_sent_by_me(request, ref)
    children = [
        c.record_id or (c.case.child_id if c.case else None) for c in referral.children.all()
    ]
    saw(request, children, "own referral as sent", Permission.REFERRAL_STATUS, ("own words",))
    context = {
        "referral": referral,
        "contents": contents_of(referral, (), sees_risk=True, names_referrer=True, is_as_sent=True),
        "additions": [row for row in updates_of(referral) if row.by_id == me(request).pk],
        "back_url": reverse("referrals:own_status", args=[referral.ref]),
    }
    return render(request, "referrals/as_sent.html", context)


def _sent_url(user: User, referral: Referral) -> str:
    if not _is_sent_by(user, referral):
        return ""
    return reverse("referrals:own_as_sent", args=[referral.ref])


def _find_sent_by_me(request: HttpRequest, ref: str) -> Referral:
    """Return a referral that this person sent; not one of a colleague, or in others' words."""
    referral = find_own(request, ref)
    if not _is_sent_by(me(request), referral):
        raise Http404
    return referral


def _is_sent_by(user: User, referral: Referral) -> bool:
    is_of_others = referral.typed_at is not None or referral.from_case_id is not None
    return referral.made_by_id == user.pk and not is_of_others


@needs(Permission.REFERRAL_STATUS)
def add_update(request: HttpRequest, ref: str) -> HttpResponse:
    """Take what the person adds to one of them."""
    referral = find_own(request, ref)
    return ask_for_update(request, referral, reverse("referrals:own_status", args=[referral.ref]))


def find_own(request: HttpRequest, ref: str) -> Referral:
    """Return a referral of this person or their school; Http404 for any other."""
    try:
        return referrer.with_day(referrer.own_referrals(me(request))).get(ref=ref)
    except queries.NoReferral:
        raise Http404 from None


def _note(request: HttpRequest, *referrals: Referral) -> None:
    """Write down that names were shown of children who are known to be on record."""
    cases = [child.case for referral in referrals for child in referral.children.all()]
    children = [case.child_id for case in cases if case]
    saw(request, children, "own referrals", Permission.REFERRAL_STATUS, ("name",))
