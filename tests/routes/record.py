"""Pages about the record of a case: what is printed, complaints, and files that were made."""

from onroll.cases.models import Case
from onroll.record.models import CaseFile, Complaint
from tests.routes.route import Arguments, Route, of_case, of_child

NONE = "222-222-222"


def _complaint(case: Case | None) -> Arguments | None:
    """Return the complaint about a case."""
    if case is None:
        return None
    row = Complaint.objects.filter(case=case).first()
    return {"ref": case.ref, "complaint": row.ref if row else NONE}


def _file(case: Case | None) -> Arguments | None:
    """Return the file that was made of a case."""
    if case is None:
        return None
    row = CaseFile.objects.filter(case=case).first()
    return {"ref": case.ref, "file": row.ref if row else NONE}


OF_COMPLAINT = Route(
    seen=lambda world, user: _complaint(world.case_for(user)),
    unseen=lambda world, user: _complaint(world.other_case(user)),
    never={"ref": NONE, "complaint": NONE},
)
OF_FILE = Route(
    seen=lambda world, user: _file(world.case_for(user)),
    unseen=lambda world, user: _file(world.other_case(user)),
    never={"ref": NONE, "file": NONE},
)
ROUTES: dict[str, Route] = {
    **{
        f"record:{name}": of_case()
        for name in (
            *("record", "summary", "hand_over", "household", "tell", "complain", "make_file"),
            "history",
        )
    },
    "record:child_history": of_child(),
    **{f"record:{name}": OF_COMPLAINT for name in ("complaint", "answer")},
    **{f"record:{name}": OF_FILE for name in ("case_file", "whole", "redacted")},
}
