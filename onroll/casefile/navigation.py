"""What the frame of every page shows: whose service it is, and where this person may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from onroll.accounts import access, counts
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import SCHOOL_ROLES
from onroll.addresses import page_address
from onroll.casefile.queries import waiting_for_review
from onroll.govuk.languages import in_english
from onroll.govuk.parts import Authority, Contact, Link
from onroll.schools.queries import our_policy


@dataclass(frozen=True)
class Door:
    """One entry of the menu: its words, the page it opens, and what that page asks for."""

    name: str
    page: str
    needs: Permission | None = None
    is_counted: bool = False
    is_for_a_reason: bool = False
    """Whether it stands there, too, for who must state a reason first."""
    key: str = ""
    """The key that leads there from every page."""


DOORS = (
    Door("Today", "casefile:today", key="1"),
    Door("Manager", "casefile:manager", Permission.CASE_OVERSEE),
    Door("Referrals", "referrals:queue", Permission.CASE_TRIAGE, key="2"),
    Door(
        "Find a child",
        "casefile:find",
        Permission.CHILD_FIND_UNIQUE,
        is_for_a_reason=True,
        key="4",
    ),
    Door("Register", "cases:register", Permission.CASE_LIST, key="3"),
    Door("Files", "intake:files", Permission.FILES_VIEW),
    Door("Review", "intake:review", Permission.MATCH_DECIDE, is_counted=True, key="5"),
    Door("Weekly report", "weekly_reports", Permission.STATISTICS_EXACT),
    Door("Schools", "schools:schools", Permission.FILES_VIEW),
    Door("Audit", "audit", Permission.AUDIT_SEARCH),
)
MORE_DOORS = (
    Door("Refer a child", "referrals:professional", Permission.REFER),
    Door("Type in a referral", "referrals:typed", Permission.REFER),
    Door("Your own referrals", "referrals:own", Permission.REFERRAL_STATUS),
    Door("What comes due", "diary:diary"),
    Door("Alerts seen or muted", "cases:quiet_alerts", Permission.CASE_WORK),
    Door("Enquiries of your cases", "enquiries:own", Permission.CASE_WORK),
    Door("Request packs", "sharing:packs", Permission.CASE_WORK),
    Door("Letters to families", "letters:mailings", Permission.CASE_WORK),
    Door("Sealed cases", "cases:sealed", Permission.SEAL_PROPOSE),
    Door("Open a sealed case in an emergency", "glass:open", Permission.BREAK_GLASS),
    Door("Review of break-glass", "glass:reviews", Permission.BREAK_GLASS_REVIEW),
    Door("What each officer has", "cases:officers", Permission.CASE_ASSIGN),
    Door("Meetings of agencies", "meetings:meetings", Permission.CASE_ASSIGN),
    Door("Case audits", "case_audits:audits", Permission.CASE_OVERSEE),
    Door("Messages about missing pupils", "advice:pupil_messages", Permission.AUTHORITY_ANSWER),
    Door("Families that ask about places", "admissions:families", Permission.REFER),
    Door("Ask whether a child is on a roll", "advice:roll_question", Permission.ROLL_ASK),
    Door("Reports for home education", "referrals:reports", Permission.HOME_EDUCATION),
    Door("Partner agencies", "agencies:agencies", Permission.AGENCIES_MANAGE),
    Door("Emails about your cases", "messages:choose", Permission.CASE_WORK),
    Door("Messages", "messages:outbox", Permission.HEALTH_VIEW),
)
"""What stands on the first page of a person and not in the menu, which would grow too long."""
SCHOOL_DOORS = (
    Door("Your school", "school_home", Permission.FILE_UPLOAD, key="1"),
    Door("Children", "school:children", Permission.CASE_LIST, key="3"),
    Door("Our referrals", "referrals:own", Permission.REFERRAL_STATUS, key="2"),
    Door("Find a child", "casefile:school_find", Permission.CHILD_FIND_UNIQUE, key="4"),
    Door("Refer a child", "referrals:school", Permission.REFER),
    Door("Worried about a child?", "referrals:start"),
)
MORE_SCHOOL_DOORS = (
    Door("Enquiries about your pupils", "school_enquiries:enquiries", Permission.ENQUIRY_LOG_VIEW),
    Door("Further checks before you decide", "advice:school_checks", Permission.CHECK_ASK),
    Door("Families that ask about places", "admissions:families", Permission.REFER),
    Door("Ask whether a child is on a roll", "advice:roll_question", Permission.ROLL_ASK),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the authority, whom to ring, the menu, the footer's links and the demo's banner."""
    user = getattr(request, "user", None)
    at = getattr(request, "began_at", timezone.localtime())
    return {
        "authority": authority(at=at),
        "authority_in_english": in_english(authority, at=at),
        "team": team(),
        "navigation": menu(request, user) if isinstance(user, User) else [],
        "more_doors": more_doors(user) if isinstance(user, User) else [],
        "footer_links": [
            Link(name, url)
            for name, url in (
                (gettext("Accessibility"), page_address("accessibility")),
                (gettext("Privacy"), page_address("privacy")),
                (gettext("The policy and the law"), page_address("policy_and_law")),
            )
            if url
        ]
        + (
            [Link("Keyboard shortcuts", page_address("casefile:shortcuts"), key=LIST_KEY)]
            if isinstance(user, User) and not user.is_held
            else []
        ),
        "phase": DEMO if settings.IS_DEMO else None,
    }


LIST_KEY = "0"
"""The key that leads to the list of keys."""
NOTE_KEY = "7"
"""On the pages of a case: the key that adds a note."""
DEMO = {
    "name": gettext_lazy("Demo"),
    "words": gettext_lazy("Every child, family and school here is made up."),
}


def authority(*, at: datetime) -> Authority:
    """Return the council as pages show it at a moment, from the local policy."""
    return Authority.of(our_policy(), at=at)


def _may_open(user: User, door: Door) -> bool:
    if door.needs is None or access.may(user, door.needs):
        return True
    return door.is_for_a_reason and access.must_state_a_reason(user, door.needs)


def team() -> Contact:
    """Return whom to ring about an account, or about a child who is missing education."""
    policy = our_policy()
    return Contact(policy.cme_name, policy.cme_phone, policy.cme_email)


def more_doors(user: User) -> list[Link]:
    """Return what else this person may open, for their first page."""
    doors = MORE_SCHOOL_DOORS if user.role in SCHOOL_ROLES else MORE_DOORS
    return [Link(door.name, url) for door, url in _open_doors(user, doors)]


def _open_doors(user: User, doors: Sequence[Door]) -> list[tuple[Door, str]]:
    """Return the doors this person may open, each with its address."""
    if user.is_held:
        return []
    addresses = ((door, page_address(door.page)) for door in doors)
    return [(door, url) for door, url in addresses if url and _may_open(user, door)]


def menu(request: HttpRequest, user: User) -> list[Link]:
    """Return the entries this person may open; a page that is not there is left out.

    None for who has yet to set up a second factor: each would lead back to that. How many wait for
    review is counted once a minute, and by each page that says it of itself as well.
    """
    doors_open = _open_doors(user, SCHOOL_DOORS if user.role in SCHOOL_ROLES else DOORS)
    current = max(
        (url for _, url in doors_open if request.path.startswith(url)), key=len, default=""
    )

    def count() -> int:
        return waiting_for_review(user) or 0

    return [
        Link(
            door.name,
            url,
            is_current=url == current,
            key=door.key,
            count=counts.count_of(request, counts.REVIEW, count) or None
            if door.is_counted
            else None,
        )
        for door, url in doors_open
    ]


def shortcuts(request: HttpRequest, user: User) -> list[tuple[str, str]]:
    """Return the keys of this person's pages, each with where it leads."""
    keys = [(link.key, link.name) for link in menu(request, user) if link.key]
    if access.may(user, Permission.NOTE_ADD):
        keys.append((NOTE_KEY, "Add a note, on the page of a case"))
    return [*sorted(keys), (LIST_KEY, "This page")]
