"""Pages about a case, a child on record, and a search for one."""

from collections.abc import Callable

from onroll.accounts.models import User
from onroll.cases.models import ActionPoint, Case, ManagerQuestion, WarningNote
from onroll.drafts.models import Draft
from onroll.glass.models import BreakGlass
from onroll.rules.action_points import Origin
from tests.routes.route import Arguments, Route, of_case, of_child
from tests.routes.world import World


def _draft(user: User | None) -> Arguments | None:
    """Return a form this person has not finished; nothing for who has none."""
    draft = Draft.objects.filter(author=user, kind="cases:new_child").first() if user else None
    return {"ref": draft.ref, "page": "form"} if draft else None


def _clock(case: Case) -> Arguments:
    first = case.deadlines.filter().order_by("pk").first()
    return {"ref": case.ref, "pk": first.pk if first else 0}


def _warning(case: Case) -> Arguments:
    return {"ref": case.ref, "pk": WarningNote.objects.get().pk}


def _member(case: Case) -> Arguments:
    first = case.members.order_by("pk").first()
    return {"ref": case.ref, "pk": first.user_id if first else 0}


def _action_point(case: Case) -> Arguments:
    return {"ref": ActionPoint.objects.filter(case=case).order_by("pk").first().ref}


def _question(case: Case) -> Arguments:
    return {"ref": case.ref, "pk": ManagerQuestion.objects.get(answered_at=None).pk}


def _answer(case: Case) -> Arguments:
    return {"ref": case.ref, "pk": ManagerQuestion.objects.exclude(answered_at=None).get().pk}


def _of_ours(find: Callable[[Case], Arguments]) -> Route:
    """Return the route of a thing on our case."""

    def unseen(world: World, user: User) -> Arguments | None:
        other = world.other_case(user)
        return find(other) if other is not None else None

    return Route(
        seen=lambda world, user: None if user == world.people.tess else find(world.ours),
        unseen=unseen,
        never={"ref": "222-222-222", "pk": 1},
    )


def _no_action(world: World, user: User) -> Arguments | None:
    """Return the action point, for who may not see its case."""
    return _action_point(world.ours) if world.other_case(user) == world.ours else None


def _action_seen(world: World, user: User) -> Arguments | None:
    is_theirs = world.case_for(user) == world.ours and user not in world.staff
    return _action_point(world.ours) if is_theirs else None


def _new_file() -> Arguments:
    return {"ref": ActionPoint.objects.get(origin=Origin.CLOSING).ref}


def _use_of_glass(user: User) -> Arguments | None:
    """Return the use of break-glass, for who reviews it: a manager reviews only those of data
    protection officers, and there is none."""
    return None if user.role == "mgr" else {"ref": BreakGlass.objects.get().ref}


ROUTES: dict[str, Route] = {
    **{f"casefile:{name}": of_case() for name in ("case", "case_child", "chronology", "team")},
    **{
        f"cases:{name}": of_case()
        for name in (
            *("join", "note", "assign", "take", "close", "reopen", "reasons", "missed_change"),
            "review_risks",
            *("see", "police", "warnings", "add_warning"),
            *("see", "risk_level", "ask_manager", "manager_review"),
        )
    },
    **{f"cases:{name}": of_case() for name in ("seal", "unseal", "propose_seal", "decline_seal")},
    "cases:leave_team": _of_ours(_member),
    "glass:review": Route(
        seen=lambda _world, user: _use_of_glass(user),
        never={"ref": "222-222-222"},
    ),
    "cases:action_point": Route(seen=_action_seen, unseen=_no_action, never={"ref": "222-222-222"}),
    "school:new_file": Route(
        seen=lambda world, user: _new_file() if user in world.staff else None,
        unseen=lambda world, user: None if user in world.staff else _new_file(),
        never={"ref": "222-222-222"},
    ),
    "cases:move": of_case(move="start-enquiries"),
    "cases:settle": of_case(pk=0),
    **{
        f"cases:{name}": of_case(kind="lead")
        for name in ("see_alerts", "mute_alerts", "show_alerts_again")
    },
    "cases:answer_worry": of_case(pk=0),
    "cases:tell_care": of_case(pk=0),
    "cases:withdraw_sighting": of_case(pk=0),
    "cases:review_warning": _of_ours(_warning),
    "cases:answer_manager": _of_ours(_question),
    "cases:read_answer": _of_ours(_answer),
    "cases:close_as": of_case(outcome="on-roll"),
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
    "cases:assigned": Route(
        seen=lambda *_: {"handle": "nothing-kept"}, never={"handle": "nothing-kept"}
    ),
    **{
        name: Route(
            seen=lambda world, user: {"pk": user.pk},
            unseen=lambda world, user: (
                {"pk": world.people.max.pk} if user == world.people.olive else None
            ),
            never={"pk": 0},
        )
        for name in ("cases:cover", "cases:end_cover")
    },
    "cases:download": Route(seen=lambda *_: {"kind": "csv"}),
    "cases:forget_view": Route(seen=lambda *_: {"pk": 0}),
    "casefile:found": Route(seen=lambda *_: {"handle": "nothing-kept"}),
    "casefile:school_found": Route(
        seen=lambda *_: {"handle": "nothing-kept"}, never={"handle": "nothing-kept"}
    ),
    "casefile:child": of_child(),
    "children:start": of_child(),
    "children:correct": of_child(part="name"),
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
ROUTES["cases:move_clock"] = ROUTES["cases:meet_clock"]
