"""What waits for someone: unsure matches, claims to confirm, records that cannot be used yet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.audit.actions import saw
from onroll.intake import actions, forms, pages, queries

PER_PAGE = 25
LISTS = {
    "unsure": queries.waiting_rows,
    "claims": queries.rows_to_confirm,
    "held": queries.held_rows,
}


@needs(Permission.MATCH_DECIDE)
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits, the longest waiting first."""
    which = request.GET.get("list", "unsure")
    which = which if which in LISTS else "unsure"
    page = Paginator(LISTS[which](), PER_PAGE).get_page(request.GET.get("page"))
    _record_sight(request, [row.child_id for row in page if row.child_id], "review list")
    shown = {
        "page": page,
        "which": which,
        "counts": queries.waiting_counts(),
        "records": pages.waiting_table(page, which),
    }
    return render(request, "intake/review.html", shown)


def _record_sight(request: HttpRequest, children: list[int], page: str) -> None:
    saw(
        by=request.user,
        children=children,
        page=page,
        ground=access.ground(request.user, Permission.MATCH_DECIDE),
        at=timezone.now(),
    )


@needs(Permission.MATCH_DECIDE)
def settle(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Put the record beside each child it may be, differences marked, and take the answer."""
    row = queries.get_waiting(request.user, ref, number)
    candidates = queries.candidates_of(row)
    choices = pages.candidate_choices(candidates)
    form = forms.SettleForm(request.POST or None, children=choices)
    if form.is_valid():
        chosen = form.cleaned_data["child"]
        child = None if chosen == forms.NOT_ANY else candidates[int(chosen)].child
        try:
            row = actions.settle_row(
                row=row,
                child=child,
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Settled. {row.effect_words}")
            return redirect("intake:review")
    _record_sight(request, [c.child.pk for c in candidates], "two records side by side")
    shown = {"form": form, "row": row, **pages.side_by_side(row, candidates)}
    return render(request, "intake/settle.html", shown)


@needs(Permission.MATCH_DECIDE)
def confirm(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Take an officer's answer to what a school says about a leaver."""
    row = queries.get_claim(request.user, ref, number)
    form = forms.ConfirmForm(request.POST or None)
    if form.is_valid():
        try:
            row = actions.confirm_row(
                row=row,
                is_as_said=form.cleaned_data["answer"] == "as_said",
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = "A case is open for the child." if row.case_id else "Confirmed."
            messages.success(request, words)
            if row.case is not None:
                return redirect("cases:case", row.case.ref)
            return redirect(f"{request.path.split('/review/')[0]}/review/?list=claims")
    _record_sight(request, [row.child_id] if row.child_id else [], "claim to confirm")
    return render(
        request, "intake/confirm.html", {"form": form, **pages.record_page(row, request.user)}
    )


@require_POST
@needs(Permission.MATCH_DECIDE)
def again(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Try a record that could not be used, now that its cause may be mended."""
    row = queries.get_held(request.user, ref, number)
    actions.try_again(transfer=row.transfer)
    messages.info(request, "The records of this file that were held are being tried again.")
    return redirect("intake:record", ref, number)
