"""Pages about others who ask the council: agencies, families, checks and questions."""

from django.core import signing

from onroll.admissions.models import Family
from onroll.advice.models import FurtherCheck, PupilMessage, RollQuestion
from onroll.advice.views.roll_question import SALT
from onroll.agencies.models import Agency, Code
from tests.routes.route import Route

ROUTES: dict[str, Route] = {}
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
ROUTES["advice:pupil_message"] = Route(
    seen=lambda *_: {"ref": PupilMessage.objects.get().ref}, never={"ref": "222-222-222"}
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
    seen=lambda *_: {"key": signing.dumps(RollQuestion.objects.get().ref, salt=SALT)},
    never={"key": "x-y"},
)
