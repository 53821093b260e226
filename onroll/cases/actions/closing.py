"""Closing a case with an outcome, proved or believed, and opening it again.

An outcome is facts: they are kept on the case, and what they say of where the child is becomes a
Place of the child with its source, so that the night still knows it when nobody looks.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.cases.actions.action_points import Fates, settle_action_points
from onroll.cases.actions.alerts import end_alerts
from onroll.cases.actions.clocks import end_reviews, start_review
from onroll.cases.actions.lock import keep, record, take
from onroll.cases.actions.new_files import ask_for_new_file, withdraw_new_file
from onroll.cases.actions.on_record import record_of
from onroll.cases.models import Case, Closing
from onroll.children import actions as children
from onroll.children.models import Child, Place, PlaceKind, Source, SourceKind
from onroll.children.queries import where_is
from onroll.clocks import actions as clocks
from onroll.clocks.models import Ended
from onroll.rules import age, outcomes, pathway
from onroll.rules.contradiction import Contradiction, Record
from onroll.rules.contradictions import contradictions
from onroll.rules.outcomes import Outcome
from onroll.rules.pathway import Stage
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from onroll.schools.queries import authority_name, our_policy

Facts = Mapping[str, Any]


class FactsRefused(Refused):
    """Facts that do not prove the outcome; `errors` says of each fact what is wrong with it.

    `doubts` are what is only unlikely of them: stated again with an explanation, they are kept.
    """

    def __init__(self, errors: Mapping[str, str], doubts: Sequence[Contradiction] = ()) -> None:
        words = (*errors.values(), *(doubt.words for doubt in doubts))
        super().__init__(" ".join(words))
        self.errors = errors
        self.doubts = tuple(doubts)


@transaction.atomic
def close_case(
    *,
    case: Case,
    outcome: str,
    facts: Facts,
    why: str,
    by: User,
    at: datetime,
    version: int | None = None,
    explained: Collection[str] = (),
    explanation: str = "",
    fates: Fates | None = None,
) -> Case:
    """Close a case with an outcome that is proved, or believed and looked at again.

    `facts` are the answers of the outcome by their codes (`rules.outcomes`); `school` is a School,
    or the name of one that is not on file. `explained` are the doubts (`rules.contradictions`) that
    `explanation` answers. `fates` say what becomes of each open action point (ADR 0045). Raises
    FactsRefused when a fact is missing, cannot be so, or is unlikely and not explained; Refused
    when an action point is left without a word, and when the outcome is for a manager and `by` is
    none (access matrix, row 20).
    """
    case = take(case, version)
    chosen = outcomes.OUTCOMES[outcome]
    if chosen.is_manager_needed and by.role != Role.MGR:
        raise Refused(f"“{chosen.title}” is for a manager to record. Ask yours to look.")
    stage = pathway.after(pathway.CLOSE, Stage(case.stage))
    if not chosen.is_by_hand:
        raise Refused("Join the two records of the child instead: that closes the later case.")
    on_record = replace(
        record_of(case.child, chosen, facts), missing_since_on=case.missing_since_on
    )
    doubts = refuse(chosen, facts, case.child, on_record, on=at.date())
    if doubts and not (explanation and {doubt.doubt for doubt in doubts} <= {*explained}):
        raise FactsRefused({}, doubts)
    settle_action_points(case=case, fates=fates or {}, by=by, at=at)
    closing = _keep_facts(case, chosen, facts, why=why, by=by, at=at)
    if doubts:
        closing.doubts = [doubt.doubt for doubt in doubts]
        closing.explanation = explanation
    closing.save()
    case.stage, case.outcome = stage.value, outcome
    case.is_outcome_proved = chosen.basis == "proved"
    case.closed_on = max(at.date(), case.opened_on)
    keep(case, "stage", "outcome", "is_outcome_proved", "closed_on")
    clocks.end(clocks=case.deadlines, on=case.closed_on, why=Ended.CASE_CLOSED)
    end_alerts(case.alerts.all(), at=at, by=by)
    record(case, f"Case closed: {chosen.title}", why=why, at=at, by=by)
    if chosen.review:
        start_review(case=case, clock=chosen.review, starts_on=closing.starts_on or case.closed_on)
    ask_for_new_file(case=case, closing=closing, by=by, at=at)
    follow_close(case, at=at)
    return case


def follow_close(case: Case, *, at: datetime) -> None:
    """Let the features above do what a closed case asks of them.

    Each names its action in `case_closed` of its AppConfig.
    """
    _follow("case_closed", case, at)


def _follow(event: str, case: Case, at: datetime) -> None:
    for config in apps.get_app_configs():
        if path := getattr(config, event, ""):
            import_string(path)(case=case, at=at)


def refuse(
    chosen: Outcome, facts: Facts, child: Child, on_record: Record, *, on: date
) -> tuple[Contradiction, ...]:
    """Refuse facts that are missing, cannot be so, or are not what the record says.

    Returns what is only unlikely of them. Raises FactsRefused.
    """
    conflicts = contradictions(chosen, facts, on_record, on=on)
    errors = {c.fact: c.words for c in conflicts if not c.doubt}
    for fact in outcomes.missing_facts(chosen, facts):
        errors[fact.code] = f"This is needed: {fact.question}"
    if not errors and chosen.code in _AGAINST_RECORD:
        errors = _AGAINST_RECORD[chosen.code](child, facts, on)
    doubts = tuple(c for c in conflicts if c.doubt)
    if errors:
        raise FactsRefused(errors, doubts)
    return doubts


def _over_age(child: Child, facts: Facts, on: date) -> dict[str, str]:
    born = child.born_on
    if born is None or child.is_born_estimated:
        return {"evidence": "The record has no certain date of birth. Correct that first."}
    if on <= age.ends_on(born):
        return {"evidence": f"The child is of school age until {age.ends_on(born):%-d %B %Y}."}
    return {}


def _on_a_roll(child: Child, facts: Facts, on: date) -> dict[str, str]:
    """Refuse the school that has said since that the child left it."""
    if not isinstance(facts["school"], School):
        return {}
    ended = Place.objects.filter(
        child=child, kind=PlaceKind.REGISTERED.value, school=facts["school"], to_on__lt=on
    ).order_by("-to_on")
    starts_on = facts.get("starts_on")
    last = ended.filter(to_on__gte=starts_on).first() if starts_on else None
    if last is not None:
        left = f"{last.title} has said that the child left on {last.to_on:%-d %B %Y}"
        return {"school": f"{left}. Ask the school which is right."}
    return {}


def _another_authority(child: Child, facts: Facts, on: date) -> dict[str, str]:
    if facts["authority"] == our_policy().authority_code:
        return {"authority": "This is our own authority. Choose the one that took the child over."}
    return {}


def _in_error(child: Child, facts: Facts, on: date) -> dict[str, str]:
    where = where_is(child, on=on)
    if facts["mistake"] == "educated" and not where.places:
        return {
            "mistake": "Nothing on record says where the child is educated. Close the case with "
            "the outcome that names the place."
        }
    if facts["mistake"] == "not_of_age" and (where.is_compulsory_age or not child.born_on):
        return {
            "mistake": "By the date of birth on record the child is, or may be, of school age. "
            "Correct that first."
        }
    return {}


_AGAINST_RECORD: dict[str, Callable[[Child, Facts, date], dict[str, str]]] = {
    "over_age": _over_age,
    "on_roll": _on_a_roll,
    "attendance": _on_a_roll,
    "other_authority": _another_authority,
    "reported_in_error": _in_error,
}


def _keep_facts(
    case: Case, chosen: Outcome, facts: Facts, *, why: str, by: User, at: datetime
) -> Closing:
    """Return what was stated, with who said so, and write where the child is."""
    stated = {fact.code: facts[fact.code] for fact in chosen.facts if facts.get(fact.code)}
    if isinstance(stated.get("school"), str):
        stated["provider"] = stated.pop("school")
    source = children.add_source(
        kind=SourceKind.OFFICER,
        said_by=str(stated.get("confirmed_by") or by.name)[:120],
        said_on=stated.get("confirmed_on") or at.date(),
        at=at,
        by=by,
        reference=case.ref,
    )
    closing = Closing(case=case, outcome=chosen.code, why=why, source=source, at=at, by=by)
    for code, answer in stated.items():
        setattr(closing, code, answer)
    closing.place = write_place(case.child, closing, source)
    if closing.died_on:
        children.record_death(child=case.child, on=closing.died_on)
        children.end_claims(child=case.child, on=closing.died_on, source=source)
    return closing


def write_place(child: Child, closing: Closing, source: Source) -> Place | None:
    """Write where an outcome says the child is; none for one that says nothing of it."""
    kind = _PLACES.get(closing.outcome)
    if kind is None:
        return None
    place = children.start_place(
        child=child,
        kind=kind,
        from_on=closing.starts_on or (None if closing.school else closing.confirmed_on),
        source=source,
        school=closing.school,
        provision="" if closing.school else _provision(closing),
        is_confirmed=closing.outcome != "abroad_believed",
    )
    if kind == PlaceKind.REGISTERED and closing.starts_on:
        children.end_expectations(
            child=child, school=closing.school, on=closing.starts_on, source=source
        )
    elif kind in _NOWHERE_ELSE and place.is_confirmed:
        children.end_superseded_places(
            place=place, on=place.from_on or source.said_on, source=source
        )
    return place


_NOWHERE_ELSE = (PlaceKind.HOME_EDUCATION, PlaceKind.OTHER_AUTHORITY, PlaceKind.ABROAD)
"""Where a child who is confirmed to be there is not also somewhere that was said or hoped for."""


_PLACES = {
    "on_roll": PlaceKind.REGISTERED,
    "attendance": PlaceKind.REGISTERED,
    "home_educated": PlaceKind.HOME_EDUCATION,
    "other_provision": PlaceKind.ALTERNATIVE,
    "other_authority": PlaceKind.OTHER_AUTHORITY,
    "abroad_proved": PlaceKind.ABROAD,
    "abroad_believed": PlaceKind.ABROAD,
}


def _provision(closing: Closing) -> str:
    if closing.outcome == "home_educated":
        return "Home education"
    where = [authority_name(closing.authority)] if closing.authority else []
    return ", ".join(filter(None, (*where, closing.provider, closing.country)))[:120]


@transaction.atomic
def reopen_case(
    *, case: Case, why: str, by: User | None, at: datetime, version: int | None = None
) -> Case:
    """Open a closed case again, unless the child already has another open one.

    The clocks that the closing ended run on; one that was met stays met.
    What the closing stated stays on the case, marked as undone. The features above do what they
    name in `case_reopened` of their AppConfig.
    """
    case = take(case, version)
    if Case.objects.filter(child=case.child_id, closed_on__isnull=True).exists():
        raise Refused("This child already has another open case. Work on that one.")
    case.stage = pathway.after(pathway.REOPEN, Stage(case.stage)).value
    end_reviews(case=case, on=at.date())
    stopped = case.deadlines.exclude(clock__in=outcomes.REVIEWS)
    clocks.run_on(clocks=stopped, ended=(Ended.CASE_CLOSED, Ended.MERGED))
    for closing in case.closings.filter(undone_at__isnull=True):
        if closing.died_on:
            children.withdraw_death(child=case.child, on=closing.died_on)
    case.closings.filter(undone_at__isnull=True).update(undone_at=at)
    case.outcome, case.is_outcome_proved, case.closed_on = "", None, None
    keep(case, "stage", "outcome", "is_outcome_proved", "closed_on")
    record(case, "Case opened again", why=why, at=at, by=by)
    withdraw_new_file(case=case, by=by, at=at)
    _follow("case_reopened", case, at)
    return case
