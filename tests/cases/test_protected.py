"""Who is shown a protected child, through every door, in every role (access matrix, row 8).

One record is plain, one has a protected identity, one a protected address, and one was merged into
the protected identity. Law.md: refuge, adoption. Trust.md threat 1: a safe address reaches the
other parent.
"""

from dataclasses import dataclass, fields
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.cases.queries import protected
from onroll.children.actions import AddressFacts
from onroll.children.models import Child
from onroll.intake.models import Row, RowStage, Transfer
from onroll.lists.models import Finding
from onroll.schools.actions import add_staff
from tests import files
from tests.cases import world as worlds
from tests.intake.world import take_in
from tests.people import People
from tests.reading import Page

pytestmark = pytest.mark.django_db
BORN = date(2015, 3, 4)
PLAIN, IDENTITY, ADDRESS, MERGED = "plain", "identity", "address", "merged"
KINDS = (PLAIN, IDENTITY, ADDRESS, MERGED)
SURNAMES = {
    PLAIN: "Abernathy",
    IDENTITY: "Quillfeather",
    ADDRESS: "Zebedeeson",
    MERGED: "Vexworth",
}
STREETS = {PLAIN: "Owlbarn", IDENTITY: "Zincwharf", ADDRESS: "Ternmoor", MERGED: "Zincwharf"}
ROWS = {PLAIN: "Pebblewick", IDENTITY: "Oystercatch", ADDRESS: "Yaffleton", MERGED: "Wrenfield"}
"""The name in the record of a file that may be of the child."""


SEARCHES = {
    "find": "/children/find/",
    "school find": "/school/find/",
    "before create": "/cases/new/",
}
CASE = {"case", "child", "register", "sheet"}
REVIEW = {"review", "settle", "findings"}
OFFICERS = {*CASE, *REVIEW, "find", "before create", "other records", "weekly report"}
PUPILS = {"school find", "school list"}
NONE: set[str] = set()


@dataclass(frozen=True)
class Shown:
    """By which doors a person is shown a child, off the team of the case and on it."""

    plain: tuple[set[str], set[str]]
    identity: tuple[set[str], set[str]]
    """With a protected identity; a protected address alone is shown by the doors of `plain`."""
    sees_secret_home: bool = False
    """Whether somebody of this role on the team sees a protected address without a reason."""


OFFICER = Shown(
    plain=(OFFICERS, OFFICERS | {"file"}),
    identity=(
        CASE | {"weekly report"},
        CASE | REVIEW | {"file", "other records", "weekly report"},
    ),
)
MANAGER = Shown(
    plain=(OFFICERS | {"file"}, OFFICERS | {"file", "as it came"}),
    identity=(
        CASE | REVIEW | {"file", "weekly report"},
        CASE | REVIEW | {"file", "as it came", "other records", "weekly report"},
    ),
    sees_secret_home=True,
)
MASH = Shown(
    plain=(CASE | REVIEW | {"find", "before create"},) * 2,
    identity=(CASE | REVIEW,) * 2,
    sees_secret_home=True,
)
COLLEAGUE = Shown(plain=({"find"}, {"find"} | CASE), identity=(NONE, CASE))
SCHOOL = Shown(plain=(PUPILS, PUPILS), identity=(NONE, NONE))
NOBODY = Shown(plain=(NONE, NONE), identity=(NONE, NONE))
TABLE = {
    "olive": OFFICER,
    "max": MANAGER,
    "mo": MASH,
    **dict.fromkeys(("ada", "hal", "cat", "sen"), COLLEAGUE),
    **dict.fromkeys(("sam", "mat"), SCHOOL),
    **dict.fromkeys(("tess", "dee", "ola", "pat", "ari"), NOBODY),
}
OF_CHILDREN_THEMSELVES = {"findings", "weekly report"}
"""Doors at which no record merged into another stands."""


@dataclass(frozen=True)
class Protected:
    """The four records, the cases of three of them, and one file that may be about each."""

    children: dict[str, Child]
    cases: dict[str, Case]
    file: Transfer

    def case(self, kind: str) -> Case:
        return self.cases[IDENTITY if kind == MERGED else kind]


@pytest.fixture
def records(people: People) -> Protected:
    world = worlds.build()
    for person in (people.sam, people.mat):
        add_staff(user=person, school=world.st_anns, on=timezone.localdate())
    made: dict[str, Child] = {}
    for kind in KINDS:
        home = AddressFacts(lines=(f"7 {STREETS[kind]} Row",), town="Harrow", postcode="HA7 7ZZ")
        made[kind] = world.child(
            "Made-up",
            SURNAMES[kind],
            BORN,
            addresses=[] if kind == MERGED else [home],
            is_protected=kind == IDENTITY,
        )
    for kind in (PLAIN, IDENTITY, ADDRESS):
        world.at_school(made[kind])
    made[ADDRESS].addresses.update(is_protected=True)
    today = timezone.localdate()  # the report of the running week names them
    opened = {kind: world.case(made[kind], on=today) for kind in (PLAIN, IDENTITY, ADDRESS)}
    Child.objects.filter(pk=made[MERGED].pk).update(merged_into=made[IDENTITY])
    file = _file(ROWS, made)
    for kind in (PLAIN, IDENTITY, ADDRESS):
        Finding.objects.create(
            transfer=file, child=made[kind], kind="on_two", because="Two rolls.", found_at=world.at
        )
    return Protected(made, opened, file)


def _file(surnames: dict[str, str], children: dict[str, Child]) -> Transfer:
    """Return a file of which each record waits, because it may be of the child."""
    sent = [
        files.pupil(surname=name, forename="Made-up", born=date(2012, 9, 1), estab="2001")
        for name in surnames.values()
    ]
    file = take_in(files.cmj(*sent, made=date(2026, 11, 18), estab="2001"), f"{len(sent)}_CMJ.xml")
    for row, kind in zip(file.rows.order_by("number"), surnames, strict=True):
        Row.objects.filter(pk=row.pk).update(
            stage=RowStage.UNSURE.value,
            child=None,
            case=None,
            effect="",
            applied_at=None,
            candidates=[{"child": children[kind].pk, "score": 5, "reasons": []}],
        )
    return file


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    return answer.content.decode("utf-8", "replace") if answer.status_code == 200 else ""


def _search(client: Client, path: str, surname: str) -> str:
    typed = {"forename": "Made-up", "surname": surname, "number": ""}
    born = {"born_day": "4", "born_month": "3", "born_year": "2015"}
    answer = client.post(path, {**typed, **born}, follow=True)
    return answer.content.decode() if answer.status_code == 200 else ""


def _is_headed(page: str, surname: str) -> bool:
    """Say whether a record under this surname stands among what was found."""
    return bool(page) and any(words.endswith(surname) for words in Page(page).headings)


def shared_pages(client: Client, file: Transfer) -> dict[str, str]:
    """Open the pages on which several children stand."""
    paths = {
        "register": "/cases/",
        "sheet": "/cases/register.csv",
        "school list": "/school/children/",
        "file": f"/files/{file.ref}/",
        "as it came": f"/files/{file.ref}/as-it-came/",
        "review": "/review/",
        "findings": "/review/?list=findings",
        "weekly report": "/reports/weekly/so-far/",
    }
    return {door: _text(client, path) for door, path in paths.items()}


def doors(
    client: Client, records: Protected, kind: str, shared: dict[str, str]
) -> dict[str, tuple[str, bool]]:
    """Return the page behind each door, and whether this child is shown on it."""
    child, case, surname = records.children[kind], records.case(kind), SURNAMES[kind]
    row, of_row = list(ROWS).index(kind) + 1, ROWS[kind]
    kept = SURNAMES[IDENTITY] if kind == MERGED else surname
    of_file = f"{records.file.ref}/{row}/"
    found = {door: _search(client, path, surname) for door, path in SEARCHES.items()}
    texts = {
        "case": (_text(client, f"/cases/{case.ref}/"), case.ref),
        "child": (_text(client, f"/children/{child.ref}/"), case.ref),
        "register": (shared["register"], case.ref),
        "sheet": (shared["sheet"], case.ref),
        "school list": (shared["school list"], case.ref),
        "file": (shared["file"], f"/review/{of_file}"),
        "as it came": (shared["as it came"], of_row),
        "review": (shared["review"], of_row.upper()),
        "settle": (_text(client, f"/review/{of_file}"), kept),
        "record": (_text(client, f"/files/{records.file.ref}/records/{row}/"), kept),
        "findings": (shared["findings"], surname),
        "other records": (_text(client, f"/review/merges/of/{child.ref}/"), kept),
        "weekly report": (shared["weekly report"], surname),
    }
    return {door: (page, _is_headed(page, surname)) for door, page in found.items()} | {
        door: (page, text in page) for door, (page, text) in texts.items()
    }


def expected(name: str, kind: str, *, is_on_team: bool) -> tuple[set[str], set[str]]:
    """Return the doors that show the child, and those that show where the child lives."""
    shown = TABLE[name]
    is_identity = kind in (IDENTITY, MERGED)
    through = (shown.identity if is_identity else shown.plain)[is_on_team]
    if kind == MERGED:
        through = through - OF_CHILDREN_THEMSELVES
    sees_home = "child" in through and (kind == PLAIN or (is_on_team and shown.sees_secret_home))
    return through, {"child"} if sees_home else NONE


@pytest.mark.parametrize("name", [field.name for field in fields(People)])
def test_a_protected_child_is_shown_by_those_doors_that_row_8_opens(
    records: Protected, people: People, name: str
) -> None:
    user: User = getattr(people, name)
    client = Client()
    client.force_login(user)
    for is_on_team in (False, True):
        if is_on_team:
            for case in records.cases.values():
                cases.add_member(case=case, user=user, by=people.olive, at=worlds.AT)
        shared = shared_pages(client, records.file)
        for kind in KINDS:
            pages = doors(client, records, kind, shared)
            shown = {door for door, (_, is_shown) in pages.items() if is_shown}
            homes = {door for door, (page, _) in pages.items() if STREETS[kind] in page}
            assert (kind, is_on_team, shown, homes) == (
                kind,
                is_on_team,
                *expected(name, kind, is_on_team=is_on_team),
            )


# What two places answered differently before


def test_a_file_whose_record_may_be_of_a_record_merged_into_a_protected_child_is_not_handed_out(
    records: Protected, people: People
) -> None:
    """Merges followed a merged record to the child; files and the review did not."""
    file = _file({MERGED: "Larkspur"}, records.children)
    client = Client()
    client.force_login(people.max)
    assert client.get(f"/files/{file.ref}/as-it-came/").status_code == 403
    client.force_login(people.olive)
    assert client.get(f"/files/{file.ref}/as-it-came/").status_code == 403
    assert "LARKSPUR" not in _text(client, "/review/")
    cases.add_member(case=records.cases[IDENTITY], user=people.olive, by=people.max, at=worlds.AT)
    assert "LARKSPUR" in Page(_text(client, "/review/")).text


def test_a_manager_who_may_know_of_a_child_may_not_change_the_record(
    records: Protected, people: People
) -> None:
    """What lists show was hidden from managers, whom the records of files were shown to."""
    children = Child.objects.filter(pk__in=[child.pk for child in records.children.values()])
    whole = set(children)
    unprotected = {records.children[PLAIN], records.children[ADDRESS]}
    assert set(children.filter(protected.may_know(people.max))) == whole
    assert set(children.filter(protected.in_reach(people.max))) == unprotected
    assert set(children.filter(protected.may_know(people.olive))) == unprotected
    hidden = {child.pk for child in whole - unprotected}
    assert protected.hidden_from(people.max) == set()
    assert protected.hidden_from(people.olive) == hidden
    for child in whole:
        assert protected.may_touch(people.max, [child]) is (child in unprotected)


def test_the_page_of_a_protected_child_says_how_to_join_the_team(
    records: Protected, people: People
) -> None:
    """The page without a case named none, and failed for who may join one."""
    client = Client()
    client.force_login(people.max)
    case = records.cases[ADDRESS]
    page = Page(_text(client, f"/children/{case.child.ref}/"))
    assert f"/cases/{case.ref}/team/" in page.addresses
