"""Who covers for an officer who is away: said by the officer, or by a manager for them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.accounts import actions as accounts
from onroll.accounts import queries as people
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.accounts.roles import Role
from onroll.cases import queries
from onroll.cases.forms import CoverForm, EndCoverForm
from onroll.cases.frame import today
from onroll.govuk.questions import Done, ask, press
from onroll.rules.dated import in_words


@needs(Permission.CASE_ASSIGN)
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who covers for an officer, and from which day until which."""
    absent, on = _absent(request, pk), today()

    def act(form: CoverForm) -> Done:
        answers = form.cleaned_data
        row = accounts.set_cover(
            absent=absent,
            colleague=answers["person"],
            from_on=answers["from_on"],
            until_on=answers["until_on"],
            by=me(request),
            at=timezone.localtime(),
            last=answers["version"],
        )
        name, days = answers["person"].name, f"from {in_words(row.from_on)}"
        words = f"{name} covers for {absent.name} {days} until {in_words(row.until_on)}."
        return Done(reverse("cases:cover", args=[absent.pk]), words)

    def page(form: CoverForm) -> HttpResponse:
        context = {
            "title": f"Who covers for {absent.name}?",
            "form": form,
            "button": "Save",
            "absent": absent,
            "cover": people.cover_of(absent, on=on),
            "last": people.last_cover(absent),
            "back_url": reverse("cases:officers"),
        }
        return render(request, "cases/cover.html", context)

    form = CoverForm(
        posted(request)[0],
        initial={"version": people.last_cover(absent)},
        people=queries.colleagues(to_own=True).exclude(pk=absent.pk),
        on=on,
    )
    return ask(request, form, act, page)


@needs(Permission.CASE_ASSIGN)
@require_POST
def end_cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that nobody covers for an officer any more."""
    absent = _absent(request, pk)
    back_url = reverse("cases:cover", args=[absent.pk])

    def act(form: EndCoverForm) -> Done:
        last, at = form.cleaned_data["version"], timezone.localtime()
        accounts.end_cover(absent=absent, by=me(request), at=at, last=last)
        return Done(back_url, f"Nobody covers for {absent.name} any more.")

    return press(request, EndCoverForm(request.POST), act, back_url=back_url)


def _absent(request: HttpRequest, pk: int) -> User:
    """Return the officer whom the page is about; a colleague only to a manager."""
    user = me(request)
    absent = queries.colleagues(to_own=True).filter(pk=pk).first()
    if absent is None or (absent.pk != user.pk and user.role != Role.MGR):
        raise Http404
    return absent
