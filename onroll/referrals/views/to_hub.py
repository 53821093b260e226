"""An officer sends an open case to the hub; the hub reads of cases that files opened (P15, P42)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import queries as cases
from onroll.cases.frame import find_case
from onroll.govuk.questions import Done, ask
from onroll.referrals import actions, queries
from onroll.referrals.forms.grade import ToHubForm
from onroll.referrals.models import Referral
from onroll.referrals.tables import notices_table
from onroll.referrals.views.frame import address
from onroll.rules.references import speakable

PER_PAGE = 15


@needs(Permission.CASE_TRIAGE)
def to_hub(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask what worries an officer about an open case, and send it to the hub."""
    case = find_case(request, ref)
    worry = cases.worry_of(case, me(request), request.GET.get("seen", ""))
    form = ToHubForm(posted(request)[0], initial={"worry": worry} if worry else None)
    waiting = queries.at_the_hub(case)

    def act(form: ToHubForm) -> Done:
        answers = form.cleaned_data
        referral = actions.send_to_hub(
            case=case,
            ref=speakable(),
            worry=answers["worry"],
            urgent_why=answers["urgent_why"] or "",
            by=me(request),
            at=timezone.localtime(),
        )
        return Done(address(referral), _receipt(referral, waiting))

    def show(form: ToHubForm) -> HttpResponse:
        fields = ("identity", "seen", "risk") if worry else ("identity",)
        saw(request, [case.child_id], "case: to the hub", Permission.CASE_TRIAGE, fields)
        context = {"form": form, "case": case, "waiting": waiting}
        return render(request, "referrals/to_hub.html", context)

    return ask(request, form, act, show)


def _receipt(referral: Referral, waiting: Referral | None) -> str:
    """Return what became of what somebody sent: a new referral, or a worry more of one."""
    if referral.version == 0:
        return "Sent. It waits until somebody at the hub accepts it."
    was_urgent = waiting is not None and waiting.is_urgent
    urgent = " It is urgent now, and due sooner." if referral.is_urgent and not was_urgent else ""
    return f"The hub has this case already. Your worry is added to referral {referral.ref}.{urgent}"


@needs(Permission.CASE_TRIAGE)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List the cases that schools' files opened and of which nobody at the hub has read."""
    rows = queries.unread_notices(me(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    children = [notice.case.child_id for notice in page]
    fields = ("name", "reasons")
    saw(request, children, "cases of which the hub is told", Permission.CASE_TRIAGE, fields)
    context = {"page": page, "table": notices_table(page)}
    return render(request, "referrals/notices.html", context)


@needs(Permission.CASE_TRIAGE)
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Say that who presses the button has read of the cases on the page."""
    numbers = [int(pk) for pk in request.POST.getlist("notice") if pk.isdecimal()]
    unread = queries.unread_notices(me(request)).filter(pk__in=numbers[:PER_PAGE])
    pks = [notice.pk for notice in unread]
    count = actions.read_notices(notices=pks, by=me(request), at=timezone.localtime())
    words = f"{count} case{'' if count == 1 else 's'} marked as read."
    messages.success(request, words if count else "Somebody has read of these meanwhile.")
    return redirect("referrals:notices")
