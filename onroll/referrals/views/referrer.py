"""What the person who referred has afterwards, by a private link and without an account (P17)."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from onroll.accounts import limits
from onroll.accounts.decorators import public, takes_files
from onroll.accounts.looks import Looks
from onroll.accounts.models import User
from onroll.accounts.request import posted
from onroll.drafts.sent_cookie import remember_sent
from onroll.govuk.languages import language_of_page, translated
from onroll.govuk.questions import Done, ask
from onroll.referrals import actions, queries, receipt
from onroll.referrals.codes import UNDECIDED, Relation
from onroll.referrals.contact import email_in, is_written_to
from onroll.referrals.forms.referrer import AddForm
from onroll.referrals.lacks import lacks_when_sent, open_lacks_of
from onroll.referrals.models import Referral
from onroll.referrals.promise import promised
from onroll.referrals.queries import referrer
from onroll.referrals.queries.progress import Progress
from onroll.referrals.queries.referrer import FollowedReferral
from onroll.referrals.status import (
    LINK_DAYS,
    MESSAGE_WHEN_OVER,
    NOT_ALIKE,
    OF_CASE,
    OF_CLOSED_CASE,
    WORDS,
    Status,
    StatusWords,
    awaited_from,
)
from onroll.rules.hours import parse, week_in_words
from onroll.rules.refusal import Refused
from onroll.schools.queries import our_policy

MANY = gettext_noop(
    "You have added very much. What you wrote is not saved. Ring us, or wait an hour."
)
ADDED = gettext_noop("We have what you added.")
FEW_LOOKS = 5
"""So few looks are left at the page of a status that it says so."""


def after_sending(referral: Referral) -> Done:
    """Return the page that ends a form: its address has the key of a new private link."""
    key = actions.make_link(referral=referral, at=timezone.localtime())
    return Done(reverse("referrals:received", args=[key]))


@public
@translated
@require_safe
def received(request: HttpRequest, key: str) -> HttpResponse:
    """Show the reference, the time, what happens next, and the private link."""
    context = {
        "referral": (referral := find_by_link(key).referral),
        **_when_read(referral),
        "link": request.build_absolute_uri(reverse("referrals:status", args=[key])),
        "add_url": reverse("referrals:add_update", args=[key]),
        "link_days": LINK_DAYS.days,
        "has_email": bool(email_in(referral.referrer_contact)),
        "is_written_to": is_written_to(referral),
        "parts": receipt.parts_of(referral),
        "lacks": lacks_when_sent(referral),
        "risk_url": reverse("referrals:answer_risk", args=[key]),
        "is_parent": referral.relation == Relation.PARENT.value,
    }
    if referral.typed_at and isinstance(request.user, User):
        return render(request, "referrals/typed_in.html", context)
    answer = render(request, "referrals/received.html", context)
    at, now = referral.received_at, timezone.localtime()
    return remember_sent(request, answer, ref=referral.ref, at=at, now=now)


def _when_read(referral: Referral) -> dict[str, Any]:
    """Return what says when the hub reads a form: in its hours, and by when it decides."""
    now = timezone.localtime()
    policy = our_policy().on(now.date())
    due_on, since = referral.decision_due_on, referral.received_at
    by = promised(due_on=due_on, since=since) if due_on else None
    week = week_in_words(parse(policy.mash_hours), gettext)
    return {"policy": policy, "week": week, "by": by, "is_late": bool(by and by < now)}


@public
@translated
@require_safe
def status(request: HttpRequest, key: str) -> HttpResponse:
    """Show how far a referral is and what is awaited, and not a word about the child."""
    followed = find_by_link(key)
    ref = followed.referral.ref
    looks = limits.count_look(ref=ref, at=timezone.now())
    if not looks.is_allowed:
        context = {"looks": looks}
        status = HTTPStatus.TOO_MANY_REQUESTS
        return render(request, "referrals/looked_often.html", context, status=status)
    few = looks if looks.left <= FEW_LOOKS else None
    add_url = reverse("referrals:add_update", args=[key])
    risk_url = reverse("referrals:answer_risk", args=[key])
    return show_status(request, followed, add_url=add_url, risk_url=risk_url, few=few)


def show_status(
    request: HttpRequest,
    followed: FollowedReferral,
    *,
    add_url: str,
    risk_url: str,
    back_url: str = "",
    sent_url: str = "",
    is_hub_read: bool = False,
    few: Looks | None = None,
) -> HttpResponse:
    """Show the page of a referral's status; `back_url` is empty for who came by a link.

    `risk_url` is where who referred answers what is owed about risk.

    `sent_url` is where its sender reads what they wrote. `is_hub_read` is true for who may read
    what the hub decided: the page leads there. `few` says how many looks are left, where few are.
    """
    referral, far = followed.referral, followed.far
    updates = [*referral.updates.all()]
    case, finished = referral.from_case, far.finished_on
    when_read = _when_read(referral)
    context = {
        "referral": referral,
        "words": heading(referral, far),
        "awaited": _awaited_here(referral, far.whole, has_day=bool(when_read["by"])),
        "is_passed_on": far.whole is Status.PASSED and case is None,
        "case": case,
        "is_hub_read": is_hub_read,
        "children": [] if far.is_alike else children_of(far, are_named=bool(back_url)),
        "is_undecided": referral.stage in UNDECIDED,
        "is_to_be_rung": referral.is_urgent and far.whole is Status.RECEIVED and case is None,
        **when_read,
        "additions": [(at, gettext(what)) for at, what in referrer.additions_of(updates)],
        "add_url": add_url,
        "risk_url": risk_url,
        "back_url": back_url,
        "sent_url": sent_url,
        "few": few,
        "link_days": LINK_DAYS.days,
        "finished_on": finished,
        "is_written_to": is_written_to(referral),
        "lacks": () if finished else open_lacks_of(referral, updates),
    }
    return render(request, "referrals/status.html", context)


def _awaited_here(referral: Referral, whole: Status, *, has_day: bool) -> list[str]:
    """Return what comes next, without what the page says besides: by when, and who is told."""
    if referral.from_case is None and has_day and whole in (Status.RECEIVED, Status.READ):
        return []
    return [sentence for sentence in awaited(referral, whole) if sentence != MESSAGE_WHEN_OVER]


def heading(referral: Referral, far: Progress) -> StatusWords:
    """Return what heads the page of a status, and its row in a list."""
    if (case := referral.from_case) is not None:
        return OF_CASE[far.whole] if case.is_open else OF_CLOSED_CASE
    return WORDS[far.whole] if far.is_alike else NOT_ALIKE


def awaited(referral: Referral, whole: Status) -> Sequence[str]:
    """Return in sentences what comes next."""
    if (case := referral.from_case) is not None:
        return ((OF_CASE[whole] if case.is_open else OF_CLOSED_CASE).awaited,)
    return awaited_from(whole, referral.depth)


def children_of(far: Progress, *, are_named: bool) -> list[tuple[int, str, StatusWords]]:
    """Return of each child the number on the form, the name where it may be read, and how far."""
    return [
        (child.number, child.name if are_named else "", WORDS[status])
        for child, status in far.children
    ]


@public
@takes_files
@translated
def add_update(request: HttpRequest, key: str) -> HttpResponse:
    """Take what somebody adds to their referral."""
    return ask_for_update(
        request, find_by_link(key).referral, reverse("referrals:status", args=[key])
    )


def ask_for_update(request: HttpRequest, referral: Referral, status_url: str) -> HttpResponse:
    """Ask what somebody adds to a referral; it ends on the page of its status."""
    lacks = open_lacks_of(referral, ticked=request.POST.getlist("gives"))
    named = {"gives": request.GET.getlist("gives")}
    form = AddForm(*posted(request), lacks=lacks, initial=named)

    def act(form: AddForm) -> Done:
        if not limits.count_update(request, ref=referral.ref):
            raise Refused(gettext(MANY))
        actions.add_update(
            referral=referral,
            text=form.cleaned_data["text"],
            file=form.attached(),
            by=request.user if isinstance(request.user, User) else None,
            language=language_of_page(),
            gives=form.cleaned_data.get("gives", ()),
            at=timezone.localtime(),
        )
        return Done(status_url, gettext(ADDED))

    def show(form: AddForm) -> HttpResponse:
        context = {"form": form, "back_url": status_url, "referral": referral}
        return render(request, "referrals/add_update.html", context)

    return ask(request, form, act, show)


def find_by_link(key: str) -> FollowedReferral:
    """Return the referral to which a private link leads; Http404 for none."""
    try:
        return referrer.find_by_key(key, on=timezone.localdate())
    except queries.NoReferral:
        raise Http404 from None
