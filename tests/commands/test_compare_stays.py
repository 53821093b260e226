"""`onroll compare`: what the lists say of a stay, and that one child in one place is one child."""

import csv
import json
from datetime import timedelta
from itertools import product
from pathlib import Path
from time import process_time

import pytest

from onroll.config import console
from onroll.config.command import main

HEAD = "UPN,Surname,Forename,DOB,Sex,Postcode,School"
STAY = f"{HEAD},Entry Date,Leaving Date,Enrolment Status"
OSRIC = "Z310200121001,Quillfeather,Osric,02/03/2014,M,HA1 2AB,Alder School"
BERTHA = "N310200121002,Thistlewood,Bertha,12/05/2013,F,HA3 7ZZ,Beck School"
NAMELESS = OSRIC.replace("Z310200121001", "")
HOMELESS = NAMELESS.replace("HA1 2AB", "")


def at(line: str, school: str) -> str:
    return line.replace("Alder School", school)


class Lists:
    """Two lists in a folder, compared by the command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, head: str, *lines: str) -> str:
        path = self.folder / name
        path.write_text("\n".join((head, *lines)) + "\n", "utf-8")
        return str(path)

    def asked(self, *more: str) -> list[str]:
        names = ("old.csv", "new.csv")
        lists = [str(self.folder / name) for name in names]
        days = ["--on", "2026-10-01", "--was-on", "2026-06-01"]
        return ["compare", *lists, "--out", str(self.folder / "out.csv"), *days, *more]

    def findings(self, *more: str) -> list[dict[str, str]]:
        assert main(self.asked(*more)) == 0
        with (self.folder / "out.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def compared(
        self, old: list[str], new: list[str], *, old_head: str = HEAD, new_head: str = HEAD
    ) -> list[tuple[str, str, str]]:
        self.write("old.csv", old_head, *old)
        self.write("new.csv", new_head, *new)
        return [(one["finding"], one["is_sure"], one["forename"]) for one in self.findings()]


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        (",31/06/2026,", "the leaving date, “31/06/2026”, cannot be read"),
        (",gone,", "the leaving date, “gone”, cannot be read"),
        (",20/7/26,C", "the leaving date, “20/7/26”, cannot be read"),
        ("05/09/27,,", "the entry date, “05/09/27”, cannot be read"),
        ("01/09/2026,20/07/2026,", "is before the entry date, 01/09/2026"),
    ],
)
def test_a_day_that_cannot_be_read_is_told_and_makes_the_child_one_to_look_at(
    stay: str, words: str, lists: Lists, capsys: pytest.CaptureFixture[str]
) -> None:
    new = [f"{OSRIC},{stay}", f"{BERTHA},,,"]
    assert lists.compared([OSRIC, BERTHA], new, new_head=STAY) == [("vanished", "no", "Osric")]
    [found] = lists.findings()
    assert (found["other_rows"], words in found["evidence"]) == ("2", True)
    told = capsys.readouterr().err
    assert words in told
    assert "new.csv, id row 2" in told


def test_who_is_on_the_second_list_alone_by_an_unreadable_day_has_not_surely_arrived(
    lists: Lists,
) -> None:
    new = [f"{OSRIC},,20/7/26,", f"{BERTHA},,,"]
    assert lists.compared([BERTHA], new, new_head=STAY) == [("arrived", "no", "Osric")]


def test_a_day_that_cannot_be_read_at_the_old_school_hides_no_place_at_the_new(
    lists: Lists,
) -> None:
    new = [f"{OSRIC},,20/7/26,", f"{at(OSRIC, 'Beck School')},,,"]
    assert lists.compared([OSRIC], new, new_head=STAY) == []


@pytest.mark.parametrize("said", ["-", "n/a", "00/00/0000", "23/10/2026"])
def test_who_has_no_leaving_date_or_a_later_one_is_there(said: str, lists: Lists) -> None:
    assert lists.compared([OSRIC], [f"{OSRIC},,{said},C"], new_head=STAY) == []


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        ("05/09/2027,,", "starts on 05/09/2027"),
        ("02/10/2026,,C", "starts on 02/10/2026"),
        (",,Pre-admission", "has not started yet"),
        (",,G", "a guest there, and not registered at that school"),
        (",,Guest (pupil not registered at this school)", "a guest there"),
        (",,P - Previous", "no longer on the roll"),
        (",,Withdrawn", "no longer on the roll"),
    ],
)
def test_a_guest_and_who_is_yet_to_come_are_not_on_the_roll(
    stay: str, words: str, lists: Lists
) -> None:
    """CBDS CS007: a guest is not registered; F04: who starts later is nowhere until then."""
    found = lists.compared([OSRIC], [f"{OSRIC},{stay}"], new_head=STAY)
    assert found == [("vanished", "yes", "Osric")]
    assert f"Row 2 of it says: {words}" in lists.findings()[0]["evidence"]
    assert lists.compared([BERTHA], [f"{BERTHA},,,", f"{OSRIC},{stay}"], new_head=STAY) == []


@pytest.mark.parametrize("stay", ["01/10/2026,,", ",,C", ",,M", ",,S", ",,F", ",,O"])
def test_who_starts_on_the_day_or_has_a_current_status_is_there(stay: str, lists: Lists) -> None:
    assert lists.compared([OSRIC], [f"{OSRIC},{stay}"], new_head=STAY) == []


def test_a_status_that_nobody_knows_is_told_once(
    lists: Lists, capsys: pytest.CaptureFixture[str]
) -> None:
    new = [f"{OSRIC},,,Zzz", f"{BERTHA},,,Zzz"]
    assert lists.compared([OSRIC, BERTHA], new, new_head=STAY) == []
    told = capsys.readouterr().err
    assert told.count("Zzz") == 1
    assert "not a status Onroll knows (rows: 2)" in told


def test_who_had_left_the_first_list_by_its_day_is_shown_with_that(lists: Lists) -> None:
    old = [f"{OSRIC},,20/05/2026,", f"{BERTHA},,20/07/2026,"]
    lists.compared(old, [BERTHA.replace("Bertha", "Other").replace("1002", "1003")], old_head=STAY)
    words = [one["evidence"] for one in lists.findings() if one["finding"] == "vanished"]
    assert "The first list itself says: left on 20/05/2026." in words[0]
    assert "The first list gives 20/07/2026 as leaving date." in words[1]


def test_an_offer_of_a_place_that_starts_later_says_so(lists: Lists) -> None:
    lists.write("old.csv", STAY, f"{OSRIC},05/01/2027,,")
    lists.write("new.csv", HEAD, BERTHA)
    [found] = lists.findings("--as", "offers")
    assert "The first list itself says: starts on 05/01/2027." in found["evidence"]


def test_of_a_leaver_the_leaving_date_is_no_news(lists: Lists) -> None:
    lists.write("old.csv", STAY, f"{OSRIC},,20/05/2026,")
    lists.write("new.csv", HEAD, BERTHA)
    [found] = lists.findings("--as", "leavers")
    assert "first list itself" not in found["evidence"]


def test_thousands_who_left_are_looked_up_and_not_gone_through(lists: Lists) -> None:
    """Each of 4,000 was held against each of 4,000: sixteen million times, some half a minute."""
    letters = ["".join(four) for four in product("abcdefgh", repeat=4)][:4000]
    names = [NAMELESS.replace("Osric", four) for four in letters]
    lists.write("old.csv", HEAD, *names)
    lists.write("new.csv", STAY, *(f"{name},,20/07/2026," for name in names))
    start = process_time()
    found = lists.findings()
    assert process_time() - start < 10
    assert all("says: left on 20/07/2026" in one["evidence"] for one in found)
    assert len(found) == 4000


# One child in one place


@pytest.mark.parametrize("line", [OSRIC, NAMELESS, HOMELESS])
def test_one_school_in_two_spellings_has_one_child(line: str, lists: Lists) -> None:
    both = [at(line, "The Alder School"), at(line, "ALDER SCH.")]
    assert lists.compared([line, BERTHA], [*both, BERTHA]) == []
    assert lists.compared([BERTHA], [*both, BERTHA]) == [("arrived", "yes", "Osric")]
    assert lists.compared([*both, BERTHA], [BERTHA]) == [("vanished", "yes", "Osric")]


@pytest.mark.parametrize("line", [OSRIC, NAMELESS, HOMELESS, HOMELESS.replace(",M,", ",,")])
def test_equal_rows_are_one_child(
    line: str, lists: Lists, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lists.compared([line, BERTHA], [line, line, BERTHA]) == []
    assert lists.compared([line, line, BERTHA], [line, BERTHA]) == []
    assert lists.compared([line, line, BERTHA], [BERTHA]) == [("vanished", "yes", "Osric")]
    assert "Also on row 3 of the first at Alder School." in lists.findings()[0]["evidence"]
    capsys.readouterr()
    lists.findings("--json")
    totals = json.loads(capsys.readouterr().out)
    assert (totals["old"], totals["new"], totals["vanished"]) == (2, 1, 1)


@pytest.mark.parametrize("line", [OSRIC, NAMELESS, HOMELESS])
def test_a_main_and_a_subsidiary_registration_are_one_child(line: str, lists: Lists) -> None:
    new = [f"{line},,,M", f"{at(line, 'Beck School')},,,S"]
    assert lists.compared([line], new, new_head=STAY) == []
    assert lists.compared(new, [line], old_head=STAY) == []


def test_one_child_of_one_home_on_two_rolls_is_there_and_on_two(lists: Lists) -> None:
    both = [NAMELESS, at(NAMELESS, "Beck School")]
    assert lists.compared([NAMELESS], both) == [("on_two", "no", "Osric")]


@pytest.mark.parametrize(
    "other",
    [
        at(HOMELESS, "Beck School"),
        at(NAMELESS, "Beck School").replace("HA1 2AB", "HA9 9ZZ"),
        NAMELESS.replace("HA1 2AB", "HA9 9ZZ"),
        at(NAMELESS, "Beck School").replace(",M,", ",F,"),
    ],
)
def test_two_children_of_one_name_and_birthday_are_never_made_one(other: str, lists: Lists) -> None:
    """Where one of them is gone, nothing hides that: nothing shows them to be one child."""
    found = lists.compared([NAMELESS, other], [NAMELESS])
    assert "vanished" in {kind for kind, _, _ in found}


def test_a_figure_in_a_name_tells_two_children_apart(lists: Lists) -> None:
    second = NAMELESS.replace("Osric", "Osric 2")
    found = lists.compared([NAMELESS, second, BERTHA], [BERTHA])
    assert found == [("vanished", "yes", "Osric"), ("vanished", "yes", "Osric 2")]


@pytest.mark.parametrize("other", ["Os", "Oscar", "Osrick", ""])
def test_twins_to_whom_one_number_was_given_are_never_made_one(other: str, lists: Lists) -> None:
    """F02: the number of one child answers for no other, also at the same school."""
    twin = OSRIC.replace("Osric", other)
    found = lists.compared([OSRIC, twin, BERTHA], [OSRIC, BERTHA])
    assert ("vanished", other) in [(kind, name) for kind, _, name in found]


def test_two_numbers_are_two_children_though_a_row_without_one_fits_both(lists: Lists) -> None:
    other = OSRIC.replace("Z310200121001", "N310200121002")
    found = lists.compared([OSRIC, other, NAMELESS], [OSRIC])
    assert ("vanished", "yes", "Osric") in found


# Lists that are none


@pytest.mark.parametrize(
    "lines",
    [
        ["We have no list this term.", "Please ring the office, thank you."],
        ["Roll of Alder School", *["Printed by the office"] * 11, HEAD, OSRIC, BERTHA],
        ["UPN,Date of birth,Sex", "Z310200121001,02/03/2014,M"],
        [HEAD, ",,,02/03/2014,M,HA1 2AB,Alder School"],
    ],
)
@pytest.mark.parametrize("which", ["old.csv", "new.csv"])
def test_a_list_that_names_nobody_is_refused(
    which: str, lines: list[str], lists: Lists, capsys: pytest.CaptureFixture[str]
) -> None:
    lists.write("old.csv", HEAD, OSRIC)
    lists.write("new.csv", HEAD, OSRIC)
    lists.write(which, *lines)
    assert main(lists.asked()) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"onroll compare: {which}: ")
    assert "Surname and Forename" in told
    assert not (lists.folder / "out.csv").exists()


@pytest.mark.parametrize("which", ["old.csv", "new.csv"])
def test_of_a_list_with_nobody_on_it_one_is_warned(
    which: str, lists: Lists, capsys: pytest.CaptureFixture[str]
) -> None:
    lists.write("old.csv", HEAD, OSRIC)
    lists.write("new.csv", HEAD, OSRIC)
    lists.write(which, HEAD)
    problems = lists.folder / "problems.csv"
    found = lists.findings("--problems", str(problems))
    assert f"{which} has nobody on it" in capsys.readouterr().err
    assert {one["is_sure"] for one in found} == ({"no"} if which == "new.csv" else {"yes"})
    assert problems.read_text("utf-8").startswith("file,id,field,value,problem")


def test_a_list_of_which_everybody_left_writes_its_problems_under_their_heads(
    lists: Lists,
) -> None:
    lists.write("old.csv", HEAD, OSRIC)
    lists.write("new.csv", STAY, f"{OSRIC},,20/07/2026,Zzz")
    problems = lists.folder / "problems.csv"
    lists.findings("--problems", str(problems))
    with problems.open(encoding="utf-8", newline="") as file:
        assert [one["field"] for one in csv.DictReader(file)] == ["enrolment status"]


@pytest.mark.parametrize("is_given", [True, False])
def test_the_second_list_is_not_of_an_earlier_day_than_the_first(
    is_given: bool, lists: Lists, capsys: pytest.CaptureFixture[str]
) -> None:
    lists.write("old.csv", HEAD, OSRIC)
    lists.write("new.csv", HEAD, OSRIC)
    tomorrow = console.today() + timedelta(days=1)
    days = ["2026-01-01", "2026-06-01"] if is_given else ["", tomorrow.isoformat()]
    asked = [*lists.asked()[:5], "--was-on", days[1], *(["--on", days[0]] if is_given else [])]
    assert main(asked) == 2
    assert "The older list comes first" in capsys.readouterr().err
