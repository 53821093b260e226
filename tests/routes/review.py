"""Pages about what is to be reviewed: two records of one child, and what whole lists say."""

from django.utils import timezone

from onroll.children.models import Merge, NotSame
from onroll.lists.models import Finding
from tests.proof import as_form, facts
from tests.routes.route import Route

ROUTES: dict[str, Route] = {}
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
