"""The languages in which anyone's pages can be read, and the one that a reader chose (decision 28).

The choice stands in a cookie of its own; what signed-in people work with stays English.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language

View = Callable[..., HttpResponse]
P = ParamSpec("P")
T = TypeVar("T")
COOKIE = "language"
ENGLISH = "en-gb"
RIGHT_TO_LEFT = {"ar"}
IN_ENGLISH = {
    ENGLISH: "English",
    "ar": "Arabic",
    "gu": "Gujarati",
    "pl": "Polish",
    "ro": "Romanian",
    "ta": "Tamil",
}
"""Each language's name for who reads English. Django has no name of Gujarati."""
READS = ("GET", "HEAD")


@dataclass(frozen=True)
class Language:
    """A language by its code, with its name in itself; `is_current` is true of the reader's."""

    code: str
    name: str
    is_current: bool = False
    query: str = ""
    """What its link asks for: the same page in this language."""

    @property
    def direction(self) -> str:
        """Return in which direction it is written, as HTML has it."""
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"

    @property
    def is_english(self) -> bool:
        """Return whether pages in it need no English beside."""
        return self.code == ENGLISH


def translated(view: View) -> View:
    """Show a page in the language that its reader chose."""
    return _offered(view, is_translated=True)


def english_with_a_cover(view: View) -> View:
    """Show a page in English, under a sentence in the language that its reader chose."""
    return _offered(view, is_translated=False)


def _offered(view: View, *, is_translated: bool) -> View:
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_signed_in(request):
            return view(request, *args, **kwargs)
        if request.method in READS and request.GET.get(COOKIE) in NAMES:
            return _choose(request, request.GET[COOKIE])
        code = _chosen(request.COOKIES)
        request.languages = _offers(code, request.GET)  # type: ignore[attr-defined]  # read by `reading`
        request.is_translated = is_translated  # type: ignore[attr-defined]  # read by `reading`
        with translation.override(code if is_translated else ENGLISH):
            return view(request, *args, **kwargs)

    return page


NAMES: dict[str, str] = {code: str(name) for code, name in settings.LANGUAGES}
"""Each language's name in itself, by its code, English first."""


def _is_signed_in(request: HttpRequest) -> bool:
    """Return whether somebody is signed in; no, where a request failed before that is known."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


def _offers(chosen: str, asked: QueryDict) -> tuple[Language, ...]:
    """Return the languages, each with what else the page was asked for in its link."""
    rows = []
    for code, name in NAMES.items():
        query = asked.copy()
        query[COOKIE] = code
        rows.append(Language(code, name, code == chosen, query.urlencode()))
    return tuple(rows)


def _chosen(cookies: Mapping[str, str]) -> str:
    code = cookies.get(COOKIE, ENGLISH)
    return code if code in NAMES else ENGLISH


def language_of_page() -> str:
    """Return the code of the language in which a page is shown now."""
    return get_language() or ENGLISH


def _choose(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a choice until the browser is closed, and show the same page in it."""
    query = request.GET.copy()
    del query[COOKIE]
    response = HttpResponseRedirect(request.path + (f"?{query.urlencode()}" if query else ""))
    if code == ENGLISH:
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(
            COOKIE, code, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def reading(request: HttpRequest) -> dict[str, Any]:
    """Return the languages offered on a page, and the one it is read in. Set in TEMPLATES."""
    languages: tuple[Language, ...] = getattr(request, "languages", ())
    return _reading(languages, is_offered=bool(getattr(request, "is_translated", False)))


def render_alone(
    template: str, cookies: Mapping[str, str], context: Callable[[], dict[str, Any]]
) -> str:
    """Return a page that asks neither session nor database, in the language that a cookie has.

    Languages are offered only to who chose one: it is not known whether the reader is signed in.
    """
    code = _chosen(cookies)
    languages = () if code == ENGLISH else _offers(code, QueryDict())
    with translation.override(code):
        words = {**context(), **_reading(languages, is_offered=True)}
        return render_to_string(template, words)


def _reading(languages: tuple[Language, ...], *, is_offered: bool) -> dict[str, Any]:
    if not languages:
        return {}
    chosen = next(language for language in languages if language.is_current)
    is_translated = is_offered and not chosen.is_english
    return {
        "languages": languages,
        "language": chosen,
        "is_translated": is_translated,
        "page_language": chosen.code if is_translated else "en-GB",
        "is_right_to_left": is_translated and chosen.code in RIGHT_TO_LEFT,
    }


def in_english(make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Return what stands in English beside a translation; None where the page is English."""
    if get_language() == ENGLISH:
        return None
    with translation.override(ENGLISH):
        return make(*args, **kwargs)
