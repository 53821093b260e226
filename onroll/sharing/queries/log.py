"""The sharing log of a case, who may lay out a request, and the guidance beside both."""

from onroll.accounts.access import is_masked
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.agencies.models import Agency
from onroll.agencies.queries import to_tell
from onroll.cases.models import Case
from onroll.cases.queries import may_on
from onroll.rules.policy import LocalPolicy
from onroll.rules.requests import RequestKind
from onroll.sharing.models import Disclosure, DisclosureQuerySet

NoLine = Disclosure.DoesNotExist
ASKS = (Permission.ENQUIRY_ADD, Permission.ADDRESS_VIEW, Permission.DOCUMENT_OPEN)
"""What somebody needs who lays out a request, or opens one: it holds addresses, and is a file."""


def may_ask(user: User, case: Case) -> bool:
    """Return whether a user may lay out requests about a case, and open them.

    Not who sees initials alone: a request names the child (access matrix, rows 6, 7, 12 and 15).
    """
    is_hidden = is_masked(user, Permission.CASE_VIEW) or is_masked(user, Permission.ADDRESS_VIEW)
    return not is_hidden and all(may_on(user, permission, case) for permission in ASKS)


def usual_agency(kind: RequestKind) -> Agency | None:
    """Return the agency of the kept list that is usually asked a request of this kind, if any."""
    return to_tell().filter(name__iexact=kind.partner).first() if kind.partner else None


def lines_of(case: Case) -> DisclosureQuerySet:
    """Return the sharing log of a case, the newest first; no file is fetched."""
    rows = Disclosure.objects.filter(case=case)
    return rows.select_related("by", "withdrawn_by", "pack", "enquiry").defer(
        "pack__pdf", "pack__text"
    )


def get_line(case: Case, ref: str) -> Disclosure:
    """Return a line of a case; Disclosure.DoesNotExist for another's."""
    return lines_of(case).get(ref=ref)


def guidance(policy: LocalPolicy) -> list[tuple[str, str]]:
    """Return what to read about sharing, each with its address; "" where none is set."""
    return [
        ("The safeguarding board’s guidance on sharing information", policy.board_guidance_url),
        ("London Child Protection Procedures", policy.london_procedures_url),
        ("Joint protocol: Children who go missing", policy.joint_protocol_url),
        ("The Department’s advice on sharing information", policy.sharing_advice_url),
    ]
