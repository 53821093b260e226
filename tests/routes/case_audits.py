"""Pages about audits of casework."""

from onroll.accounts.access import may
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.case_audits.models import CaseAudit, SampleCase
from tests.routes.made.case_audits import FIRST, SECOND
from tests.routes.route import Arguments, Route
from tests.routes.world import World

NONE = "222-222-222"


def _audit(user: User, seed: int) -> Arguments | None:
    if not may(user, Permission.CASE_OVERSEE):
        return None
    return {"ref": CaseAudit.objects.get(seed=seed).ref}


def _sample(world: World, user: User) -> Arguments | None:
    if not may(user, Permission.CASE_OVERSEE):
        return None
    row = SampleCase.objects.select_related("audit").get(audit__seed=SECOND, case=world.ours)
    return {"ref": row.audit.ref, "pk": row.pk}


OF_OPEN = Route(seen=lambda _world, user: _audit(user, SECOND), never={"ref": NONE})
OF_HELD = Route(seen=lambda _world, user: _audit(user, FIRST), never={"ref": NONE})
OF_SAMPLE = Route(seen=_sample, never={"ref": NONE, "pk": 9_999_999})
ROUTES: dict[str, Route] = {
    **{f"case_audits:{name}": OF_OPEN for name in ("audit", "references", "end")},
    "case_audits:report": OF_HELD,
    **{f"case_audits:{name}": OF_SAMPLE for name in ("grade", "leave_out", "ask")},
}
