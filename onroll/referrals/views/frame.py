"""What every page about a referral does: find it, write down the look, show it or ask about it."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.cases.queries import Match, managers
from onroll.documents.queries import Look, looks_of
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done, F
from onroll.govuk.questions import ask as ask_form
from onroll.referrals import actions, queries
from onroll.referrals.clock_codes import DECIDE
from onroll.referrals.codes import AT_THE_HUB, Stage
from onroll.referrals.contents import contents_of
from onroll.referrals.models import Referral, ReferralStep, ReferralUpdate, ReferredChild
from onroll.referrals.news import news_of_page
from onroll.referrals.notifications import colleagues_table, outside_table
from onroll.referrals.pages import due, grade_title, next_hand, stage_title, waits_since
from onroll.referrals.queries import referrer
from onroll.referrals.queries.ladder import next_hands
from onroll.referrals.queries.notifications import notifications_of, ticked_by_opening
from onroll.rules.hours import time_in_words
from onroll.schools.queries import our_policy

About = list[tuple[ReferredChild, tuple[Match, ...]]]
"""The children of a referral, each with the children on record whom they may be."""
FIELDS = ("identity", "born", "places", "cases")


def find(request: HttpRequest, ref: str) -> Referral:
    """Return a referral in sight; 404 otherwise, 403 for what is sent by who broke the glass."""
    try:
        referral = queries.get_referral(me(request), ref)
    except queries.NoReferral:
        raise Http404 from None
    if request.method not in ("GET", "HEAD") and queries.is_of(referral, me(request).opened):
        raise PermissionDenied("break_glass")
    return referral


def find_in_part(request: HttpRequest, ref: str) -> Referral:
    """Return the same, or one of which this person may see some of the children alone."""
    try:
        return find(request, ref)
    except Http404:
        pass
    try:
        return queries.get_in_part(me(request), ref)
    except queries.NoReferral:
        raise Http404 from None


def may_decide(request: HttpRequest, referral: Referral) -> bool:
    """Say whether the hub has a referral, and this person did not send it there themselves."""
    return referral.stage in AT_THE_HUB and not referral.is_case_sent_by(me(request))


def address(referral: Referral) -> str:
    """Return the address of a referral's page."""
    return reverse("referrals:referral", args=[referral.ref])


def children_with_matches(request: HttpRequest, referral: Referral) -> About:
    """Return the children of a referral, each with whom they may be; nobody for one with a case."""
    children = queries.children_in_sight(me(request), referral)
    open_ones = [child for child in children if _is_looked_for(child)]
    lists = queries.likely_each(me(request), open_ones, on=timezone.localdate())
    found = zip(open_ones, lists, strict=True)
    compared = queries.compare_each(me(request), [*found], on=timezone.localdate())
    matches = {child.pk: some for child, some in compared}
    about = [(child, matches.get(child.pk, ())) for child in children]
    certain = [(child, queries.certain_child(child, some)) for child, some in about]
    queries.add_homes(me(request), certain)
    queries.add_also_referred(me(request), certain)
    return about


def _is_looked_for(entry: ReferredChild) -> bool:
    """Say whether it is still open who a child is: until it has a case or goes elsewhere."""
    return not entry.case and (entry.decision is None or entry.decision.is_to_accept)


def ask(
    request: HttpRequest,
    form: F,
    act: Callable[[F], Done],
    referral: Referral,
    about: About,
    *,
    title: str,
    button: str,
    heading: str = "",
    entry: ReferredChild | None = None,
    says: str = "",
    rests: str = "",
) -> HttpResponse:
    """Ask a question about a referral, or about one `entry` of it, with all known below.

    Of the other children of the referral the page then says only how far it is with each.

    `heading` names whom it is about, where the title of the page does not.
    `says` is a sentence above the question. Where something `rests` on what would be taken back,
    that is said, and nothing is asked.
    """

    def show_form(form: Form) -> HttpResponse:
        context = {"title": title, "form": form, "button": button, "back_url": address(referral)}
        context |= {"asked_of": entry, "says": says, "rests": rests, "heading": heading or title}
        return show(request, referral, about, "referrals/question.html", context)

    return ask_form(request, form, act, show_form)


def show(
    request: HttpRequest,
    referral: Referral,
    about: About,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a referral with the likely children; who they are is written down as seen first."""
    user = me(request)
    children = [child for child, _ in about]
    queries.add_receivers(children, on=timezone.localdate())
    if referral.is_in_part:
        return _show_in_part(request, referral, about, context)
    steps = queries.steps_of(referral)
    contents = _contents(user, referral, children, steps)
    meant = queries.add_meant(user, children, on=timezone.localdate())
    _note_seen(request, referral, about, sees_risk=contents["sees_risk"], meant=meant)
    context |= {
        "referral": referral,
        "policy": our_policy(),
        "about": about,
        "steps": steps,
        **contents,
        **_standing(user, referral, children),
        **_next(user, referral, children),
        **_informed(user, referral, children),
    }
    return render(request, template, context)


def _show_in_part(
    request: HttpRequest, referral: Referral, about: About, context: dict[str, Any]
) -> HttpResponse:
    """Show of a referral only the children whom the reader may see, and what is decided of them.

    Its words may tell of the others, so none of them are shown; nor is why (access matrix, row 33).
    """
    user = me(request)
    meant = queries.add_meant(user, [child for child, _ in about], on=timezone.localdate())
    _note_seen(request, referral, about, sees_risk=False, meant=meant)
    waits = any(child.decision is None for child, _ in about)
    context |= {
        "referral": referral,
        "policy": our_policy(),
        "about": about,
        "may_decide": waits and may_decide(request, referral),
        "may_accept": access.may(user, Permission.REFERRAL_ACCEPT),
        "managers": managers(),
    }
    return render(request, "referrals/in_part.html", context)


def _contents(
    user: User, referral: Referral, children: list[ReferredChild], steps: list[ReferralStep]
) -> dict[str, Any]:
    """Return what came with a referral and was added since, as far as a person may read it."""
    on = timezone.localdate()
    sees_risk = queries.sees_risk(user, referral, children, on=on)
    is_made_by = referral.made_by_id == user.pk
    names_referrer = is_made_by or queries.sees_referrer(user, children, on=on)
    updates = referrer.updates_of(referral)
    return {
        "contents": contents_of(
            referral, updates, steps, sees_risk=sees_risk, names_referrer=names_referrer
        ),
        "sees_referrer": names_referrer,
        "asks_for_reason": not names_referrer
        and queries.may_ask_who_referred(user, children, on=on),
        "reason_url": f"{reverse('reason')}?next={address(referral)}",
        "sees_risk": sees_risk,
        "additions": _additions(updates),
    }


def _note_seen(
    request: HttpRequest,
    referral: Referral,
    about: About,
    *,
    sees_risk: bool,
    meant: Collection[int],
) -> None:
    """Write down which children on record a page tells of, and what of them."""
    matches = {match.child.pk for _, several in about for match in several}
    cases = [case for child, _ in about for case in (child.case, child.known_case) if case]
    children = [child for child, _ in about]
    chosen = {child.record_id for child in children if child.record_id and child.home_on_record}
    fields = (*FIELDS, "risk") if sees_risk else FIELDS
    has_home = any(match.home for _, several in about for match in several)
    if has_home or any(child.home_on_record for child in children):
        fields = (*fields, "addresses")
    on_record = matches | {case.child_id for case in cases} | chosen | {*meant}
    saw(request, on_record, f"referral {referral.ref}", Permission.CHILD_FIND, fields)


def _standing(user: User, referral: Referral, children: list[ReferredChild]) -> dict[str, Any]:
    """Return how far a referral is, what of it is due, and who else has it open."""
    at = timezone.localtime()
    colleagues = queries.opened_by(user, referral, at=at)
    return {
        "others": [f"{name} opened this at {_clock(when)}" for name, when in colleagues],
        "stage": stage_title(referral, children),
        "grade": grade_title(referral),
        **_clocks(referral, children, at=at),
    }


def _next(user: User, referral: Referral, children: list[ReferredChild]) -> dict[str, Any]:
    """Return what this person may do about a referral."""
    to_open_again = queries.to_open_again(user, referral, children)
    to_take_back = queries.to_take_back(user, children)
    queries.say_what_rests(children, to_take_back)
    to_undo = to_open_again | to_take_back
    decided = [child for child in children if child.decision]
    left = [child for child in children if not child.decision]
    apart = queries.to_answer(user, referral)
    return {
        "apart": apart,
        "decided_of": _names(decided) if left else "",
        "left_of": _names(left),
        "is_at_the_hub": referral.stage in AT_THE_HUB,
        "is_anything_next": bool(apart) or _is_anything_next(referral, children, to_undo),
        "to_undo": to_undo,
        "to_open_again": to_open_again,
        "to_take_back": to_take_back,
        "is_sent_by_reader": referral.is_case_sent_by(user),
        "is_mine": referral.owner_id == user.pk,
        "may_accept": access.may(user, Permission.REFERRAL_ACCEPT),
    }


def _names(children: Sequence[ReferredChild]) -> str:
    return " and ".join(child.name or f"child {child.number}" for child in children)


def _clocks(referral: Referral, children: list[ReferredChild], *, at: datetime) -> dict[str, Any]:
    """Return what runs, when it is due and to whom it is passed on next, and who has it already."""
    is_apart = referral.stage == Stage.QUARANTINE
    since = (None, waits_since(referral, children))
    running = [] if is_apart else queries.running_clocks(referral, children)
    escalations = queries.escalations_of(referral)
    hands = next_hands(referral, [clock for clock, _ in running], escalations)
    return {
        "clocks": [
            (
                clock.rule.title,
                child,
                due(
                    clock,
                    at=at,
                    is_urgent=referral.is_urgent,
                    since=since[clock.clock in DECIDE],
                    grade=referral.grade,
                ),
                next_hand(hands.get(clock.pk), at=at),
            )
            for clock, child in running
        ],
        "passed_on": queries.passed_on_to(escalations, children),
    }


def _clock(moment: datetime) -> str:
    return time_in_words(timezone.localtime(moment).time())


def _is_anything_next(
    referral: Referral, children: list[ReferredChild], to_undo: Collection[int]
) -> bool:
    """Say whether there is anything to do: of the hub, of who has a child, or to take back."""
    is_at_the_hub = referral.stage in AT_THE_HUB
    return is_at_the_hub or bool(to_undo) or any(child.waits for child in children)


def _additions(updates: list[ReferralUpdate]) -> list[tuple[ReferralUpdate, Look | None]]:
    """Return what was added, each with how its file is looked at."""
    with_file = [update.document for update in updates if update.document]
    looks = looks_of(with_file) if with_file else {}
    return [(update, looks.get(update.document_id or 0)) for update in updates]


def _informed(user: User, referral: Referral, children: list[ReferredChild]) -> dict[str, Any]:
    """Return who was told of what, who opens what was added, and whether it is new to them."""
    notifications, on = notifications_of(referral), timezone.localdate()
    if rows := ticked_by_opening(user, referral, notifications, children, on=on):
        actions.note_opened(rows=rows, by=user, at=timezone.localtime())
    return {
        "sees_documents": referrer.sees_documents(user, referral, on=on),
        "outside_table": outside_table(notifications, at=timezone.localtime()),
        "colleagues_table": colleagues_table(notifications),
        "call_owed": queries.call_owed(user, referral, notifications),
        **news_of_page(user, referral, notifications, children, on=on),
    }
