"""Putting right what is on record of a child, one part a page; and why a case exists."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.addresses import page_address
from onroll.audit import actions as audit
from onroll.cases import actions, queries
from onroll.cases.forms import MissedChangeForm, ReasonsForm
from onroll.cases.frame import find_case, find_child, require, today
from onroll.cases.models import Case
from onroll.cases.record_forms import FORMS, CorrectionForm
from onroll.cases.views.work import Question, as_opened, ask_about
from onroll.cases.words import PARTS
from onroll.children.models import Child, Part
from onroll.govuk.fields import lower_first
from onroll.govuk.questions import Done, ask
from onroll.rules.missed_change import MissedChange
from onroll.schools.queries import our_policy


@needs(Permission.IDENTITY_CHANGE)
def correct(request: HttpRequest, ref: str, part: str) -> HttpResponse:
    """Put one part of a child's record right as it is shown; the old value stays in its history."""
    child, user, chosen = find_child(request, ref), me(request), _part(part)
    cases = queries.cases_of(user, child, on=today())
    case = cases[0] if cases else None
    if not _may(request, child, case, chosen):
        raise PermissionDenied(Permission.IDENTITY_CHANGE.value)
    form = FORMS[chosen](posted(request)[0], child=child, on=today(), user=user)
    back = _back(child, case)

    def act(form: CorrectionForm) -> Done:
        actions.correct_child(
            child=child,
            facts=form.facts,
            evidence=form.evidence,
            by=user,
            at=timezone.localtime(),
            version=form.cleaned_data["version"],
        )
        return Done(back, f"{PARTS[chosen]}: the record is corrected.")

    def show(form: CorrectionForm) -> HttpResponse:
        identity = queries.identity_of_child(child, user=user, on=today())
        holders = getattr(form, "holders", ())
        audit.saw(
            by=user,
            children=[child.pk, *(holder.pk for holder in holders)],
            page=f"correct: {PARTS[chosen].lower()}",
            ground=access.ground(user, Permission.IDENTITY_CHANGE),
            at=timezone.localtime(),
            fields=[*identity.fields, PARTS[chosen].lower()],
            case_refs=[case.ref] if case else [],
        )
        context = {
            "title": f"Correct {lower_first(PARTS[chosen])}",
            "form": form,
            "button": "Save the correction",
            "back_url": back,
            "cancel_url": back,
            "child": child,
            "identity": identity,
            "lead": LEADS[chosen],
            "holders": [_holder(child, holder, user) for holder in holders],
            "newest": _newest(child, chosen) if form.is_overtaken else (),
        }
        return render(request, "cases/correct.html", context)

    return ask(request, form, act, show)


def _newest(child: Child, part: Part) -> list[queries.Change]:
    """Return the last correction of the record, where it was one of this part."""
    changes = queries.history_of(queries.corrections_of(child)[:1], sees_home=True)
    return [change for change in changes if change.title == PARTS[part]]


LEADS = {
    Part.NAME: "What stands here now is kept in the history, and the child is still found by it.",
    Part.BIRTH: "Age, year group and school age follow from the date by themselves.",
    Part.NUMBERS: "None of these is ever needed.",
    Part.HOME: "The address on record is kept with the days it held.",
    Part.GROUPS: "A group that no longer holds ends today; that it held stays on record.",
    Part.BACKGROUND: "None of these is ever needed. Ask only for what helps the child.",
}


def _holder(child: Child, holder: Child, user: User) -> tuple[Child, str, str]:
    """Return another child who has a number that was typed, and where to see and to join them."""
    join = page_address("duplicates:propose", child.ref, holder.ref)
    may_join = access.may(user, Permission.MERGE_PROPOSE)
    return holder, reverse("casefile:child", args=[holder.ref]), join if may_join else ""


def _part(slug: str) -> Part:
    try:
        return Part(slug)
    except ValueError:
        raise Http404 from None


def _may(request: HttpRequest, child: Child, case: Case | None, part: Part) -> bool:
    """Say whether the person may correct this part: none corrects an address they may not see."""
    user = me(request)
    if not queries.may_on(user, Permission.IDENTITY_CHANGE, case):
        return False
    return part is not Part.HOME or queries.home_of(child, case, user=user).sees_all


def _back(child: Child, case: Case | None) -> str:
    if case is not None:
        return reverse("casefile:case_child", args=[case.ref])
    return reverse("casefile:child", args=[child.ref])


@needs(Permission.CASE_TRIAGE)
def reasons(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw a reason that was not so, and add the one that is."""
    case = find_case(request, ref)
    require(request, Permission.CASE_TRIAGE, case)

    def act(form: Any) -> None:
        answers = form.cleaned_data
        actions.correct_reasons(
            case=case,
            withdrawn=[int(pk) for pk in answers["withdrawn"]],
            reason=answers["reason"],
            because=answers["because"],
            said_by=answers["said_by"],
            event_on=answers["event_on"],
            why=answers["why"],
            by=me(request),
            at=timezone.localtime(),
            policy=our_policy(),
            version=answers["version"],
        )

    form = ReasonsForm(
        **as_opened(request, case),
        standing=queries.reasons_of(case),
        on=today(),
        born=queries.exact_birthday(case.child),
        since=case.missing_since_on,
    )
    title = "Correct why this case exists"
    return ask_about(request, case, Question(title, form, act, "The reasons are corrected."))


@needs(Permission.CASE_TRIAGE)
def missed_change(request: HttpRequest, ref: str) -> HttpResponse:
    """Say which change of school was missed, where the case has another (P65)."""
    case = find_case(request, ref)
    require(request, Permission.CASE_TRIAGE, case)

    def act(form: Any) -> None:
        answers = form.cleaned_data
        actions.correct_missed_change(
            case=case,
            change=MissedChange(answers["change"]),
            why=answers["why"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
        )

    form = MissedChangeForm(
        data=posted(request)[0],
        initial={"version": case.version, "change": case.missed_change},
    )
    title = "Correct which change of school was missed"
    return ask_about(
        request, case, Question(title, form, act, "The change of school is corrected.")
    )
