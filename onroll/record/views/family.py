"""What the family was told, and the children of one household beside each other."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import queries as cases
from onroll.cases.frame import find_case, today
from onroll.govuk.questions import Done, ask
from onroll.record import actions, queries
from onroll.record.forms import TellingForm
from onroll.record.views.frame import find, record_url, show_page
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import STAGE_TITLES, Stage


@needs(Permission.CASE_WORK)
def tell(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what the family was told, or why it was not."""
    case = find(request, ref, Permission.CASE_WORK)
    form = TellingForm(posted(request)[0], today=today())

    def act(form: TellingForm) -> Done:
        row = actions.tell_family(
            case=case, telling=form.telling, by=me(request), at=timezone.localtime()
        )
        return Done(record_url(case), f"Kept on the case as {row.ref}.")

    def page(form: TellingForm) -> HttpResponse:
        context = {
            "title": "Write down what the family was told",
            "form": form,
            "button": "Save",
            "back_url": record_url(case),
        }
        return show_page(
            request, case, "cases/question.html", "what the family was told", **context
        )

    return ask(request, form, act, page)


@needs(Permission.CASE_VIEW, Permission.ADDRESS_VIEW)
@require_safe
def household(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the children of the household beside each other, each with the state of their case."""
    case, user = find_case(request, ref), me(request)
    is_shown = cases.may_on(user, Permission.ADDRESS_VIEW, case) and not access.is_masked(
        user, Permission.CASE_VIEW
    )
    relatives = queries.household_of(case.child, user, on=today()) if is_shown else []
    home = cases.home_of(case.child, case, user=user)
    other_children = [relative.child.pk for relative in relatives]
    if other_children:
        saw(request, other_children, "household", Permission.CASE_VIEW, ("name", "date of birth"))
    return show_page(
        request,
        case,
        "record/household.html",
        "household",
        relatives=[(relative, _standing(relative)) for relative in relatives],
        home=home,
        is_shown=is_shown,
        fields=("household", *home.fields),
    )


def _standing(relative: queries.Relative) -> str:
    """Return how far the newest case in sight of a child is; nothing for none."""
    case = relative.case
    if case is None:
        return ""
    if case.outcome:
        return f"Closed: {OUTCOMES[case.outcome].title}"
    return STAGE_TITLES[Stage(case.stage)]
