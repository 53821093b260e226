"""What the people who refer children to the made-up council answer to the questions of the form."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from onroll.demo.chance import pick
from onroll.demo.referrals import Report, Reported
from onroll.demo.referrers import OF_JOB, OF_RELATION, RELATIVE, SECRETARY, Referrer
from onroll.demo.worries import (
    IS_LOST,
    JOBS,
    OF_PARENT,
    RELATIONS,
    Door,
    Situation,
    dangers_of,
    in_the_family,
    worries_of,
)
from onroll.referrals.codes import Relation
from onroll.referrals.definition import QUESTIONS, pages_at, questions_on
from onroll.referrals.definition.kinds import Depth, Kind
from onroll.referrals.definition.risk import answer_of, words_of
from onroll.rules.hours import ENGLAND
from onroll.rules.risk import RISK_QUESTIONS
from onroll.schools.queries import calendar_for

Answers = dict[str, Any]
DEPTHS = {
    Door.PUBLIC: Depth.ANYONE,
    Door.FLOOD: Depth.ANYONE,
    Door.PROFESSIONAL: Depth.PROFESSIONAL,
    Door.SIGNED_IN: Depth.PROFESSIONAL,
    Door.PUPIL: Depth.SCHOOL,
    Door.SCHOOL: Depth.SCHOOL,
    Door.TYPED: Depth.OFFICER,
}
"""Which form each door leads to."""


REASONS = {
    Situation.GONE: "no_destination",
    Situation.UNRECORDED: "no_school_named",
    Situation.AT_SCHOOL: "other",
    Situation.OUT_OF_SCHOOL: "other",
    Situation.ABSENT: "no_contact",
    Situation.NEEDS_HELP: "other",
    Situation.IN_DANGER: "other",
    Situation.ELSEWHERE: "moved_known",
    Situation.HOME_EDUCATED: "home_education",
    Situation.WITH_CASE: "moved_unknown",
}
_NOT_SURE = ("mobile_family", "poor_attendance", "current_concerns", "unusual", "parental_health")
_OF_SIBLINGS = "sibling_schools"
_TRIED = (
    ("home_visit", "visit", "Nobody opened. The neighbours have seen nobody for a week."),
    ("all_contacts", "telephone", "Both numbers ring out; the emergency contact knows nothing."),
    ("letter", "letter", "Sent by recorded post. It came back unopened."),
    (_OF_SIBLINGS, "telephone", "The other school has not heard from them either."),
    ("agencies_involved", "email", "Housing has no new address for the family."),
)


def answers_to(report: Report, who: Referrer, chance: Random, *, known: bool = False) -> Answers:
    """Return the answers to every question of the form; `known`: a school's own pupil is."""
    depth, first = DEPTHS[report.door], report.children[0]
    answers = _blank(depth)
    answers |= _worry(report, chance)
    if not known:
        answers |= _child(first, depth, chance)
    answers |= _sender(report, who, chance)
    answers |= _agreeing(report, who, answers)
    if depth is Depth.ANYONE:
        return {code: answer for code, answer in answers.items() if code in _blank(depth)}
    on = report.at.astimezone(ENGLAND).date()
    if depth is not Depth.OFFICER:
        answers |= _risk(report.situation, on, chance)
    answers |= _known(report, depth, on, chance)
    answers["siblings"] = [_sibling(sibling) for sibling in report.children[1:]]
    answers["enquiries"] = list(_enquiries(report, depth, on, chance))
    return answers


def _blank(depth: Depth) -> Answers:
    """Return no answer to each question at a depth."""
    empty: dict[Kind, Any] = {Kind.DAY: None}
    answers: Answers = {}
    for page in pages_at(depth):
        if page.noun:
            answers[page.slug] = []
            continue
        for question in questions_on(page.slug, depth):
            several: Any = [] if question.kind is Kind.SEVERAL else ""
            answers[question.code] = empty.get(question.kind, several)
    return answers


def _worry(report: Report, chance: Random) -> Answers:
    situation = report.situation
    answers = {
        "reason": REASONS.get(situation, "other"),
        "worry": pick(chance, worries_of(situation, report.door)),
        "danger": "yes" if report.is_urgent else "no",
        "danger_why": pick(chance, dangers_of(situation)) if report.is_urgent else "",
        "whereabouts": "no" if situation in IS_LOST else "yes",
    }
    if report.is_urgent and report.door is not Door.PUBLIC:
        answers |= {"called": "yes", "called_about": "Just now, the duty officer of the hub"}
    return answers


def _child(reported: Reported, depth: Depth, chance: Random) -> Answers:
    """Return a child as a professional writes it down, or as a neighbour knows it."""
    child, home = reported.child, reported.home
    forename = child.chosen_forename or child.forename
    if reported.situation is Situation.UNNAMED:
        return {"home": f"Somewhere in {home.street}", "age": str(chance.randrange(5, 15))}
    if depth is Depth.ANYONE:
        is_whole = chance.random() < 0.75 or reported.situation is Situation.UNRECORDED
        surname = child.surname if is_whole else ""
        return {"forename": forename, "surname": surname, "home": home.street}
    return {
        "forename": child.forename,
        "surname": child.surname,
        "middle_names": child.middle_names,
        "born": child.born,
        "sex": child.sex,
        "home": ", ".join((*home.lines, home.town)),
        "postcode": home.postcode,
        "school_words": "" if reported.situation is Situation.UNRECORDED else "Not known to us",
    }


def _sender(report: Report, who: Referrer, chance: Random) -> Answers:
    relation = RELATIONS.draw(chance) if report.door is Door.PUBLIC else Relation.NOT_SAID
    if report.door is Door.TYPED:
        relation = pick(chance, (Relation.PROFESSIONAL, Relation.RELATIVE, Relation.SCHOOL))
    is_named = bool(who.name) and relation is not Relation.NOT_SAID
    if report.door in (Door.PUBLIC, Door.FLOOD) and not is_named:
        who = Referrer()
    return {"relation": relation.value, **_about_sender(who)}


def _agreeing(report: Report, who: Referrer, answers: Answers) -> Answers:
    """Return who tells it so that person, job and worry agree; nothing is drawn for it."""
    worry, relation = answers["worry"], answers["relation"]
    if report.door is Door.TYPED and relation == Relation.RELATIVE:
        told = in_the_family(report.situation, worry)
        return {"worry": told, **_about_sender(RELATIVE.reached_like(who))}
    if report.door is Door.PUBLIC:
        return _of_the_street(report, who, Relation(relation))
    if report.door not in (Door.TYPED, Door.PROFESSIONAL):
        return {}
    if worry in JOBS:
        of_job = OF_JOB[JOBS[worry]].reached_like(who)
        told_by = Relation.PROFESSIONAL.value if report.door is Door.TYPED else relation
        return {"relation": told_by, **_about_sender(of_job)}
    return _about_sender(SECRETARY.reached_like(who)) if relation == Relation.SCHOOL else {}


def _of_the_street(report: Report, who: Referrer, relation: Relation) -> Answers:
    """Return who fills in the public form so that the name is that of such a person."""
    told = {}
    if relation is Relation.PARENT:
        if report.situation in OF_PARENT:
            told = {"worry": OF_PARENT[report.situation]}
        else:
            relation = Relation.RELATIVE
    if relation not in OF_RELATION:
        return {}
    fitting = OF_RELATION[relation]
    person = who if who in fitting else fitting[0].reached_like(who)
    if relation is Relation.PARENT:
        person = replace(person, name=f"{person.name} {report.children[0].child.surname}")
    return {**told, "relation": relation.value, **_about_sender(person)}


def _about_sender(who: Referrer) -> Answers:
    return {
        "gives_name": "yes" if who.name else "no",
        "referrer_name": who.name,
        "referrer_job": who.job,
        "agency": who.agency,
        "referrer_contact": who.contact,
    }


def _risk(situation: Situation, on: date, chance: Random) -> Answers:
    """Return the 21 answers, and the talk that a yes or a not sure asks for."""
    raised = chance.sample(_NOT_SURE, chance.randrange(3)) if situation in IS_LOST else []
    answers: Answers = {}
    for question in RISK_QUESTIONS:
        answer = "not_sure" if question.code in raised else "no"
        if question.code == "poor_attendance" and situation is Situation.OUT_OF_SCHOOL:
            answer = "yes"
        answers[answer_of(question.code)] = answer
        if answer != "no":
            answers[words_of(question.code, answer)] = "So said the school that knew the family."
    if any(answer in ("yes", "not_sure") for answer in answers.values()):
        answers |= {
            "talk_lead": "Sally Safe",
            "talk_lead_contact": "020 7946 0911",
            "talk_manager": "Mary Manager",
            "talk_on": on,
            "talk_advice": "Refer today, and ask the brothers’ and sisters’ schools as well.",
        }
    return answers


def _known(report: Report, depth: Depth, on: date, chance: Random) -> Answers:
    """Return what is known of school, services and a journey, as the worry has it."""
    situation, is_cared_for = report.situation, report.children[0].child.is_looked_after
    answers: Answers = {
        "social_worker": "yes" if is_cared_for else "no",
        "social_worker_about": "Wendy Ward, spoken to today" if is_cared_for else "",
        "family_told": "no" if situation in IS_LOST else "yes",
        "family_not_told_why": "Nobody reaches them." if situation in IS_LOST else "",
        "abroad": "not_sure" if situation in IS_LOST else "no",
        "groups_national": ["ceased_to_attend"] if situation in IS_LOST else [],
        "groups_local": ["mobile_family"] if chance.random() < 0.2 else [],
    }
    if depth is Depth.SCHOOL:
        absent = 17 if situation is Situation.ABSENT else 4
        is_new = situation is Situation.UNRECORDED
        answers |= {"attended": "yes", "attended_on": _school_day_by(on - timedelta(days=absent))}
        answers["off_roll"] = "no"
        answers |= {"attendance": "" if is_new else "91 % last year", "transfer_file": "not_sent"}
    return answers


def _school_day_by(day: date) -> date:
    """Return the last day up to this one on which the borough's schools are open."""
    calendar = calendar_for(None)
    while not calendar.is_school_day(day):
        day -= timedelta(days=1)
    return day


def _sibling(reported: Reported) -> Answers:
    return {
        "sibling_forename": reported.child.forename,
        "sibling_surname": reported.child.surname,
        "sibling_born": reported.child.born,
        "sibling_school": "",
        "sibling_attends": "not_known",
        "sibling_asked": "yes",
        "sibling_is_referred": "yes",
    }


def _enquiries(
    report: Report, depth: Depth, on: date, chance: Random
) -> Iterator[Mapping[str, Any]]:
    """Yield what was tried; a school has tried the most, and asks of siblings where there are."""
    if report.situation not in IS_LOST:
        return
    tried = [row for row in _TRIED if row[0] != _OF_SIBLINGS or len(report.children) > 1]
    number = len(tried) if depth is Depth.SCHOOL else chance.randrange(1, 4)
    for n, (step, method, outcome) in enumerate(tried[:number], start=1):
        yield {code: "" for code in QUESTIONS if code.startswith("enquiry_")} | {
            "enquiry_step": step,
            "enquiry_on": on - timedelta(days=number + 1 - n),
            "enquiry_method": method,
            "enquiry_outcome": outcome,
        }


def with_post(answers: Answers, channel: str, taken_by: str, at: datetime) -> Answers:
    """Add to an officer's form how it came, to whom, and when."""
    came = {"channel": channel, "taken_by": taken_by, "came_on": at.date()}
    return answers | came | {"came_at": f"{at:%H:%M}", "plan": "no"}
