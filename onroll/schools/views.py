"""The list of schools, one school, and loading schools and term dates."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.schools import actions, forms, queries
from onroll.schools.models import School

A_PAGE = 50
A_YEAR = timedelta(days=365)


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # @needs lets nobody else in
    return request.user


@needs(Permission.FILES_VIEW)
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """Show the schools on file, found by name or number."""
    form = forms.FindSchoolForm(request.GET)
    form.is_valid()
    filters = form.cleaned_data
    words, reporting = filters.get("words", ""), bool(filters.get("reporting"))
    schools_found = queries.find_schools(_me(request), words=words, reporting=reporting)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": "Schools",
        "filter_form": form,
        "page": Paginator(schools_found, A_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "is_search": bool(words or reporting),
        "may_load": access.may(_me(request), Permission.SCHOOLS_MANAGE),
    }
    return render(request, "schools/schools.html", context)


@needs(Permission.FILES_VIEW)
@require_safe
def school(request: HttpRequest, number: str) -> HttpResponse:
    """Show one school: its numbers, whether it reports, its terms and closures."""
    try:
        school_ = queries.get_school(_me(request), number)
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
    form = forms.LoadSchoolsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = actions.load_schools(
            establishments=form.cleaned_data["file"],
            reporting_to=queries.our_policy().authority_code,
        )
        messages.success(request, f"{done.added} schools added, {done.updated} brought up to date.")
        return redirect("schools:schools")
    return render(request, "schools/load.html", {"title": "Load schools", "form": form})


@needs(Permission.SCHOOLS_MANAGE)
def load_terms(request: HttpRequest) -> HttpResponse:
    """Load term dates and closures from a list."""
    form = forms.LoadTermsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.load_terms(dates=form.cleaned_data["file"])
        except actions.UnknownSchools as refusal:
            form.add_error("file", str(refusal))
        else:
            words = f"{done.added} terms and closed days added, {done.updated} were already there."
            messages.success(request, words)
            return redirect("schools:schools")
    return render(request, "schools/load_terms.html", {"title": "Load term dates", "form": form})
