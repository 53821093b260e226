"""Pages about a referral: the hub's, its files, and those of who has the child."""

from collections.abc import Callable

from onroll.accounts.models import User
from onroll.referrals.models import HubDecision, Quarantine, ReferralFile, ReferralUpdate
from tests.routes.route import Arguments, Route, of_case
from tests.routes.world import (
    AT_THE_HUB,
    HANDED_OVER,
    OF_SCHOOL,
    RECEIVED,
    SENT_ON,
    TO_WORKER,
    World,
)


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


ROUTES: dict[str, Route] = {}
for name, ref in (
    *((name, AT_THE_HUB) for name in ("referral", "waiting", "take_on", "grade", "decide")),
    ("put_down", AT_THE_HUB),
    *((name, AT_THE_HUB) for name in ("read", "information", "answered")),
    *((name, HANDED_OVER) for name in ("accept", "turn_back", "acceptance_mistake")),
    ("receipt", SENT_ON),
    ("open_again", SENT_ON),
    ("joined", TO_WORKER),
    ("outcome", RECEIVED),
    ("receipt_mistake", RECEIVED),
):
    ROUTES[f"referrals:{name}"] = Route(
        seen=_referral(ref), never={"ref": "222-222-222", "number": 1}
    )
ROUTES["referrals:to_hub"] = of_case()
ROUTES["referrals:file"] = ROUTES["referrals:picture"] = Route(
    seen=lambda *_: {"ref": AT_THE_HUB, "number": ReferralFile.objects.get().pk},
    never={"ref": AT_THE_HUB, "number": 0},
)
ROUTES["referrals:quarantined"] = Route(
    seen=lambda *_: {"sender": Quarantine.objects.get().sender},
    never={"sender": "0000000000000000"},
)
ROUTES["referrals:report"] = Route(seen=lambda *_: {"ref": OF_SCHOOL}, never={"ref": "222-222-222"})
ROUTES["referrals:report_mistake"] = ROUTES["referrals:report"]
ROUTES["referrals:sent"] = ROUTES["referrals:sent_turn_back"] = _sent_to_attendance(SENT_ON)
for name in ("sent_outcome", "sent_not_taken"):
    ROUTES[f"referrals:{name}"] = _sent_to_attendance(RECEIVED)
ROUTES["referrals:update_file"] = ROUTES["referrals:update_picture"] = Route(
    seen=lambda *_: {"ref": AT_THE_HUB, "pk": ReferralUpdate.objects.get().pk},
    never={"ref": AT_THE_HUB, "pk": 0},
)
