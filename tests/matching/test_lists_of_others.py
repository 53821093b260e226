"""Lists as people send them: numbers that are none, leavers still on them, schools in two ways."""

import csv
import json
from pathlib import Path
from string import ascii_lowercase

import pytest

from onroll.matching import Kind
from onroll.matching.lists.comparison import compare_lists as held_together
from onroll.matching.lists.entries import ListEntry, ListLink
from onroll.matching.lists.school_names import SchoolName, are_same_school
from tests.typed import compare, link

HEAD = "UPN,Surname,Forename,DOB,Sex,Postcode,Address,School,Year Group"
OSRIC = "Quillfeather,Osric,02/03/2014,M,HA1 2AB,4 Mallow Row,Alder School,8"
BERTHA = "Thistlewood,Bertha,12/05/2013,F,HA3 7ZZ,9 Fen Lane,Beck School,9"
FIRST, SECOND = "Z310200121001", "N310200121002"


def file(path: Path, *lines: str, head: str = HEAD) -> str:
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return str(path)


def compared(folder: Path, old: str, new: str, *more: str) -> list[dict[str, str]]:
    out = folder / "out.csv"
    asked = [old, new, "--out", str(out), "--on", "2026-10-01", "--was-on", "2026-06-01", *more]
    assert compare([*asked, "--json"]) == 0
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("upn", ["N/A", "-", "", FIRST, "9999999999999", "A000000000000"])
def test_a_number_two_rows_share_never_answers_for_the_other_child(
    upn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """F02: Bertha, who is on no new list, was taken for Osric by one text in both UPNs."""
    old = file(tmp_path / "old.csv", f"{upn},{OSRIC}", f"{upn},{BERTHA}")
    found = compared(tmp_path, old, file(tmp_path / "new.csv", f"{upn},{OSRIC}"))
    assert [(one["finding"], one["forename"]) for one in found] == [("vanished", "Bertha")]
    assert json.loads(capsys.readouterr().out)["vanished"] == 1


@pytest.mark.parametrize(
    ("leaving", "status", "words"),
    [
        ("20/07/2026", "P", "left on 20/07/2026"),
        ("20/07/2026", "C", "left on 20/07/2026"),
        ("", "P", "no longer on the roll"),
    ],
)
def test_who_the_new_roll_itself_says_left_is_not_on_it(
    leaving: str, status: str, words: str, tmp_path: Path
) -> None:
    """F01: a leaving date before the day of the list, or the status of a former pupil."""
    old = file(tmp_path / "old.csv", f"{FIRST},{OSRIC}", f"{SECOND},{BERTHA}")
    rows = (f"{FIRST},{OSRIC},{leaving},{status}", f"{SECOND},{BERTHA},,C")
    new = file(tmp_path / "new.csv", *rows, head=f"{HEAD},Leaving Date,Enrolment status")
    [one] = compared(tmp_path, old, new)
    assert (one["finding"], one["forename"]) == ("vanished", "Osric")
    assert words in one["evidence"]


def test_who_leaves_after_the_day_of_the_list_is_still_on_it(tmp_path: Path) -> None:
    old = file(tmp_path / "old.csv", f"{FIRST},{OSRIC}")
    head = f"{HEAD},Leaving Date,Enrolment status"
    new = file(tmp_path / "new.csv", f"{FIRST},{OSRIC},23/10/2026,C", head=head)
    assert compared(tmp_path, old, new) == []


@pytest.mark.parametrize(("status", "kinds"), [("S", []), ("C", ["on_two"])])
def test_a_dual_registration_is_none_to_ask_about(
    status: str, kinds: list[str], tmp_path: Path
) -> None:
    old = file(tmp_path / "old.csv", f"{FIRST},{OSRIC}")
    second = OSRIC.replace("Alder", "Beck")
    rows = (f"{FIRST},{OSRIC},M", f"{FIRST},{second},{status}")
    new = file(tmp_path / "new.csv", *rows, head=f"{HEAD},Enrolment status")
    assert [one["finding"] for one in compared(tmp_path, old, new)] == kinds


def test_names_alone_never_answer_for_another_row() -> None:
    """Two children of one name and birthday at two schools: one stays, the other is gone."""
    old = [
        ListEntry("1", "", "Muhammad", "Khan", "2013-09-14", "M", "", "Alder School"),
        ListEntry("2", "", "Muhammad", "Khan", "2013-09-14", "M", "", "Beck School"),
    ]
    links = [ListLink("1", Kind.SAME, "5"), ListLink("2", Kind.NEW)]
    [found] = held_together(old, [ListEntry("5", school="Alder School")], links)
    assert (found.found, found.entry.key) == ("vanished", "2")


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("St Ann's School", "Saint Anns", True),
        ("ST. ANN’S C OF E PRIMARY SCHOOL", "St Ann's CE Primary", True),
        ("The Alder Academy", "Alder School", True),
        ("Whitmore High School", "Whitmore", True),
        ("Vaughan Primary School", "Vaughn Pri. Sch.", True),
        ("Whitmore Infant School", "Whitmore Junior School", False),
        ("Alder School", "Beck School", False),
        ("Rooks Heath", "Park High", False),
        ("Park High School", "Park Primary School", False),
    ],
)
def test_one_school_in_two_spellings_is_one_school(one: str, other: str, is_one: bool) -> None:
    assert are_same_school(SchoolName(one), SchoolName(other)) is is_one
    assert are_same_school(SchoolName(other), SchoolName(one)) is is_one
    assert not are_same_school(SchoolName(one, "3102001"), SchoolName(one, "3102002"))
    assert are_same_school(SchoolName(one, "3102001"), SchoolName("Elsewhere", "3102001"))


FIELDS = "id,upn,forename,surname,dob,sex,address,postcode,uln"


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        # F06: two children and the number of those who have none yet.
        (",Osric,Quillfeather,2014-03-02,M,,,9999999999",
         ",Osric,Marshbank,2014-03-20,M,,,9999999999", {"new", "unsure"}),
        # F08: the number of an authority that never was.
        ("A000000000000,Osric,Quillfeather,2014-03-02,M,,,",
         "A000000000000,Osric,Quill,2014-05-02,M,,,", {"unsure"}),
        # F09: words that are no names.
        (",Baby,Unknown,2014-03-02,M,,,", ",Baby,Unknown,2014-03-02,M,,,", {"unsure"}),
        (",NULL,NULL,2014-03-02,M,,,", ",NULL,NULL,2014-03-02,M,,,", {"unsure"}),
        # F10: one name, in either place.
        (",Osric,,2014-03-02,M,,,", ",,Osric,2014-03-02,M,,,", {"unsure"}),
        # F30: no fixed abode is no home in common.
        (",Osric,Quillfeather,2014-03-02,M,NFA,ZZ99 3VZ,",
         ",Osric,Quillfeather,2014-03-20,M,NFA,ZZ99 3VZ,", {"unsure"}),
    ],
)  # fmt: skip
def test_what_is_no_fact_makes_nobody_the_same(
    left: str, right: str, wanted: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = [
        f"f{n},,Fore{letter}n,Sur{letter}m,2010-01-{n + 1:02},F,{n} Long Road,NW1 {n % 10}AA,"
        for n, letter in enumerate(ascii_lowercase)
    ]
    files = (
        file(tmp_path / "l.csv", f"1,{left}", head=FIELDS),
        file(tmp_path / "r.csv", f"9,{right}", *others, head=FIELDS),
    )
    assert link([*files, "--out", str(tmp_path / "out.csv")]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as lines:
        [one] = csv.DictReader(lines)
    assert one["answer"] in wanted
    assert one["right_id"] in ("9", "")
    assert "home" not in one["reasons"]
    assert capsys.readouterr().out
