"""docs/messages.md: every message that the service can send, from the code."""

from django.template.loader import get_template

from onroll.messages.kinds import KINDS
from onroll.messages.models import Kind

HEAD = """# Messages

Every message that the service can send, written from the code by `onroll docs`. Each is fixed words
around a reference and a link; no other value can stand in one
(P58, [decision 23](adr/0023-one-outbox.md)).
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
        f"all. The link opens to a reader who signs in.\n\n```text\n{text.strip()}\n```\n"
    )


def _part(kind: Kind) -> str:
    wording = KINDS[kind]
    text = get_template(f"messages/{kind.value}.txt").template.source  # type: ignore[attr-defined] # stubs
    opens = "a reader who signs in" if wording.needs else "whoever has the link"
    night = "Waits until the morning." if wording.is_quiet else "Goes at once."
    return (
        f"## {wording.subject}\n\n"
        f"When: {wording.happens}. To: {wording.to}. The link opens to {opens}. {night}\n\n"
        f"```text\n{text.strip()}\n```\n"
    )
