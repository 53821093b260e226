"""The front door's questions and ends as pages show them, in the words of the local policy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from onroll.govuk.parts import Contact
from onroll.rules.clock import Clock
from onroll.rules.clocks import CLOCKS, clock_on
from onroll.rules.duties import DUTIES
from onroll.rules.front_door import ASKERS, DOORS, Asker, Question, before, with_names
from onroll.rules.hours import Line
from onroll.rules.policy import LocalPolicy
from onroll.rules.referral import ELSEWHERE, MOMENTS, Action, End, Route, duties_at
from onroll.rules.start_records import PROOFS

TITLES = {
    Route.MASH_URGENT: "Ring now",
    Route.MASH: "Tell the {policy.mash_name}",
    Route.SOCIAL_WORKER: "Speak to the social worker first",
    Route.HOME_EDUCATION: "Tell the council about home education",
    Route.HOME_AUTHORITY: "Tell the council where the child lives",
    Route.ATTENDANCE: "Follow the attendance process",
    Route.NEW_SCHOOL: "Pass the child on to the new school",
    Route.LEAD_OFFICER: "Tell the {policy.cme_name}",
    Route.NOBODY: "You need not refer this now",
}
"""The heading of each end."""

OF_HUB = {Route.MASH_URGENT, Route.MASH, Route.SOCIAL_WORKER}
"""The ends at which the hub is to be rung, whatever their actions say."""
HUB_NAMES = ("{line}", "{policy.mash_name}")
"""How an action names the hub."""


@dataclass(frozen=True)
class Step:
    """One action on a page: what to do, by when, and what says so."""

    words: str
    by: str
    source: str


def first(asker: str) -> str:
    """Return the code of an asker's first question."""
    return next(iter(DOORS[Asker(asker)]))


def question_at(asker: str, code: str) -> Question:
    """Return a question of an asker's; LookupError if there is none."""
    if asker not in DOORS:
        raise LookupError(asker)
    return DOORS[Asker(asker)][code]


def end_at(question: Question, code: str) -> End:
    """Return what an answer leads to; LookupError if it leads to another question, or to none."""
    ends = {a.code: a.leads for a in question.answers if isinstance(a.leads, End)}
    return ends[code]


def question_before(asker: str, question: Question) -> Question | None:
    """Return the question before one of an asker's."""
    return before(DOORS[Asker(asker)], question.code)


def steps(end: End, *, policy: LocalPolicy, line: Line, on: date) -> list[Step]:
    """Return the actions of an end on a day, then what the law asks there as well."""
    actions = [_step(action, policy=policy, line=line, on=on) for action in end.actions]
    duties = [Step(gettext(d.words), "", in_full(d.source)) for d in duties_at(end.route, on=on)]
    return actions + duties


def _step(action: Action, *, policy: LocalPolicy, line: Line, on: date) -> Step:
    words = with_names(gettext(action.words), policy, line=line.name)
    if not action.clock:
        return Step(words, gettext(action.by), in_full(action.source))
    clock = clock_on(action.clock, on=on)
    length = clock.length(policy, on=on)
    by = gettext(_within(clock) if length else sentence(clock.then)).format(length=length)
    source = f"{action.source}; {clock.source} {clock.clause}".strip()
    return Step(words, by, in_full(source))


def _within(clock: Clock) -> str:
    return f"Within {{length}} {clock.unit.words} of {clock.counts_from}"


def in_full(source: str) -> str:
    """Return a source without its abbreviations."""
    source = re.sub(r"policy p\.(\d+)$|policy p\.(\d+)(?=;)", r"policy page \1\2", source)
    source = source.replace("policy p.", "policy pages ")
    source = source.replace("Regs 2024 reg ", "Pupil Registration Regulations 2024, regulation ")
    source = source.replace("EA96 s.", "Education Act 1996, section ")
    return sentence(source.replace("CMEG25", "the guidance on children missing education of 2025"))


def sentence(words: str) -> str:
    """Return words with a capital first."""
    return words[:1].upper() + words[1:]


def whom_to_ring(end: End, *, line: Line, policy: LocalPolicy) -> list[Contact]:
    """Return whom to ring at an end, the first first: who its actions name.

    For the hub that is who answers at the moment. For who takes absence, and for Admissions, the
    policy gives no number (p.3, 5, 8): they are named, with the officer who is rung
    where nobody knows theirs.
    """
    hub = Contact(line.name, line.phone, line.email, line.note)
    officer = Contact(policy.cme_name, policy.cme_phone, policy.cme_email)
    if end.route is Route.ATTENDANCE:
        return [*_of_attendance(policy), Contact(policy.home_education_name), officer]
    if end.is_about_attendance:
        return [*_of_attendance(policy), officer]
    if end.is_about_places:
        return [Contact(policy.admissions_name), officer]
    if not is_of_hub(end):
        return [officer]
    return [hub, officer] if ELSEWHERE in end.actions else [hub]


def _of_attendance(policy: LocalPolicy) -> list[Contact]:
    """Return who takes the absence of a child on a roll, and who goes to court (policy p.3)."""
    process = f"{policy.attendance_process_name}: {policy.attendance_officer_name}"
    is_another = policy.court_officer_name != policy.attendance_officer_name
    return [Contact(process), *([Contact(policy.court_officer_name)] if is_another else [])]


def is_of_hub(end: End) -> bool:
    """Say whether the hub is to be rung: by where a worry goes, or by what is to be done there."""
    names_hub = (name in action.words for action in end.actions for name in HUB_NAMES)
    return end.route in OF_HUB or any(names_hub)


def words() -> Iterator[str]:
    """Return all that the rules' tables say here, as it is translated when it is shown."""
    yield from ASKERS.values()
    yield from TITLES.values()
    yield from (proof.words for proofs in PROOFS.values() for proof in proofs)
    yield from (duty.words for duty in DUTIES if duty.moment in MOMENTS.values())
    for question in (question for door in DOORS.values() for question in door.values()):
        yield question.words
        yield from (answer.words for answer in question.answers)
        ends = (answer.leads for answer in question.answers if isinstance(answer.leads, End))
        for action in (action for end in ends for action in end.actions):
            yield from (action.words, *_deadlines(action))


def _deadlines(action: Action) -> Iterator[str]:
    if action.by:
        yield action.by
    if action.clock:
        clock = CLOCKS[action.clock]
        yield from (_within(clock), sentence(clock.then))
