"""What school staff see of the register: their own pupils who are on it, as a plain list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.audit import actions as audit
from onroll.cases import queries
from onroll.cases.frame import today
from onroll.schools.queries import school_choice


@needs(Permission.CASE_LIST)
@require_safe
def children(request: HttpRequest) -> HttpResponse:
    """Show the school's own pupils, on roll or gone within twelve months, with an open case."""
    user = me(request)
    choice = school_choice(me(request), request.GET.get("school", ""))
    pupils = queries.our_children(user, on=today(), at=choice.chosen)
    audit.saw(
        by=user,
        children=[pupil.child_id for pupil in pupils],
        page="school: children",
        ground=access.ground(user, Permission.CASE_LIST),
        at=timezone.localtime(),
        fields=("initials", "year group", "stage"),
        case_refs=[pupil.ref for pupil in pupils],
    )
    context = {"pupils": pupils, "choice": choice}
    return render(request, "cases/school_children.html", context)
