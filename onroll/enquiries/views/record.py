"""What is recorded of the enquiries of a case: the plan, one made now, and each act (P12, P31)."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries import name_of
from onroll.enquiries import actions, queries
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.forms import (
    AnswerForm,
    AskForm,
    ChaseForm,
    EnquiryForm,
    EntryForm,
    LeaveOutForm,
    PlanForm,
    WithdrawForm,
)
from onroll.enquiries.models import Enquiry
from onroll.enquiries.views.frame import (
    enquiry_url,
    find,
    find_enquiry,
    goes_also,
    list_url,
    on_cases,
    show_question,
    with_last_entry,
)
from onroll.govuk.questions import Done, ask
from onroll.rules.enquiries import AT_AN_ADDRESS
from onroll.rules.enquiry_log import MOVES, Act, EnquiryStage


@needs(Permission.ENQUIRY_ADD)
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask which of the enquiries that the reasons of the case ask for are made (P31)."""
    case = find(request, ref, Permission.ENQUIRY_ADD)
    steps = queries.steps_to_plan(case)
    if not steps and request.method == "GET":
        return redirect(list_url(case))
    form = PlanForm(posted(request)[0], asked_for=steps)

    def act(form: PlanForm) -> Done:
        made = actions.plan_enquiries(
            case=case,
            steps=form.cleaned_data["steps"],
            left_out=form.left_out,
            left_out_why=form.cleaned_data["left_out_why"],
            by=me(request),
            at=timezone.localtime(),
        )
        left = sum(enquiry.stage == EnquiryStage.LEFT_OUT for enquiry in made)
        words = f"To be asked: {len(made) - left} more. Left out: {left}."
        return Done(list_url(case), words)

    def page(form: PlanForm) -> HttpResponse:
        return show_question(
            request,
            case,
            title="Plan the enquiries",
            page="plan the enquiries",
            back_url=list_url(case),
            form=form,
            button="Put them on the list",
            words=PLAN,
        )

    return ask(request, form, act, page)


PLAN = (
    "These are the enquiries that the reason of this case asks for and that are not on its list "
    "yet (policy pages 9 and 17). Untick what makes no sense for this child, and say why."
)


@needs(Permission.ENQUIRY_ADD)
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Record an enquiry, made for this child or for brothers and sisters together."""
    case = find(request, ref, Permission.ENQUIRY_ADD)
    also = queries.cases_of_the_home(case, me(request), on=today())
    schools = queries.schools_to_ask(case, on=today())
    names = [(row.ref, name_of(row.child, me(request))) for row in also]
    homes = queries.addresses_to_try(case, me(request))
    form = EnquiryForm(*posted(request), on=today(), also=names, schools=schools, addresses=homes)

    def act(form: EnquiryForm) -> Done:
        answers = form.cleaned_data
        chosen = [row for row in also if row.ref in answers.get("also", ())]
        made = actions.record_enquiry(
            on_cases=[case, *chosen],
            step=answers["step"],
            step_words=answers["step_words"],
            asked_school=answers.get("school"),
            entries=first_entries(form),
            by=me(request),
            at=timezone.localtime(),
        )
        words = f"Kept as enquiry {made[0].ref}.{on_cases(made)}"
        return Done(enquiry_url(made[0]), words)

    def page(form: EnquiryForm) -> HttpResponse:
        return show_question(
            request,
            case,
            title="Record an enquiry",
            page="record an enquiry",
            back_url=list_url(case),
            form=form,
            button="Save",
            siblings=also,
            has_homes=bool(homes),
        )

    return ask(request, form, act, page)


def first_entries(form: EnquiryForm) -> dict[Act, EntryFacts]:
    """Return the first entry of an enquiry, of a form that is valid; none where it is planned."""
    acts = {"asked": Act.ASK, "answered": Act.ANSWER}
    act = acts.get(form.cleaned_data["state"])
    return {act: form.facts} if act else {}


@dataclass(frozen=True)
class Asking:
    """What a page about one act asks, and what is said once it is saved."""

    act: Act
    form: type[EntryForm] | type[LeaveOutForm]
    button: str
    done: str


ASKING = {
    asking.act.value.replace("_", "-"): asking
    for asking in (
        Asking(Act.ASK, AskForm, "Save", "It is kept, with the day on which it is chased."),
        Asking(Act.CHASE, ChaseForm, "Save", "It is kept, with the day of the next."),
        Asking(Act.ANSWER, AnswerForm, "Save the answer", "The answer is kept."),
        Asking(Act.LEAVE_OUT, LeaveOutForm, "Leave it out", "It is left out, with the reason."),
        Asking(Act.WITHDRAW, WithdrawForm, "Withdraw it", "It is withdrawn, with the reason."),
    )
}


def _form_of(
    request: HttpRequest, case: Case, enquiry: Enquiry, asking: Asking
) -> EntryForm | LeaveOutForm:
    """Return the form of an act; of a step at an address it asks which one."""
    if issubclass(asking.form, LeaveOutForm):
        return asking.form(*posted(request), on=today())
    if enquiry.step in AT_AN_ADDRESS:
        homes = queries.addresses_to_try(case, me(request))
        return asking.form(*posted(request), on=today(), addresses=homes)
    form = asking.form(*posted(request), on=today())
    form.fields.pop("lives_there", None)
    return form


@needs(Permission.ENQUIRY_ADD)
def act(request: HttpRequest, ref: str, enquiry: str, act: str) -> HttpResponse:
    """Record that somebody was asked or chased, that they answered, or why nobody was asked."""
    case = find(request, ref, Permission.ENQUIRY_ADD)
    row, asking = find_enquiry(case, enquiry), ASKING.get(act)
    if asking is None:
        raise Http404
    form = with_last_entry(_form_of(request, case, row, asking), row, me(request))
    siblings = queries.siblings_at_its_stage(row, me(request), on=today())

    def save(form: EntryForm | LeaveOutForm) -> Done:
        changed = actions.add_entry(
            enquiry=row,
            act=asking.act,
            facts=form.facts,
            by=me(request),
            at=timezone.localtime(),
            latest=form.cleaned_data["version"] or 0,
        )
        words = f"Enquiry {row.ref}: {asking.done}{on_cases(changed)}"
        return Done(enquiry_url(row), words)

    def page(form: EntryForm | LeaveOutForm) -> HttpResponse:
        return show_question(
            request,
            case,
            title=f"{MOVES[asking.act].title}: {row.title}",
            page=MOVES[asking.act].title.lower(),
            back_url=enquiry_url(row),
            form=form,
            button=asking.button,
            words=goes_also(request, siblings),
            siblings=[sibling.case for sibling in siblings],
            has_homes="address" in form.fields,
        )

    return ask(request, form, save, page)
