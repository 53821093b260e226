"""Whether the police know that the child is missing, and under which numbers."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases import actions
from onroll.cases.frame import find_case, require, today
from onroll.cases.views.work import Question, ask_about
from onroll.cases.warning_forms import PoliceForm


@needs(Permission.CASE_WORK)
def police(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask who told the police, when, and under which numbers; or why nobody did."""
    case = find_case(request, ref)
    require(request, Permission.CASE_WORK, case)
    form = PoliceForm(posted(request)[0], on=today())

    def act(form: PoliceForm) -> None:
        actions.record_police(case=case, facts=form.facts, by=me(request), at=timezone.localtime())

    question = Question(
        "Do the police know that the child is missing?",
        form,
        act,
        f"It stands at the head of case {case.ref}.",
        context={"words": LEAD},
        fields=("police",),
    )
    return ask_about(request, case, question)


LEAD = (
    "If a child is in danger now, ring 999. What you write cannot be changed later; write it down "
    "anew when something is new, such as their reference."
)
