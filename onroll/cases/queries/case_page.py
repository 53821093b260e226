"""What cases show of themselves on the page of a case: its panels, from the top to the bottom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.text import slugify

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import Alert, Case, CaseReason, Closing
from onroll.cases.offers import Event, Panel
from onroll.cases.queries.case import (
    Clock,
    clocks_of,
    closings_of,
    may_on,
    owner_of,
    reasons_of,
    unsettled_alerts,
)
from onroll.cases.queries.child import Places, Where, expected_places, places_of
from onroll.cases.queries.sightings import sightings_of
from onroll.cases.queries.workload import proposed
from onroll.children.models import Place, SourceKind
from onroll.govuk.parts import Link
from onroll.rules import pathway
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import Stage
from onroll.rules.reasons import CASE_REASONS
from onroll.schools.queries import calendar_for


def case_panels(case: Case, user: User, *, on: date) -> list[Panel]:
    """Return the parts of a case's page that this person may see."""
    calendar = calendar_for(case.school)
    clocks = clocks_of(case, on=on, calendar=calendar)
    places, endings = places_of(case.child, cases=[case], on=on), _endings(case, user)
    parts = (
        *_seen_panels(case, user),
        None if case.is_open else _closed_panel(case, user),
        _alerts_panel(case, user),
        _why_panel(case, user, on, calendar, places, endings),
        Panel("cases/panels/endings.html", {"endings": endings}),
        _clocks_panel(case, user, clocks),
        _risks_panel(case, user, clocks),
        Panel("cases/panels/places.html", {"places": places}, ("places",)),
        _latest_panel(case),
    )
    return [panel for panel in parts if panel is not None]


def _latest_panel(case: Case) -> Panel:
    """Return the newest of what happened to a case that `get_case` returned."""
    latest = [
        Event(datetime.fromisoformat(row["at"]), f"{row['what']}, by {row['by'] or 'Onroll'}")
        for row in getattr(case, "last_steps", ())
    ]
    return Panel("cases/panels/latest.html", {"latest": latest, "case": case}, ("chronology",))


def _seen_panels(case: Case, user: User) -> list[Panel]:
    """Return when the child was last seen and whether safe, and at the head what worries (P66)."""
    sightings = sightings_of(case, user)
    if sightings is None:
        return []
    context = {
        "seen": sightings,
        "may_work": may_on(user, Permission.CASE_WORK, case),
        "may_send": case.is_open and access.may(user, Permission.CASE_TRIAGE),
    }
    head = Panel("cases/panels/unsafe.html", context, is_head=True)
    panel = Panel("cases/panels/seen.html", context, sightings.fields)
    return [head, panel] if sightings.worries else [panel]


def _closed_panel(case: Case, user: User) -> Panel:
    closed = {"outcome": OUTCOMES.get(case.outcome), "moves": _moves(user, case)}
    return Panel("cases/panels/closed.html", closed)


def _alerts_panel(case: Case, user: User) -> Panel | None:
    alerts = [
        (alert, words.describe_alert(alert), _record_url(alert, user))
        for alert in unsettled_alerts(case)
    ]
    may_work = case.is_open and may_on(user, Permission.CASE_WORK, case)
    to_settle = {"alerts": alerts, "may_work": may_work}
    return Panel("cases/panels/alerts.html", to_settle, ("alerts",)) if alerts else None


def _why_panel(
    case: Case,
    user: User,
    on: date,
    calendar: SchoolCalendar,
    places: Places,
    endings: "Sequence[Ending]",
) -> Panel:
    last = case.closed_on or on
    may_assign = case.is_open and may_on(user, Permission.CASE_ASSIGN, case)
    why = {
        "reasons": _reasons(case, user, on),
        "time": words.time_on_register(case.opened_on, last, calendar=calendar),
        "may_correct": case.is_open and may_on(user, Permission.CASE_TRIAGE, case),
        "owner": owner_of(case),
        "may_assign": may_assign,
        "proposed": proposed(on=on) if may_assign and case.owner_id is None else "",
        "moves": _moves(user, case) if case.is_open else [],
        "said": _said_of_school(case, user, places),
        "found": _found_at(case, endings),
        "since": places.since[case.pk],
        "again": _opened_again(case, endings),
    }
    return Panel("cases/panels/why.html", why, ("reasons",))


def _opened_again(case: Case, endings: "Sequence[Ending]") -> date | datetime | None:
    """Return when a child who was on the register before came back to it: with this case, which
    is another than the first, or when this case was opened again. None for the first time."""
    if undone := max((e.closing.undone_at for e in endings if e.closing.undone_at), default=None):
        return undone
    first = getattr(case, "first_opened_on", None) or case.opened_on
    return case.opened_on if first < case.opened_on else None


def _found_at(case: Case, endings: "Sequence[Ending]") -> Closing | None:
    """Return what a closed case ended with where that names a school, or another provider."""
    ended = (ending.closing for ending in endings if not case.is_open)
    standing = (closing for closing in ended if closing.undone_at is None)
    return next((closing for closing in standing if closing.school or closing.provider), None)


def _said_of_school(case: Case, user: User, places: Places) -> Where | None:
    """Return what a referral says of the child's school: of one that is not on file only where no
    school is, and in whose words it is only to who sees the case unmasked."""
    said = (place for place in places.rows if place.is_said)
    if case.school is not None:
        return next((place for place in said if place.is_confirmed), None)
    if access.is_masked(user, Permission.CASE_VIEW):
        return None
    return next(said, None)


def _clocks_panel(case: Case, user: User, clocks: list[Clock]) -> Panel:
    may_review = may_on(user, Permission.CASE_WORK, case)
    may_triage = case.is_open and may_on(user, Permission.CASE_TRIAGE, case)
    shown = {
        "clocks": clocks,
        "may_work": case.is_open and may_review,
        "may_review": may_review,
        "may_risks": case.is_open and may_review and may_on(user, Permission.NOTES_VIEW, case),
        "may_triage": may_triage,
        "may_do": may_review or may_triage,
    }
    return Panel("cases/panels/clocks.html", shown, ("clocks",))


def _risks_panel(case: Case, user: User, clocks: list[Clock]) -> Panel | None:
    """Return the last review of the greater risks, what it found for who may read that, and the
    day of the next (P76). Nothing for whom the case is masked."""
    if access.is_masked(user, Permission.CASE_VIEW):
        return None
    review = case.risk_reviews.select_related("by").first()
    if review is None and not case.is_open:
        return None
    sees = may_on(user, Permission.NOTES_VIEW, case)
    running = (clock.due_on for clock in clocks if clock.is_risk_review and clock.is_running)
    shown = {
        "review": review,
        "sees": sees,
        "due_on": next(running, None),
        "may_review": case.is_open and sees and may_on(user, Permission.CASE_WORK, case),
    }
    return Panel("cases/panels/risks.html", shown, ("risk",) if sees and review else ())


def _record_url(alert: Alert, user: User) -> str:
    """Return the address of the record or file that an alert is about, for who may open it."""
    source = alert.source or (alert.place.source if alert.place else None)
    may_open = access.may(user, Permission.FILES_VIEW)
    if source is None or not may_open or source.kind == SourceKind.OFFICER:
        return ""
    if alert.source_row:
        return page_address("intake:record", source.reference, alert.source_row)
    return page_address("intake:transfer", source.reference) if source.reference else ""


@dataclass(frozen=True)
class Teller:
    """Who gave a reason, and the address of the file it came in, where that may be opened."""

    name: str
    url: str


@dataclass(frozen=True)
class Why:
    """A reason in words, its clause, and everyone who gave it in the same words."""

    title: str
    because: str
    clause: str
    told_by: tuple[tuple[Teller, str], ...]
    """Each with what follows in the sentence: a comma, an *and* or the full stop."""


def _reasons(case: Case, user: User, on: date) -> list[Why]:
    """Return why the case exists; what two files say alike stands once, with both."""
    told_by: dict[tuple[str, str, str], list[Teller]] = {}
    for reason in reasons_of(case):
        told_by.setdefault(_words_of(reason, user, on), []).append(_teller(reason, user))
    return [Why(*words, _in_a_row(tellers)) for words, tellers in told_by.items()]


def _in_a_row(tellers: Iterable[Teller]) -> tuple[tuple[Teller, str], ...]:
    """Return each teller once, with what follows it in a sentence of all."""
    different = tuple(dict.fromkeys(tellers))
    follows = (*[", by"] * (len(different) - 2), *[" and by"] * (len(different) > 1), ".")
    return tuple(zip(different, follows, strict=True))


def _words_of(reason: CaseReason, user: User, on: date) -> tuple[str, str, str]:
    """Return the title of a reason, why it holds as it stands today, and its clause."""
    place = reason.left_place
    because = reason.because
    if place is not None and place.to_on is not None:
        days = calendar_for(place.school).between(place.to_on, on)
        because = f"{words.describe_leaving(place)} That was {words.school_days(days)} ago."
        because += _expected(expected_places(reason.case.child, on=on))
    rule = CASE_REASONS[reason.code]
    because_shown = "" if access.is_masked(user, Permission.CASE_VIEW) else because
    return rule.title, because_shown, reason.clause or rule.source


def _expected(places: Sequence[Place]) -> str:
    """Say where a child is said to be going, and of each place who has confirmed it."""
    where = [place.title for place in places if place.title and place.confirmed_from is None]
    waits = (
        f" Said to be going to {' and '.join(where)}, which has not said that the child arrived."
    )
    confirmed = [words.describe_confirmation(place) for place in places]
    return "".join(
        [waits if where else "", *(f" {sentence}" for sentence in confirmed if sentence)]
    )


def _teller(reason: CaseReason, user: User) -> Teller:
    """Return who gave a reason; with the address of the file if the user may open it."""
    source = reason.source
    may_open = access.may(user, Permission.FILES_VIEW) and source.kind != SourceKind.OFFICER
    return Teller(
        str(source), page_address("intake:transfer", source.reference) if may_open else ""
    )


@dataclass(frozen=True)
class Ending:
    """One closing of the case as its page shows it: each fact in words."""

    title: str
    facts: tuple[tuple[str, str], ...]
    why: str
    closing: Closing


def _endings(case: Case, user: User) -> list[Ending]:
    """Return how the case was closed, each time; nothing for whom the case is masked."""
    if access.is_masked(user, Permission.CASE_VIEW):
        return []
    return [
        Ending(
            OUTCOMES[closing.outcome].title,
            tuple(words.describe_facts(closing)),
            closing.why,
            closing,
        )
        for closing in closings_of(case)
    ]


def _moves(user: User, case: Case) -> list[Link]:
    """Return a button for each move open at the stage that this person may make."""
    return [
        Link(move.title, _address_of(move, case))
        for move in pathway.moves_from(Stage(case.stage))
        if may_on(user, Permission(move.needs), case)
    ]


def _address_of(move: pathway.Move, case: Case) -> str:
    if move in (pathway.CLOSE, pathway.REOPEN):
        name = "cases:close" if move is pathway.CLOSE else "cases:reopen"
        return reverse(name, args=[case.ref])
    return reverse("cases:move", args=[case.ref, slugify(move.title)])
