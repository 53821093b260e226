"""Every form that changes something, filled in as somebody would.

Whoever adds an address that takes a form adds a line here, or gives the reason in
`onroll/receipts/repeats.py` why it may be done each time it is sent.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from onroll.accounts.actions import give_role, set_cover
from onroll.accounts.roles import Role
from onroll.admissions.models import Family
from onroll.advice import actions as advice
from onroll.advice.models import FurtherCheck, PupilMessage
from onroll.agencies.actions import make_code
from onroll.agencies.models import Agency, Code
from onroll.cases import actions as cases
from onroll.cases.actions.action_points import give_up_action_points
from onroll.cases.models import AlertKind, ManagerQuestion
from onroll.children.actions import ChildFacts
from onroll.children.models import Merge, NotSame
from onroll.diary.actions import make_feed
from onroll.enquiries.models import Enquiry
from onroll.glass.models import BreakGlass
from onroll.intake import actions as intake
from onroll.intake import tasks
from onroll.intake.models import Row
from onroll.letters.models import Letter
from onroll.lists.models import Finding
from onroll.messages import actions as messages
from onroll.messages.models import Kind, Message
from onroll.record.models import Complaint
from onroll.referrals import actions as referrals
from onroll.referrals.facts import StartWords
from onroll.referrals.models import HomeEducationReport, HubDecision, Quarantine, Referral
from onroll.reports.models import WeeklyReport
from onroll.rules.further_checks import Outcome
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen, Spot, Telling
from onroll.rules.start_records import Kind as StartKind
from onroll.rules.triage import GREATER_RISKS
from onroll.schools.actions import load_authorities
from onroll.sharing.models import Disclosure
from tests import files
from tests.journeys.visitor import FilledIn, Visitor
from tests.proof import as_form, facts
from tests.receipts import of_case_audits, of_meetings, of_referrers
from tests.receipts.filled import Answers, Filled, Setting
from tests.referrals.forms import WHY as WHY_REFERRED
from tests.referrals.forms import day, professional
from tests.referrals.made import CHECKED
from tests.routes import (
    AT_THE_HUB,
    HANDED_OVER,
    OF_SCHOOL,
    RECEIVED,
    SENT_ON,
    TO_WORKER,
    World,
)

LEAVER: dict[str, Any] = {"forename": "Ulrike", "born": date(2014, 2, 3), "reason": "UK"}

WHY = "Agreed on the telephone"
DAY = timezone.localdate() + timedelta(days=30)
NOW = timezone.localdate()
TODAY = {"on_day": str(NOW.day), "on_month": str(NOW.month), "on_year": str(NOW.year)}
NEXT = NOW + timedelta(days=1)
TOMORROW = {"on_day": str(NEXT.day), "on_month": str(NEXT.month), "on_year": str(NEXT.year)}
WEEK = timezone.localdate() + timedelta(days=7)
SOON = {
    "back_on_day": str(WEEK.day),
    "back_on_month": str(WEEK.month),
    "back_on_year": str(WEEK.year),
}
DUE = {"due_on_day": str(DAY.day), "due_on_month": str(DAY.month), "due_on_year": str(DAY.year)}
DAYS = {
    **{name.replace("on_", "from_on_", 1): value for name, value in TODAY.items()},
    **{name.replace("due_on", "until_on"): value for name, value in DUE.items()},
}
SEEN = {
    **TODAY,
    "seen": "alone",
    "seen_by": "Ama Boateng",
    "role": "social worker",
    "where": "elsewhere",
    "elsewhere": "The library",
    "is_safe": "yes",
    "wishes": "To go to school with her cousin.",
    "fostering": "no",
}
REVIEW = {name.replace("due_on", "review_on"): value for name, value in DUE.items()}
LIST_DAY = {"on_day": "2", "on_month": "11", "on_year": "2026"}


def call_written_down(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Write down that the hub was rung about a child in danger."""
    proofs = {"person": "Ada", "rang": "2026-11-02", "time": "10am", "advice": "Refer her"}
    words = StartWords(kind=StartKind.CALL, forename="Ulla", surname="Rung", proofs=proofs)
    row = referrals.write_start_record(words=words, by=world.people.sam, at=timezone.localtime())
    return {"ref": row.ref}


def ours(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the case on which everybody works."""
    return {"ref": world.ours.ref}


UNSURE = {"is_safe": RiskAnswer.NOT_SURE, "safe_words": "Nobody opened."}
FOSTERED = {"fostering": RiskAnswer.YES, "is_care_told": False, "care_words": "Nobody answered."}


def worry(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Write down on the case that nobody is sure the child is safe."""
    return _told(world, UNSURE)


def fostered(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Write down on the case that the child may be privately fostered, and nobody was told."""
    return _told(world, FOSTERED)


def _told(world: World, more: Mapping[str, Any]) -> Mapping[str, Any]:
    sighting = cases.record_sighting(
        case=world.ours,
        telling=Telling(
            seen=Seen.NO,
            on=NOW,
            by="Ama Boateng",
            role="social worker",
            spot=Spot.ELSEWHERE,
            place="The library",
            **more,
        ),
        by=world.people.olive,
        at=timezone.localtime(),
    )
    return {"ref": world.ours.ref, "pk": sighting.pk}


def member(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Somebody who is on the team of our case."""
    return {"ref": world.ours.ref, "pk": world.people.cat.pk}


def sealed(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Our case, sealed for the whole team."""
    at, team = timezone.localtime(), [row.user for row in world.ours.members.all()]
    cases.seal_case(case=world.ours, why=WHY, team=team, by=world.people.max, at=at)
    return {"ref": world.ours.ref}


def proposed(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Our case, which Olive proposes to seal."""
    at, by = timezone.localtime(), world.people.olive
    cases.propose_seal(case=world.ours, is_to_seal=True, why=WHY, by=by, at=at)
    return {"ref": world.ours.ref}


def warning(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Write down on the case that a visitor is not to go alone."""
    row = cases.add_warning(
        case=world.ours,
        text="Visit in pairs.",
        review_on=DAY,
        by=world.people.olive,
        at=timezone.localtime(),
    )
    return {"ref": world.ours.ref, "pk": row.pk}


def asked(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Ask the manager something about the case."""
    case, by = world.ours, world.people.olive
    question = cases.ask_manager(case=case, text="May I?", by=by, at=timezone.localtime())
    return {"ref": case.ref, "pk": question.pk}


def answered(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Ask the manager something, and let them answer."""
    where = asked(world, visitor)
    question = ManagerQuestion.objects.get(pk=where["pk"])
    cases.answer_question(
        question=question,
        decision="Yes.",
        why="It is safe.",
        by=world.people.max,
        at=timezone.localtime(),
    )
    return where


def theirs(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the case on which nobody works."""
    return {"ref": world.theirs.ref}


def without_actions(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return our case, on which nothing is to be done any more."""
    give_up_action_points(case=world.ours, why=WHY, by=world.people.max, at=timezone.localtime())
    return ours(world, visitor)


def closed(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return a case that was closed."""
    without_actions(world, visitor)
    cases.close_case(
        case=world.ours,
        outcome="other_provision",
        facts=facts("other_provision", on=timezone.localdate()),
        why=WHY,
        by=world.people.olive,
        at=timezone.now(),
    )
    return ours(world, visitor)


def clock(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a clock that may be moved."""
    first = world.ours.deadlines.get(clock="first_enquiries_5")
    return {"ref": world.ours.ref, "pk": first.pk}


def look(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return a clock that asks whether the child of a closed case is still at the school."""
    closed(world, visitor)
    return {"ref": world.ours.ref, "pk": world.ours.deadlines.running().get().pk}


def alert(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return an alert that waits."""
    made = cases.raise_alert(case=world.ours, kind=AlertKind.LEAD, at=timezone.now())
    return {"ref": world.ours.ref, "pk": made.pk}


def alerts(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return alerts of a kind that nobody has seen."""
    alert(world, visitor)
    return {"ref": world.ours.ref, "kind": "lead"}


def seen_alerts(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return alerts of a kind that Olive has seen."""
    made = alert(world, visitor)
    cases.see_alerts(
        case=world.ours, kind="lead", newest=made["pk"], by=world.people.olive, at=timezone.now()
    )
    return {"ref": world.ours.ref, "kind": "lead"}


def of_enquiry(world: World, step: str) -> Mapping[str, Any]:
    """Return an enquiry on our case."""
    enquiry = Enquiry.objects.get(case=world.ours, step=step)
    return {"ref": world.ours.ref, "enquiry": enquiry.ref}


def line(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a line of the sharing log of our case, written by hand."""
    row = Disclosure.objects.filter(case=world.ours, pack__isnull=True).earliest("pk")
    return {"ref": world.ours.ref, "line": row.ref}


def complaint(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the complaint about our case."""
    row = Complaint.objects.get(case=world.ours)
    return {"ref": world.ours.ref, "complaint": row.ref}


def with_stated_reason(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Say why, before a page that asks it (access matrix, row 28)."""
    visitor.open("/reason/?next=/today/").send("Continue", text=WHY)
    return {"ref": world.ours.ref}


def pack(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the pack about the child of our case."""
    row = Disclosure.objects.get(case=world.ours, pack__isnull=False)
    assert row.pack is not None
    return {"pack": row.pack.ref}


def visit_notice(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the visit notice to the family of our child."""
    return {"ref": world.ours.ref, "letter": Letter.objects.get(kind="visit").ref}


def answers_to_pack(world: World) -> Answers:
    """Return a reply about the child of our case."""
    row = Disclosure.objects.get(case=world.ours, pack__isnull=False)
    return {f"code_{row.pk}": "nothing_known", f"words_{row.pk}": "Nothing.", **TODAY}


REQUEST = {"whom": "Made-up desk", "method": "email"}


def covered(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Let Max cover for Olive."""
    olive = world.people.olive
    set_cover(
        absent=olive,
        colleague=world.people.max,
        from_on=NOW,
        until_on=DAY,
        by=olive,
        at=timezone.now(),
        last=0,
    )
    return {"pk": olive.pk}


def view(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a view that Olive keeps."""
    return {"pk": cases.save_view(user=world.people.olive, name="Mine", filters={}).pk}


def held(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a record that cannot be used yet."""
    now = timezone.now()
    content = files.cml(
        files.pupil(surname="Thornback", **LEAVER, estab="9999", left_on=now.date()),
        made=now.date(),
        estab="9999",
    )
    name = "3109999_CML_310LLLL_001.xml"
    received = intake.receive_file(content=content, name=name, how="command", at=now)
    found = tasks.take_through(received.transfer.pk, at=now, actor="test")
    row = Row.objects.get(transfer=found)
    assert row.stage == "held", (row.stage, row.because)
    return {"ref": found.ref, "number": row.number}


def columns(world: World, _visitor: Visitor, *, by: str = "olive") -> Mapping[str, Any]:
    """Return a list whose columns nobody can tell."""
    now, person = timezone.now(), getattr(world.people, by)
    content = b"Aaa,Bbb,Ccc\nWindermere,Made-up,4/5/2016\n"
    received = intake.receive_file(
        content=content,
        name=f"{by}.csv",
        how="upload",
        at=now,
        by=person,
        is_from_school=by == "sam",
    )
    found = tasks.take_through(received.transfer.pk, at=now, actor="test")
    assert found.stage == "columns"
    return {"ref": found.ref}


def unread(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a report of which Olive was told."""
    report = WeeklyReport.objects.get()
    olive = [world.people.olive]
    messages.tell(kind=Kind.WEEKLY_REPORT, ref=report.ref, to=olive, at=timezone.now())
    return {"ref": report.ref}


def refused_message(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Let the mail server have refused a message."""
    unread(world, _visitor)
    Message.objects.update(refused_because="No such mailbox.", tries=1)
    return {}


def with_feed(world: World, visitor: Visitor) -> Mapping[str, Any]:
    make_feed(user=world.people.olive, at=timezone.now())
    return {}


def two_roles(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Let Olive act in a second role."""
    give_role(user=world.people.olive, role=Role.ANA, by=None, at=timezone.now())
    return {}


def looked_for(_world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return the handle of a child that Olive looked for and nobody knows."""
    visitor.open(reverse("casefile:add_first")).send("Look for the child", **CHILD)
    return {"handle": visitor.address.strip("/").split("/")[-1]}


def new_child(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return a new child of whom everything is answered and nothing is sent."""
    looked_for(world, visitor)
    visitor.follow("Add a new child")
    for answers in ({"sex": "F"}, {}, {"carer_is_responsible": ""}, {}, REPORT):
        visitor.send("Continue", **answers)
    ref = visitor.address.strip("/").split("/")[-2]
    return {"ref": ref, "page": "check"}


def no_case(world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return the handle of a search, and a child on file who has no case."""
    return {**looked_for(world, visitor), "child": Merge.objects.get().kept.ref}


def two_children(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return two records that nobody has compared."""
    return {"ref": world.ours.child.ref, "other": world.theirs.child.ref}


def looked_at(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Look at the referral at the hub."""
    referral, now = Referral.objects.get(ref=AT_THE_HUB), timezone.localtime()
    referrals.take_on(referral=referral, by=world.people.mo, at=now)
    return {"ref": AT_THE_HUB}


def notice(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Tell the hub of the cases that files opened."""
    referrals.tell_of_leavers(at=timezone.now())
    return {}


def referral(_world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return a referral of which everything is answered and nothing is sent."""
    visitor.open(reverse("referrals:refer"))
    for answers in (WORRY, REFERRED, {"relation": "neighbour", "gives_name": "no"}):
        visitor.send("Continue", **answers)
    ref = visitor.address.strip("/").split("/")[-2]
    return {"ref": ref, "page": "check"}


def answered_check(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the request for further checks, once it is answered."""
    return _answered(world, Outcome.LOCATED)


def with_authorities(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Load the list of authorities that may ask after a pupil."""
    load_authorities()
    return {}


def check_to_refer(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the request for further checks, once it is answered that the school refers."""
    return _answered(world, Outcome.REFER)


def _answered(world: World, outcome: Outcome) -> Mapping[str, Any]:
    check = FurtherCheck.objects.get()
    by, at = world.people.olive, timezone.now()
    advice.answer_check(check=check, outcome=outcome, answer=WHY, by=by, at=at)
    return {"ref": check.ref}


def agency(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return the agency on the list."""
    return {"ref": Agency.objects.get().ref}


def with_code(world: World) -> Answers:
    """Return a question of somebody with a code."""
    at, by = timezone.localtime(), world.people.olive
    _, words = make_code(agency=Agency.objects.get(), person="Nell", by=by, at=at)
    return {**ROLL_QUESTION, "code": words}


def answer_about_roll(_world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return the address of the answer to a question that the visitor asked."""
    visitor.open("/on-roll/").send("Ask", **ROLL_QUESTION)
    return {"key": visitor.address.split("/")[-2]}


FAMILY = {
    "adult": "Fay Fieldfaremother",
    "phone": "020 7946 0005",
    "how": "telephone",
    "forename_1": "Made-up",
    "surname_1": "Fieldfarely",
}
LAST_DAY = {name.replace("on_", "last_attended_", 1): value for name, value in TODAY.items()}
CHECKS = {
    "forename": "Made-up",
    "surname": "Bitternson",
    "born_day": "1",
    "born_month": "2",
    "born_year": "2016",
    **LAST_DAY,
    "wanted": ["new_school", "new_address"],
    "account": "Nobody answers.",
}


def sent(ref: str) -> Setting:
    """Return what goes into the address of what the hub sent to attendance."""

    def find(_world: World, _visitor: Visitor) -> Mapping[str, Any]:
        return {"ref": HubDecision.objects.get(entry__referral__ref=ref).ref}

    return find


CARE_TOLD = {
    "is_told": "yes",
    "care_name": "C. Dunn",
    "care_team": "duty team",
    **day("care_on", timezone.localdate()),
}
SEEN_THERE = {
    "place": "At home",
    "person": "The family worker",
    "seen_day": "2",
    "seen_month": "11",
    "seen_year": "2026",
}
START_RECORD = {"forename": "Made-up", "surname": "Sparrowhawkson", **SEEN_THERE}
ROLL_QUESTION = {
    "purpose": "met_child",
    "forename": "Made-up",
    "surname": "Nobodyson",
    "born_day": "1",
    "born_month": "2",
    "born_year": "2016",
}


def begun(start: str, answers: Answers, page: str = "worry") -> Setting:
    """Return what begins a form of a referral, and leads to a page of it."""

    def begin(world: World, visitor: Visitor) -> Mapping[str, Any]:
        child = {"child": world.ours.child.ref} if start == "pupil" else {}
        visitor.open(reverse(f"referrals:{start}", kwargs=child))
        visitor.send("Continue", **answers)
        return {"ref": visitor.address.strip("/").split("/")[-2], "page": page}

    return begin


def of_professional(_world: World, visitor: Visitor) -> Mapping[str, Any]:
    """Return a professional's referral of which everything is answered and nothing is sent."""
    professional(visitor)
    return {"ref": visitor.address.strip("/").split("/")[-2], "page": "check"}


REFERRED = {"forename": "Made-up", "home": "Elm Road"}
WORRY = {"worry": "Plays outside all day.", "danger": "no"}
REASONED = {**WHY_REFERRED, "whereabouts": "no"}
CHILD = {"forename": "Made-up", "surname": "Xylander"}
CAME = {
    "channel": "letter",
    "relation": "neighbour",
    **day("came_on", timezone.localdate() - timedelta(days=2)),
}
REPORT = {
    "reason": "unknown_destination",
    "because": "A neighbour rang.",
    "said_by": "A neighbour",
}
CLOSING = {**as_form(facts("other_provision", on=timezone.localdate())), "why": WHY}
COLUMNS = {"surname": "Aaa", "forename": "Bbb", "born": "Ccc"}
LEAVERS = {
    "3102001_CML_310LLLL_077.xml": files.cml(
        files.pupil(
            surname="Umberfield", **LEAVER, left_on=timezone.localdate() - timedelta(days=9)
        ),
        made=timezone.localdate(),
        estab="2001",
    )
}
HEALTH = {"health two.csv": b"Surname,Forename,Date of Birth\nVintner,Made-up,4/5/2016\n"}
TERMS = {"terms.csv": b"School,What,Name,First day,Last day\n,term,Summer,12/04/2027,21/07/2027\n"}
GIAS = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),"
    "EstablishmentTypeGroup (name),EstablishmentStatus (name),PhaseOfEducation (name)\n"
    "123456,310,Harrow,2077,Made-up School,Community school,LA maintained,Open,Primary\n"
)

ENQUIRY = {
    "state": "answered",
    "result": "nothing_known",
    "words": "Nobody knows.",
    "method": "telephone",
    **TODAY,
}


def received_report(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a school's report that Hal received by mistake."""
    report = HomeEducationReport.objects.get(referral__ref=OF_SCHOOL)
    referrals.receive_report(report=report, by=world.people.hal, at=timezone.now())
    return {"ref": OF_SCHOOL}


def accepted(world: World, _visitor: Visitor) -> Mapping[str, Any]:
    """Return a child whom Olive accepted by mistake."""
    referrals.accept_child(
        entry=Referral.objects.get(ref=HANDED_OVER).children.get(),
        child=ChildFacts(forename="Made-up", surname="Kingfisherly"),
        because=WHY,
        by=world.people.olive,
        at=timezone.now(),
    )
    return {"ref": HANDED_OVER, "number": 1}


FORMS: dict[str, Filled] = {
    **of_meetings.FORMS,
    **of_referrers.FORMS,
    **of_case_audits.FORMS,
    "account_role": Filled("Change role", two_roles, {"role": "ana"}, page="account"),
    "reason": Filled("Continue", answers={"text": "A complaint about this file"}, who="pat"),
    "cases:keep_view": Filled(
        "Keep", answers={"name": "New ones"}, page="cases:register", query="?stage=reported"
    ),
    "cases:forget_view": Filled("Forget “Mine”", view, page="cases:register"),
    "cases:join": Filled(
        "Add to the team", theirs, lambda w: {"person": str(w.people.cat.pk)}, who="max"
    ),
    "cases:leave_team": Filled("Leave", member, who="max"),
    "cases:seal": Filled("Seal the case", ours, {"why": WHY}, who="mo"),
    "cases:unseal": Filled("Unseal the case", sealed, {"why": WHY}, who="mo"),
    "cases:propose_seal": Filled("Propose it", ours, {"why": WHY}),
    "cases:decline_seal": Filled("Save", proposed, {"why": WHY}, who="mo"),
    "glass:open": Filled(
        "Open the case",
        answers=lambda w: {"by": "reference", "ref": w.sealed.ref, "why": f"{WHY} {WHY} {WHY}"},
        who="mo",
    ),
    "glass:review": Filled(
        "Save the review",
        lambda _world, _visitor: {"ref": BreakGlass.objects.get().ref},
        {"verdict": "justified", "words": WHY},
        who="pat",
    ),
    "cases:note": Filled("Save", ours, {"text": "Rang both numbers."}),
    "cases:assign": Filled("Assign the case", ours, lambda w: {"person": str(w.people.max.pk)}),
    "cases:assign_several": Filled(
        "Assign the cases",
        answers=lambda w: {"person": str(w.people.max.pk)},
        query=lambda w: f"?case={w.ours.ref}",
    ),
    "cases:cover": Filled(
        "Save",
        lambda w, _: {"pk": w.people.olive.pk},
        lambda w: {"person": str(w.people.max.pk), **DAYS},
    ),
    "cases:end_cover": Filled("End this cover", covered, page="cases:cover"),
    "cases:take": Filled("Assign to me", ours, page="casefile:team"),
    "cases:close_as": Filled(
        "Close the case",
        lambda w, v: {**without_actions(w, v), "outcome": "other-provision"},
        CLOSING,
    ),
    "cases:reasons": Filled(
        "Save",
        ours,
        {
            "reason": "no_answer",
            "because": "Nobody answers.",
            "said_by": "Mr Hall, the school",
            "why": WHY,
        },
    ),
    "cases:missed_change": Filled("Save", ours, {"change": "infant_to_junior", "why": WHY}),
    "children:correct": Filled(
        "Save the correction",
        lambda w, _v: {"ref": w.ours.child.ref, "part": "name"},
        {
            "surname": "Basnet",
            "old": "misspelt",
            "said_by": "Mrs Basnet, the mother",
            "basis": "document",
            "remark": "Birth certificate",
        },
        who="max",
    ),
    "cases:review": Filled("Save", look, {"is_still_so": "yes", "why": WHY}),
    "cases:review_risks": Filled("Save the review", ours, dict.fromkeys(GREATER_RISKS, "no")),
    "cases:risk_level": Filled("Save", ours, {"level": "high", "why": WHY}),
    "cases:ask_manager": Filled("Ask the manager", ours, {"text": WHY}),
    "cases:answer_manager": Filled("Answer", asked, {"decision": "Yes.", "why": WHY}, who="max"),
    "cases:read_answer": Filled("I have read this answer", answered, page="casefile:case"),
    "cases:manager_review": Filled(
        "Save the review",
        ours,
        {
            **dict.fromkeys(GREATER_RISKS, "no"),
            "whereabouts": WHY,
            "done": WHY,
            "decisions": WHY,
            "level": "high",
            "level_why": WHY,
            **{name.replace("on_", "next_on_", 1): value for name, value in TOMORROW.items()},
        },
        who="max",
    ),
    "cases:see": Filled("Save", ours, SEEN),
    "cases:police": Filled("Save", ours, {"told": "no", "why_not": WHY}),
    "cases:add_warning": Filled(
        "Add the warning",
        ours,
        {"about": "child", "text": "Visit in pairs.", **REVIEW},
    ),
    "cases:review_warning": Filled("Save", warning, {"holds": "no", "why": WHY}),
    "cases:answer_worry": Filled("Save", worry, {"why": WHY}),
    "cases:tell_care": Filled("Save", fostered, CARE_TOLD),
    "cases:withdraw_sighting": Filled("Withdraw it", worry, {"why": WHY}),
    "cases:reopen": Filled("Re-open the case", closed, {"why": WHY}),
    "cases:move": Filled(
        "Start enquiries", lambda w, v: {**ours(w, v), "move": "start-enquiries"}, {"why": WHY}
    ),
    "cases:meet_clock": Filled("Mark as done", clock, {"why": WHY}),
    "cases:move_clock": Filled("Move the day", clock, {"why": WHY, **DUE}),
    "cases:settle": Filled("Save", alert, {"why": WHY}),
    "cases:see_alerts": Filled("I have seen it", alerts, page="casefile:case"),
    "cases:mute_alerts": Filled("Mute", alerts, {"why": WHY, **SOON}),
    "cases:show_alerts_again": Filled("Show it again", seen_alerts, page="casefile:case"),
    "cases:add": Filled("Continue", looked_for, {**CHILD, "sex": "F"}),
    "cases:new_child": Filled("Add the child and open the case", new_child),
    "cases:open_for_child": Filled("Open the case", no_case, REPORT),
    "intake:upload": Filled("Upload", files=LEAVERS),
    "intake:upload_list": Filled(
        "Upload and compare", answers={"kind": "health", **LIST_DAY}, files=HEALTH
    ),
    "intake:columns": Filled("Continue", columns, COLUMNS),
    "intake:settle": Filled(
        "Save this answer",
        lambda w, _v: {"ref": w.our_file, "number": 2},
        {"answer": "none", "why": WHY},
    ),
    "intake:confirm": Filled(
        "Save this answer",
        lambda w, _v: {"ref": w.our_file, "number": 3},
        {"answer": "case", "why": WHY},
    ),
    "intake:again": Filled("Try this file’s held records again", held, page="intake:record"),
    "duplicates:propose": Filled("Save this answer", two_children, {"answer": "two", "why": WHY}),
    "duplicates:merge": Filled(
        "Save this answer",
        lambda _w, _v: {"pk": Merge.objects.get().pk},
        {"answer": "agree", "why": ""},
        who="max",
    ),
    "duplicates:apart": Filled(
        "Withdraw this", lambda _w, _v: {"pk": NotSame.objects.get().pk}, {"why": WHY}
    ),
    "lists:finding": Filled(
        "Continue",
        lambda _w, _v: {"pk": Finding.objects.get().pk},
        {"answer": "missing", "why": WHY},
    ),
    "lists:finding_place": Filled(
        "Save this answer",
        lambda _w, _v: {"pk": Finding.objects.get().pk, "way": "on-roll"},
        lambda _w: {**as_form(facts(on=timezone.localdate())), "why": WHY},
    ),
    "enquiries:plan": Filled(
        "Put them on the list", ours, {"steps": ["housing"], "left_out_why": WHY}
    ),
    "enquiries:add": Filled("Save", ours, {"step": "housing", **ENQUIRY}),
    "enquiries:act": Filled(
        "Save the answer",
        lambda w, _v: {**of_enquiry(w, "friends"), "act": "answer"},
        {"result": "nothing_known", "words": "Nobody knows.", "method": "email", **TODAY},
    ),
    "enquiries:read": Filled(
        "I have read what is new", lambda w, _v: of_enquiry(w, "staff"), page="enquiries:enquiry"
    ),
    "school_enquiries:add": Filled("Send", ours, {"step": "all_contacts", **ENQUIRY}, who="sam"),
    "school_enquiries:answer": Filled(
        "Send the answer",
        lambda w, _v: {"enquiry": of_enquiry(w, "friends")["enquiry"]},
        {"result": "nothing_known", "words": "Nobody knows."},
        who="sam",
    ),
    "record:tell": Filled("Save", ours, {"was_told": "no", "words": WHY, **TODAY}),
    "record:complain": Filled(
        "Save",
        ours,
        {
            **{name.replace("on_", "came_on_", 1): value for name, value in TODAY.items()},
            "complainant": "parent",
            "words": WHY,
        },
    ),
    "record:answer": Filled("Save the answer", complaint, {"answer": WHY, **TODAY}),
    "record:make_file": Filled("Make the file", with_stated_reason, {"why": WHY}),
    "sharing:add": Filled(
        "Save",
        ours,
        {"decision": "not", "whom": "A caller", "contents": "Where", "why": WHY, **TODAY},
    ),
    "sharing:ask": Filled(
        "Make the request", lambda w, v: {**ours(w, v), "step": "housing"}, REQUEST
    ),
    "sharing:new": Filled("Make the pack", lambda _w, _v: {"step": "sen"}, REQUEST),
    "sharing:withdraw": Filled("Withdraw it", line, {"words": WHY}),
    "sharing:replies": Filled("Save the replies", pack, answers_to_pack),
    "letters:write": Filled(
        "Make the letter",
        lambda w, v: {**ours(w, v), "kind": "first"},
        {"way": "email", "email": "parent@home.example"},
    ),
    "letters:new": Filled(
        "Make the letters",
        lambda *_: {},
        {"kind": "chaser"},
        query=lambda w: f"?case={w.ours.ref}",
    ),
    "letters:became": Filled("Save", visit_notice, {"fate": "arrived"}),
    "letters:heard": Filled(
        "Save", ours, {"means": "telephone", "told_by": "A parent", "where": "home_educated"}
    ),
    "letters:answer": Filled(
        "Send",
        lambda w, _v: {"key": w.letter_key},
        {
            "told_by": "A parent",
            "where": "home_educated",
            "born_day": "1",
            "born_month": "2",
            "born_year": "2015",
        },
    ),
    "admissions:tell": Filled("Send", answers=FAMILY, who="sam"),
    "admissions:family": Filled(
        "I take note of this",
        lambda *_: {"ref": Family.objects.latest("pk").ref},
        {"remark": WHY},
        who="ada",
    ),
    "diary:make": Filled("Make an address", page="diary:diary"),
    "messages:choose": Filled("Save", answers={"how_often": "daily"}),
    "diary:withdraw": Filled("Withdraw the address", with_feed, page="diary:diary"),
    "agencies:add": Filled("Add", answers={"name": "Made-up charity"}),
    "agencies:agency": Filled("Save", agency, {"phone": "020 7946 0001"}),
    "agencies:give_code": Filled("Make it", agency, {"person": "Nell Nurse"}),
    "agencies:end_code": Filled(
        "End the code of Hetty Visitor",
        lambda w, v: {**agency(w, v), "pk": Code.objects.get().pk},
        page="agencies:agency",
    ),
    "advice:ask_for_checks": Filled("Send", answers=CHECKS, who="sam"),
    "advice:ask_for_checks_of_pupil": Filled(
        "Send",
        lambda w, _v: {"child": w.ours.child.ref},
        {"wanted": ["new_school"], "account": "Nobody answers.", **LAST_DAY},
        who="sam",
    ),
    "advice:check": Filled(
        "Answer the school",
        lambda *_: {"ref": FurtherCheck.objects.get().ref},
        {"outcome": "located", "why": WHY},
    ),
    "enquiries:record_visit": Filled(
        "Save the visit",
        ours,
        {**SEEN, "words": WHY, "result": "nothing_known"},
    ),
    "advice:add_pupil_message": Filled(
        "Save", with_authorities, {"authority": "304", "surname": "Dunnockly"}
    ),
    "advice:pupil_message": Filled(
        "Answer the authority",
        lambda *_: {"ref": PupilMessage.objects.get().ref},
        {"answer": "not_known", "method": "s2s"},
    ),
    "advice:read_answer": Filled(
        "I have read this answer", answered_check, page="advice:school_check", who="sam"
    ),
    "advice:school_check": Filled("Refer the child", check_to_refer, who="sam"),
    "advice:roll_question": Filled("Ask", answers=ROLL_QUESTION),
    "advice:roll_question_by_code": Filled("Ask", answers=with_code),
    "advice:roll_answer": Filled("Refer the child", answer_about_roll, who="sam"),
    "referrals:start_record": Filled(
        "Keep this", lambda *_: {"kind": "poor_attendance"}, START_RECORD, who="sam"
    ),
    "referrals:start_record_of_pupil": Filled(
        "Keep this",
        lambda w, _v: {"kind": "poor_attendance", "child": w.ours.child.ref},
        SEEN_THERE,
        who="sam",
    ),
    "referrals:start_recorded": Filled("Now refer this child", call_written_down, who="sam"),
    "referrals:quarantined": Filled(
        "Save the answer",
        lambda *_: {"sender": Quarantine.objects.get().sender},
        {"which": "all", "answer": "refuse", "why": WHY},
        who="mo",
    ),
    "referrals:refer": Filled("Continue", answers=WORRY),
    "referrals:form": Filled("Send", referral),
    "referrals:professional": Filled("Continue", answers=REASONED),
    "referrals:professional_form": Filled(
        "Send", of_professional, {"missing_why": "It cannot wait."}
    ),
    "referrals:pupil": Filled("Continue", lambda w, _v: {"child": w.ours.child.ref}, who="sam"),
    "referrals:pupil_form": Filled("Continue", begun("pupil", {}), REASONED, who="sam"),
    "referrals:school_new": Filled("Continue", answers=REASONED, who="sam"),
    "referrals:school_form": Filled(
        "Continue",
        begun("school_new", REASONED, "child"),
        {**CHILD, "sex": "F"},
        who="sam",
    ),
    "referrals:typed": Filled("Continue", answers=CAME),
    "referrals:typed_form": Filled("Continue", begun("typed", CAME), WORRY),
    "referrals:add_update": Filled(
        "Send", lambda w, _v: {"key": w.status_key}, {"text": "He is back at school."}
    ),
    "drafts:link": Filled("Go on here", lambda w, _v: {"key": w.draft_key}),
    "referrals:own_add": Filled(
        "Send", lambda *_: {"ref": OF_SCHOOL}, {"text": "He is back at school."}, who="sam"
    ),
    "referrals:lost_link": Filled("Send me the link", answers={"reference": AT_THE_HUB}),
    "referrals:report": Filled("I have received it", lambda *_: {"ref": OF_SCHOOL}, who="hal"),
    "referrals:report_mistake": Filled(
        "Nobody here has received it", received_report, {"why": WHY}, who="hal"
    ),
    "referrals:information": Filled(
        "Save",
        lambda *_: {"ref": AT_THE_HUB},
        {"happening": "received", "audience": "family", "channel": "not_told", "why": WHY},
        who="mo",
    ),
    "referrals:answered": Filled(
        "Save", lambda *_: {"ref": AT_THE_HUB}, {"gives": ["home_visit"], "words": WHY}, who="mo"
    ),
    "referrals:read": Filled(
        "I have read it", lambda *_: {"ref": AT_THE_HUB}, who="mo", page="referrals:referral"
    ),
    "referrals:take_on": Filled(
        "I look at it", lambda *_: {"ref": AT_THE_HUB}, who="mo", page="referrals:referral"
    ),
    "referrals:put_down": Filled("I put it down", looked_at, who="mo", page="referrals:referral"),
    "referrals:decide": Filled(
        "Save the decision",
        lambda *_: {"ref": AT_THE_HUB},
        {**CHECKED, "decision": "no_action", "why": WHY},
        who="mo",
    ),
    "referrals:joined": Filled(
        "Take it into the case",
        lambda *_: {"ref": TO_WORKER},
        page="referrals:referral",
    ),
    "referrals:to_hub": Filled("Send to the hub", ours, {"worry": WHY, "urgent": "no"}),
    "referrals:read_notices": Filled("I have read of these", notice, page="referrals:notices"),
    "referrals:grade": Filled("Save", lambda *_: {"ref": AT_THE_HUB}, {"grade": "red"}, who="mo"),
    "referrals:receipt": Filled(
        "Save",
        lambda *_: {"ref": SENT_ON, "number": 1},
        {"name": "A. Officer", **TODAY},
        who="mo",
    ),
    "referrals:outcome": Filled(
        "Save", lambda *_: {"ref": RECEIVED, "number": 1}, {"words": "He is back."}, who="mo"
    ),
    "referrals:sent": Filled("I have this", sent(SENT_ON), who="cat"),
    "referrals:sent_outcome": Filled("Save", sent(RECEIVED), {"words": "He is back."}, who="cat"),
    "referrals:sent_turn_back": Filled("Back to the hub", sent(SENT_ON), {"why": WHY}, who="cat"),
    "referrals:sent_not_taken": Filled(
        "Nobody here has this", sent(RECEIVED), {"why": WHY}, who="cat"
    ),
    "referrals:receipt_mistake": Filled(
        "Take it back", lambda *_: {"ref": RECEIVED, "number": 1}, {"why": WHY}, who="mo"
    ),
    "referrals:acceptance_mistake": Filled("Take it back", accepted, {"why": WHY}),
    "referrals:accept": Filled(
        "Accept",
        lambda *_: {"ref": HANDED_OVER, "number": 1},
        {"child": "new", "sex": "U", "because": WHY},
    ),
    "referrals:open_again": Filled(
        "Open it again", lambda *_: {"ref": SENT_ON, "number": 1}, {"why": WHY}, who="mo"
    ),
    "referrals:turn_back": Filled(
        "Turn it back", lambda *_: {"ref": HANDED_OVER, "number": 1}, {"why": WHY}
    ),
    "school_upload": Filled("Send", files=LEAVERS, who="sam"),
    "school_columns": Filled("Continue", lambda w, v: columns(w, v, by="sam"), COLUMNS, who="sam"),
    "messages:again": Filled(
        "Try all of them again", refused_message, who="ari", page="messages:outbox"
    ),
    "weekly_read": Filled("I have read this report", unread, page="weekly_report"),
    "schools:load": Filled("Load", files={"gias.csv": GIAS.encode("cp1252")}, who="max"),
    "schools:terms": Filled("Load", files=TERMS, who="max"),
}


def fill_in(world: World, route: str) -> tuple[Visitor, FilledIn]:
    """Open the page that has the form as who sends it, and fill it in."""
    form = FORMS[route]
    visitor = Visitor(getattr(world.people, form.who))
    arguments = form.setting(world, visitor)
    whole = {} if form.page in {"account", "cases:register"} else dict(arguments)
    if form.page == "agencies:agency":
        whole.pop("pk")
    if form.page == "casefile:case":
        whole = {"ref": whole["ref"]}
    query = form.query(world) if callable(form.query) else form.query
    visitor.open(reverse(form.page or route, kwargs=whole) + query)
    return visitor, filled_in(world, route, visitor)


def filled_in(world: World, route: str, visitor: Visitor, **answers: str) -> FilledIn:
    """Fill in the form on the page that is open, with other answers where some are given."""
    form = FORMS[route]
    usual = form.answers(world) if callable(form.answers) else form.answers
    return visitor.fill_in(form.button, files=dict(form.files), **{**usual, **answers})
