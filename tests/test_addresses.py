"""What people and machines put into addresses that is not there: never found, and no fault."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.urls.resolvers import RoutePattern

from onroll.accounts.models import User
from onroll.addresses import LARGEST, TYPES, Number, RecordNumber
from onroll.rules.references import as_stored
from tests import crawler, routes
from tests.people import People
from tests.reading import Page

ODD = (
    *("99999999999999999999", "9" * 5000, "-1", "1e9", "0x1", "٣", "\uff11\uff12", "²"),
    *(str(LARGEST["bigint"]), str(LARGEST["bigint"] + 1), str(LARGEST["integer"] + 1)),
    *(
        "\0",
        "222-222-22\0",
        "222-222-22\uff12",
        "222-222-222-222",
        "2" * 300,
        "🦄",
        "é",
        "a\n",
        " ",
    ),
    *("' OR 1=1--", "../../etc/passwd", "%", "%25", "{}", "<script>", "\x7f", "\u202e"),
    *(b"\xff\xfe", b"\xed\xa0\x80"),
)
FIELDS = (
    *(
        "page",
        "list",
        "show",
        "stage",
        "file",
        "found",
        "sort",
        "owner",
        "school",
        "year",
        "reason",
    ),
    *("group", "whereabouts", "overdue", "alerts", "words", "reporting", "next", "day", "kind"),
    *(
        "ref",
        "pk",
        "version",
        "person",
        "answer",
        "child",
        "why",
        "text",
        "name",
        "role",
        "outcome",
    ),
    *("shown", "forename", "surname", "born_day", "born_month", "born_year", "on_day", "on_month"),
    *("on_year", "due_on_day", "due_on_month", "due_on_year", "actor", "upn", "postcode", "email"),
    *("login", "password", "said_by", "because", "left_on_day", "left_on_month", "left_on_year"),
)
"""Whatever a page may ask for, by the names of its fields and of the parts of its address."""


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.build()


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_every_address_of_ours_says_of_what_type_its_parts_are() -> None:
    """And no pattern of letters is written beside the types."""
    allowed = {*TYPES, "slug"}
    assert [found for found in _parts(get_resolver(), "") if found[1] not in allowed] == []


def _parts(resolver: URLResolver, space: str) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            if not str(each.urlconf_module).startswith("<module 'allauth"):
                yield from _parts(each, f"{each.namespace}:" if each.namespace else space)
        elif (each.callback.__module__ or "").startswith("onroll."):
            name = f"{space}{each.name}"
            if not isinstance(each.pattern, RoutePattern):
                yield name, "a pattern of letters"
                continue
            for kind in each.pattern.converters.values():
                known = next((w for w, t in TYPES.items() if type(kind) is t), "")
                yield name, known or type(kind).__name__.removesuffix("Converter").lower()


def test_odd_values_in_the_address_are_not_found(world: routes.World) -> None:
    """Those that lead to a page are asked for and sent; of the others a few, for all are alike."""
    olive = signed_in(world.people.olive)
    paths = [path for page in crawler.pages() for path in _odd_paths(page, world)]
    leading = [path for path in paths if _leads_somewhere(path)]
    assert len(paths) > 1000
    faults = [
        f"{method} {path[:90]}: {status}"
        for path in [*leading, *paths[:: len(ODD) - 1]]
        for method in ("get", "post")
        if (status := _status(olive, method, path)) >= 500
    ]
    assert faults == []


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(unquote(path))
    except Resolver404:
        return False
    return True


def _status(client: Client, method: str, path: str, data: str = "") -> int:
    """Return how a request is answered, and take back what it did, apart from reads.

    They do nothing but keep in the session how many wait for review, which each page says.
    """
    form = {"data": data, "content_type": "application/x-www-form-urlencoded"}
    cookies = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        answer = client.get(path) if method == "get" else client.post(path, **form)
        transaction.set_rollback(method != "get")
    client.cookies.load(cookies)  # one of the pages signs out
    return int(answer.status_code)


def _odd_paths(page: crawler.Page, world: routes.World) -> Iterator[str]:
    """Return the address of a page with each odd value in place of each of its parts."""
    if not page.arguments:
        return
    route = routes.ROUTES[page.name]
    arguments = route.never or route.seen(world, world.people.olive) or {}
    marked = {name: _mark(value, n) for n, (name, value) in enumerate(sorted(arguments.items()))}
    path = crawler.path_of(page, marked)
    for mark in marked.values():
        for odd in ODD:
            yield path.replace(str(mark), quote(odd, safe=""))


def _mark(value: Any, number: int) -> Any:
    """Return a value of the same type that stands nowhere else in the address."""
    if isinstance(value, int):
        return 7_770_000 + number
    return f"22{number}-222-222" if value.count("-") == 2 else value


def test_odd_values_in_questions_and_forms_are_no_faults(world: routes.World) -> None:
    """All fields of a page get an odd value at once, on each page other ones."""
    olive = signed_in(world.people.olive)
    short = [odd for odd in ODD if len(odd) < 400 and odd != "\0" and odd != "222-222-22\0"]
    faults = []
    for n, page in enumerate(crawler.pages()):
        route = routes.ROUTES.get(page.name, crawler.NEW_ROUTE)
        arguments = route.seen(world, world.people.olive) or route.never or {}
        path = crawler.path_of(page, arguments)
        values = [short[(at + n * 7) % len(short)] for at in range(len(FIELDS))]
        pairs = zip(FIELDS, values, strict=True)
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
        statuses = [_status(olive, "get", f"{path}?{query}")]
        statuses += [_status(olive, "post", f"{path}?{query}", body + query) for body in BODIES]
        if max(statuses) >= 500:
            faults.append(f"{page.name}: {statuses}")
    assert faults == []
    assert olive.get("/today/").status_code == 200


BODIES = ("", "name=Mine&")
"""A form with nothing right in it, and one that is taken whatever the address says."""


QUESTIONS = (
    *(
        "review/?list=findings&file=",
        "review/?list=claims&page=",
        "review/merges/?list=apart&page=",
    ),
    *("files/?stage=", "files/?stage=refused&page=", "cases/?found=", "cases/?stage=all&owner="),
    *("cases/?stage=all&school=", "cases/?sort=due&page=", "schools/?words=", "reason/?next="),
)


def test_odd_values_beside_right_ones_are_no_faults(people: People) -> None:
    olive = signed_in(people.olive)
    faults = [
        f"{question}{odd!r}: {status}"
        for question in QUESTIONS
        for odd in ODD
        if len(odd) < 400
        and (status := _status(olive, "get", f"/{question}{quote(odd, safe='')}"))
        not in (200, 400, 404)
    ]
    assert faults == []


@pytest.mark.parametrize("body", ["name=Mine", "name=%00", "name=Mine%00"])
def test_no_nul_is_kept_in_a_view_of_the_register(people: People, body: str) -> None:
    """PostgreSQL takes none in JSON either."""
    olive = signed_in(people.olive)
    for query in ("?owner=%00", "?stage=a%00b"):
        assert _status(olive, "post", f"/cases/views/{query}", body) == 400
    assert _status(olive, "post", "/cases/views/?owner=me", body) in (200, 302)


def test_a_reference_typed_in_small_letters_leads_to_the_same_page(world: routes.World) -> None:
    olive, ref = signed_in(world.people.olive), world.ours.ref
    heard = ref.lower().replace("5", "s")
    page = olive.get(f"/cases/{heard}/")
    assert page.status_code == 200
    assert ref in Page(page.content).title
    assert as_stored(f" {heard} ") == ref


def test_the_largest_number_that_a_row_can_have_is_asked_for_and_no_larger() -> None:
    for converter in (Number(), RecordNumber()):
        assert converter.to_python(str(converter.largest)) == converter.largest
        with pytest.raises(ValueError, match=str(converter.largest + 1)):
            converter.to_python(str(converter.largest + 1))
