"""Pages about what somebody sent: files, their records, and what is to be settled of them."""

from onroll.accounts.models import User
from onroll.intake.models import Upload
from tests.routes.route import Arguments, Route, of_file
from tests.routes.world import World


def _upload(world: World, user: User) -> Arguments | None:
    """Return what this person sent together; for who sees all files what Olive sent."""
    sender = world.people.olive if user.role in {"loc", "mgr", "ana"} else user
    found = Upload.objects.filter(by=sender).first()
    return {"ref": found.ref} if found else None


ROUTES = {
    name: of_file(**more)
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
        seen=_upload,
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
ROUTES["intake:again"] = Route(seen=lambda *_: {"ref": "222-222-222", "number": 0})
