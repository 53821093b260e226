"""What the crawler puts into addresses, and the small world it walks through.

Whoever adds a page with something in its address adds a line to ROUTES: the route's name, and what
goes into the address for (1) a thing the person can see, (2) a thing that is there but out of their
sight, (3) a thing that never was. Whoever adds something secret to the world adds a Canary.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import Any

from django.core import signing
from django.utils import timezone

from onroll.accounts.models import User
from onroll.accounts.roles import SCHOOL_ROLES
from onroll.accounts.sides import SIGNED_IN, Side
from onroll.admissions import actions as admissions
from onroll.admissions.actions import ChildFacts as FamilyChild
from onroll.admissions.models import Family
from onroll.advice import actions as advice
from onroll.advice.actions.further_checks import CheckFacts
from onroll.advice.models import FurtherCheck, RollQuestion
from onroll.advice.queries import Asker
from onroll.advice.views.roll_question import SALT as ROLL_SALT
from onroll.agencies import actions as agencies
from onroll.agencies.models import Agency, Code
from onroll.audit.actions import acting
from onroll.cases import actions as cases
from onroll.cases.models import Case, Note
from onroll.cases.queries import Typed
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Address, Child, Merge, NotSame, PlaceKind, SourceKind
from onroll.documents import queries as documents
from onroll.documents.tasks import copy_pictures
from onroll.drafts.actions import make_link, start_draft
from onroll.drafts.authors import Author
from onroll.drafts.models import Draft
from onroll.duplicates import actions as duplicates
from onroll.intake import actions as intake
from onroll.intake import tasks
from onroll.intake.models import ListKind, Transfer, Upload
from onroll.lists.models import Finding
from onroll.referrals import actions as referrals
from onroll.referrals.codes import Decision
from onroll.referrals.facts import (
    ChildWords,
    EnquiryWords,
    FileWords,
    GroupWords,
    ReferralFacts,
    RiskWords,
    StartWords,
)
from onroll.referrals.models import (
    HubDecision,
    Quarantine,
    Referral,
    ReferralFile,
    ReferralUpdate,
    StartRecord,
)
from onroll.reports.actions import issue_weekly
from onroll.reports.models import WeeklyReport
from onroll.reports.queries import last_finished
from onroll.rules.roll_question import Purpose
from onroll.rules.school_reports import Concern
from onroll.rules.start_records import Kind
from onroll.schools.actions import add_staff
from onroll.schools.models import School
from tests import files
from tests import people as persons
from tests.agencies.made import confirmed_agency
from tests.documents.made import photo
from tests.people import People
from tests.proof import as_form, facts
from tests.referrals.made import decide, flood
from tests.world import school

Arguments = dict[str, Any]
SEES_ALL = {"loc", "mgr", "mash"}

AT_THE_HUB, HANDED_OVER, OF_SCHOOL = "666-777-888", "777-888-999", "888-999-222"
FLOODED = "888-999-AAA"
SENT_ON, RECEIVED, TO_WORKER = "222-999-222", "999-222-333", "999-333-444"


@dataclass(frozen=True)
class Canary:
    """A text that stands once in the world, and who may ever be shown it."""

    text: str
    may_see: Callable[[User | None], bool]


@dataclass(frozen=True)
class World:
    """Two schools, a child on the register from each, and everyone."""

    people: People
    ours: Case
    theirs: Case
    our_file: str
    their_file: str
    status_key: str = ""
    """The key of a private link to a referral."""
    draft_key: str = ""
    """The key of a private link to a form that is not sent."""
    canaries: list[Canary] = field(default_factory=list)
    marks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What tells each child on record from the others, by key: surname, street, notes."""

    @property
    def staff(self) -> set[User]:
        """Return who sees the referral that a school made: its staff, and its trust's."""
        return {self.people.sam, self.people.mat}

    def case_for(self, user: User) -> Case:
        """Return a case in this person's sight: their school's, or one they work on."""
        return self.theirs if user == self.people.tess else self.ours

    def file_for(self, user: User) -> str | None:
        """Return a file this person may open: a school its own, those who load files any."""
        if user == self.people.tess:
            return self.their_file
        return self.our_file if user.role in {"sch", "mat", "loc", "mgr"} else None

    def other_file(self, user: User) -> str | None:
        """Return a file out of this person's sight; nothing for those who see them all."""
        if user.role in {"loc", "mgr"}:
            return None
        return self.our_file if user == self.people.tess else self.their_file

    def other_case(self, user: User) -> Case | None:
        """Return a case out of this person's sight; nothing for those who see them all."""
        if user.role in SEES_ALL:
            return None
        return self.ours if user == self.people.tess else self.theirs


@dataclass(frozen=True)
class Route:
    """What goes into one route's address. `posted` is a form that would be taken as it is."""

    seen: Callable[[World, User], Arguments | None]
    unseen: Callable[[World, User], Arguments | None] = lambda _world, _user: None
    never: Arguments | None = None
    posted: Callable[[World, User], Mapping[str, str]] = lambda _world, _user: {}


def _case(**more: Any) -> Route:
    def unseen(world: World, user: User) -> Arguments | None:
        other = world.other_case(user)
        return {"ref": other.ref, **more} if other else None

    return Route(
        seen=lambda world, user: {"ref": world.case_for(user).ref, **more},
        unseen=unseen,
        never={"ref": "222-222-222", **more},
    )


def _child(**more: Any) -> Route:
    def unseen(world: World, user: User) -> Arguments | None:
        other = world.other_case(user)
        return {"ref": other.child.ref, **more} if other else None

    return Route(
        seen=lambda world, user: {"ref": world.case_for(user).child.ref, **more},
        unseen=unseen,
        never={"ref": "222-222-222", **more},
    )


def _file(**more: Any) -> Route:
    def at(ref: str | None) -> Arguments | None:
        return {"ref": ref, **more} if ref else None

    return Route(
        seen=lambda world, user: at(world.file_for(user)),
        unseen=lambda world, user: at(world.other_file(user)),
        never={"ref": "222-222-222", **more},
    )


def _upload(world: World, user: User) -> Arguments | None:
    """Return what this person sent together; for who sees all files what Olive sent."""
    sender = world.people.olive if user.role in {"loc", "mgr", "ana"} else user
    found = Upload.objects.filter(by=sender).first()
    return {"ref": found.ref} if found else None


def _referral(ref: str) -> Callable[[World, User], Arguments]:
    """Return what goes into the address of a referral of the world and of its first child."""
    return lambda _world, _user: {"ref": ref, "number": 1}


def _sent_to_attendance(ref: str) -> Route:
    """Return the route of what the hub decided of a referral's first child: the court officer's."""

    def at(is_theirs: bool) -> Arguments | None:
        return {"ref": HubDecision.objects.get(entry__referral__ref=ref).ref} if is_theirs else None

    return Route(
        seen=lambda _world, user: at(user.role == "cao"),
        unseen=lambda _world, user: at(user.role != "cao"),
        never={"ref": "222-222-222"},
    )


def _draft(user: User | None) -> Arguments | None:
    """Return a form this person has not finished; nothing for who has none."""
    draft = Draft.objects.filter(author=user, kind="cases:new_child").first() if user else None
    return {"ref": draft.ref, "page": "form"} if draft else None


def _pupil_form(user: User | None) -> Arguments | None:
    """Return a form about a pupil that this person has not sent; nothing for who has none."""
    draft = Draft.objects.filter(author=user, kind="referrals:pupil_form").first()
    return {"ref": draft.ref, "page": "pupil"} if draft else None


def _clock(case: Case) -> Arguments:
    first = case.deadlines.filter().order_by("pk").first()
    return {"ref": case.ref, "pk": first.pk if first else 0}


ROUTES: dict[str, Route] = {
    "account_role": Route(
        seen=lambda _world, _user: {}, posted=lambda _world, user: {"role": user.role or ""}
    ),
    "account_reset_password_from_key": Route(seen=lambda *_: {"uidb36": "1", "key": "x-y"}),
    "mfa_remove_webauthn": Route(seen=lambda *_: {"pk": 1}),
    "mfa_edit_webauthn": Route(seen=lambda *_: {"pk": 1}),
    **{f"casefile:{name}": _case() for name in ("case", "case_child", "chronology", "team")},
    **{
        f"cases:{name}": _case()
        for name in (
            *("join", "note", "assign", "take", "close", "reopen", "reasons", "review_risks"),
        )
    },
    "cases:move": _case(move="start-enquiries"),
    "cases:settle": _case(pk=0),
    "cases:close_as": _case(outcome="on-roll"),
    **{
        name: Route(
            seen=lambda world, user: _clock(world.case_for(user)),
            unseen=lambda world, user: (
                _clock(other) if (other := world.other_case(user)) is not None else None
            ),
            never={"ref": "222-222-222", "pk": 1},
        )
        for name in ("cases:meet_clock", "cases:review")
    },
    "cases:download": Route(seen=lambda *_: {"kind": "csv"}),
    "cases:forget_view": Route(seen=lambda *_: {"pk": 0}),
    "casefile:found": Route(seen=lambda *_: {"handle": "nothing-kept"}),
    "casefile:school_found": Route(
        seen=lambda *_: {"handle": "nothing-kept"}, never={"handle": "nothing-kept"}
    ),
    "casefile:child": _child(),
    "children:start": _child(),
    "children:correct": _child(part="name"),
    "cases:add": Route(seen=lambda *_: {"handle": "nothing-kept"}),
    "cases:new_child": Route(
        seen=lambda world, user: _draft(user),
        unseen=lambda world, user: (
            _draft(world.people.olive) if user != world.people.olive else None
        ),
        never={"ref": "222-222-222", "page": "check"},
    ),
    "cases:open_for_child": Route(
        seen=lambda world, user: {
            "handle": "nothing-kept",
            "child": world.case_for(user).child.ref,
        }
    ),
}
for name in ("weekly_report", "weekly_read", "weekly_sheet", "weekly_pdf"):
    ROUTES[name] = Route(
        seen=lambda _world, _user: {"ref": WeeklyReport.objects.get().ref},
        never={"ref": "222-222-222"},
    )
ROUTES |= {
    name: _file(**more)
    for name, more in {
        "intake:transfer": {},
        "intake:as_it_came": {},
        "intake:record": {"number": 1},
        "intake:progress": {},
        "intake:columns": {},
        "school_file": {},
        "school_progress": {},
        "school_columns": {},
    }.items()
}
for name in ("intake:uploaded", "school_uploaded"):
    ROUTES[name] = Route(
        seen=lambda world, user: _upload(world, user),
        unseen=lambda world, user: (
            None if user.role in {"loc", "mgr", "ana"} else _upload(world, world.people.olive)
        ),
        never={"ref": "222-222-222"},
    )
ROUTES["intake:settle"] = Route(
    seen=lambda world, _user: {"ref": world.our_file, "number": 2},
    never={"ref": "222-222-222", "number": 2},
)
ROUTES["intake:confirm"] = Route(
    seen=lambda world, _user: {"ref": world.our_file, "number": 3},
    posted=lambda *_: {"answer": "case", "why": "Nobody can confirm it."},
    never={"ref": "222-222-222", "number": 3},
)
ROUTES["duplicates:perhaps_same"] = Route(
    seen=lambda world, _user: {"ref": world.ours.child.ref},
    never={"ref": "222-222-222"},
    posted=lambda world, _user: {"ref": world.theirs.child.ref},
)
ROUTES["duplicates:propose"] = Route(
    seen=lambda world, _user: {"ref": world.ours.child.ref, "other": world.theirs.child.ref},
    never={"ref": "222-222-222", "other": "333-333-333"},
    posted=lambda *_: {"answer": "two", "why": "Two births."},
)
ROUTES["duplicates:merge"] = Route(
    seen=lambda *_: {"pk": Merge.objects.get().pk},
    never={"pk": 0},
    posted=lambda *_: {"answer": "agree", "why": "One passport."},
)
ROUTES["lists:finding"] = Route(
    seen=lambda _world, _user: {"pk": Finding.objects.get().pk},
    posted=lambda *_: {"answer": "on_roll"},
    never={"pk": 0},
)
ROUTES["lists:finding_place"] = Route(
    seen=lambda *_: {"pk": Finding.objects.get().pk, "way": "on-roll"},
    posted=lambda *_: {**as_form(facts(on=timezone.localdate())), "why": "The school says so."},
    never={"pk": 0, "way": "on-roll"},
)
ROUTES["duplicates:apart"] = Route(
    seen=lambda *_: {"pk": NotSame.objects.get().pk},
    never={"pk": 0},
    posted=lambda *_: {"why": "One birth certificate."},
)
for name, ref in (
    *((name, AT_THE_HUB) for name in ("referral", "waiting", "take_on", "grade", "decide")),
    *((name, AT_THE_HUB) for name in ("read", "information")),
    *((name, HANDED_OVER) for name in ("accept", "turn_back")),
    ("receipt", SENT_ON),
    ("open_again", SENT_ON),
    ("joined", TO_WORKER),
    ("outcome", RECEIVED),
):
    ROUTES[f"referrals:{name}"] = Route(
        seen=_referral(ref), never={"ref": "222-222-222", "number": 1}
    )
ROUTES["referrals:to_hub"] = _case()
for name in ("agency", "give_code"):
    ROUTES[f"agencies:{name}"] = Route(
        seen=lambda *_: {"ref": Agency.objects.get().ref}, never={"ref": "222-222-222"}
    )
ROUTES["agencies:end_code"] = Route(
    seen=lambda *_: {"ref": Agency.objects.get().ref, "pk": Code.objects.get().pk},
    never={"ref": "222-222-222", "pk": 0},
)
ROUTES["admissions:family"] = Route(
    seen=lambda world, user: (
        {
            "ref": Family.objects.get(
                sent_by=user if user in (world.people.sam, world.people.tess) else world.people.sam
            ).ref
        }
        if user.role in {"adm", "loc", "mgr", "sen", "sch"}
        else None
    ),
    unseen=lambda world, user: (
        {"ref": Family.objects.get(sent_by=world.people.sam).ref}
        if user.role not in {"adm", "loc", "mgr", "sen"} and user != world.people.sam
        else None
    ),
    never={"ref": "222-222-222"},
)
ROUTES["advice:check"] = Route(
    seen=lambda *_: {"ref": FurtherCheck.objects.get().ref}, never={"ref": "222-222-222"}
)
ROUTES["advice:school_check"] = ROUTES["advice:read_answer"] = Route(
    seen=lambda world, user: (
        {"ref": FurtherCheck.objects.get().ref} if user != world.people.tess else None
    ),
    unseen=lambda world, user: (
        {"ref": FurtherCheck.objects.get().ref} if user == world.people.tess else None
    ),
    never={"ref": "222-222-222"},
)
ROUTES["advice:roll_answer"] = Route(
    seen=lambda *_: {"key": signing.dumps(RollQuestion.objects.get().ref, salt=ROLL_SALT)},
    never={"key": "x-y"},
)
ROUTES["referrals:start_record"] = Route(
    seen=lambda *_: {"kind": "poor_attendance"}, never={"kind": "never_there"}
)
ROUTES["referrals:start_recorded"] = Route(
    seen=lambda world, user: (
        {"ref": StartRecord.objects.get().ref}
        if user.role in SEES_ALL or user == world.people.sam
        else None
    ),
    unseen=lambda world, user: (
        None
        if user.role in SEES_ALL or user == world.people.sam
        else {"ref": StartRecord.objects.get().ref}
    ),
    never={"ref": "222-222-222"},
)
for name in ("form", "professional_form", "school_form", "typed_form"):
    ROUTES[f"referrals:{name}"] = Route(seen=lambda *_: {"ref": "222-222-222", "page": "form"})
ROUTES["referrals:pupil_form"] = Route(
    seen=lambda _world, user: _pupil_form(user),
    unseen=lambda world, user: _pupil_form(world.people.sam) if user != world.people.sam else None,
    never={"ref": "222-222-222", "page": "pupil"},
)
ROUTES["referrals:pupil"] = ROUTES["advice:ask_for_checks_of_pupil"] = Route(
    seen=lambda world, user: {"child": world.case_for(user).child.ref},
    unseen=lambda world, user: (
        {"child": other.child.ref} if (other := world.other_case(user)) is not None else None
    ),
    never={"child": "222-222-222"},
)
ROUTES["referrals:start_record_of_pupil"] = Route(
    seen=lambda world, user: {"kind": "call", "child": world.case_for(user).child.ref},
    unseen=lambda world, user: (
        {"kind": "call", "child": other.child.ref}
        if (other := world.other_case(user)) is not None
        else None
    ),
    never={"kind": "call", "child": "222-222-222"},
)
ROUTES["referrals:file"] = ROUTES["referrals:picture"] = Route(
    seen=lambda *_: {"ref": AT_THE_HUB, "number": ReferralFile.objects.get().pk},
    never={"ref": AT_THE_HUB, "number": 0},
)
ROUTES["referrals:quarantined"] = Route(
    seen=lambda *_: {"sender": Quarantine.objects.get().sender},
    never={"sender": "0000000000000000"},
)
ROUTES["referrals:received"] = Route(
    seen=lambda world, _user: {"key": world.status_key}, never={"key": "x-y"}
)
ROUTES["referrals:status"] = ROUTES["referrals:add_update"] = ROUTES["referrals:received"]
ROUTES["drafts:link"] = Route(
    seen=lambda world, _user: {"key": world.draft_key}, never={"key": "x-y"}
)
for name in ("own_status", "own_add"):
    ROUTES[f"referrals:{name}"] = Route(
        seen=lambda world, user: {"ref": OF_SCHOOL} if user in world.staff else None,
        unseen=lambda world, user: None if user in world.staff else {"ref": OF_SCHOOL},
        never={"ref": "222-222-222"},
    )
ROUTES["referrals:report"] = Route(seen=lambda *_: {"ref": OF_SCHOOL}, never={"ref": "222-222-222"})
ROUTES["referrals:sent"] = ROUTES["referrals:sent_turn_back"] = _sent_to_attendance(SENT_ON)
ROUTES["referrals:sent_outcome"] = _sent_to_attendance(RECEIVED)
ROUTES["referrals:update_file"] = ROUTES["referrals:update_picture"] = Route(
    seen=lambda *_: {"ref": AT_THE_HUB, "pk": ReferralUpdate.objects.get().pk},
    never={"ref": AT_THE_HUB, "pk": 0},
)
ROUTES["referrals:question"] = Route(
    seen=lambda *_: {"asker": "school", "code": "which"},
    never={"asker": "school", "code": "never_there"},
)
ROUTES["referrals:end"] = Route(
    seen=lambda *_: {"asker": "anyone", "code": "own_child", "answer": "yes"},
    never={"asker": "anyone", "code": "own_child", "answer": "no"},
)
ROUTES["intake:again"] = Route(seen=lambda *_: {"ref": "222-222-222", "number": 0})
ROUTES["schools:school"] = Route(seen=lambda *_: {"number": "3102001"}, never={"number": "9999999"})
ROUTES["cases:move_clock"] = ROUTES["cases:meet_clock"]
ROUTES["audit"] = Route(seen=lambda *_: {}, posted=lambda *_: {"kind": "", "actor": "", "day": ""})

# Everything anyone may open without signing in. A line more here is a decision to be argued for.
PUBLIC = {
    "health",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "accessibility",
    "policy_and_law",
    "privacy",
    "theme",
    "home",
    "style",
    "advice:roll_question_by_code",
    "advice:roll_answer",
    "referrals:refer",
    "referrals:form",
    "referrals:professional",
    "referrals:professional_form",
    "drafts:link",
    "referrals:received",
    "referrals:status",
    "referrals:add_update",
    "referrals:lost_link",
    "referrals:link_sent",
    "referrals:start",
    "referrals:question",
    "referrals:end",
}
SIDES = {
    **dict.fromkeys(PUBLIC, frozenset({Side.ANYONE})),
    **dict.fromkeys(
        (
            *("school_home", "school_upload", "school_uploaded", "school_file"),
            *("school_progress", "school_columns"),
            *("school:children", "casefile:school_find", "casefile:school_found"),
            *("advice:school_checks", "advice:school_check", "advice:ask_for_checks"),
            *("advice:ask_for_checks_of_pupil", "advice:read_answer"),
            *("referrals:school", "referrals:pupil", "referrals:pupil_form"),
            *("referrals:school_new", "referrals:school_form"),
            "referrals:start_record_of_pupil",
        ),
        frozenset({Side.SCHOOL}),
    ),
    **dict.fromkeys(
        (
            *("account", "account_stay", "account_role", "reason", "unsent", "casefile:today"),
            *("drafts:unfinished", "advice:roll_question"),
            *("referrals:start_record", "referrals:start_recorded"),
            *("admissions:families", "admissions:family", "admissions:tell"),
            *("drafts:unfinished", "referrals:own", "referrals:own_status", "referrals:own_add"),
            *("account_reauthenticate", "account_change_password", "account_set_password"),
            *("mfa_index", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
            *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
            *("mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn"),
            *("mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn"),
        ),
        frozenset(SIGNED_IN),
    ),
}
"""On which side of the wall each address stands; what is not named here is the council's."""

# Of these even the thing in sight may not be there: an address made up, a form kept in a session.
MAY_BE_GONE = {
    "account_reset_password_from_key",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "intake:again",
    "cases:settle",
    "cases:forget_view",
    "casefile:found",
    "casefile:school_found",
    "cases:add",
    "cases:new_child",
    "cases:open_for_child",
    "cases:move",
    "cases:meet_clock",
    "cases:move_clock",
    "referrals:form",
    "referrals:professional_form",
    "referrals:school_form",
    "referrals:typed_form",
    "referrals:pupil_form",
}


def build() -> World:
    """Make the world."""
    with acting(actor="test"):
        everyone = persons.build()
        ours = school("3102001", "St Ann's")
        theirs = school("3102002", "Elsewhere Primary")
        staff = ((everyone.sam, ours), (everyone.mat, ours), (everyone.tess, theirs))
        for person, at in staff:
            add_staff(user=person, school=at, on=timezone.localdate())
        first = _child_missing(everyone, ours, surname="Quillfeather", street="Owlbarn Row")
        second = _child_missing(everyone, theirs, surname="Zebedeeson", street="Zincwharf Lane")
        for person in everyone.all():
            if person.role not in {role.value for role in SCHOOL_ROLES} | {"ola", "sys", "dpo"}:
                cases.add_member(case=first, user=person, by=everyone.max, at=timezone.now())
        files_in = [
            _leaver_file(number, surname, by=by)
            for number, surname, by in (
                ("2001", "Oystercatch", everyone.sam),
                ("2002", "Yaffleton", everyone.tess),
            )
        ]
        _upload_again(files_in[0], by=everyone.olive)
        _health_list("Wrenfield")
        Address.objects.filter(child=second.child).update(is_protected=True)
        cases.add_note(
            case=first,
            text="Vexillology worries the safeguarding lead",
            by=everyone.mo,
            at=timezone.now(),
            is_safeguarding=True,
        )
        _two_pairs(everyone)
        _unfinished(everyone.olive)
        _pupil_to_refer(everyone.sam, first.child)
        draft_key = _begun_without_account()
        status_key = _referrals(everyone, ours)
        _referred_again(first, worker=everyone.max)
        issue_weekly(
            week_starts_on=last_finished(timezone.localdate()), at=timezone.now(), by=everyone.max
        )
    team = SEES_ALL | {"cao", "sal", "sen"}
    at_ours = {everyone.sam, everyone.mat}
    return World(
        people=everyone,
        ours=first,
        theirs=second,
        our_file=files_in[0].ref,
        their_file=files_in[1].ref,
        status_key=status_key,
        draft_key=draft_key,
        marks=_marks(),
        canaries=[
            Canary("Zebedeeson", lambda u: _is(u, SEES_ALL, {everyone.tess})),
            Canary("Yaffleton", lambda u: _is(u, SEES_ALL, {everyone.tess})),
            Canary("Oystercatch", lambda u: _is(u, SEES_ALL, at_ours)),
            Canary("Wrenfield", lambda u: _is(u, SEES_ALL, set())),
            Canary("Quillfether", lambda u: _is(u, SEES_ALL, {*at_ours, everyone.tess})),
            # Admissions are on the team, and see initials: row 6 says AM.
            Canary("Quillfeather", lambda u: _is(u, team, at_ours)),
            Canary("Owlbarn", lambda u: _is(u, team | {"adm"}, at_ours)),
            Canary("Vexillology", lambda u: _is(u, SEES_ALL, set())),
            Canary("Jackdawson", lambda u: _is(u, SEES_ALL | {"sal"}, at_ours)),
            Canary("Kingfisherly", lambda u: _is(u, SEES_ALL, set())),
            # Who referred: the lead officer states a reason first (row 10).
            Canary("Nightjarrow", lambda u: _is(u, {"mash", "mgr"}, set())),
            Canary("Xanthippe", lambda u: u is not None and u == everyone.olive),
            # A protected address, of a case on which nobody works: nobody's to see (row 8).
            Canary("Zincwharf", lambda _user: False),
        ],
    )


def _said_by(name: str) -> dict[str, Any]:
    """Return all that may come with a referral in somebody's own words and name."""
    on = timezone.localdate()
    return {
        "groups": (GroupWords(group="mobile_family", said_by=name, said_on=on),),
        "enquiries": (EnquiryWords(step="neighbours", on=on, outcome="Nobody knows.", by=name),),
        "risk": RiskWords(answers={}, lead=name, lead_contact=name, manager=name, on=on),
    }


def _unfinished(user: User) -> None:
    """A child whom nobody has finished entering."""
    start_draft(
        kind="cases:new_child",
        title="Add a new child: Xanthippe",
        page="who",
        typed={"forename": ["Xanthippe"], "surname": [""]},
        author=Author(user),
        at=timezone.now() - timedelta(days=1),
    )


def _begun_without_account() -> str:
    """A form that somebody without an account has not sent; return the key of a link to it."""
    draft = start_draft(
        kind="referrals:form",
        title="Tell us",
        page="child",
        typed={"forename": ["Wiltrud"]},
        author=Author(token="another browser"),
        at=timezone.now(),
    )
    return make_link(draft=draft)


def _pupil_to_refer(sam: User, child: Child) -> None:
    """A form about a pupil that the school has not sent."""
    start_draft(
        kind="referrals:pupil_form",
        title="Refer a pupil",
        page="pupil",
        typed={"record_wrong": ["The family name is written otherwise."]},
        author=Author(sam),
        at=timezone.now() - timedelta(days=1),
        about=child.ref,
    )


def _referrals(everyone: People, school: School) -> str:
    """One at the hub, one to be accepted, one that was sent on, and one that is received; return a
    private link's key to the first, to which somebody added a file.
    """
    now, keys = timezone.now(), {}
    for ref, way in (
        (AT_THE_HUB, None),
        (HANDED_OVER, Decision.LEAD_OFFICER),
        (SENT_ON, Decision.ATTENDANCE),
        (RECEIVED, Decision.ATTENDANCE),
    ):
        facts = ReferralFacts(
            relation="neighbour",
            worry="Plays outside all day.",
            referrer_name="Nora Nightjarrow",
            children=(ChildWords(forename="Made-up", surname="Kingfisherly"),),
            files=(FileWords(name="letter.jpg", read=photo),) if ref == AT_THE_HUB else (),
            **_said_by("Nora Nightjarrow") if ref == HANDED_OVER else {},
        )
        referral = referrals.refer(ref=ref, facts=facts, by=None, at=now)
        keys[ref] = referrals.make_link(referral=referral, at=now)
        if way is not None:
            decide(referral, way, by=everyone.mo, at=now)
    received = HubDecision.objects.get(entry__referral=referral)
    referrals.enter_receipt(
        decision=received, name="A. Officer", on=timezone.localdate(), by=everyone.mo, at=now
    )
    flood(FLOODED, at=timezone.localtime())
    referrals.write_start_record(
        words=StartWords(
            kind=Kind.POOR_ATTENDANCE,
            forename="Made-up",
            surname="Sparrowhawkson",
            born_on=None,
            proofs={"place": "Home", "person": "Fay", "seen": "2026-11-20"},
        ),
        by=everyone.sam,
        at=timezone.localtime(),
    )
    for person in (everyone.sam, everyone.tess):
        admissions.tell_of_family(
            facts={"adult": "Fay Fieldfaremother", "phone": "020 7946 0005", "how": "telephone"},
            children=[FamilyChild("Made-up", "Fieldfarely")],
            by=person,
            at=timezone.localtime(),
        )
    agency = confirmed_agency("Health visitors", by=everyone.olive, at=timezone.now())
    agencies.make_code(
        agency=agency, person="Hetty Visitor", by=everyone.olive, at=timezone.localtime()
    )
    today = timezone.localdate()
    advice.ask_for_checks(
        facts=CheckFacts(
            forename="Made-up",
            surname="Bitternson",
            born_on=today.replace(year=today.year - 9, day=1),
            last_attended_on=today,
            wanted=("new_school",),
            account="Nobody answers.",
        ),
        school=School.objects.get(establishment="2001"),
        by=everyone.sam,
        at=timezone.localtime(),
    )
    advice.answer_roll_question(
        typed=Typed("Made-up", "Nobodyson", timezone.localdate().replace(day=1)),
        purpose=Purpose.MET_CHILD,
        asker=Asker(user=everyone.ada),
        at=timezone.localtime(),
    )
    of_school = ReferralFacts(
        relation="professional",
        worry="Not seen for weeks.",
        children=(ChildWords(forename="Made-up", surname="Jackdawson"),),
        concerns=frozenset({Concern.HOME_EDUCATION}),
        school=school.pk,
    )
    referrals.refer(ref=OF_SCHOOL, facts=of_school, by=everyone.sam, at=timezone.now())
    referrals.add_update(
        referral=Referral.objects.get(ref=AT_THE_HUB),
        text="",
        file=("letter.jpg", photo()),
        by=None,
        at=timezone.now(),
    )
    copy_pictures()
    return keys[AT_THE_HUB]


def _referred_again(case: Case, *, worker: User) -> None:
    """A referral of a child with an open case, which went to its worker."""
    Case.objects.filter(pk=case.pk).update(owner=worker)
    child = case.child
    words = ChildWords(forename=child.forename, surname=child.surname, born_on=child.born_on)
    facts = ReferralFacts(relation="neighbour", worry="Plays outside.", children=(words,))
    referrals.refer(ref=TO_WORKER, facts=facts, by=None, at=timezone.now())
    Case.objects.filter(pk=case.pk).update(owner=None)


def _marks() -> dict[int, tuple[str, ...]]:
    """Return of each child the surname, streets and notes that no other child has, by key."""
    texts = {
        child.pk: {
            child.surname,
            *(address.lines[0].partition(" ")[2] for address in child.addresses.all()),
            *Note.objects.filter(case__child=child).values_list("text", flat=True),
        }
        for child in Child.objects.all()
    }
    times = Counter(chain.from_iterable(texts.values()))
    return {pk: tuple(text for text in of if times[text] == 1) for pk, of in texts.items()}


def _two_pairs(everyone: People) -> None:
    """Two records that are proposed as one child, and two that were told apart."""
    today, now = timezone.localdate(), timezone.now()
    source = children.add_source(
        kind=SourceKind.LIST, said_by="A list", said_on=today, at=now, by=everyone.olive
    )
    one, same, other = (
        children.add_child(facts=ChildFacts(forename="Made-up", surname=name), source=source)
        for name in ("Pairwise", "Pairwyse", "Twinfold")
    )
    duplicates.propose_merge(
        target=one, merged=same, why="One passport.", by=everyone.olive, at=now
    )
    duplicates.tell_apart(first=one, second=other, why="Two births.", by=everyone.olive, at=now)


def _upload_again(transfer: Transfer, *, by: User) -> None:
    """The same bytes from somebody else, with an empty file."""
    sent = [intake.Submission("again.xml", documents.content(transfer.document_id)), EMPTY]
    intake.receive_upload(files=sent, by=by, at=timezone.now())


EMPTY = intake.Submission("empty.xml", b"", "file-empty")


def _leaver_file(estab: str, surname: str, *, by: User) -> Transfer:
    """A leaver, one who is nearly the child missing from the school, and one taught at home.

    Sent by the school, with an empty file.
    """
    left, now = timezone.localdate() - timedelta(days=5), timezone.now()

    def leaver(surname: str, years: int, reason: str) -> str:
        return files.pupil(
            surname=surname,
            forename="Made-up",
            born=timezone.localdate().replace(year=left.year - years, day=1),
            estab=estab,
            entry_on=left.replace(year=left.year - 2, day=1),
            left_on=left,
            reason=reason,
        )

    records = [
        leaver(surname, 10, "UK"),
        leaver("Quillfether", 9, "UK"),
        leaver("Ternwick", 11, "EL"),
    ]
    content = files.cml(*records, made=timezone.localdate(), estab=estab)
    sent = [intake.Submission(f"310{estab}_CML_310LLLL_001.xml", content), EMPTY]
    upload = intake.receive_upload(files=sent, by=by, at=now, is_from_school=True)
    item = upload.items.get(rule="")
    return tasks.take_through(item.transfer_id or 0, at=now, actor="test")


def _health_list(surname: str) -> None:
    """A child of school age on a list of the health service, whom no school has."""
    now, today = timezone.now(), timezone.localdate()
    born = today.replace(year=today.year - 7, day=1)
    content = f"Surname,Forename,Date of Birth\n{surname},Made-up,{born}\n".encode()
    kind = ListKind.HEALTH
    received = intake.receive_list(
        content=content, name="health.csv", kind=kind, on=today, how="command", at=now
    )
    tasks.take_through(received.transfer.pk, at=now, actor="test")


def _is(user: User | None, roles: set[str], people: set[User]) -> bool:
    return user is not None and (user.role in roles or user in people)


def _child_missing(everyone: People, school: School, *, surname: str, street: str) -> Case:
    today, now = timezone.localdate(), timezone.now()
    source = children.add_source(
        kind=SourceKind.LIST, said_by=school.name, said_on=today, at=now, by=everyone.olive
    )
    address = AddressFacts(lines=(f"12 {street}",), town="Harrow", postcode="HA1 1AA")
    child = children.add_child(
        facts=ChildFacts(
            forename="Made-up",
            surname=surname,
            born_on=today.replace(year=today.year - 9, day=1),
            addresses=(address,),
        ),
        source=source,
    )
    children.start_place(
        child=child,
        kind=PlaceKind.REGISTERED,
        from_on=today - timedelta(days=400),
        school=school,
        source=source,
        is_confirmed=True,
    )
    return cases.report_child(
        key=f"crawler {surname}",
        child=child,
        reason="unknown_destination",
        because="The school does not know where the child went",
        said_by=school.name,
        by=everyone.olive,
        on=today,
        at=now,
        last=cases.LastSchool(school=school, left_on=today - timedelta(days=20)),
    )
