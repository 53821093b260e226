"""The main walk: a leaver nobody can place, from the school's file to the weekly report.

DESIGN.md section 7, first and third walk; requirements P01, P03, P30, P42, P52, P55.
"""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from onroll.cases.models import Case
from onroll.demo.upns import with_letter
from onroll.messages.tasks import deliver_due
from onroll.reports.tasks import issue_due
from onroll.rules.clocks import CLOCKS
from tests import files
from tests.journeys.visitor import Visitor
from tests.proof import as_form, facts

UPN = with_letter("310200125001")
CML, CMJ = "3102001_CML_310LLLL_001.xml", "3102002_CMJ_310LLLL_001.xml"


def leaver(world) -> bytes:
    """Return the file of a child who left St Ann's, nobody knows where to."""
    pupil = files.pupil(
        surname="Wanderley",
        forename="Robin",
        born=world.born,
        upn=UPN,
        entry_on=world.ago(40),
        left_on=world.ago(2),
        reason="UK",
    )
    return files.cml(pupil, made=world.today)


def joiner(world) -> bytes:
    """Return the file of the same child, who joined Mill Lane."""
    pupil = files.pupil(
        surname="Wanderley",
        forename="Robin",
        born=world.born,
        upn=UPN,
        estab="2002",
        entry_on=world.ago(0),
    )
    return files.cmj(pupil, made=world.today)


@pytest.mark.shows("home.finds", "home.register", "privacy.email", "readme.files")
def test_a_child_goes_missing_is_found_and_is_counted_once_each(world, work, mailoutbox):
    """P01, P03, P30, P42, P52, P55, P58: from the leaver's file to the report."""
    olive = Visitor(world.people.olive)
    olive.open("/").follow("Files").follow("Upload files")
    olive.send("Upload", files={CML: leaver(world)}).see("The file is being read")
    file = olive.address

    work()
    olive.open(file).see("Read: 1 pupil", "WANDERLEY, Robin", "Case opened")
    olive.follow("Register").see("Robin Wanderley", "St Ann’s School", "Nobody yet")
    olive.follow("Robin Wanderley")
    case = Case.objects.get()
    assert olive.title.startswith(f"Case {case.ref}")
    olive.see("the record does not say where to", "EA96 s.436A", "policy p.18")
    clocks = case.deadlines.all()
    assert clocks
    olive.see(*(CLOCKS[clock.clock].title for clock in clocks))

    olive.send("Assign to me").see("Olive Obi")
    olive.follow("Add a note").send("Save", text="Rang both numbers; nobody answered.")
    olive.see("Rang both numbers; nobody answered.", "Olive Obi")
    olive.open(f"/cases/{case.ref}/").follow("Start enquiries").send(
        "Start enquiries", why="Looked at the record."
    )

    olive.open("/files/upload/").send("Upload", files={CMJ: joiner(world)})
    work()
    olive.open(f"/cases/{case.ref}/").see("Whereabouts known", "is on the roll of Mill Lane School")
    assert (
        Case.objects.get().is_open
    )  # a file is a claim: someone must confirm that the child attends

    olive.follow("Close the case")
    olive.send("Continue", outcome="on_roll")
    school = world.mill_lane
    stated = as_form(facts(on=timezone.localdate(), school=school))
    olive.send("Close the case", **{**stated, "why": ""}).see("Say why", school.number)
    olive.send("Close the case", **stated, why="The office rang back.")
    olive.see("is closed.", "On the roll of a school and attending", school.name)
    olive.see("Mrs Office, the office", "The office rang back.")
    olive.open("/cases/").see("No case is open.")

    weekly_report_counts_both(olive, mailoutbox)


def weekly_report_counts_both(olive: Visitor, mailoutbox) -> None:
    """Pass to the Monday after: the report is issued, and Olive is told that it is there."""
    case = Case.objects.get()
    monday = case.opened_on - timedelta(days=case.opened_on.weekday()) + timedelta(weeks=1)
    at = timezone.make_aware(datetime.combine(monday, time(5)))
    (ref,) = issue_due(at)
    deliver_due(at)
    olive.open("/reports/weekly/").follow("Week of").see("Robin Wanderley")
    sections = {
        each.get("id"): " ".join(each.text_content().split()) for each in olive.page.iter("section")
    }
    assert case.ref in sections["opened"]
    assert case.ref in sections["closed"]
    assert "1 Cases opened" in olive.text
    assert "1 Cases closed" in olive.text

    (mail,) = [mail for mail in mailoutbox if "olive@harrow.example" in mail.to]
    said = f"{mail.subject} {mail.body}"
    assert "/today/" in mail.body  # one message stands for the report and for what came since
    assert olive.open(f"/reports/weekly/{ref}/").status == 200
    for personal in ("Robin", "Wanderley", UPN, case.ref, case.child.ref, "St Ann", "Mill Lane"):
        assert personal not in said
