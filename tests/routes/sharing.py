"""Pages about what was shared: the log of a case, requests, and packs."""

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.sharing.models import Disclosure
from tests.routes.route import Arguments, Route, of_case
from tests.routes.world import World

NONE = "222-222-222"


def _line(case: Case | None) -> Arguments | None:
    """Return the line that somebody wrote on a case by hand."""
    if case is None:
        return None
    line = Disclosure.objects.filter(case=case, pack__isnull=True).first()
    return {"ref": case.ref, "line": line.ref if line else NONE}


def _pack(case: Case | None) -> Arguments | None:
    """Return the pack of a case."""
    if case is None:
        return None
    line = Disclosure.objects.filter(case=case, pack__isnull=False).first()
    return {"pack": line.pack.ref} if line and line.pack else None


def _seen_pack(world: World, user: User) -> Arguments | None:
    return None if user in {*world.staff, world.people.tess} else _pack(world.ours)


OF_LINE = Route(
    seen=lambda world, user: _line(world.case_for(user)),
    unseen=lambda world, user: _line(world.other_case(user)),
    never={"ref": NONE, "line": NONE},
)
OF_PACK = Route(
    seen=_seen_pack,
    unseen=lambda world, user: _pack(world.other_case(user)),
    never={"pack": NONE},
)
ROUTES: dict[str, Route] = {
    **{f"sharing:{name}": of_case() for name in ("sharing", "add", "choose")},
    "sharing:ask": of_case(step="housing"),
    **{f"sharing:{name}": OF_LINE for name in ("line", "withdraw")},
    **{f"sharing:{name}": OF_PACK for name in ("pack", "pdf", "text", "replies")},
    "sharing:new": Route(seen=lambda _world, _user: {"step": "sen"}, never={"step": "nobody"}),
}
