"""The files of the made-up borough's schools, and the truth about them (P03, P42, P50, P52)."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from onroll.demo import Defect, Destiny, Year, lost, sent_files, tell
from onroll.demo.destiny import UNKNOWN
from onroll.formats import PupilRecord, Unreadable, read
from onroll.rules.leavers import Leaver, meaning
from tests.demo.conftest import World

FINGERPRINT = """
from hashlib import sha256
from onroll.demo import sent_files, tell
whole = sha256()
for file in sent_files(tell(pupils=700, weeks=12, seed=5)):
    whole.update(repr((file.truth, file.rows)).encode() + file.content)
print(whole.hexdigest())
"""


def documents(world: World):
    for file in world.files:
        if file.truth.is_readable:
            yield file, read(file.content, name=file.name)


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_same_seed_gives_the_same_bytes_in_any_process(hash_seed: str):
    found = subprocess.run(
        [sys.executable, "-c", FINGERPRINT],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    here = subprocess.run(
        [sys.executable, "-c", FINGERPRINT],
        env=os.environ | {"PYTHONHASHSEED": "77"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == here.stdout


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        (date(2025, 11, 24), date(2025, 11, 24)),
        (date(2026, 8, 3), date(2026, 9, 2)),
        (date(2026, 1, 1), date(2026, 1, 5)),
    ],
)
def test_a_story_may_begin_on_any_day_and_opens_when_the_schools_do(asked: date, opens: date):
    year = tell(pupils=600, opens_on=asked, weeks=54)
    assert year.borough.opens_on == opens
    assert min(one.left_on for one in year.departures) >= opens
    assert 500 < len(list(year.on_roll(year.closes_on))) < 700
    assert any(one.came_from == "phase" for one in year.arrivals)


def test_another_seed_gives_another_borough():
    one, other = (tell(pupils=300, weeks=2, seed=seed) for seed in (1, 2))
    assert {c.upn for c in one.children.values()} != {c.upn for c in other.children.values()}


def test_each_file_written_is_the_one_sent(world: World):
    for file in world.files:
        assert (world.folder / file.truth.path).read_bytes() == file.content
    on_disk = {str(p.relative_to(world.folder)) for p in world.folder.glob("20*/*")}
    assert on_disk == {file.truth.path for file in world.files}


def test_every_record_in_a_file_is_traced_to_a_child(world: World):
    """Nothing is sent that the truth does not know, nor known to be sent that is not."""
    for file, document in documents(world):
        assert len(document.pupils) == len(file.rows)
        for pupil, row in zip(document.pupils, file.rows, strict=True):
            assert (pupil.index, file.truth.path) == (row.index, row.file)
            child = world.year.children[row.child]
            same_name = pupil.surname.casefold() == child.surname.casefold()
            assert same_name or pupil.upn == child.upn or row.defects


def test_a_file_the_truth_calls_broken_cannot_be_read_and_comes_again(world: World):
    broken = [file for file in world.files if not file.truth.is_readable]
    assert broken
    readable = {row.event for file, _ in documents(world) for row in file.rows}
    for file in broken:
        with pytest.raises(Unreadable):
            read(file.content, name=file.name)
        assert {row.event for row in file.rows} <= readable


def test_files_are_of_the_kind_they_were_meant_to_be(world: World):
    for file, document in documents(world):
        assert document.header.kind == file.truth.kind
        assert "made up" in document.header.supplier


@pytest.mark.parametrize("seed", [310, 4])
def test_every_defect_happens_in_a_small_borough(seed: int):
    year = tell(pupils=2_000, seed=seed)
    files = list(sent_files(year))
    found = {defect for file in files for defect in file.truth.defects}
    found |= {defect for file in files for row in file.rows for defect in row.defects}
    assert {str(defect) for defect in Defect} - {str(defect) for defect in found} == {"silent"}


def test_a_silent_school_sends_nothing_and_the_truth_says_so(world: World):
    silent = {one.school for one in world.truth.leavers if Defect.SILENT in one.defects}
    assert silent
    assert not silent & {file.truth.school for file in world.files}
    assert not any(one.is_written for one in world.truth.leavers if one.school in silent)


def test_every_leaver_a_school_owes_is_written_unless_it_is_silent(world: World):
    for one in world.truth.leavers:
        if not one.is_exempt and Defect.SILENT not in one.defects:
            has_file = Defect.LOST_FILE_ONLY not in one.defects or one.ctf == "lost"
            assert one.is_written == has_file


def test_a_joiner_closes_the_leaver_it_is_the_same_child_as(world: World):
    leavers = {one.key: one for one in world.truth.leavers}
    closing = [one for one in world.truth.joiners if one.closes]
    assert closing
    for joiner in closing:
        leaver = leavers[joiner.closes]
        assert leaver.child == joiner.child
        assert leaver.left_on < joiner.entered_on
        assert leaver.school != joiner.school
        if leaver.destiny is not Destiny.VANISHED:
            assert leaver.to_school == joiner.school


def test_the_vanished_are_what_lost_asks_for(world: World):
    """100 % of those who left for nobody knows where, of school age and told of."""
    asked = lost(world.truth, cases=())
    assert asked
    assert {one.destiny for one in asked} <= UNKNOWN
    assert all(one.is_of_age and one.is_written for one in asked)
    half = [one.child for one in asked[::2]]
    assert lost(world.truth, cases=half, reviews=[one.child for one in asked[1::2]]) == ()
    assert {one.child for one in lost(world.truth, cases=half)} == {o.child for o in asked[1::2]}


def test_what_the_system_holds_can_be_turned_into_children(world: World):
    row = world.truth.rows[0]
    assert world.truth.children_of([(row.file, row.index), ("no such file", 1)]) == {row.child}
    assert row.child in world.truth.children_in([row.file])
    child = next(one for one in world.truth.children if one.upn)
    assert world.truth.child_by_upn[child.upn] == child.key


def test_the_busiest_week_of_a_borough_has_about_three_hundred_movers(
    borough_of_harrows_size: Year,
):
    year, weeks = borough_of_harrows_size, Counter[int]()
    for departure in year.departures:
        if not departure.is_exempt:
            weeks[(departure.left_on - year.borough.opens_on).days // 7] += 1
    for arrival in year.arrivals:
        if not arrival.is_exempt:
            weeks[(arrival.entered_on - year.borough.opens_on).days // 7] += 1
    assert 250 < max(weeks.values()) < 350
    assert len(weeks) < 45


def test_every_destiny_happens(borough_of_harrows_size: Year):
    assert {one.destiny for one in borough_of_harrows_size.departures} == set(Destiny)


def test_families_leave_together(borough_of_harrows_size: Year):
    year, gone = borough_of_harrows_size, defaultdict(list)
    for one in year.departures:
        if one.destiny is Destiny.VANISHED and not one.is_exempt:
            gone[year.children[one.child].family, one.left_on].append(one)
    assert sum(len(together) > 1 for together in gone.values()) > 20


def test_the_sixteen_year_olds_have_left_school_age_when_they_leave_for_good(world: World):
    for one in world.truth.leavers:
        if one.destiny is Destiny.OVER_AGE:
            assert not one.is_of_age


def test_no_row_about_a_vanished_child_is_dropped_by_the_rules_unless_a_school_is_falsely_named(
    world: World,
):
    """P42: the rules open a case or ask a person. Only a roll can show that a school was wrong."""
    must = {one.key: one for one in world.truth.leavers if one.must_be_found}
    caught = set()
    for file, document in documents(world):
        for pupil, row in zip(document.pupils, file.rows, strict=True):
            said = meaning(_leaver(pupil, file.truth.sent_on))
            if row.event in must and (said.opens_case or said.needs_person):
                caught.add(row.event)
    missed = [one for key, one in must.items() if key not in caught]
    assert all(one.is_false and one.said_school for one in missed)


def _leaver(pupil: PupilRecord, day: date) -> Leaver:
    here, *there = pupil.schools
    return Leaver(
        day=day + timedelta(days=1),
        left_on=here.leaving_on,
        leaving_reason=here.leaving_reason,
        ground_letter=here.removal_grounds,
        born=pupil.born,
        year_group=pupil.year_group,
        destination_la=there[0].la if there else "",
        destination_estab=there[0].estab if there else "",
        destination_name=there[0].name if there else "",
        destination_starts_on=there[0].entry_on if there else None,
        forwarding_address=len(pupil.addresses) > 1,
    )
