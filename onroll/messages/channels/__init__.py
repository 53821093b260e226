"""The ways to send a message: each takes a letter and an address, or says in words why not.

What is set decides which are open: `ONROLL_EMAIL_HOST` sends e-mail by SMTP, `ONROLL_NOTIFY_KEY`
with a template e-mail or texts by GOV.UK Notify, which for e-mail goes before SMTP. On screen every
message to an account stands without being sent: its kind says where (`kinds.Wording.on_screen`).
"""

from collections.abc import Mapping
from functools import partial

from django.conf import settings

from onroll.messages.channels import smtp
from onroll.messages.channels.frame import Closed, Refused, Send
from onroll.messages.kinds import Letter
from onroll.messages.models import Way


def open_channels() -> Mapping[Way, Send]:
    """Return what sends each way that is set up."""
    channels: dict[Way, Send] = {}
    if settings.NOTIFY_KEY:
        # Its client brings much with it: a tenth of the start of every command, for most in vain.
        from onroll.messages.channels import notify
    if settings.NOTIFY_EMAIL_TEMPLATE:
        channels[Way.EMAIL] = partial(notify.send_email, notify.client())
    elif not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        channels[Way.EMAIL] = smtp.send
    if settings.NOTIFY_SMS_TEMPLATE:
        channels[Way.SMS] = partial(notify.send_text, notify.client())
    return channels


class Round:
    """One round of sending. A channel that takes nothing at all is not tried again in it."""

    def __init__(self) -> None:
        self.channels = dict(open_channels())

    def send(self, letter: Letter, way: Way, address: str) -> None:
        """Send a letter; raises `Refused`, or `Closed` where nothing sends that way now."""
        if way not in self.channels:
            raise Closed
        try:
            self.channels[way](letter, address)
        except Refused as refusal:
            if refusal.is_of_server:
                del self.channels[way]
            raise
