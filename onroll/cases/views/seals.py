"""Sealing a case and unsealing it, proposing that, and the list of sealed cases one sees."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access, step_up
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import actions, queries
from onroll.cases.frame import find_case, require, today
from onroll.cases.models import Case
from onroll.cases.seal_forms import DeclineForm, ProposalForm, SealForm, UnsealForm
from onroll.cases.views.work import Question, ask_about
from onroll.govuk.forms import Form

TEAM = "casefile:team"


@needs(Permission.SEAL_PROPOSE)
@require_safe
def sealed(request: HttpRequest) -> HttpResponse:
    """List the sealed cases that this person sees, and what is proposed."""
    user = me(request)
    seals = list(queries.sealed_cases(user, on=today()))
    proposals = list(queries.proposals_waiting(user, on=today()))
    cases = [*(row.case for row in seals), *(row.case for row in proposals)]
    saw(request, [case.child_id for case in cases], "sealed cases", Permission.CASE_LIST, ("name",))
    context = {
        "seals": seals,
        "proposals": proposals,
        "may_decide": access.may(user, Permission.CASE_SEAL),
    }
    return render(request, "cases/sealed.html", context)


@needs(Permission.CASE_SEAL)
def seal(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask why a case is sealed, and who sees it then."""
    case, user = _find(request, ref, Permission.CASE_SEAL), me(request)
    if request.method != "POST" and queries.seal_of(case):
        return redirect(TEAM, case.ref)
    people = queries.possible_team(case, user)
    ticked = [str(person.pk) for person in people]
    form = SealForm(posted(request)[0], people=people, initial={"team": ticked})

    def act(form: SealForm) -> None:
        why, team = form.cleaned_data["why"], form.chosen
        actions.seal_case(case=case, why=why, team=team, by=user, at=timezone.localtime())

    context = {"words": _who_has(case), "proposal": queries.proposal_of(case)}
    title, done = "Seal the case", f"Case {case.ref} is sealed. Only its team sees it now."
    leads_to = reverse("cases:sealed")
    question = Question(title, form, act, done, TEAM, title, context=context, leads_to=leads_to)
    return ask_about(request, case, question)


def _who_has(case: Case) -> str:
    sees = f"{case.owner.name} has the case and sees it. " if case.owner else ""
    return (
        f"{sees}Nobody else than those you tick will see it, find it, or be told of it: not in "
        "lists, searches, alerts, reports or messages. Its clocks run on. An officer, a manager or "
        "the data protection officer can open it in an emergency for an hour, and that is reviewed."
    )


@needs(Permission.CASE_SEAL)
def unseal(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask for the second factor again, and why a case is no longer sealed."""
    case = _find(request, ref, Permission.CASE_SEAL)
    if request.method != "POST":
        if not queries.seal_of(case):
            return redirect(TEAM, case.ref)
        if url := step_up.address(request):
            return redirect(url)

    def act(form: UnsealForm) -> None:
        step_up.use(request)
        why = form.cleaned_data["why"]
        actions.unseal_case(case=case, why=why, by=me(request), at=timezone.localtime())

    context = {
        "words": step_up.words(request),
        "step_up_url": step_up.address(request),
        "proposal": queries.proposal_of(case),
    }
    title, done = "Unseal the case", "The case is no longer sealed."
    form = UnsealForm(posted(request)[0])
    question = Question(title, form, act, done, TEAM, button=title, context=context)
    return ask_about(request, case, question)


@needs(Permission.SEAL_PROPOSE)
def propose_seal(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask why a case should be sealed, or no longer be."""
    case = _find(request, ref, Permission.CASE_WORK)
    is_to_seal = queries.seal_of(case) is None

    def act(form: ProposalForm) -> None:
        actions.propose_seal(
            case=case,
            is_to_seal=is_to_seal,
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )

    title = f"Propose to {'seal' if is_to_seal else 'unseal'} the case"
    done = "Your proposal waits for the safeguarding hub or a manager."
    form = ProposalForm(posted(request)[0])
    return ask_about(request, case, Question(title, form, act, done, TEAM, button="Propose it"))


@needs(Permission.CASE_SEAL)
def decline_seal(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask why a case is not sealed or unsealed as was proposed."""
    case = _find(request, ref, Permission.CASE_SEAL)
    proposal = queries.proposal_of(case, with_answered=request.method == "POST")
    if proposal is None:
        return redirect(TEAM, case.ref)

    def act(form: DeclineForm) -> None:
        why, at = form.cleaned_data["why"], timezone.localtime()
        actions.decline_seal(proposal=proposal, why=why, by=me(request), at=at)

    title, done = f"Do not {proposal.act} the case", "Whoever proposed it can read why."
    form, context = DeclineForm(posted(request)[0]), {"proposal": proposal}
    question = Question(title, form, act, done, TEAM, button="Save", context=context)
    return ask_about(request, case, question)


@needs(Permission.CASE_ASSIGN)
def leave_team(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask whether a person leaves the team of a case."""
    case = _find(request, ref, Permission.CASE_ASSIGN)
    member = next((row for row in queries.team_of(case) if row.user_id == pk), None)
    if member is None and request.method != "POST":
        raise Http404

    def act(_form: Form) -> None:
        if member is not None:
            by, at = me(request), timezone.localtime()
            actions.leave_team(case=case, user=member.user, by=by, at=at)

    name = member.user.name if member else "This person"
    title = f"Does {name} leave the team?"
    words: dict[str, Any] = {"words": "Whoever does not see every case no longer sees this one."}
    form = Form(posted(request)[0])
    done, leads_to = (
        f"{name} left the team.",
        reverse("cases:register") if pk == me(request).pk else "",
    )
    question = Question(title, form, act, done, TEAM, "Leave", context=words, leads_to=leads_to)
    return ask_about(request, case, question)


def _find(request: HttpRequest, ref: str, permission: Permission) -> Case:
    """Return a case on which somebody may do this; 403 or 404 else."""
    case = find_case(request, ref)
    require(request, permission, case)
    return case
