"""What was said of a case at a meeting, and what was decided."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.queries import name_of
from onroll.govuk.questions import Done, ask
from onroll.meetings import actions
from onroll.meetings.forms import DecisionForm, TalkForm
from onroll.meetings.views.frame import (
    find_item,
    find_meeting,
    meeting_url,
    show_page,
)


@needs(Permission.CASE_ASSIGN)
def talk(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Write down what was said of a case, and what was decided first."""
    meeting = find_meeting(request, ref)
    item = find_item(request, meeting, pk)

    def act(form: TalkForm) -> Done:
        actions.record_talk(
            item=item,
            words=form.cleaned_data["words"],
            decision=form.action_facts,
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(meeting_url(meeting), f"What was said of case {item.case.ref} is kept.")

    def page(form: TalkForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="talk",
            cases=[item.case],
            title=f"Case {item.case.ref}: what was said",
            child=name_of(item.case.child, me(request)),
            form=form,
            button="Save",
            back_url=meeting_url(meeting),
        )

    return ask(request, TalkForm(posted(request)[0]), act, page)


@needs(Permission.CASE_ASSIGN)
def decide(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Write down one more thing that was decided on a case."""
    meeting = find_meeting(request, ref)
    item = find_item(request, meeting, pk)

    def act(form: DecisionForm) -> Done:
        facts = form.action_facts
        assert facts is not None  # the form asks for it
        row = actions.decide(item=item, decision=facts, by=me(request), at=timezone.localtime())
        return Done(meeting_url(meeting), f"Decision {row.ref} is kept.")

    def page(form: DecisionForm) -> HttpResponse:
        return show_page(
            request,
            "meetings/question.html",
            page="decide",
            cases=[item.case],
            child=name_of(item.case.child, me(request)),
            title=f"Case {item.case.ref}: what else was decided?",
            form=form,
            button="Save",
            back_url=meeting_url(meeting),
        )

    return ask(request, DecisionForm(posted(request)[0]), act, page)
