"""Pages about two records of one child: suggest, propose, agree or refuse, undo."""

from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.children.models import Child, Merge, NotSame
from onroll.duplicates import actions, forms, pages, queries
from onroll.govuk.forms import Form
from onroll.govuk.parts import Link, Table
from onroll.govuk.questions import Done, ask
from onroll.receipts.pages import not_taken

PER_PAGE = 25
LISTS = {"merges": "One child", "apart": "Two children"}
FIELDS = ("identity", "born", "numbers", "postcode", "adults", "places", "cases")


@needs(Permission.MERGE_PROPOSE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List merges, those that wait for a second person first; or answers of two children."""
    which = "apart" if request.GET.get("list") == "apart" else "merges"
    show = _told_apart if which == "apart" else _merges
    page, both, table = show(me(request), request.GET.get("page"))
    saw(request, chain(*both), "list of merges", Permission.MERGE_PROPOSE, ("identity",))
    lists = [
        Link(title, f"?list={code}", is_current=code == which) for code, title in LISTS.items()
    ]
    context = {"page": page, "which": which, "lists": lists, "pairs": table}
    return render(request, "duplicates/merges.html", context)


Listed = tuple[Page[Any], list[tuple[int, int]], Table]
"""A page of a list, the ids of the two children of each line, and the table."""


def _merges(user: User, number: str | None) -> Listed:
    page = Paginator(queries.merges(user), PER_PAGE).get_page(number)
    return page, [(m.kept_id, m.merged_id) for m in page], pages.merges(page)


def _told_apart(user: User, number: str | None) -> Listed:
    page = Paginator(queries.told_apart_pairs(user), PER_PAGE).get_page(number)
    return page, [(answer.one_id, answer.other_id) for answer in page], pages.not_same_answers(page)


@needs(Permission.MERGE_PROPOSE)
def perhaps_same(request: HttpRequest, ref: str) -> HttpResponse:
    """Show possible duplicates of a child, or take the reference of another record."""
    child = queries.child_to_merge(me(request), ref, on=timezone.localdate())
    form = forms.OtherRecordForm(posted(request)[0])
    if form.is_valid():
        other = queries.find_other(me(request), form.cleaned_data["ref"], on=timezone.localdate())
        if other is not None and other != child:
            return redirect("duplicates:propose", child.ref, other.ref)
        form.add_error("ref", "There is no other record with this reference that you may see")
    candidates = queries.other_records(child)
    saw(
        request,
        [child.pk, *(candidate.child.pk for candidate in candidates)],
        "other records of a child",
        Permission.MERGE_PROPOSE,
        ("identity", "born"),
    )
    context = {"child": child, "form": form, "found": pages.possible_duplicates(child, candidates)}
    return render(request, "duplicates/perhaps_same.html", context)


@needs(Permission.MERGE_PROPOSE)
def propose(request: HttpRequest, ref: str, other: str) -> HttpResponse:
    """Show two records side by side and take the answer: one child, or two."""
    target, merged = (
        queries.child_to_merge(me(request), ref_, on=timezone.localdate()) for ref_ in (ref, other)
    )
    if answer := queries.apart_from(target, merged):
        is_answer = request.method == "POST"
        return not_taken(request) if is_answer else redirect("duplicates:apart", answer.pk)

    def act(form: forms.PairForm) -> Done:
        why, by, at = form.cleaned_data["why"], me(request), timezone.localtime()
        if form.cleaned_data["answer"] == "one":
            actions.propose_merge(target=target, merged=merged, why=why, by=by, at=at)
            return Done(_list(), "Proposed. A manager must agree before anything moves.")
        actions.tell_apart(first=target, second=merged, why=why, by=by, at=at)
        words = "Kept: these are two children. They will not be suggested again."
        return Done(_list(), words)

    def show(form: forms.PairForm) -> HttpResponse:
        return _side_by_side(request, target, merged, form=form)

    return ask(request, forms.PairForm(posted(request)[0]), act, show)


def _list(query: str = "") -> str:
    return reverse("duplicates:merges") + query


@needs(Permission.MERGE_PROPOSE)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a merge, and take a second person's answer, or undo it."""
    user = me(request)
    record = queries.get_merge(user, pk)
    may_agree = access.may(user, Permission.MERGE_AGREE)
    is_mine = record.proposed_by_id == user.pk
    form: forms.AgreeForm | forms.UndoForm | None = None
    if record.is_waiting and (may_agree or is_mine):
        form = forms.AgreeForm(posted(request)[0], may_agree=may_agree and not is_mine)
    elif record.is_standing and may_agree:
        form = forms.UndoForm(posted(request)[0])
    if _is_overtaken(request, form):
        return not_taken(request)

    def act(form: forms.AgreeForm | forms.UndoForm) -> Done:
        return Done(_list(), _second(request, form, record))

    def show(form: forms.AgreeForm | forms.UndoForm | None) -> HttpResponse:
        return _side_by_side(request, record.kept, record.merged, form=form, merge=record)

    return show(None) if form is None else ask(request, form, act, show)


def _is_overtaken(request: HttpRequest, form: forms.AgreeForm | forms.UndoForm | None) -> bool:
    """Return whether someone else answered or undid the merge while this page was open."""
    if request.method != "POST":
        return False
    answers = ("two", "slip") if isinstance(form, forms.AgreeForm) else ("agree", "refuse")
    return form is None or request.POST.get("answer") in answers


def _second(request: HttpRequest, form: forms.AgreeForm | forms.UndoForm, record: Merge) -> str:
    """Act on a second person's answer; return what was done, in words."""
    data, by, at = form.cleaned_data, me(request), timezone.localtime()
    if isinstance(form, forms.UndoForm):
        are_two = data["answer"] == "two"
        actions.undo_merge(merge=record, why=data["why"], by=by, at=at, are_two=are_two)
        return "Undone. Each record has again what it had."
    if data["answer"] == "agree":
        actions.agree_merge(merge=record, by=by, at=at)
        return "Merged. It can be undone here at any time."
    actions.refuse_merge(merge=record, why=data["why"], by=by, at=at)
    return "Refused. Nothing was moved."


@needs(Permission.MERGE_PROPOSE)
def apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an answer that two records are two children, and withdraw it with a reason."""
    answer = queries.get_told_apart(me(request), pk)
    form = forms.WithdrawForm(posted(request)[0]) if answer.is_standing else None
    if request.method == "POST" and form is None:
        return not_taken(request)
    first, second = (child.merged_into or child for child in (answer.one, answer.other))

    def act(form: forms.WithdrawForm) -> Done:
        why, by, at = form.cleaned_data["why"], me(request), timezone.localtime()
        actions.withdraw_not_same(answer=answer, why=why, by=by, at=at)
        return Done(_list("?list=apart"), "Withdrawn. They may be suggested and proposed again.")

    def show(form: forms.WithdrawForm | None) -> HttpResponse:
        return _side_by_side(request, first, second, form=form, apart=answer)

    return show(None) if form is None else ask(request, form, act, show)


def _side_by_side(
    request: HttpRequest,
    target: Child,
    merged: Child,
    *,
    form: Form | None,
    merge: Merge | None = None,
    apart: NotSame | None = None,
) -> HttpResponse:
    both = [target.pk, merged.pk]
    saw(request, both, "two records of one child", Permission.MERGE_PROPOSE, FIELDS)
    context = {"form": form, **pages.pair(target, merged, merge=merge, apart=apart)}
    return render(request, "duplicates/pair.html", context)
