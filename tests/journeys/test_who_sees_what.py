"""Schools see their own files; data protection states a reason; every read leaves a trace.

Access matrix rows 5, 6, 26, 38 and 39; trust.md 1.7 and 1.8.
"""

from onroll.audit.queries import who_saw
from onroll.cases.models import Case
from onroll.demo.upns import with_letter, with_wrong_letter
from onroll.intake.models import Transfer
from tests import files
from tests.journeys.visitor import Visitor

UPN = with_letter("310200125041")


def leaver(world, **said) -> str:
    facts = {
        "surname": "Brackenhall",
        "forename": "Jules",
        "born": world.born,
        "upn": UPN,
        "entry_on": world.ago(40),
        "left_on": world.ago(1),
        "reason": "UK",
    }
    return files.pupil(**(facts | said))


def test_a_school_sends_its_files_and_sees_what_to_put_right_and_nothing_of_others(world, work):
    """P50: what is wrong in a file is said to who sent it."""
    sam, tess = Visitor(world.people.sam), Visitor(world.people.tess)
    assert sam.address == "/school/"
    sloppy = leaver(world, upn=with_wrong_letter(UPN))
    sam.follow("Send files")
    sam.send("Send", files={"leavers.xml": files.cml(sloppy, made=world.today)})
    sam.see("The file is being read", "leavers.xml")
    work()
    sam.open("/school/").follow("leavers.xml")
    sam.see("BRACKENHALL, Jules", "What to put right", "its first letter should be")
    case = Case.objects.get()
    assert case.ref not in sam.text
    sams = sam.address

    moved = files.pupil(
        surname="Elsewhere", forename="Kim", born=world.born, estab="2002", left_on=world.ago(1)
    )
    tess.open("/school/files/upload/")
    tess.send("Send", files={"ours.xml": files.cml(moved, made=world.today, estab="2002")})
    work()
    theirs = Transfer.objects.get(name="ours.xml")
    tess.open("/school/").see("ours.xml")
    assert "leavers.xml" not in tess.text
    assert "ours.xml" not in sam.open("/school/").text
    assert tess.open(sams).status == 404
    assert sam.open(f"/school/files/{theirs.ref}/").status == 404
    assert sam.open(f"/files/{theirs.ref}/").status == 403
    assert sam.open(f"/cases/{case.ref}/").status == 403


def test_data_protection_says_why_before_it_sees_a_case_and_everybody_s_visit_is_kept(world, work):
    olive, pat, max_ = (Visitor(getattr(world.people, who)) for who in ("olive", "pat", "max"))
    olive.open("/files/upload/")
    olive.send("Upload", files={"leavers.xml": files.cml(leaver(world), made=world.today)})
    work()
    case = Case.objects.get()
    olive.open(f"/cases/{case.ref}/")
    olive.follow("The child").see("Invented Road")

    pat.open(f"/cases/{case.ref}/").see("Why do you need to see this?")
    assert "Brackenhall" not in pat.text
    pat.send("Continue", text="short").see("Say why in a few words more")
    assert not [seen for seen in who_saw([case.child_id]) if seen.actor == "pat@harrow.example"]
    reason = "The mother asked in writing who has seen the record."
    pat.send("Continue", text=reason)
    assert pat.address == f"/cases/{case.ref}/"
    pat.see("the record does not say where to")

    max_.open(f"/cases/{case.ref}/team/")
    max_.see("olive@harrow.example", "pat@harrow.example", reason)
    seen = who_saw([case.child_id])
    assert {"case", "case: child"} <= {s.page for s in seen if s.actor == "olive@harrow.example"}
    assert {s.reason for s in seen if s.actor == "pat@harrow.example"} == {reason}

    ari = Visitor(world.people.ari)
    assert ari.open(f"/cases/{case.ref}/").status in {403, 404}
