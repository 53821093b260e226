"""Everything on record of one case that is printed, read at once, as one person may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch, Q

from onroll.accounts.access import may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.audit.queries import Viewing, who_saw
from onroll.cases import queries as cases
from onroll.cases import slots
from onroll.cases.models import ActionPoint, Alert, Case, CaseReason, Closing, Member
from onroll.cases.offers import Event
from onroll.cases.queries.child import Home, Identity, Where
from onroll.cases.queries.risk import CaseRisk, risk_of
from onroll.cases.queries.sightings import SeenLine
from onroll.cases.queries.warnings import WarningLine
from onroll.children.models import Child, Relationship
from onroll.children.queries import protected_of
from onroll.clocks.models import Deadline, DeadlineChange
from onroll.enquiries import queries as enquiries
from onroll.enquiries.models import Enquiry
from onroll.letters import queries as letters
from onroll.letters.models import Letter
from onroll.record.models import Complaint, FamilyTelling
from onroll.record.queries.household import brothers_and_sisters
from onroll.referrals import queries as referrals
from onroll.referrals.models import Referral
from onroll.referrals.queries import Decided, FamilyNotice
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.hours import ENGLAND
from onroll.rules.warnings import ADDED_STEP
from onroll.schools.models import School
from onroll.schools.queries import calendar_for
from onroll.sharing import queries as sharing
from onroll.sharing.models import Disclosure


@dataclass(frozen=True, kw_only=True)
class CaseRecord:
    """What is printed of a case: each list in the order in which it happened."""

    case: Case
    by: User
    at: datetime
    identity: Identity
    home: Home
    schools: Sequence[str]
    """The names of the schools on record."""
    hides_home: bool
    """Whether the child has a protected identity or address: no paper says how to find them."""
    risk: CaseRisk | None
    """None where the reader may not read of risk (row 9)."""
    warnings: Sequence[WarningLine]
    """What holds, for who may read it (row 9)."""
    reads_risk: bool
    places: Sequence[Where]
    reasons: Sequence[CaseReason]
    referrals: Sequence[Referral]
    enquiries: Sequence[Enquiry]
    lines: Sequence[Disclosure]
    clocks: Sequence[Deadline]
    calendar: SchoolCalendar
    decisions: Sequence[Decided]
    closings: Sequence[Closing]
    tellings: Sequence[FamilyTelling]
    notices: Sequence[FamilyNotice]
    letters: Sequence[Letter]
    complaints: Sequence[Complaint]
    sightings: Sequence[SeenLine]
    alerts: Sequence[Alert]
    actions: Sequence[ActionPoint]
    """What is still to be done."""
    team: Sequence[Member]
    events: Sequence[Event]
    viewings: Sequence[Viewing]
    sees_every_viewing: bool
    siblings: Sequence[Child]
    adults: Sequence[Relationship]
    """Every contact on record: their names stand in no redacted copy."""

    @property
    def on(self) -> date:
        """Return the day of the record."""
        return self.at.astimezone(ENGLAND).date()


def record_of(case: Case, user: User, *, at: datetime) -> CaseRecord:
    """Return what a person may read of a case that `get_case` returned; the queries are constant.

    Whoever may not print a case of this child is kept out before (`may_print`).
    """
    on = at.astimezone(ENGLAND).date()
    sees_hub = may(user, Permission.CASE_TRIAGE)
    sightings = cases.sightings_of(case, user)
    events = [event for events_of in slots.EVENTS for event in events_of(case, user)]
    reads_risk = cases.may_read_warnings(user, case)
    warnings = cases.warnings_of(case, user) if reads_risk else None
    if reads_risk:
        texts = {row.at: row.text for row in case.warnings.all()}
        events = [_with_warning(event, texts) for event in events]
    sees_every = scope(user, Permission.CASE_ACCESS_SEEN) is Scope.ALL
    return CaseRecord(
        case=case,
        by=user,
        at=at,
        identity=cases.identity_of(case, user=user, on=on),
        home=cases.home_of(case.child, case, user=user),
        hides_home=bool(protected_of([case.child_id])),
        risk=risk_of(case) if reads_risk else None,
        warnings=warnings.lines if warnings else (),
        reads_risk=reads_risk,
        schools=_schools(case),
        places=cases.places_of(case.child, cases=[case], on=on).rows,
        reasons=_reasons(case),
        referrals=referrals.referrals_about(case) if sees_hub else (),
        enquiries=list(enquiries.with_entries(Enquiry.objects.filter(case=case))),
        lines=sorted(sharing.lines_of(case), key=lambda line: (line.on, line.at)),
        clocks=_clocks(case),
        calendar=calendar_for(case.school),
        decisions=referrals.decisions_about(case) if sees_hub else (),
        closings=list(reversed(cases.closings_of(case))),
        tellings=list(reversed(case.family_tellings.select_related("by"))),
        notices=referrals.family_notices(case) if sees_hub else (),
        letters=list(reversed(letters.letters_of(case))),
        complaints=list(reversed(case.complaints.select_related("by", "answered_by"))),
        sightings=tuple(reversed(sightings.lines)) if sightings else (),
        alerts=list(cases.unsettled_alerts(case)),
        actions=list(cases.open_actions_of(case)),
        team=cases.team_of(case),
        events=sorted(events, key=lambda event: (event.on, event.at), reverse=True)[::-1],
        viewings=who_saw([case.child_id], only_actor=None if sees_every else user.pk),
        sees_every_viewing=sees_every,
        siblings=brothers_and_sisters(case.child, user, on=on),
        adults=list(case.child.relationships.select_related("adult")),
    )


def may_print(user: User, case: Case) -> bool:
    """Return whether a person may print this case, or make its file (access matrix, row 28).

    One of a child with a protected identity or address only where row 8 lets them in as well: what
    is written in words can lead to the home.
    """
    if not cases.may_on(user, Permission.CASE_EXPORT, case):
        return False
    is_hidden = bool(protected_of([case.child_id]))
    return not is_hidden or cases.may_on(user, Permission.PROTECTED_ADDRESS_VIEW, case)


def _reasons(case: Case) -> list[CaseReason]:
    """Return the reasons with their sources, withdrawn ones among them."""
    rows = CaseReason.objects.filter(case=case)
    return list(
        rows.select_related(
            "source", "source__recorded_by", "left_place__school", "withdrawn_by"
        ).order_by("added_at", "pk")
    )


def _with_warning(event: Event, texts: Mapping[datetime, str]) -> Event:
    """Return an event, of a warning that was added with its words: on paper nothing else has
    them."""
    is_one = event.words == ADDED_STEP and event.at in texts
    return replace(event, why=texts[event.at]) if is_one else event


def _schools(case: Case) -> list[str]:
    """Return the names of the schools of a case and of the places of its child."""
    rows = School.objects.filter(Q(places__child=case.child_id) | Q(pk=case.school_id))
    return list(rows.order_by("name").values_list("name", flat=True).distinct())


def _clocks(case: Case) -> list[Deadline]:
    changes = DeadlineChange.objects.select_related("by")
    rows = case.deadlines.order_by("starts_on", "due_on", "pk")
    return list(rows.prefetch_related(Prefetch("changes", changes)))
