"""Lists of every kind, as people bring them: who is on no roll or two, or never came (P04, P05)."""

import io
from datetime import date, timedelta

import pytest
import xlsxwriter

from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.demo.upns import with_letter
from onroll.intake.models import Transfer
from onroll.lists.models import Finding
from tests import files
from tests.journeys.visitor import Visitor

HEADINGS = ("LA", "Estab", "UPN", "Surname", "Forename", "DOB", "Sex", "Entry Date", "Postcode")
SURNAMES = (
    *("Adeyemi", "Brackenhall", "Chaudhry", "Dellworth", "Eisenberg", "Ferrywell"),
    *("Gunaratne", "Hollowridge", "Ibrahimovic", "Jankowski", "Kettleburn", "Lindqvist"),
    *("Mbeki", "Nowakowska", "Okonjo", "Pemberley", "Quillby", "Rajasekar"),
    *("Saltmarsh", "Thistlewood", "Umarova", "Vandermeer", "Wanderley", "Xanthou"),
    *("Yusufzai", "Zielinska"),
)
FORENAMES = (
    *("Amara", "Rowan", "Bilal", "Perri", "Dawid", "Linden"),
    *("Nimal", "Jules", "Omar", "Ash", "Freya", "Robin"),
    *("Thabo", "Kasia", "Chidi", "Tamsin", "Idris", "Meera"),
    *("Callum", "Wren", "Anya", "Lotte", "Hugo", "Eleni"),
    *("Parwin", "Marek"),
)


def child(world, n: int, *, school: str = "2001", entry_on: date | None = None) -> list[str]:
    """Return the n-th child's line: seven or eight years old, here for a year."""
    born = world.born + timedelta(days=37 * n % 365)
    upn = with_letter(f"31020012{(7 * n) % 26:02}{n:02}")
    entered = entry_on or world.ago(52)
    named = [SURNAMES[n], FORENAMES[n], f"{born}", "MF"[n % 2]]
    return ["310", school, upn, *named, f"{entered}", f"HA{n % 8 + 1} {n % 9 + 1}AB"]


def csv(*lines, headings=HEADINGS) -> bytes:
    return "\n".join(",".join(line) for line in (headings, *lines)).encode()


def xlsx(*lines, headings=HEADINGS) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate((headings, *lines)):
            sheet.write_row(number, 0, line)
    return file.getvalue()


@pytest.fixture
def olive(world) -> Visitor:
    return Visitor(world.people.olive)


@pytest.fixture
def bring(olive: Visitor, work):
    """Give a function that brings a list as an officer does, and has the worker take it in."""

    def run(kind: str, on: date, content: bytes, name: str) -> Visitor:
        day = {"on_day": f"{on.day}", "on_month": f"{on.month}", "on_year": f"{on.year}"}
        olive.open("/files/").follow("Compare a list")
        olive.send("Upload and compare", files={name: content}, kind=kind, **day)
        assert olive.address.startswith("/files/"), olive.text
        where = olive.address
        work()
        olive.open(where)
        return olive

    return run


@pytest.mark.shows("home.finds", "home.lists", "privacy.what", "readme.lists")
def test_every_kind_of_list_finds_whom_nobody_has(world, olive, bring):
    """P04, P05: rolls, leavers, joiners, offers, no-shows, home education, health and housing."""
    before, now = world.ago(4), world.ago(1)
    everyone = [child(world, n) for n in range(10)]
    bring("roll", before, csv(*everyone), "autumn.csv").see("0Gone from the roll")

    bring("roll", now, xlsx(*everyone[1:]), "spring.xlsx").see("1Gone from the roll", "1 wait")
    olive.follow("Answer what waits").see("Adeyemi", "no leaver’s file had come")

    left = [[*everyone[1], f"{world.ago(2)}"]]
    content = csv(*left, headings=(*HEADINGS, "Leaving Date"))
    bring("leavers", now, content, "leavers.csv").see("1Gone from the roll")

    mill_lane = {"school": "2002", "entry_on": world.ago(3)}
    bring("joiners", now, csv(child(world, 11, **mill_lane)), "joiners.csv").see("1Never arrived")
    bring("offers", now, xlsx(child(world, 12, **mill_lane)), "offers.xlsx").see("1Never arrived")
    bring("no_shows", now, csv(child(world, 13)), "no shows.csv").see("1Never arrived")
    bring("health", now, xlsx(everyone[5], child(world, 14)), "gp.xlsx").see("1On no roll")
    bring("housing", now, csv(everyone[5], child(world, 15)), "hostel.csv").see("1On no roll")
    two = child(world, 6, school="2002", entry_on=world.ago(2))
    bring("roll", now, csv(two, child(world, 16, **mill_lane)), "mill.csv").see("1On two rolls")

    bring("home_education", before, csv(child(world, 17)), "ehe.csv").see("0Gone from the roll")
    bring("home_education", now, csv(child(world, 18)), "ehe2.csv").see("1Gone from the roll")
    assert Finding.objects.waiting().count() == 9
    assert not Case.objects.exists()
    olive.open("/today/").see("9 findings of lists for you to answer")


def test_a_child_gone_from_a_silent_school_is_found_by_lists_alone_and_becomes_a_case(
    world, olive, bring, work
):
    """P05: the school sends no file for weeks; the whole borough's census still tells."""
    before, now = world.ago(9), world.ago(1)
    silent = [child(world, n) for n in range(6)]
    other = [child(world, n, school="2002") for n in range(20, 26)]
    bring("roll", before, csv(*silent, *other), "census one.csv")
    joined = child(world, 2, school="2002", entry_on=world.ago(5))
    bring("roll", now, csv(*silent[2:], joined, *other), "census two.csv")
    olive.see("2Gone from the roll", "1On two rolls", "1Arrived: new to the roll")
    assert not Transfer.objects.filter(kind="CML").exists()

    olive.follow("Answer what waits").follow("Adeyemi")
    olive.see("On the roll of St Ann’s School", "EA96 s.436A; policy p.17, 18")
    olive.send("Continue", answer="missing", why="The office says: gone to Spain, perhaps.")
    olive.see("gone to Spain, perhaps", "St Ann’s School")
    case = Case.objects.get()
    assert (case.reason, case.missing_since_on) == ("on_no_list", now)
    olive.open("/cases/").see("Amara Adeyemi")


def test_a_lost_child_is_looked_for_in_every_list_and_file_and_told_of(world, olive, bring, work):
    """P53: an alert on the case and on Today, from a list, from a file, not from another's."""
    lost, other = child(world, 1), child(world, 2)
    leaver = files.pupil(
        surname=lost[3], forename=lost[4], born=date.fromisoformat(lost[5]), upn=lost[2],
        entry_on=world.ago(40), left_on=world.ago(3), reason="UK",
    )  # fmt: skip
    content = files.cml(leaver, made=world.today)
    olive.open("/files/upload/").send("Upload", files={"3102001_CML_310LLLL_001.xml": content})
    work()
    case = Case.objects.get()
    bring("health", world.ago(2), csv(other), "gp.csv")
    olive.open("/today/").see("Cases where a record may be the child")
    bring("housing", world.ago(1), xlsx(other, lost), "hostel.xlsx")
    olive.open("/today/").follow("case where a record may be the child").see("Rowan Brackenhall")
    olive.follow("Rowan Brackenhall").see("This child is on record 2 of file", "hostel.xlsx")
    assert olive.address == f"/cases/{case.ref}/"


def test_headings_nobody_knows_are_asked_about_and_bad_rows_sink_no_good_ones(
    world, olive, bring, work
):
    good = child(world, 1)[3:6]
    content = csv(
        [good[0], good[1], good[2]],
        ["", "", "1 May"],
        ["Saltmarsh", "Perri", "32/13/2015"],
        headings=("Nachname", "Vorname", "Geboren"),
    )
    bring("health", world.ago(1), content, "praxis.csv").see("Columns unclear")
    where = olive.address
    olive.follow("Say which column is which")
    olive.send("Continue", surname="Nachname", forename="Vorname", born="Geboren")
    work()
    olive.open(where).see("2On no roll", "cannot be used yet", "2 wait")
    assert Child.objects.count() == 2


def test_a_list_that_cannot_be_read_is_kept_as_it_came(world, olive, bring):
    bring("roll", world.ago(1), b"PK\x03\x04 no workbook", "census.xlsx")
    olive.see("Could not be read", "is kept as it came").follow("Download the file as it came")
    assert olive.content == b"PK\x03\x04 no workbook"
