"""What comes on the agenda of a meeting, and what is taken off it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.cases.queries import get_case, names_of
from onroll.govuk.questions import Done, ask
from onroll.meetings import actions, queries
from onroll.meetings.forms import AddForm, ProposalsForm, RemoveForm
from onroll.meetings.views.frame import (
    find_item,
    find_meeting,
    meeting_url,
    show_page,
)
from onroll.rules.refusal import Refused

NO_CASE = "There is no case with this reference that you may see."


@needs(Permission.CASE_ASSIGN)
def propose(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the cases that the register proposes, each with its grounds, and take those chosen."""
    meeting = find_meeting(request, ref)
    proposals = queries.proposals(meeting, me(request), on=today())
    cases = [row.case for row in proposals]
    names = names_of(cases, me(request))
    form = ProposalsForm(posted(request)[0], proposals=proposals, names=names)

    def act(form: ProposalsForm) -> Done:
        new = actions.put_on(
            meeting=meeting,
            cases={row.case: row.grounds for row in form.chosen},
            by=me(request),
            at=timezone.localtime(),
        )
        number = f"{len(new)} case is" if len(new) == 1 else f"{len(new)} cases are"
        return Done(meeting_url(meeting), f"{number} on the agenda now.")

    def page(form: ProposalsForm) -> HttpResponse:
        context = {
            "title": "Cases that the register proposes",
            "form": form,
            "button": "Put them on the agenda",
            "meeting": meeting,
            "is_empty": not proposals,
        }
        return show_page(
            request,
            "meetings/propose.html",
            page="proposals",
            cases=cases,
            fields=("name", "risk"),
            back_url=meeting_url(meeting),
            **context,
        )

    return ask(request, form, act, page)


@needs(Permission.CASE_ASSIGN)
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Put one case on the agenda, for a reason of one's own."""
    meeting = find_meeting(request, ref)
    form = AddForm(posted(request)[0], initial={"ref": request.GET.get("case", "")})

    def act(form: AddForm) -> Done:
        actions.put_on_by_hand(
            meeting=meeting,
            case=_case(request, form.cleaned_data["ref"]),
            why=form.cleaned_data["why"],
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(meeting_url(meeting), "The case is on the agenda now.")

    def page(form: AddForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="add",
            back_url=meeting_url(meeting),
            title="Put a case on the agenda",
            form=form,
            button="Put it on",
        )

    return ask(request, form, act, page)


def _case(request: HttpRequest, ref: str) -> Case:
    """Return the case of a reference that was typed. Refused for one that is not in sight."""
    try:
        return get_case(me(request), ref.strip().upper(), on=today())
    except Case.DoesNotExist:
        raise Refused(
            "There is no case with this reference that you may see.", field="ref"
        ) from None


@needs(Permission.CASE_ASSIGN)
def remove(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Take a case off the agenda that was not talked about."""
    meeting = find_meeting(request, ref)
    item = find_item(request, meeting, pk)

    def act(form: RemoveForm) -> Done:
        actions.take_off(
            item=item, why=form.cleaned_data["why"], by=me(request), at=timezone.localtime()
        )
        return Done(meeting_url(meeting), f"Case {item.case.ref} is off the agenda.")

    def page(form: RemoveForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="remove",
            back_url=meeting_url(meeting),
            title=f"Take case {item.case.ref} off the agenda",
            form=form,
            button="Take it off",
        )

    return ask(request, RemoveForm(posted(request)[0]), act, page)
