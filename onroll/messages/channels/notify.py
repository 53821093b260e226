"""E-mail and texts by GOV.UK Notify, through its own client.

Each has one template at Notify, whose words are its values: `((subject))` and `((body))` of an
e-mail, `((body))` of a text. So the words of every message stay here, where a test reads them.
"""

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from onroll.messages.channels.frame import SECONDS, Refused
from onroll.messages.kinds import Letter

OF_ADDRESS = ("phone_number", "email_address", "Can't send to this recipient")
"""How Notify begins what it says of an address (its REST API, Error codes)."""


def client() -> NotificationsAPIClient:
    """Return what speaks to Notify."""
    return NotificationsAPIClient(settings.NOTIFY_KEY, settings.NOTIFY_URL, SECONDS)


def send_email(notify: NotificationsAPIClient, letter: Letter, address: str) -> None:
    """Send a letter to an e-mail address; raises `Refused`."""
    try:
        notify.send_email_notification(
            email_address=address,
            template_id=settings.NOTIFY_EMAIL_TEMPLATE,
            personalisation={"subject": letter.subject, "body": letter.body},
        )
    except APIError as error:
        raise _refused(error) from None


def send_text(notify: NotificationsAPIClient, letter: Letter, number: str) -> None:
    """Send a letter's text to a mobile number; raises `Refused`."""
    try:
        notify.send_sms_notification(
            phone_number=number,
            template_id=settings.NOTIFY_SMS_TEMPLATE,
            personalisation={"body": letter.text},
        )
    except APIError as error:
        raise _refused(error) from None


def _refused(error: APIError) -> Refused:
    """Return why Notify did not take a message, in our words: its own might name somebody."""
    code = error.status_code
    if code == 400 and _is_of_address(error):
        return Refused(f"GOV.UK Notify does not send to this address ({code}).")
    if code == 400:
        words = f"GOV.UK Notify does not take the message: look at the template ({code})."
    elif code in (401, 403):
        words = f"GOV.UK Notify does not know our key, or our clock is wrong ({code})."
    elif code == 429:
        words = f"GOV.UK Notify takes no more messages for now ({code})."
    else:
        words = "GOV.UK Notify does not answer as it should."
    return Refused(words, is_of_server=True)


def _is_of_address(error: APIError) -> bool:
    """Return whether all that Notify found wrong is the address."""
    problems = error.message
    if not isinstance(problems, list):
        return False
    words = [str(problem.get("message", "")) for problem in problems if isinstance(problem, dict)]
    return bool(words) and all(word.startswith(OF_ADDRESS) for word in words)
