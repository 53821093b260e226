"""Pages of the office: one's own account, the audit trail, schools, and the weekly report."""

from django.utils import timezone

from onroll.diary.actions import make_feed
from onroll.reports.models import WeeklyReport
from tests.routes.route import Route

ROUTES: dict[str, Route] = {
    "account_role": Route(
        seen=lambda _world, _user: {}, posted=lambda _world, user: {"role": user.role or ""}
    ),
    "account_reset_password_from_key": Route(seen=lambda *_: {"uidb36": "1", "key": "x-y"}),
    "mfa_remove_webauthn": Route(seen=lambda *_: {"pk": 1}),
    "mfa_edit_webauthn": Route(seen=lambda *_: {"pk": 1}),
}
ROUTES["diary:feed"] = Route(
    seen=lambda world, _user: {"key": make_feed(user=world.people.olive, at=timezone.now())},
    never={"key": "x-y"},
)
for name in ("weekly_report", "weekly_read", "weekly_sheet", "weekly_pdf"):
    ROUTES[name] = Route(
        seen=lambda _world, _user: {"ref": WeeklyReport.objects.get().ref},
        never={"ref": "222-222-222"},
    )
ROUTES["schools:school"] = Route(seen=lambda *_: {"number": "3102001"}, never={"number": "9999999"})
ROUTES["audit"] = Route(seen=lambda *_: {}, posted=lambda *_: {"kind": "", "actor": "", "day": ""})
