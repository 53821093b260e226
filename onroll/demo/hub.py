"""What the made-up hub does with what came in: it looks, grades, decides, and hears of the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onroll.accounts.models import User
from onroll.demo.chance import Weighted, pick
from onroll.demo.reception import Reception
from onroll.demo.referrals import Reported
from onroll.demo.turns import DAY, LATER, Delay, is_turn
from onroll.demo.worries import ROUTES, Situation
from onroll.referrals import actions, queries
from onroll.referrals.actions import Way
from onroll.referrals.codes import SENT_ON, Decision, Stage
from onroll.referrals.models import (
    Audience,
    Channel,
    Happening,
    HubDecision,
    Quarantine,
    Referral,
    ReferredChild,
)
from onroll.rules.grades import Grade
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import Checks
from onroll.schools.queries import authority_coded

_GRADES = Weighted({Grade.RED: 0.08, Grade.AMBER: 0.32, Grade.GREEN: 0.6})
_NO_POLICE = "Enquiries come first. The police are told where these find nothing."
_DESKS = {Decision.ATTENDANCE: "cat", Decision.HOME_EDUCATION: "hal"}
_RECEIVERS = {
    Decision.SOCIAL_CARE: "Debbie Duty, duty team",
    Decision.OTHER_AUTHORITY: "Bo Brown, its officer for missing education",
    Decision.EARLY_HELP: "Eve Early, early support",
}


@dataclass
class Hub:
    """Who decides about what came in, and hears of what was sent on."""

    people: dict[str, User]
    chance: Random
    reception: Reception

    def work(self, *, at: datetime) -> None:
        """Do what can be done at one moment of a day; not all of it gets done, as in life."""
        self._answer_quarantine(at)
        self._read(at)
        deciders = [self.people["mo"], self.people["mia"]]
        for referral in queries.hub_queue(deciders[0], at=at):
            since = referral.sent_at
            delay = self.reception.delays.get(referral.ref, Delay.NOBODY)
            for by in deciders:
                if is_turn(by, referral, delay, since=since, at=at, chance=self.chance):
                    self._look_at(referral, by=by, at=at)
                    break
        self.hear_of_all(at)
        self._ring(at)

    def _answer_quarantine(self, at: datetime) -> None:
        """Release the forms in quarantine that are about a child, and refuse the others."""
        waiting = Quarantine.objects.waiting().filter(since_at__lt=at - LATER)
        real = {ref for ref, _ in self.reception.children}
        rows = list(waiting.select_related("referral"))
        if worries := [row for row in rows if row.referral.ref in real]:
            why = "A real worry, sent from a shared computer."
            actions.release(quarantined=worries, why=why, by=self.people["mo"], at=at)
        if nonsense := [row for row in rows if row.referral.ref not in real]:
            why = "No person meant these."
            actions.refuse(quarantined=nonsense, why=why, by=self.people["mo"], at=at)

    def _read(self, at: datetime) -> None:
        """Read of the cases that files opened, and of what is new; of some a little later."""
        mo = self.people["mo"]
        notices = [n.pk for n in queries.unread_notices(mo) if n.at < at - LATER]
        actions.read_notices(notices=notices, by=mo, at=at)
        for reader in (mo, self.people["olive"]):
            for referral in queries.with_news(reader):
                if self.chance.random() < 0.3:
                    actions.note_read(referral=referral, by=reader, at=at)

    def _ring(self, at: datetime) -> None:
        """Ring who left only a number, a day after there is something to tell them."""
        for by in (self.people["mo"], self.people["mia"]):
            steps = queries.to_ring(by).filter(at__lt=at - DAY).select_related("referral")
            for happening, referral in {(row.happening, row.referral): row for row in steps}:
                actions.note_information(
                    referral=referral,
                    happening=Happening(happening),
                    audience=Audience.REFERRER,
                    channel=Channel.TELEPHONE,
                    on=at.date(),
                    why="They said that they understood.",
                    by=by,
                    at=at,
                )

    def _look_at(self, referral: Referral, *, by: User, at: datetime) -> None:
        """Take a referral on and grade it; decide about it at once, or the next time."""
        if referral.stage == Stage.CONTACT.value:
            referral = actions.take_on(referral=referral, by=by, at=at)
            grade = Grade.RED if referral.is_urgent else _GRADES.draw(self.chance)
            referral = actions.grade(
                referral=referral, grade=grade, why="", urgent_why="", by=by, at=at
            )
            if not referral.is_urgent and self.chance.random() < 0.4:
                return
        for entry in queries.children_of(referral):
            if entry.decision is None:
                self._decide(referral, entry, by=by, at=at)

    def _decide(self, referral: Referral, entry: ReferredChild, *, by: User, at: datetime) -> None:
        reported = self.reception.meant(entry)
        match = self.reception.match(entry, by=by, on=at.date())
        known = entry.known_case
        case = known if known and known.is_open else match.case if match else None
        situation = Situation.WITH_CASE
        if case is None:
            situation = reported.situation if reported else Situation.GONE
            if situation is Situation.WITH_CASE:  # it was closed before anybody looked
                situation = Situation.GONE
        elif referral.is_urgent:
            situation = Situation.IN_DANGER
        decision, why = pick(self.chance, ROUTES[situation])
        if decision is Decision.LEAD_OFFICER and entry.decisions.exists():  # it was turned back
            is_unclear = match is None and self.reception.is_on_record(entry)
            decision, why = _again(decision, why, is_unclear=is_unclear)
        way = Way(
            decision=decision,
            why=why,
            case=case if decision is Decision.OPEN_CASE else None,
            authority=authority_coded(reported.home.la) if reported else None,
            passed_how="By telephone, and in their own system" if decision.value in SENT_ON else "",
            contradicts_why="Talked over with the manager, who sees it so too.",
        )
        checks = _checks(referral, reported, situation, is_first=entry.is_first, by=by, at=at)
        actions.decide(
            referral=referral, way=way, checks=checks, only=(entry.number,), by=by, at=at
        )

    def hear_of_all(self, at: datetime) -> None:
        """Hear of some that were sent on; the newest of each kind is on its way still."""
        decisions = list(queries.on_its_way(self.people["mo"]))
        in_time = sorted(decisions, key=lambda row: (row.at, row.pk))
        newest = {row.decision: row for row in in_time if row.is_to_receive}.values()
        for decision in decisions:
            if decision not in newest and at - decision.at > DAY and self.chance.random() < 0.08:
                self._hear(decision, at=at)

    def _hear(self, decision: HubDecision, *, at: datetime) -> None:
        """Let who was sent a child take it, and later say what came of it; or enter who says so."""
        way = Decision(decision.decision)
        by = self.people[_DESKS.get(way, "mo")]
        if decision.asks_what_came_of_it:
            words = "Visited the family. The child is back at school."
            actions.enter_outcome(decision=decision, words=words, by=by, at=at)
        elif way in _DESKS:
            actions.take_sent(decision=decision, by=by, at=at)
        else:
            name = _RECEIVERS[way]
            actions.enter_receipt(decision=decision, name=name, on=at.date(), by=by, at=at)


def _again(decision: Decision, why: str, *, is_unclear: bool) -> tuple[Decision, str]:
    """Return what is decided about a child who was turned back."""
    if is_unclear:
        return Decision.ADVICE, "Who referred cannot say more. Asked to tell us if they learn it."
    return decision, f"Asked who referred: the address is right. {why}"


def _checks(
    referral: Referral,
    reported: Reported | None,
    situation: Situation,
    *,
    is_first: bool,
    by: User,
    at: datetime,
) -> Checks:
    """Return what the hub checked: of an urgent referral the worst, of others little."""
    is_serious = referral.is_urgent or situation is Situation.IN_DANGER
    is_lost = situation in (Situation.GONE, Situation.ABSENT, Situation.WITH_CASE)
    is_risk_open = is_serious or is_lost or referral.grade == Grade.RED.value
    is_known = not is_lost and _is_told_where(referral, is_first=is_first)
    is_cared_for = bool(reported and reported.child.is_looked_after)
    return Checks(
        is_whereabouts_known=is_known,
        risk=RiskAnswer.NOT_SURE if is_risk_open else RiskAnswer.NO,
        greater_risks=("physical_harm",) if is_serious else (),
        is_serious=is_serious,
        has_social_worker=is_cared_for,
        social_worker="Wendy Ward" if is_cared_for else "",
        social_worker_on=at.date() if is_cared_for else None,
        call_with="Olive Obi, lead officer" if is_serious else "",
        call_at=at - timedelta(minutes=15) if is_serious else None,
        police_by=by.name if is_serious else "",
        police_reference=f"CAD {referral.pk:04}" if is_serious else "",
        police_why_not=_NO_POLICE if is_risk_open and not (is_known or is_serious) else "",
    )


def _is_told_where(referral: Referral, *, is_first: bool) -> bool:
    """Return whether who referred knows where the child is: of an open case, nobody does."""
    answer = referral.answers.get("whereabouts") if is_first else ""
    return referral.from_case_id is None and answer not in ("no", "not_sure")
