"""Settings that send through a mail server on this machine."""

from collections.abc import Iterator

import pytest

from tests.messages import mail_server, notify_server
from tests.messages.mail_server import MailServer
from tests.messages.notify_server import NotifyServer


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server.running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = False
        yield running


@pytest.fixture
def notify(settings) -> Iterator[NotifyServer]:
    """Settings that send e-mail and texts through a Notify on this machine."""
    with notify_server.running() as running:
        settings.NOTIFY_KEY, settings.NOTIFY_URL = notify_server.KEY, running.url
        settings.NOTIFY_EMAIL_TEMPLATE = notify_server.EMAIL_TEMPLATE
        settings.NOTIFY_SMS_TEMPLATE = notify_server.SMS_TEMPLATE
        settings.SENDS_TEXTS = True
        yield running
