"""The pages of one case, read only: the case, what happened, who works on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from onroll.accounts import access, sentences
from onroll.accounts.decorators import needs
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.addresses import page_address
from onroll.audit.queries import Viewing, who_saw
from onroll.casefile import features
from onroll.cases import queries, words
from onroll.cases.frame import find_case, show, sub_pages, today, trail
from onroll.cases.models import Alert, Case, CaseReason, Closing, Note
from onroll.cases.queries.register import STAGE_MEANINGS
from onroll.children.models import Place, SourceKind
from onroll.govuk.parts import Link
from onroll.rules import pathway
from onroll.rules.outcomes import OUTCOMES
from onroll.rules.pathway import Stage
from onroll.rules.reasons import CASE_REASONS
from onroll.schools.queries import calendar_for


@needs(Permission.CASE_VIEW)
@require_safe
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show why the case exists, what is due, what needs a look, and where the child has been."""
    case, user, on = find_case(request, ref), me(request), today()
    calendar = calendar_for(case.school)
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "case"),
        "stage": pathway.STAGE_TITLES[Stage(case.stage)],
        "stage_meaning": STAGE_MEANINGS[case.stage],
        "time": words.time_on_register(case.opened_on, case.closed_on or on, calendar=calendar),
        "outcome": OUTCOMES.get(case.outcome),
        "endings": _endings(case, user),
        "reasons": _reasons(case, user, on),
        "clocks": queries.clocks_of(case, on=on, calendar=calendar),
        "alerts": [
            (alert, words.describe_alert(alert), _record_url(alert, user))
            for alert in queries.unsettled_alerts(case)
        ],
        "places": queries.places_of(case.child, cases=[case], on=on),
        "moves": _moves(user, case),
        "may_work": case.is_open and queries.may_on(user, Permission.CASE_WORK, case),
        "may_review": queries.may_on(user, Permission.CASE_WORK, case),
        "may_triage": case.is_open and queries.may_on(user, Permission.CASE_TRIAGE, case),
        "may_assign": case.is_open and queries.may_on(user, Permission.CASE_ASSIGN, case),
        "may_note": queries.may_on(user, Permission.NOTE_ADD, case),
        "may_correct": case.is_open and queries.may_on(user, Permission.CASE_TRIAGE, case),
    }
    fields = ("reasons", "clocks", "alerts", "places")
    return show(request, case, "casefile/case.html", page="case", context=context, fields=fields)


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
    told_by: tuple[Teller, ...]


def _reasons(case: Case, user: User, on: date) -> list[Why]:
    """Return why the case exists; what two files say alike stands once, with both."""
    told_by: dict[tuple[str, str, str], list[Teller]] = {}
    for reason in queries.reasons_of(case):
        told_by.setdefault(_words_of(reason, user, on), []).append(_teller(reason, user))
    return [Why(*words, tuple(dict.fromkeys(tellers))) for words, tellers in told_by.items()]


def _words_of(reason: CaseReason, user: User, on: date) -> tuple[str, str, str]:
    """Return the title of a reason, why it holds as it stands today, and its clause."""
    place = reason.left_place
    because = reason.because
    if place is not None and place.to_on is not None:
        days = calendar_for(place.school).between(place.to_on, on)
        because = f"{words.describe_leaving(place)} That was {words.school_days(days)} ago."
        because += _expected(queries.expected_places(reason.case.child, on=on))
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
        for closing in queries.closings_of(case)
    ]


def _moves(user: User, case: Case) -> list[Link]:
    """Return a button for each move open at the stage that this person may make."""
    return [
        Link(move.title, _address_of(move, case))
        for move in pathway.moves_from(Stage(case.stage))
        if queries.may_on(user, Permission(move.needs), case)
    ]


def _address_of(move: pathway.Move, case: Case) -> str:
    if move in (pathway.CLOSE, pathway.REOPEN):
        name = "cases:close" if move is pathway.CLOSE else "cases:reopen"
        return reverse(name, args=[case.ref])
    return reverse("cases:move", args=[case.ref, slugify(move.title)])


@dataclass(frozen=True)
class Written:
    """A note as one person may see it; `text` is empty where only its existence may be known."""

    note: Note
    text: str


@needs(Permission.CASE_VIEW)
@require_safe
def chronology(request: HttpRequest, ref: str) -> HttpResponse:
    """Show everything that happened and what people wrote."""
    case, user = find_case(request, ref), me(request)
    reads_log = queries.may_on(user, Permission.ENQUIRY_LOG_VIEW, case)
    notes = _notes(user, case) if reads_log or access.sees_flag(user, Permission.NOTES_VIEW) else []
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "chronology"),
        "events": features.events(case, user),
        "notes": notes,
        "reads_log": reads_log,
        "may_note": queries.may_on(user, Permission.NOTE_ADD, case),
    }
    fields = ["chronology", "notes"] if reads_log else ["chronology"]
    if any(note.note.is_safeguarding and note.text for note in notes):
        fields.append("safeguarding notes")
    return show(
        request,
        case,
        "casefile/chronology.html",
        page="case: chronology",
        context=context,
        fields=fields,
    )


def _notes(user: User, case: Case) -> list[Written]:
    """Return the notes; the text of one about safety only for whom row 9 of the matrix names."""
    reads_safety = queries.may_on(user, Permission.NOTES_VIEW, case) and not access.is_masked(
        user, Permission.NOTES_VIEW
    )
    return [
        Written(note, note.text if reads_safety or not note.is_safeguarding else "")
        for note in queries.notes_of(case)
    ]


@needs(Permission.CASE_VIEW)
@require_safe
def team(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who works on the case, and who has opened its pages."""
    case, user = find_case(request, ref), me(request)
    reach = access.scope(user, Permission.CASE_ACCESS_SEEN)
    seen_by: list[tuple[Viewing, str, str]] | None = None
    if reach is not Scope.NONE:
        only = None if reach is Scope.ALL else user.pk
        viewings = who_saw([case.child_id], only_actor=only)
        seen_by = [_in_words(viewing) for viewing in viewings]
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "team"),
        "team": queries.team_of(case),
        "may_assign": case.is_open and queries.may_on(user, Permission.CASE_ASSIGN, case),
        "is_mine": case.owner_id == user.pk,
        "seen_by": seen_by,
        "sees_only_own": reach is Scope.OWN_THINGS,
    }
    return show(request, case, "casefile/team.html", page="case: team", context=context)


def _in_words(viewing: Viewing) -> tuple[Viewing, str, str]:
    """Return who saw the record, and the page and the ground in words."""
    return viewing, sentences.page(viewing.page), sentences.ground(viewing.ground)
