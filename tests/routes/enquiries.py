"""Pages about the enquiries of a case, and those of schools."""

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.enquiries.models import Enquiry, EnquiryEntry
from tests.routes.route import Arguments, Route, of_case
from tests.routes.world import World

NONE = "222-222-222"


def _of(case: Case | None, step: str = "sen") -> Arguments | None:
    """Return an enquiry of a case; a made-up one where it has none of the step."""
    if case is None:
        return None
    enquiry = Enquiry.objects.filter(case=case, step=step).first()
    return {"ref": case.ref, "enquiry": enquiry.ref if enquiry else NONE}


def _route(step: str = "sen", **more: object) -> Route:
    def seen(world: World, user: User) -> Arguments | None:
        found = _of(world.case_for(user), step)
        return found and {**found, **more}

    def unseen(world: World, user: User) -> Arguments | None:
        found = _of(world.other_case(user))
        return found and {**found, **more}

    return Route(seen=seen, unseen=unseen, never={"ref": NONE, "enquiry": NONE, **more})


def _file(world: World, user: User) -> Arguments | None:
    entry = EnquiryEntry.objects.get(document__isnull=False)
    found = _of(world.ours, "staff")
    return found and {**found, "pk": entry.pk}


def _of_school(step: str) -> Route:
    def at(world: World, _user: User) -> Arguments:
        return {"enquiry": Enquiry.objects.get(case=world.ours, step=step).ref}

    return Route(
        seen=lambda world, user: at(world, user) if user in world.staff else None,
        unseen=lambda world, user: None if user in world.staff else at(world, user),
        never={"enquiry": NONE},
    )


ROUTES: dict[str, Route] = {
    **{
        f"enquiries:{name}": of_case()
        for name in ("enquiries", "plan", "add", "visit_sheet", "record_visit")
    },
    "enquiries:enquiry": _route(),
    "enquiries:read": _route("staff"),
    "enquiries:act": _route(act="answer"),
    "enquiries:file": Route(seen=_file, never={"ref": NONE, "enquiry": NONE, "pk": 0}),
    "school_enquiries:add": of_case(),
    "school_enquiries:enquiry": _of_school("staff"),
    "school_enquiries:answer": _of_school("friends"),
}
