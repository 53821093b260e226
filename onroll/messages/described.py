"""docs/messages.md: every message that the service can send, from the code."""

from django.template.loader import get_template

from onroll.messages.kinds import KINDS, words_of
from onroll.messages.models import WITHOUT_ACCOUNT, Kind

REF, LINK = "{{ ref }}", "{{ link }}"
HEAD = """# Messages

Every message that the service can send, written from the code by `onroll docs`. Each is fixed words
around a reference and a link; no other value can stand in one
(P58, [decision 23](adr/0023-one-outbox.md)).
Each way to send one is a channel: e-mail by SMTP, e-mail or texts by GOV.UK Notify
([decision 30](adr/0030-channels.md)); on screen each stands without being sent.
Whoever wrote to us in another language gets an email in that language with the English below, and
a text in that language.
Hours in which those that can wait are not sent: `ONROLL_QUIET_HOURS` ([running](running.md)).
"""


def render() -> str:
    """Return the page."""
    return "\n".join([HEAD, *(_part(kind) for kind in KINDS), _several()])


def _several() -> str:
    text = get_template("messages/several.txt").template.source  # type: ignore[attr-defined] # stubs
    return (
        "## Several things wait for you\n\n"
        "When: several messages to one person with an account are due at once, and it stands for "
        "all. The link opens to a reader who signs in. Channel: email. On screen: each by itself."
        f"\n\n```text\n{text.strip()}\n```\n"
    )


def _part(kind: Kind) -> str:
    wording = KINDS[kind]
    text = words_of(kind, REF, LINK).body
    opens = "a reader who signs in" if wording.needs else "whoever has the link"
    night = "Waits until the morning." if wording.is_quiet else "Goes at once."
    return (
        f"## {wording.subject}\n\n"
        f"When: {wording.happens}. To: {wording.to}. The link opens to {opens}. {night} "
        f"{_channels(kind)}\n\n```text\n{text.strip()}\n```\n{_sms(kind)}"
    )


def _channels(kind: Kind) -> str:
    ways = "email, or a text" if kind.value in WITHOUT_ACCOUNT else "email"
    return f"Channel: {ways}. On screen: {KINDS[kind].on_screen}."


def _sms(kind: Kind) -> str:
    if kind.value not in WITHOUT_ACCOUNT:
        return ""
    text = words_of(kind, REF, LINK).text
    return f"\nAs a text:\n\n```text\n{text.strip()}\n```\n"
