"""What cases show of themselves on the page of a case: its panels, from the top to the bottom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from onroll.accounts import access
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.addresses import page_address
from onroll.cases import words
from onroll.cases.models import Alert, Case, Closing, RiskReview
from onroll.cases.offers import Event, Panel, Part, Rows
from onroll.cases.queries.action_points import actions_panel, open_actions_of
from onroll.cases.queries.alerts import GroupOnCase, alerts_on_case, groups_on_case
from onroll.cases.queries.case import (
    Clock,
    clocks_of,
    closings_of,
    deadlines_of,
    every_reason_of,
    may_on,
    owner_of,
)
from onroll.cases.queries.child import Places, Where, places_in_words, places_on_record
from onroll.cases.queries.manager import questions_of, reviews_of
from onroll.cases.queries.risk import risk_of, sees_levels
from onroll.cases.queries.sightings import Sightings, sightings_in_words, sightings_of_child
from onroll.cases.queries.warnings import police_of, warnings_of
from onroll.cases.queries.why import reasons_in_words, reasons_withdrawn
from onroll.cases.queries.workload import proposed
from onroll.children.models import SourceKind
from onroll.govuk.parts import Link
from onroll.rules import pathway
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.missed_change import CHANGE_TITLES, MissedChange
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import Stage
from onroll.schools.queries import calendar_for


def case_rows(case: Case, user: User, *, on: date) -> dict[str, QuerySet[Any]]:
    """Return what the parts of a case's page are made of; what is to be done only for who reads
    the log. `on` is not used."""
    reads_log = may_on(user, Permission.ENQUIRY_LOG_VIEW, case)
    return {
        **({"actions": open_actions_of(case)} if reads_log else {}),
        "places": places_on_record(case.child),
        "reasons": every_reason_of(case),
        "clocks": deadlines_of(case),
        "alerts": alerts_on_case(case),
        "sightings": sightings_of_child(case),
        "closings": closings_of(case),
        "reviews": case.risk_reviews.select_related("by")[:1],
    }


def case_panels(case: Case, user: User, *, on: date, rows: Rows) -> list[Panel]:
    """Return the parts of a case's page that this person may see."""
    calendar = calendar_for(case.school)
    clocks = clocks_of(rows["clocks"], on=on, calendar=calendar)
    places = places_in_words(rows["places"], cases=[case], on=on)
    endings = _endings(rows["closings"], user)
    seen = sightings_in_words(case, user, rows["sightings"])
    why = {
        "reasons": reasons_in_words(rows["reasons"], user, on=on, calendar=calendar),
        "withdrawn": reasons_withdrawn(rows["reasons"], user),
        "missed_change": CHANGE_TITLES[MissedChange(case.missed_change)],
        "may_correct": case.is_open and may_on(user, Permission.CASE_TRIAGE, case),
    }
    parts = (
        _warnings_panel(case, user),
        *_seen_panels(case, user, seen),
        _police_panel(case, user),
        None if case.is_open else _closed_panel(case, user),
        _alerts_panel(case, user, on, rows["alerts"]),
        _now_panel(case, user, on, calendar, places, endings, seen),
        Panel("cases/panels/why.html", why, ("reasons",), Part.WHY),
        Panel("cases/panels/endings.html", {"endings": endings}),
        _owner_panel(case, user, on) if case.is_open else None,
        _level_panel(case, user),
        _manager_panel(case, user),
        _clocks_panel(case, user, clocks),
        actions_panel(case, user, rows.get("actions", ()), on=on),
        _risks_panel(case, user, clocks, next(iter(rows["reviews"]), None)),
        Panel("cases/panels/places.html", {"places": places}, ("places",), Part.WHERE),
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


def _seen_panels(case: Case, user: User, sightings: Sightings | None) -> list[Panel]:
    """Return when the child was last seen and whether safe, and at the head what worries (P66)."""
    if sightings is None:
        return []
    context = {
        "seen": sightings,
        "may_work": may_on(user, Permission.CASE_WORK, case),
        "may_send": case.is_open and access.may(user, Permission.CASE_TRIAGE),
    }
    head = Panel("cases/panels/unsafe.html", context, part=Part.HEAD)
    panel = Panel("cases/panels/seen.html", context, sightings.fields, Part.SEEN)
    return [head, panel] if sightings.worries else [panel]


def _warnings_panel(case: Case, user: User) -> Panel | None:
    """Return at the head what is to be known before somebody visits or rings."""
    warnings = warnings_of(case, user)
    if warnings is None:
        return None
    fields = ("warnings",) if warnings.is_told else ()
    return Panel("cases/panels/warnings.html", {"warnings": warnings}, fields, Part.HEAD)


def _police_panel(case: Case, user: User) -> Panel | None:
    """Return at the head whether the police know that the child is missing; where nobody has
    written it down, the way to do so, as long as nobody knows where the child is.
    """
    police = police_of(case, user)
    may_work = may_on(user, Permission.CASE_WORK, case)
    is_asked = case.is_open and not case.is_whereabouts_known and may_work
    if police is None and not is_asked:
        return None
    context = {
        "police": police,
        "may_work": may_work,
        "is_told": may_on(user, Permission.NOTES_VIEW, case),
    }
    fields = ("police",) if police else ()
    part = Part.HEAD if police else Part.RISK
    return Panel("cases/panels/police.html", context, fields, part)


def _closed_panel(case: Case, user: User) -> Panel:
    closed = {"outcome": OUTCOMES.get(case.outcome), "moves": _moves(user, case)}
    return Panel("cases/panels/closed.html", closed, part=Part.ALERTS)


def _alerts_panel(case: Case, user: User, on: date, rows: Sequence[Alert]) -> Panel | None:
    """Return what was raised on the case, each kind as one thing to look at."""
    groups = [(group, _lines(group, user)) for group in groups_on_case(rows, user, on=on)]
    may_work = case.is_open and may_on(user, Permission.CASE_WORK, case)
    loud = [group for group, _ in groups if not group.is_quiet]
    is_danger = any(not group.may_mute for group in loud)
    colour = "red" if is_danger else "orange" if loud else "blue"
    context = {"groups": groups, "may_work": may_work, "colour": colour}
    return Panel("cases/panels/alerts.html", context, ("alerts",), Part.ALERTS) if groups else None


def _lines(group: GroupOnCase, user: User) -> list[tuple[Alert, str, str]]:
    """Return each alert of a kind in words, with the address of the record it is about."""
    return [
        (alert, words.describe_alert(alert), _record_url(alert, user)) for alert in group.alerts
    ]


def _now_panel(
    case: Case,
    user: User,
    on: date,
    calendar: SchoolCalendar,
    places: Places,
    endings: "Sequence[Ending]",
    seen: Sightings | None,
) -> Panel:
    """Return in one look since when nobody knows of a place, and who saw the child last."""
    last, since = case.closed_on or on, places.since[case.pk]
    now = {
        "time": words.time_on_register(case.opened_on, last, calendar=calendar),
        "days": calendar.between(since.on, on) if case.is_open and since.is_known else None,
        "said": _said_of_school(case, user, places),
        "found": _found_at(case, endings),
        "since": since,
        "again": _opened_again(case, endings),
        "seen": seen,
        "known": _known_by(case, user),
    }
    return Panel("cases/panels/now.html", now, part=Part.NOW)


def _known_by(case: Case, user: User) -> dict[str, Any] | None:
    """Return who said that it is known where the child is, and when; None where it is not known.

    `case` is as `get_case` returned it. In which words it was said is for who sees it unmasked.
    """
    steps = getattr(case, "known_steps", ())
    if not (case.is_open and case.is_whereabouts_known and steps):
        return None
    step: dict[str, Any] = steps[0]
    why = "" if access.is_masked(user, Permission.CASE_VIEW) else step["why"]
    return step | {"at": datetime.fromisoformat(step["at"]), "why": why}


def _owner_panel(case: Case, user: User, on: date) -> Panel:
    may_assign = may_on(user, Permission.CASE_ASSIGN, case)
    context = {
        "owner": owner_of(case),
        "may_assign": may_assign,
        "proposed": proposed(on=on) if may_assign and case.owner_id is None else "",
        "moves": _moves(user, case),
    }
    return Panel("cases/panels/owner.html", context, part=Part.OWNER)


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
    context = {
        "clocks": [clock for clock in clocks if clock.is_running],
        "over": [clock for clock in clocks if not clock.is_running],
        "may_work": case.is_open and may_review,
        "may_review": may_review,
        "may_risks": case.is_open and may_review and may_on(user, Permission.NOTES_VIEW, case),
        "may_triage": may_triage,
        "may_do": may_review or may_triage,
    }
    return Panel("cases/panels/clocks.html", context, ("clocks",), Part.DUE)


def _level_panel(case: Case, user: User) -> Panel | None:
    """Return how grave an open case is, and by what, for who may read that (row 9)."""
    if not case.is_open or not sees_levels(user):
        return None
    sees = may_on(user, Permission.NOTES_VIEW, case)
    may_set = sees and may_on(user, Permission.CASE_WORK, case)
    context = {"risk": risk_of(case), "sees": sees, "may_set": may_set}
    return Panel("cases/panels/risk_level.html", context, ("risk",), Part.RISK)


def _manager_panel(case: Case, user: User) -> Panel | None:
    """Return the manager's last review, when the next is due, and what was asked; one query,
    and none where nobody asked anything.

    The words are for who reads of risk on the case (row 9).
    """
    if access.is_masked(user, Permission.CASE_VIEW) or not sees_levels(user):
        return None
    last, due_on = reviews_of(case)
    sees = may_on(user, Permission.NOTES_VIEW, case)
    works = sees and may_on(user, Permission.CASE_WORK, case)
    oversees = access.may(user, Permission.CASE_OVERSEE)
    context = {
        "last": last,
        "due_on": due_on,
        "sees": sees,
        "questions": questions_of(case) if sees else [],
        "may_ask": works and not oversees,
        "may_read": works,
        "may_answer": oversees,
        "may_review": oversees and case.is_open,
    }
    fields = ("questions to the manager",) if sees else ()
    return Panel("cases/panels/manager.html", context, fields, Part.MANAGER)


def _risks_panel(
    case: Case, user: User, clocks: list[Clock], review: RiskReview | None
) -> Panel | None:
    """Return the last review of the greater risks, what it found for who may read that, and the
    day of the next (P76). Nothing for whom the case is masked."""
    if access.is_masked(user, Permission.CASE_VIEW):
        return None
    if review is None and not case.is_open:
        return None
    sees = may_on(user, Permission.NOTES_VIEW, case)
    running = (clock.due_on for clock in clocks if clock.is_risk_review and clock.is_running)
    context = {
        "review": review,
        "sees": sees,
        "due_on": next(running, None),
        "may_review": case.is_open and sees and may_on(user, Permission.CASE_WORK, case),
    }
    fields = ("risk",) if sees and review else ()
    return Panel("cases/panels/risks.html", context, fields, Part.RISK)


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
class Ending:
    """One closing of the case as its page shows it: each fact in words."""

    title: str
    facts: tuple[tuple[str, str], ...]
    why: str
    closing: Closing


def _endings(closings: Iterable[Closing], user: User) -> list[Ending]:
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
        for closing in closings
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
