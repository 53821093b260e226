"""What waits for someone: unsure matches, claims to confirm, records that cannot be used yet."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts import access, counts
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.addresses import page_address
from onroll.cases.queries import merges_to_agree, merges_waiting
from onroll.govuk.parts import Link
from onroll.govuk.questions import Done, ask
from onroll.intake import actions, queries, review_forms
from onroll.intake.pages import compare, review_tables
from onroll.intake.pages import record as one_record
from onroll.intake.slots import TABS
from onroll.intake.views import answered
from onroll.intake.views.frame import whom
from onroll.schools.queries import reporting_schools

PER_PAGE = 25
BOTH = ("identity", "born", "numbers", "postcode", "places")
LISTS = {
    "unsure": ("Who is this?", queries.waiting_rows),
    "claims": ("Is it so?", queries.rows_to_confirm),
    "held": ("Cannot be used yet", lambda _user: queries.held_rows()),
}
SETTLED = "settled"


def _titles() -> dict[str, str]:
    """Return the title of each tab by its code: ours, those of packages above, and the last."""
    titles = {code: title for code, (title, _) in LISTS.items()}
    return {**titles, **{tab.code: tab.title for tab in TABS}, SETTLED: "Settled"}


def _numbers(user: User) -> dict[str, int]:
    """Return how much waits under each tab, but what is settled."""
    return queries.waiting_counts(user) | {tab.code: tab.number(user) for tab in TABS}


@needs(Permission.MATCH_DECIDE)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits, the longest waiting first."""
    which = request.GET.get("list", "unsure")
    which = which if which in _titles() else "unsure"
    waits = _numbers(me(request))
    to_agree = merges_to_agree(me(request)).count()
    counts.keep(request, counts.REVIEW, sum(waits.values()) + to_agree)
    number = request.GET.get("page")
    page: Page[Any]
    tab = next((tab for tab in TABS if tab.code == which), None)
    file = request.GET.get("file", "") if tab else ""
    if tab is not None:
        page = Paginator(tab.rows(me(request), file), PER_PAGE).get_page(number)
        records, children = tab.table(page), [row.child_id for row in page]
    elif which == SETTLED:
        rows = Paginator(queries.settled_rows(me(request)), PER_PAGE).get_page(number)
        page, records, children = rows, review_tables.settled(rows), whom(rows)
    else:
        rows = Paginator(LISTS[which][1](me(request)), PER_PAGE).get_page(number)
        page, records = rows, review_tables.waiting(rows, which, may_open=_may_open_files(request))
        children = whom(rows)
    saw(request, children, "review list", Permission.MATCH_DECIDE, ("identity", "born"))
    context = {
        "page": page,
        "which": which,
        "file": file,
        "lists": [
            Link(_counted(title, waits.get(code)), f"?list={code}", is_current=code == which)
            for code, title in _titles().items()
        ],
        "may_merge": access.may(me(request), Permission.MERGE_PROPOSE),
        "merges_waiting": merges_waiting(me(request)),
        "records": records,
    }
    return render(request, "intake/review.html", context)


def _counted(title: str, number: int | None) -> str:
    return title if number is None else f"{title} ({number})"


@needs(Permission.MATCH_DECIDE)
def settle(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Put the record beside each child it may be, differences marked, and take the answer."""
    settled = queries.get_settled(me(request), ref, number)
    if settled is not None:
        return answered.record(request, settled)
    row = queries.get_waiting(me(request), ref, number)
    candidates = queries.candidates_of(row)
    if not queries.sees_all(me(request), candidates):
        raise Http404
    form = review_forms.SettleForm(
        posted(request)[0],
        children=compare.choices(row, candidates),
        for_nobody=compare.would_do_for_nobody(row),
        shown=" ".join(candidate.child.ref for candidate in candidates),
    )
    children = [candidate.child.pk for candidate in candidates]

    def act(form: review_forms.SettleForm) -> Done:
        chosen = form.cleaned_data["answer"]
        answer = {"why": form.cleaned_data["why"], "by": me(request), "at": timezone.localtime()}
        if chosen == review_forms.NOT_SURE:
            actions.set_aside(row=row, **answer)
            return Done(reverse("intake:review"), "Kept. The record goes on waiting.")
        child = None if chosen == review_forms.NOT_ANY else candidates[int(chosen)].child
        settled = actions.settle_row(row=row, child=child, shown=children, **answer)
        return Done(reverse("intake:review"), f"Settled. {settled.result}")

    def show(form: review_forms.SettleForm) -> HttpResponse:
        saw(request, children, "two records side by side", Permission.MATCH_DECIDE, BOTH)
        may_merge = access.may(me(request), Permission.MERGE_PROPOSE)
        context = {"form": form, "pairs": compare.pairs(candidates) if may_merge else []}
        return render(request, "intake/settle.html", {**context, **compare.page(row, candidates)})

    return ask(request, form, act, show)


@needs(Permission.MATCH_DECIDE)
def confirm(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Take an officer's answer to what a school says about a leaver."""
    over = queries.get_answered_claim(me(request), ref, number)
    if over is not None:
        return answered.claim(request, over)
    row = queries.get_claim(me(request), ref, number)
    form = review_forms.ConfirmForm(posted(request)[0], effect=row.effect)
    case = queries.open_case_of(row)

    def act(form: review_forms.ConfirmForm) -> Done:
        answered_row = actions.confirm_row(
            row=row,
            is_as_said=form.cleaned_data["answer"] == review_forms.AS_STATED,
            facts=form.facts,
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )
        if answered_row.case is not None:
            url = page_address("casefile:case", answered_row.case.ref)
            return Done(url, "A case is open for the child.")
        also = " The open case of the child says so now." if case is not None else ""
        url = f"{reverse('intake:review')}?list=claims"
        return Done(url, f"Your answer to record {row.number} is kept.{also}")

    def show(form: review_forms.ConfirmForm) -> HttpResponse:
        saw(request, whom([row]), "claim to confirm", Permission.MATCH_DECIDE, ("record",))
        context = {
            "form": form,
            "open_case": case,
            "all_schools": reporting_schools() if "school" in form.fields else (),
            **one_record.page(row, me(request)),
        }
        return render(request, "intake/confirm.html", context)

    return ask(request, form, act, show)


@require_POST
@needs(Permission.MATCH_DECIDE)
def again(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Try the records of a file that could not be used, now that the cause may be mended."""
    row = queries.get_held(me(request), ref, number)
    tried = actions.try_again(transfer=row.transfer)
    messages.info(request, f"Held records of this file that are being tried again: {tried}.")
    if _may_open_files(request):
        return redirect("intake:record", ref, number)
    return redirect(f"{reverse('intake:review')}?list=held")


def _may_open_files(request: HttpRequest) -> bool:
    return access.may(me(request), Permission.FILES_VIEW)
