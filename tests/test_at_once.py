"""Rows of several tables that are read with one query are what each queryset would have read."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from onroll.accounts.models import User
from onroll.at_once import at_once, with_many
from onroll.cases.models import Case, Note
from onroll.children.models import Place
from onroll.documents.models import Document
from tests import routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> routes.World:
    return routes.build()


def test_each_queryset_comes_back_as_it_would_have_by_itself(world: routes.World) -> None:
    Case.objects.filter(pk=Case.objects.order_by("pk")[0].pk).update(owner=world.people.olive)
    asked: dict[str, QuerySet[Any]] = {
        "cases": Case.objects.select_related("child", "owner", "school", "opened_from__recorded_by")
        .annotate(notes_number=Count("notes"), first=Value(date(2026, 9, 1)))
        .order_by("-pk"),
        "places": Place.objects.select_related("school", "source", "ended_by").order_by("pk")[:3],
        "users": User.objects.filter(pk=world.people.olive.pk),
        "nobody": User.objects.none(),
    }
    with CaptureQueriesContext(connection) as captured:
        found = at_once(asked)
        shown = [
            (case.child.name, case.owner and case.owner.name, case.opened_from.recorded_by)
            for case in found["cases"]
        ]
    assert len(captured) == 1
    assert {owner for _, owner, _ in shown} == {None, "Olive Obi"}
    for key, rows in asked.items():
        assert [_values(row) for row in found[key]] == [_values(row) for row in rows], key
    assert [c.notes_number for c in found["cases"]] == [c.notes_number for c in asked["cases"]]
    assert {case.first for case in found["cases"]} == {date(2026, 9, 1)}


def _values(row: object) -> dict[str, object]:
    return {key: value for key, value in vars(row).items() if key != "_state"}


def test_files_stay_where_they_are_and_moments_keep_their_microseconds(
    world: routes.World,
) -> None:
    at = datetime(2026, 11, 30, 14, 5, 6, 789012, tzinfo=UTC)
    case = Case.objects.order_by("pk")[0]
    Note.objects.create(case=case, text="“Só ontem” 🙂", at=at, by=world.people.olive)
    found = at_once({"notes": case.notes.defer("text"), "files": Document.objects.all()})
    (note,) = [row for row in found["notes"] if row.at == at]
    assert note.get_deferred_fields() == {"text"}
    assert note.text == "“Só ontem” 🙂"
    assert all("content" in file.get_deferred_fields() for file in found["files"])


def test_others_that_point_to_rows_are_given_to_them(world: routes.World) -> None:
    first, *_ = cases = list(Case.objects.order_by("pk"))
    at = datetime(2026, 11, 30, tzinfo=UTC)
    for words in ("One", "Two"):
        Note.objects.create(case=first, text=words, at=at, by=world.people.olive)
    with_notes = Exists(Note.objects.filter(case=OuterRef("pk"), at=at))
    rows = at_once(
        {"cases": Case.objects.annotate(has=with_notes), "notes": Note.objects.filter(at=at)}
    )
    with CaptureQueriesContext(connection) as captured:
        given = with_many(rows["cases"], "notes", rows["notes"])
        number = {case.pk: len(case.notes.all()) for case in given}
    assert not captured.captured_queries
    assert number == {case.pk: 2 if case == first else 0 for case in cases}
    assert [case.has for case in given] == [bool(number[case.pk]) for case in given]
    assert with_many([], "notes", rows["notes"]) == []


def test_where_nothing_is_asked_the_database_is_not() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert at_once({"nobody": User.objects.none()}) == {"nobody": []}
        assert at_once({}) == {}
    assert not captured.captured_queries
