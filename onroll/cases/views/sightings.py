"""That a child was seen and is safe: written down, answered where it worries, withdrawn (P66)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases import actions, queries
from onroll.cases.frame import find_case, require, today
from onroll.cases.models import Case, Sighting
from onroll.cases.sighting_forms import SightingForm
from onroll.cases.views.work import Question, ask_about
from onroll.cases.worry_forms import CareForm, WithdrawSightingForm, WorryForm
from onroll.children.models import AddressKind
from onroll.govuk.fields import in_words
from onroll.schools.queries import reporting_schools

NOWHERE = (AddressKind.WRONG.value, AddressKind.NO_FIXED.value)


@needs(Permission.CASE_WORK)
def see(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask whether the child was seen, by whom, when and where, is safe, and what they want."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    home = queries.home_of(case.child, case, user=me(request))
    rows = (*home.addresses, *home.protected)
    homes = queries.distinct_homes(row for row in rows if row.kind not in NOWHERE)
    form = SightingForm(posted(request)[0], today=today(), addresses=homes)

    def act(form: SightingForm) -> None:
        actions.record_sighting(
            case=case,
            telling=form.telling,
            address=form.address,
            by=me(request),
            at=timezone.localtime(),
        )

    question = Question(
        "Was the child seen, and is the child safe?",
        form,
        act,
        f"It is kept on case {case.ref}. If the child is not safe, what to do stands first.",
        context={"words": LEAD, "schools": reporting_schools()},
        fields=[name for name in home.fields if "address" in name] if homes else (),
    )
    return ask_about(request, case, question)


LEAD = (
    "Write down each time that somebody saw the child, or tried to. This cannot be changed later: "
    "a mistake is withdrawn, with a reason, and written down anew."
)


@needs(Permission.CASE_WORK)
def answer_worry(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask what was done about a child who is not safe, or of whom nobody is sure."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    sighting = _find(case, pk)

    def act(form: WorryForm) -> None:
        answer = form.cleaned_data["why"]
        actions.answer_worry(
            sighting=sighting,
            answer=answer,
            by=me(request),
            at=timezone.localtime(),
            is_seen=bool(form.cleaned_data["version"]),
        )

    question = Question(
        "What was done about the child’s safety?",
        WorryForm(posted(request)[0], initial={"version": int(bool(sighting.answered_at))}),
        act,
        f"It is kept on case {case.ref}.",
        context={"words": _about(sighting, sighting.answer)},
    )
    return ask_about(request, case, question)


def _about(sighting: Sighting, answer: str) -> str:
    """Return of which telling it is, and what stands there already, if anything."""
    sentence = f"The child was told of on {in_words(sighting.seen_on)}."
    return f"{sentence} Written down by now: {answer}" if answer else sentence


@needs(Permission.CASE_WORK)
def tell_care(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask who at social care was told that a child may be privately fostered, or why nobody is."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    sighting = _find(case, pk)

    def act(form: CareForm) -> None:
        actions.tell_care(
            sighting=sighting,
            care=form.care,
            by=me(request),
            at=timezone.localtime(),
            is_seen=bool(form.cleaned_data["version"]),
        )

    question = Question(
        "Who at social care was told where the child lives?",
        CareForm(
            posted(request)[0], initial={"version": int(bool(sighting.care_by_id))}, today=today()
        ),
        act,
        f"It is kept on case {case.ref}.",
        context={"words": _about(sighting, sighting.care_told)},
    )
    return ask_about(request, case, question)


@needs(Permission.CASE_WORK)
def withdraw_sighting(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask why it was a mistake that the child was seen, or was not."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    sighting = _find(case, pk)

    def act(form: WithdrawSightingForm) -> None:
        why = form.cleaned_data["why"]
        actions.withdraw_sighting(
            sighting=sighting, why=why, by=me(request), at=timezone.localtime()
        )

    deed = "seen" if sighting.was_seen else "not seen"
    question = Question(
        f"Withdraw that the child was {deed} on {in_words(sighting.seen_on)}",
        WithdrawSightingForm(posted(request)[0]),
        act,
        f"It is withdrawn, and stays to read on case {case.ref}.",
        button="Withdraw it",
    )
    return ask_about(request, case, question)


def _find(case: Case, pk: int) -> Sighting:
    """Return one telling on the case; 404 for another's."""
    try:
        return queries.sighting_of(case, pk)
    except Sighting.DoesNotExist:
        raise Http404 from None
