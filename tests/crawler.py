"""Walks every address as everyone, with every method, and says what is not as the matrix has it.

Source: trust.md 3.3 (1, 2 and 4), DESIGN.md rule 2. `faults` returns sentences; none is good.
"""

import contextlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import chain
from typing import Any
from zipfile import ZipFile

from django.conf import settings
from django.core.cache import cache as cache_of_limits
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.sides import Side, side_of, sides_of
from onroll.audit.models import AccessEvent
from tests.identifiers import EXCEPTIONS, identifiers
from tests.routes import MAY_BE_GONE, PUBLIC, ROUTES, SIDES, Arguments, Route, World

READS, WRITES = ("GET", "HEAD"), ("POST",)
REFUSED_BY_ALL = ("PUT", "PATCH", "DELETE", "OPTIONS")

# allauth's, for who has no such factor yet.
MAY_REFUSE = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
MAY_CHANGE = {"django_session", "onroll_cache", "referrals_notification"}
"""What a mere look may change, beside the audit trail: opening a page ticks off what it tells."""
CHANGES = """
SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
    + pg_stat_get_xact_tuples_deleted(oid)
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
"""The numbers of pg_stat_xact_user_tables, which looks for much more of each table."""
NEW_ROUTE = Route(seen=lambda _world, _user: {})


@dataclass(frozen=True)
class Page:
    """One address pattern."""

    name: str
    view: Callable[..., Any]
    arguments: frozenset[str]

    @property
    def is_public(self) -> bool:
        """Say whether the code lets anyone in."""
        return not getattr(self.view, "login_required", True)

    @property
    def sides(self) -> frozenset[Side]:
        """Return the sides of the wall on which the address stands."""
        return sides_of(self.view)

    @property
    def is_own_account(self) -> bool:
        """Say whether the page is about who is signed in, in any role."""
        of_allauth = self.name.startswith(("account_", "mfa_")) and not self.needs
        return bool(getattr(self.view, "is_own_account", False)) or of_allauth

    @property
    def needs(self) -> tuple[Permission, ...]:
        """Return the permissions the page names."""
        return tuple(getattr(self.view, "needs", ()))


def pages() -> list[Page]:
    """Return every address pattern there is."""
    return list(_walk(get_resolver(), "", frozenset()))


def _walk(resolver: URLResolver, space: str, above: frozenset[str]) -> Iterator[Page]:
    for one in resolver.url_patterns:
        names = above | frozenset(one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one, inner, names)
        elif isinstance(one, URLPattern):
            yield Page(f"{space}{one.name}" if one.name else "", one.callback, names)


def undeclared() -> list[str]:
    """Return the pages that do not say who may open them, each in a sentence."""
    return [words for page in pages() for words in _not_declared(page)]


def faults(world: World, user: User | None) -> list[str]:
    """Visit everything that is declared as one person, or as nobody; return what is wrong."""
    declared = (page for page in pages() if not _not_declared(page))
    with _no_refusals_in_the_log():
        return [words for page in declared for words in _visit(page, user, world)]


@contextlib.contextmanager
def _no_refusals_in_the_log() -> Iterator[None]:
    """Leave out refusals, which come by the thousand, and log again as before afterwards."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _not_declared(page: Page) -> list[str]:
    if not page.name:
        return [f"{page.view} has no name, so nobody can say what it is."]
    wrong = []
    if not page.sides:
        wrong.append(f"{page.name} is on no side of the wall: council, school or anyone.")
    elif page.sides != SIDES.get(page.name, {Side.COUNCIL}):
        wrong.append(f"{page.name} is on another side than tests/routes/sides.py says.")
    if page.is_public is not (Side.ANYONE in page.sides):
        wrong.append(f"{page.name} lets anyone in and is not on their side, or the other way.")
    if page.is_public and page.name not in PUBLIC:
        wrong.append(f"{page.name} lets anyone in and is not on the short public list.")
    if not (page.is_public or page.needs or page.is_own_account):
        wrong.append(f"{page.name} names no permission.")
    if page.arguments and page.name not in ROUTES:
        wrong.append(f"{page.name} has something in its address; add it to tests/routes.")
    return wrong


def _visit(page: Page, user: User | None, world: World) -> list[str]:
    cache_of_limits.clear()
    route = ROUTES.get(page.name, NEW_ROUTE)
    asked_by = user or world.people.olive
    session_of(asked_by)
    missing = {method: {404, 405} for method in (*READS, *WRITES)}
    expected = _expected(page, user)
    seen = route.seen(world, asked_by)
    if seen is None:  # nothing of the kind is in this person's sight
        seen, expected = route.never or {}, missing if may(page, user) else expected
    found = _probe_all(page, user, world, seen, expected)
    if user is None or 404 in expected["GET"] or not may(page, user):
        return found
    unseen = route.unseen(world, user)
    if unseen is not None:
        found += _probe_all(page, user, world, unseen, missing)
    if unseen is not None and route.never is not None:
        found += _tells_apart(page, user, unseen, route.never)
    return found


def _expected(page: Page, user: User | None) -> dict[str, set[int]]:
    """Return which statuses are right for each method; 302 to sign-in for who is not signed in."""
    gone = {404} if page.name in MAY_BE_GONE else {403} if page.name in MAY_REFUSE else set()
    if page.is_public:
        return _each({200, 302, *gone}, {200, 302, 400, 403, 404})
    if user is None:
        return _each({302}, {302})
    if page.is_own_account:
        return _each({200, 204, 302, *gone}, {200, 302, 400, *gone})
    if _wall(page, user):
        return _each({403}, {403})
    missing = [one for one in page.needs if not access.may(user, one)]
    if missing and all(access.must_state_a_reason(user, one) for one in missing):
        return _each({302}, {302})
    if not may(page, user):
        return _each({403}, {403})
    # 403 stands for a thing one sees and may not work on, such as a case of someone else's.
    return _each({200, 302, 403, *gone}, {200, 302, 400, 403, 409, 422, *gone})


def _each(reads: set[int], writes: set[int]) -> dict[str, set[int]]:
    return {
        **{method: {*reads, 405} for method in READS},
        **{method: {*writes, 405} for method in WRITES},
    }


def may(page: Page, user: User | None) -> bool:
    return (
        user is not None
        and all(access.may(user, one) for one in page.needs)
        and not _wall(page, user)
    )


def _wall(page: Page, user: User) -> bool:
    return Side.ANYONE not in page.sides and side_of(user) not in page.sides


def path_of(page: Page, arguments: Arguments) -> str:
    return reverse(page.name, kwargs={k: v for k, v in arguments.items() if k in page.arguments})


def _probe_all(
    page: Page,
    user: User | None,
    world: World,
    arguments: Arguments,
    expected: dict[str, set[int]],
) -> list[str]:
    found = []
    before = _state()
    for method in (*READS, *WRITES, *REFUSED_BY_ALL):
        who = f"{user.name} ({user.role})" if user else "A stranger"
        said = f"{who}, {method} {page.name} {arguments or ''}".strip()
        right = expected.get(method, {405})
        route = ROUTES.get(page.name, NEW_ROUTE)
        form = route.posted(world, user) if user and method == "POST" else {}
        answer = ask(user, method, path_of(page, arguments), form)
        status = answer.response.status_code
        if status not in right:
            found.append(f"{said}: {status}, not {sorted(right)}.")
        if method in READS and (after := _state()) != before:
            tables = sorted(name for name, n in after.items() if n != before.get(name, 0))
            found.append(f"{said}: changed something ({', '.join(tables)}).")
            before = after
        found += [f"{said}: shows {leak}." for leak in _leaks(answer, user, world)]
        found += [f"{said}: shows the code name {name}." for name in _code_names(page, answer)]
        if user is not None:
            unnoted = _shown_unnoted(answer, world)
            found += [f"{said}: shows {mark} and nothing says so in the trail." for mark in unnoted]
        address = answer.response.headers.get("Location", "/account/login/")
        if user is None and not page.is_public and not address.startswith("/account/login/"):
            found.append(f"{said}: leads to {address}, not to sign-in.")
    return found


@dataclass(frozen=True)
class Answer:
    """What came back: the response, its text, and the children whom the trail says were seen."""

    response: HttpResponse
    text: str
    children_noted: frozenset[int]


def ask(user: User | None, method: str, path: str, form: Mapping[str, str]) -> Answer:
    """Send one request, then take back whatever it did, apart from reads, which must do nothing."""
    client = _browser()
    client.cookies.clear()
    with transaction.atomic():
        if user is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
        response = client.post(path, form) if form else client.generic(method, path)
        # An answer of no words shows nobody: half of all are such.
        children = _noted(response) if response.content else frozenset()
        if method not in READS:
            transaction.set_rollback(True)
    assert isinstance(response, HttpResponse)
    return Answer(response, _text(response), children)


def _noted(response: Any) -> frozenset[int]:
    """Return the children whom the trail says this request showed."""
    request = getattr(response.wsgi_request, "request_id", None)
    noted = AccessEvent.objects.filter(request_id=request).values_list("child_ids", flat=True)
    return frozenset(chain.from_iterable(noted)) if request else frozenset()


def _text(response: HttpResponse) -> str:
    """Return the words of a page or file, of the cells of a workbook too."""
    content = response.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as workbook:
            content = b"".join(workbook.read(name) for name in workbook.namelist())
    return content.decode("utf-8", "replace")


@cache
def _browser() -> Client:
    """Return one browser for all: each new one would load the middleware again."""
    return Client(raise_request_exception=False)


def session_of(user: User) -> str:
    """Return the key of the person's session, signing them in the first time."""
    kept = getattr(user, "crawlers_session", None)
    if kept is None:
        client = Client()
        client.force_login(user)
        kept = user.crawlers_session = client.session.session_key  # type: ignore[attr-defined]  # one a test
    return str(kept)


def _leaks(answer: Answer, user: User | None, world: World) -> list[str]:
    body = answer.text + str(answer.response.headers)
    return [c.text for c in world.canaries if c.text in body and not c.may_see(user)]


def _shown_unnoted(answer: Answer, world: World) -> list[str]:
    """Return what an answer shows of children whom no entry in the trail names."""
    unnoted = world.marks.keys() - answer.children_noted
    return [mark for pk in sorted(unnoted) for mark in world.marks[pk] if mark in answer.text]


def _code_names(page: Page, answer: Answer) -> list[str]:
    is_page = answer.response.headers.get("Content-Type", "").startswith("text/html")
    content = answer.response.content
    return identifiers(content) if is_page and content and page.name not in EXCEPTIONS else []


def _state() -> dict[str, int]:
    """Return how many rows of each table this transaction has added, changed or deleted."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES)
        return {t: n for t, n in cursor.fetchall() if n and t not in MAY_CHANGE}


def _tells_apart(page: Page, user: User, unseen: Arguments, never: Arguments) -> list[str]:
    """Find out whether a thing out of sight answers otherwise than a thing that never was."""
    two = [ask(user, "GET", path_of(page, one), {}).response for one in (unseen, never)]
    # Of both pages both numbers are taken: one may be a year or a count that every page shows.
    bodies = [_plain(answer.content.decode(), [unseen, never]) for answer in two]
    if two[0].status_code != two[1].status_code or bodies[0] != bodies[1]:
        return [f"{user.name} can tell by {page.name} that a thing out of sight exists."]
    return []


def _plain(body: str, addresses: list[Arguments]) -> str:
    """Return a page without what differs each time.

    That is tokens, the request's number, the seconds a person has left, addresses.
    """
    body = re.sub(r'[A-Za-z0-9]{64}|[0-9a-f]{32}|data-seconds="\d+"', "", body)
    for value in chain.from_iterable(arguments.values() for arguments in addresses):
        body = re.sub(rf"(?<![\w.=-]){re.escape(str(value))}(?![\w.%])", "", body)
    return body
