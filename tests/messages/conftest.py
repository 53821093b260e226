"""Settings that send through a mail server on this machine."""

from collections.abc import Iterator

import pytest

from tests.messages import mail_server
from tests.messages.mail_server import MailServer


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server.running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = False
        yield running
