"""The manager's review of a case: what happened since the last, what is found, what is decided."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.cases import actions, queries
from onroll.cases.frame import find_case, show, today
from onroll.cases.manager_forms import ManagerReviewForm
from onroll.cases.models import Case
from onroll.cases.offers import Event
from onroll.cases.queries.manager import reviews_of
from onroll.cases.queries.risk import risk_of
from onroll.cases.queries.risk_before import risks_before
from onroll.cases.slots import EVENTS
from onroll.cases.views.work import as_opened
from onroll.govuk.questions import Done, ask
from onroll.rules.risk_level import LEVEL_TITLES
from onroll.schools.queries import calendar_for


@needs(Permission.CASE_OVERSEE, Permission.NOTES_VIEW)
def manager_review(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what happened on a case since its last review, and ask what was found and decided."""
    case, user = find_case(request, ref), me(request)
    last, due_on = reviews_of(case)
    back = reverse("casefile:case", args=[case.ref])

    def act(form: ManagerReviewForm) -> Done:
        actions.hold_review(
            case=case,
            findings=form.findings,
            by=user,
            at=timezone.localtime(),
            version=form.cleaned_data["version"],
        )
        return Done(back, "The review is kept. The next one comes back to you on its day.")

    def page(form: ManagerReviewForm) -> HttpResponse:
        risk = risk_of(case)
        context = {
            "title": "Review the case as its manager",
            "form": form,
            "button": "Save the review",
            "back_url": back,
            "newest": queries.chronology(case)[:1] if form.is_overtaken else (),
            "risk": risk,
            "last": last,
            "due_on": due_on,
            "since": _since(case, request, last.at if last else None),
            "latest": [
                (LEVEL_TITLES[level], day) for level, day in actions.due_by_level(today()).items()
            ],
            "clocks": [
                clock
                for clock in queries.clocks_of(
                    queries.deadlines_of(case), on=today(), calendar=calendar_for(case.school)
                )
                if clock.is_running
            ],
        }
        return show(
            request,
            case,
            "cases/manager_review.html",
            page="case: the manager’s review",
            context=context,
            fields=("risk", "chronology", "notes", "safeguarding notes"),
        )

    form = ManagerReviewForm(before=risks_before(case), **as_opened(request, case))
    return ask(request, form, act, page)


def _since(case: Case, request: HttpRequest, since: datetime | None) -> list[Event]:
    """Return what happened and what people wrote since a moment, the newest first."""
    every = [event for events in EVENTS for event in events(case, me(request))]
    every.sort(key=lambda event: event.at, reverse=True)
    return [event for event in every if since is None or event.at > since]
