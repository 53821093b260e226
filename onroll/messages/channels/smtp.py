"""E-mail by SMTP: handing a message to the mail server, and what it says when it takes none."""

import smtplib

from django.conf import settings
from django.core.mail import send_mail

from onroll.messages.channels.frame import Refused
from onroll.messages.kinds import Letter


def send(letter: Letter, address: str) -> None:
    """Send a letter to an e-mail address; Refused, with the reason, if it is not taken."""
    try:
        send_mail(letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [address])
    except smtplib.SMTPRecipientsRefused as error:
        codes = ", ".join(str(code) for code, _ in error.recipients.values())
        raise Refused(f"The mail server does not take mail for this address ({codes}).") from error
    except smtplib.SMTPAuthenticationError as error:
        words = "The mail server does not know our name and password"
        raise Refused(f"{words} ({error.smtp_code}).", is_of_server=True) from error
    except smtplib.SMTPSenderRefused as error:
        words = "The mail server does not take mail from our address"
        raise Refused(f"{words} ({error.smtp_code}).", is_of_server=True) from error
    except smtplib.SMTPDataError as error:
        raise Refused(f"The mail server did not take the text ({error.smtp_code}).") from error
    except OSError as error:  # which smtplib's other errors are, too
        raise Refused("The mail server does not answer as it should.", is_of_server=True) from error
    except ValueError as error:
        raise Refused("The address is not one that mail can be sent to.") from error
