"""Pages of who refers: the forms, a school's own pupils, start records, and what became of it."""

from onroll.accounts.models import User
from onroll.drafts.models import Draft
from onroll.referrals.models import StartRecord
from tests.routes.route import Arguments, Route
from tests.routes.world import OF_SCHOOL, SEES_ALL


def _pupil_form(user: User | None) -> Arguments | None:
    """Return a form about a pupil that this person has not sent; nothing for who has none."""
    draft = Draft.objects.filter(author=user, kind="referrals:pupil_form").first()
    return {"ref": draft.ref, "page": "pupil"} if draft else None


ROUTES: dict[str, Route] = {}
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
ROUTES["referrals:received"] = Route(
    seen=lambda world, _user: {"key": world.status_key}, never={"key": "x-y"}
)
for name in ("status", "add_update", "answer_risk"):
    ROUTES[f"referrals:{name}"] = ROUTES["referrals:received"]
ROUTES["drafts:link"] = Route(
    seen=lambda world, _user: {"key": world.draft_key}, never={"key": "x-y"}
)
for name in ("own_status", "own_add", "own_risk"):
    ROUTES[f"referrals:{name}"] = Route(
        seen=lambda world, user: {"ref": OF_SCHOOL} if user in world.staff else None,
        unseen=lambda world, user: None if user in world.staff else {"ref": OF_SCHOOL},
        never={"ref": "222-222-222"},
    )
ROUTES["referrals:own_as_sent"] = Route(
    seen=lambda world, user: {"ref": OF_SCHOOL} if user == world.people.sam else None,
    unseen=lambda world, user: None if user == world.people.sam else {"ref": OF_SCHOOL},
    never={"ref": "222-222-222"},
)
ROUTES["referrals:question"] = Route(
    seen=lambda *_: {"asker": "school", "code": "which"},
    never={"asker": "school", "code": "never_there"},
)
ROUTES["referrals:end"] = Route(
    seen=lambda *_: {"asker": "anyone", "code": "own_child", "answer": "yes"},
    never={"asker": "anyone", "code": "own_child", "answer": "no"},
)
