"""The list of schools, one school, and loading schools and term dates."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.govuk.questions import Done, ask
from onroll.schools import actions, forms, queries
from onroll.schools.models import School

A_PAGE = 50
A_YEAR = timedelta(days=365)


@needs(Permission.FILES_VIEW)
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """Show the schools on file, found by name or number."""
    form = forms.FindSchoolForm(request.GET)
    form.is_valid()
    filters = form.cleaned_data
    words, reporting = filters.get("words", ""), bool(filters.get("reporting"))
    schools_found = queries.find_schools(me(request), words=words, reporting=reporting)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": "Schools",
        "filter_form": form,
        "page": Paginator(schools_found, A_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "is_search": bool(words or reporting),
        "may_load": access.may(me(request), Permission.SCHOOLS_MANAGE),
    }
    return render(request, "schools/schools.html", context)


@needs(Permission.FILES_VIEW)
@require_safe
def school(request: HttpRequest, number: str) -> HttpResponse:
    """Show one school: its numbers, whether it reports, its terms and closures."""
    try:
        school_ = queries.get_school(me(request), number)
    except School.DoesNotExist:
        raise Http404 from None
    since = timezone.localdate() - A_YEAR
    terms = queries.terms_of(school_, since=since)
    context = {
        "school": school_,
        "former": queries.former_numbers_of(school_),
        "terms": terms,
        "has_own_terms": any(term.is_own for term in terms),
        "has_others_terms": not all(term.is_own for term in terms),
        "closures": queries.closures_of(school_, since=since),
    }
    return render(request, "schools/school.html", context)


@needs(Permission.SCHOOLS_MANAGE)
def load(request: HttpRequest) -> HttpResponse:
    """Load schools from the file of Get information about schools."""

    def act(form: forms.LoadSchoolsForm) -> Done:
        loaded = actions.load_schools(
            establishments=form.cleaned_data["file"],
            reporting_to=queries.our_policy().authority_code,
        )
        words = f"{loaded.added} schools added, {loaded.updated} brought up to date."
        return Done(reverse("schools:schools"), words)

    def show(form: forms.LoadSchoolsForm) -> HttpResponse:
        return render(request, "schools/load.html", {"title": "Load schools", "form": form})

    return ask(request, forms.LoadSchoolsForm(*posted(request)), act, show)


@needs(Permission.SCHOOLS_MANAGE)
def load_terms(request: HttpRequest) -> HttpResponse:
    """Load term dates and closures from a list."""

    def act(form: forms.LoadTermsForm) -> Done:
        loaded = actions.load_terms(dates=form.cleaned_data["file"])
        words = f"{loaded.added} terms and closed days added, {loaded.updated} were already there."
        return Done(reverse("schools:schools"), words)

    def show(form: forms.LoadTermsForm) -> HttpResponse:
        return render(
            request, "schools/load_terms.html", {"title": "Load term dates", "form": form}
        )

    return ask(request, forms.LoadTermsForm(*posted(request)), act, show)
