"""Somebody answers what a colleague has answered meanwhile: who did, and nothing to send again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from onroll.govuk.differences import side_by_side
from onroll.govuk.parts import Table
from onroll.govuk.templatetags.govuk import when
from onroll.referrals.codes import DECISION_TITLES
from onroll.referrals.models import Referral, ReferredChild
from onroll.referrals.views.frame import About, address

OWN_WORDS = ("because", "why", "contradicts_why")
"""The questions that people answer in words of their own, which the page shows again."""


def decided(request: HttpRequest, referral: Referral, about: About) -> HttpResponse:
    """Say who decided about a referral, and what."""
    decisions = [child.decision for child, _ in about if child.decision]
    names = " and ".join(dict.fromkeys(each.by.name if each.by else "Onroll" for each in decisions))
    titles = "; ".join(dict.fromkeys(each.title for each in decisions))
    last = when(max(each.at for each in decisions))
    words = "{} decided about this referral meanwhile: {}. That was on {}."
    sentence = format_html(words, names, titles, last)
    whys = "; ".join(dict.fromkeys(each.why for each in decisions if each.why))
    by_code = {decision.value: title for decision, title in DECISION_TITLES.items()}
    typed = by_code.get(request.POST.get("decision", ""), "")
    rows = [("Decision", titles, typed), ("Why", whys, request.POST.get("why", "").strip())]
    beside = side_by_side(rows) if typed else None
    return _page(request, referral, "This referral is decided", sentence, beside)


def answered(request: HttpRequest, referral: Referral, entry: ReferredChild) -> HttpResponse:
    """Say who accepted a child who was handed over, turned them back, or opened them again."""
    decision, earlier = entry.decision, entry.decisions.last()
    title, sentence = "This child does not wait", "Nobody is asked to accept this child now."
    if decision and decision.accepted_by:
        case = f", as case {entry.case.ref}" if entry.case else ""
        title = "This child is accepted"
        sentence = f"{decision.accepted_by.name} accepted this child meanwhile{case}."
    elif decision is None and earlier and earlier.turned_back_by:
        title = "This child is back with the hub"
        deed = "opened this child again" if earlier.is_opened_again else "turned this child back"
        sentence = f"{earlier.turned_back_by.name} {deed} meanwhile."
    return _page(request, referral, title, sentence)


def _page(
    request: HttpRequest,
    referral: Referral,
    title: str,
    sentence: str,
    beside: Table | None = None,
) -> HttpResponse:
    words = (request.POST.get(name, "").strip() for name in OWN_WORDS)
    context = {
        "referral": referral,
        "title": title,
        "sentence": sentence,
        "typed": "\n".join(filter(None, words)),
        "beside": beside,
        "back_url": address(referral),
    }
    return render(request, "referrals/conflict.html", context)
