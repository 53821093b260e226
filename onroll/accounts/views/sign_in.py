"""Choose a password, by a link that the authority gives or that is sent by e-mail."""

from typing import Any

from allauth.account.views import PasswordResetFromKeyView, PasswordResetView
from django.conf import settings
from django.forms import Form
from django.http import HttpResponse

from onroll.accounts import actions, limits


class LinkView(PasswordResetFromKeyView):  # type: ignore[misc]  # allauth is untyped
    """Choose a password by a link that works once, for a day."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Save the password and confirm the address: the link reached its owner."""
        actions.confirm_address(user=self.reset_user, at=self.request.began_at)
        limits.forget_passwords(self.request, user=self.reset_user)
        answer: HttpResponse = super().form_valid(form)
        return answer


class ForgottenView(PasswordResetView):  # type: ignore[misc]  # allauth is untyped
    """Ask for a link by e-mail; without a mail server, say whom to ring."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether a link can be sent."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"sends_mail": settings.SENDS_MAIL}


link = LinkView.as_view()
forgotten = ForgottenView.as_view()
