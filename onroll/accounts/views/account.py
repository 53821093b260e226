"""Pages about the user's own account."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from onroll.accounts import actions, forms, queries, reasons
from onroll.accounts.decorators import own_account
from onroll.accounts.request import me, posted
from onroll.accounts.roles import Role
from onroll.audit import actions as audit
from onroll.govuk.questions import Done, ask
from onroll.receipts import pages, unsent

NOTHING_KEPT = "Nothing that you sent waits here."


@own_account
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the user, their role, and what they can change."""
    user = me(request)
    roles = queries.roles_of(user)
    return render(
        request,
        "accounts/account.html",
        {
            "person": user,
            "roles": roles,
            "form": forms.RoleForm(roles=roles, initial={"role": user.role}),
            "has_second_factor": queries.has_second_factor(user),
        },
    )


@own_account
@require_safe
def stay(_request: HttpRequest) -> HttpResponse:
    """Keep the session alive: the idle time starts again."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@own_account
@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Act in another role that the user holds; 403 for any other."""
    user = me(request)
    form = forms.RoleForm(request.POST, roles=queries.roles_of(user))
    if not form.is_valid():
        raise PermissionDenied("role_switch")
    role = Role(form.cleaned_data["role"])
    actions.switch_role(user=user, role=role, at=timezone.now())
    messages.success(request, f"You now act as {role.words}.")
    return redirect("account")


@own_account
def unsent_form(request: HttpRequest) -> HttpResponse:
    """Show a form that came when its sender was signed out, to be sent now, or forget it."""
    if request.method == "POST":
        unsent.forget(request)
        return redirect("/")
    form = unsent.find(request)
    if form is None:
        messages.info(request, NOTHING_KEPT)
        return redirect("/")
    return pages.send_now(request, form)


@own_account
def state_reason(request: HttpRequest) -> HttpResponse:
    """Ask for the reason to see records that are not the user's own, and send them on."""
    after = _own_address(request, request.POST.get("next") or request.GET.get("next", ""))

    def act(form: forms.ReasonForm) -> Done:
        text = form.cleaned_data["text"]
        reasons.keep(request, text)
        audit.security(
            by=me(request),
            event="reason",
            outcome="stated",
            about=after,
            reason=text,
            at=timezone.now(),
        )
        return Done(after)

    def show(form: forms.ReasonForm) -> HttpResponse:
        return render(request, "accounts/reason.html", {"form": form, "next": after})

    return ask(request, forms.ReasonForm(posted(request)[0]), act, show)


def _own_address(request: HttpRequest, address: str) -> str:
    """Return the address if it is on this site, else that of the front page."""
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else "/"
