"""Break-glass: where a sealed case is opened in an emergency, and where that is reviewed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from onroll.accounts import access, glass, step_up
from onroll.accounts.decorators import needs
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.accounts.sentences import page as page_in_words
from onroll.addresses import page_address
from onroll.glass import actions, queries
from onroll.glass.forms import BreakGlassForm, VerdictForm
from onroll.glass.models import BreakGlass
from onroll.govuk.questions import Done, ask
from onroll.rules.break_glass import OPEN_FOR
from onroll.schools.queries import our_policy

NOTHING = (
    "There is no sealed case for what you typed. That you looked is written down, and the data "
    "protection officer reviews it."
)


@needs(Permission.BREAK_GLASS)
def open_sealed(request: HttpRequest) -> HttpResponse:
    """Ask which sealed case must be opened, and why; look only then, and open it for an hour."""
    if request.method != "POST" and (url := step_up.address(request)):
        return redirect(url)
    at = timezone.localtime()

    def act(form: BreakGlassForm) -> Done:
        step_up.use(request)
        why = form.cleaned_data["why"]
        row = actions.break_glass(target=form.target, why=why, by=me(request), at=at)
        return _open(request, row)

    def page(form: BreakGlassForm) -> HttpResponse:
        policy = our_policy().on(at.date())
        context = {
            "form": form,
            "without_factor": step_up.words(request),
            "step_up_url": step_up.address(request),
            "most": policy.break_glass_a_day,
            "days": policy.break_glass_review_working_days,
        }
        return render(request, "glass/open.html", context)

    return ask(request, BreakGlassForm(posted(request)[0], on=at.date()), act, page)


def _open(request: HttpRequest, row: BreakGlass) -> Done:
    """Open the case to this session and lead to it; the same page again where there is none."""
    if row.case is None:
        return Done(reverse("glass:open"), NOTHING, messages.WARNING)
    glass.keep(request, row.pk)
    until = timezone.localtime(row.at + OPEN_FOR)
    words = f"The case is open to you until {until:%H:%M}. Every page of it that you open is noted."
    return Done(page_address("casefile:case", row.case.ref), words)


@needs(Permission.BREAK_GLASS_REVIEW)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """List each break-glass that waits for review, and the last that were reviewed."""
    at = timezone.localtime()
    user = me(request)
    waiting, reviewed = queries.to_review(user, at=at), queries.reviewed(user, at=at)
    context = {"waiting": waiting, "reviewed": reviewed}
    return render(request, "glass/reviews.html", context)


@needs(Permission.BREAK_GLASS_REVIEW)
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one break-glass, and ask what the review finds."""
    at = timezone.localtime()
    try:
        row = queries.get_break_glass(me(request), ref, at=at)
    except queries.NothingToReview:
        raise Http404 from None

    def act(form: VerdictForm) -> Done:
        words = form.cleaned_data["words"]
        actions.judge(row=row, verdict=form.chosen, words=words, by=me(request), at=at)
        return Done(reverse("glass:reviews"), f"Your review of {row.ref} is written down.")

    def page(form: VerdictForm) -> HttpResponse:
        context = {"form": form, "row": row, "is_own": row.by_id == me(request).pk}
        pages = [(capfirst(page_in_words(each.page)), each.times) for each in queries.pages_of(row)]
        context |= {"pages": pages, "searches_all": _searches_all(me(request))}
        return render(request, "glass/review.html", context)

    return ask(request, VerdictForm(posted(request)[0]), act, page)


def _searches_all(user: User) -> bool:
    """Return whether a person may search what everybody did in the audit trail."""
    return access.scope(user, Permission.AUDIT_SEARCH) is Scope.ALL
