"""The authority's colour, staying signed in, faults, and a page that shows every part."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import condition, require_safe

from onroll.govuk import context, specimens
from onroll.govuk.theme import stylesheet

HOUR = 3600


def _mark(_request: HttpRequest, colour: str) -> str:
    return f'"{colour.strip("#")}"'


@login_not_required
@require_safe
@condition(etag_func=_mark)
def theme(_request: HttpRequest, colour: str) -> HttpResponse:
    """Serve the style sheet with the authority's colour, an extra argument of the address."""
    response = HttpResponse(stylesheet(colour), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={HOUR}"
    return response


@require_safe
def keep_signed_in(_request: HttpRequest) -> HttpResponse:
    """Answer nothing. That a signed-in person asked is what keeps the session going."""
    return HttpResponse(status=204)


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Say that something went wrong and whom to ring; asks neither database nor session."""
    return HttpResponseServerError(render_to_string("500.html", context.authority(request)))


@login_not_required
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every part in its states, for people who write pages; 404 in production."""
    if getattr(settings, "MODE", "production") == "production":
        raise Http404
    form = specimens.QuestionsForm(
        request.POST if request.method == "POST" else None, request.FILES or None
    )
    return render(request, "govuk/style_guide.html", specimens.everything() | {"form": form})
