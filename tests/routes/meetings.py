"""Pages about meetings of agencies."""

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.meetings.models import AgendaItem, Meeting
from tests.routes.made.meetings import HERE
from tests.routes.route import Arguments, Route

NONE = "222-222-222"


def _meeting(user: User, *, is_open: bool) -> Arguments | None:
    if not may(user, Permission.CASE_ASSIGN):
        return None
    return {"ref": Meeting.objects.get(ended_at__isnull=is_open).ref}


def _item(user: User) -> Arguments | None:
    if not may(user, Permission.CASE_ASSIGN):
        return None
    item = AgendaItem.objects.select_related("meeting").get(meeting__place=HERE)
    return {"ref": item.meeting.ref, "pk": item.pk}


OF_OPEN = Route(seen=lambda _world, user: _meeting(user, is_open=True), never={"ref": NONE})
OF_HELD = Route(seen=lambda _world, user: _meeting(user, is_open=False), never={"ref": NONE})
OF_ITEM = Route(seen=lambda _world, user: _item(user), never={"ref": NONE, "pk": 9_999_999})
ROUTES: dict[str, Route] = {
    **{f"meetings:{name}": OF_OPEN for name in ("meeting", "propose", "add", "agenda", "end")},
    "meetings:minutes": OF_HELD,
    **{f"meetings:{name}": OF_ITEM for name in ("remove", "talk", "decide")},
}
