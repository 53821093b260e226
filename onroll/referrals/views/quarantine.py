"""The quarantine: who sent very many forms, and what becomes of them (trust 1.11)."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.parts import Link
from onroll.govuk.questions import Done, ask
from onroll.referrals import actions, queries
from onroll.referrals.codes import Quarantined
from onroll.referrals.forms.quarantine import ALL, REFUSE, TICKED, QuarantineForm, words_of
from onroll.referrals.models import Quarantine
from onroll.referrals.senders import senders_table

PER_PAGE = 15
LISTS = {
    "waiting": Quarantined.WAITING,
    "refused": Quarantined.REFUSED,
    "released": Quarantined.RELEASED,
}
TITLES = {"waiting": "Waiting for an answer", "refused": "Refused", "released": "Released"}


@needs(Permission.CASE_TRIAGE)
@require_safe
def senders(request: HttpRequest) -> HttpResponse:
    """List the senders of forms in quarantine, or of those that were refused or released."""
    which = _list_of(request)
    rows = queries.senders_in_quarantine(me(request), LISTS[which])
    number = sum(row["forms"] for row in rows)
    context = {
        "lists": [
            Link(name, f"?list={x}", is_current=x == which, count=number if x == which else None)
            for x, name in TITLES.items()
        ],
        "table": senders_table(rows, which, title=TITLES[which]),
    }
    return render(request, "referrals/quarantine.html", context)


@needs(Permission.CASE_TRIAGE)
def forms(request: HttpRequest, sender: str) -> HttpResponse:
    """Show a sender's forms; release or refuse those that are ticked, or all of them.

    Those that were released are only read.
    """
    which = _list_of(request)
    of_sender = queries.in_quarantine(me(request), sender)
    if not of_sender.exists():
        raise Http404
    rows = of_sender.filter(answer=LISTS[which].value)
    page = Paginator(rows, PER_PAGE).get_page(_page_of(request, rows))
    back = f"{reverse('referrals:quarantine')}?list={which}"
    if LISTS[which] is Quarantined.RELEASED:
        return _released(request, page, back)
    number, last = page.paginator.count, rows.aggregate(last=Max("pk"))["last"] or 0
    form = QuarantineForm(
        posted(request)[0],
        initial={"last": last, **_chosen(request)},
        rows=[(row.referral.ref, words_of(row)) for row in page],
        number=number,
        may_refuse=LISTS[which] is Quarantined.WAITING,
    )

    def act(form: QuarantineForm) -> Done:
        answers = form.cleaned_data
        chosen = rows.filter(pk__lte=answers["last"])
        if answers["which"] != ALL:
            chosen = chosen.filter(referral__ref__in=answers["refs"])
        deed = actions.refuse if answers["answer"] == REFUSE else actions.release
        count = deed(
            quarantined=list(chosen), why=answers["why"], by=me(request), at=timezone.localtime()
        )
        done = "refused" if deed is actions.refuse else "released to the queue"
        return Done(back, f"{count:,} form{'' if count == 1 else 's'} {done}.")

    def show(form: QuarantineForm) -> HttpResponse:
        context = {"form": form, "page": page, "number": number, "which": which, "back_url": back}
        return render(request, "referrals/quarantined.html", context)

    return ask(request, form, act, show)


def _released(request: HttpRequest, page: "Page[Quarantine]", back: str) -> HttpResponse:
    """Show what a sender's forms were released for; nothing is left to answer about them."""
    rows = [words_of(row) for row in page]
    context = {"page": page, "rows": rows, "number": page.paginator.count, "which": "released"}
    return render(request, "referrals/quarantined.html", context | {"back_url": back})


def _page_of(request: HttpRequest, rows: QuerySet[Quarantine]) -> str | int | None:
    """Return which page is shown: that of the one form that is to be answered, or as chosen."""
    refs = list(rows.values_list("referral__ref", flat=True)) if "ref" in request.GET else []
    ref = request.GET.get("ref")
    return refs.index(ref) // PER_PAGE + 1 if ref in refs else request.GET.get("page")


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Return what is ticked and chosen for who comes from the page of one form."""
    if not (ref := request.GET.get("ref")):
        return {}
    return {"refs": [ref], "which": TICKED, "answer": request.GET.get("answer", "")}


def _list_of(request: HttpRequest) -> str:
    which = request.GET.get("list", "")
    return which if which in LISTS else "waiting"
