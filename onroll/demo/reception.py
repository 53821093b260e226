"""The made-up referrals come in, through the actions of the forms by which they are sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from django.conf import settings

from onroll.accounts.models import User
from onroll.cases.queries import Match
from onroll.children.models import Child
from onroll.demo.answers import DEPTHS, Answers, answers_to, with_post
from onroll.demo.chance import pick
from onroll.demo.evidence import letter, note
from onroll.demo.identity import Identity
from onroll.demo.open_cases import open_cases
from onroll.demo.referrals import Report, Reported
from onroll.demo.referrers import NEIGHBOURS, PROFESSIONALS, Referrer
from onroll.demo.turns import Delay
from onroll.demo.worries import TO_THE_HUB, Door, Situation
from onroll.referrals import actions, queries
from onroll.referrals.facts import ChildWords, FileWords, ReferralFacts
from onroll.referrals.models import Referral, ReferredChild
from onroll.referrals.queries import pupils
from onroll.referrals.questions.answers import facts_of
from onroll.referrals.questions.checks import moment_of
from onroll.referrals.questions.readiness import gaps_of
from onroll.rules.references import speakable
from onroll.rules.refusal import Refused
from onroll.schools.models import School
from onroll.schools.queries import calendar_for, school_of
from onroll.senders.sender import sender_at

_SIGNED_IN = ("sen", "cat", "hal")
_TYPISTS = ("mo", "olive", "mia")
_CHANNELS = ("telephone", "letter", "email", "person")
_SPAM = ("Great offers, click here.", "asdf asdf asdf", "test test")


@dataclass
class Reception:
    """Takes referrals in. `sent` are the references that senders were given, `links` the keys of
    their private links, `children` who is truly meant by each child of a referral, and `delays` who
    does not get to it in time."""

    people: dict[str, User]
    chance: Random
    identity: Identity
    sent: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    children: dict[tuple[str, int], Reported] = field(default_factory=dict)
    delays: dict[str, Delay] = field(default_factory=dict)
    _number: int = 0
    _channels: Iterator[str] = field(default_factory=lambda: cycle(_CHANNELS))

    def receive(self, report: Report) -> None:
        """Let a referral come in as it was sent."""
        if report.door is Door.CASE:
            self._send_case(report)
        elif report.door is Door.FLOOD:
            self._flood(report)
        elif report.door in (Door.PUPIL, Door.SCHOOL):
            self._of_school(report)
        elif report.door is Door.TYPED:
            self._type_in(report)
        else:
            self._fill_in(self._about_a_case(report))

    def meant(self, entry: ReferredChild) -> Reported | None:
        """Return who is truly meant by a child of a referral; nobody for an officer's own case."""
        return self.children.get((entry.referral.ref, entry.number))

    def is_on_record(self, entry: ReferredChild) -> bool:
        """Return whether the child who is meant is on record."""
        reported = self.meant(entry)
        return reported is not None and self.identity.record_of(reported.child) is not None

    def match(self, entry: ReferredChild, *, by: User, on: date) -> Match | None:
        """Return the likely child on the page who truly is the one that is meant."""
        reported = self.meant(entry)
        record = self.identity.record_of(reported.child) if reported else None
        if record is None:
            return None
        likely = queries.likely(by, entry, on=on)
        return next((match for match in likely if match.child == record), None)

    def _fill_in(self, report: Report, *, address: str = "") -> None:
        """Fill in the form of the public or of a professional, with or without an account."""
        user, who = None, pick(self.chance, NEIGHBOURS)
        if report.door is Door.PROFESSIONAL:
            who = pick(self.chance, PROFESSIONALS)
        elif report.door is Door.SIGNED_IN:
            user = self.people[pick(self.chance, _SIGNED_IN)]
            who = Referrer(user.name, user.role_title, "The council", user.email)
        answers = answers_to(report, who, self.chance)
        agency = answers.get("agency")
        files = (letter(f"To whom it may concern: {agency}"),) if agency else ()
        facts = self._facts(report, answers, by=user, files=files)
        self._keep(report, facts, by=user, at=report.at, address=address)

    def _facts(
        self,
        report: Report,
        answers: Answers,
        *,
        by: User | None,
        school: School | None = None,
        pupil: pupils.Pupil | None = None,
        files: Sequence[FileWords] = (),
        at: datetime | None = None,
    ) -> ReferralFacts:
        """Return a whole referral, with what is missing and why it was sent so."""
        depth, on = DEPTHS[report.door], report.at.date()
        missing = gaps_of(answers, depth, on=on, calendar=calendar_for(school), pupil=pupil)
        answers["missing"] = [gap.code for gap in missing]
        if missing and not report.is_urgent:
            answers["missing_why"] = "It cannot wait for that, and we have tried what we could."
        return facts_of(
            answers,
            depth,
            by=by.name if by else str(answers["referrer_name"]),
            at=at or report.at,
            school=(school.pk, school.name) if school else None,
            pupil=pupil,
            files=tuple(files),
        )

    def _keep(
        self, report: Report, facts: ReferralFacts, *, by: User | None, at: datetime, address: str
    ) -> Referral:
        self._number += 1
        sender = sender_at(address or f"2001:db8:{self._number:x}::1")
        ref = speakable()
        referral = actions.receive(ref=ref, facts=facts, by=by, at=at, sender=sender)
        self.sent.append(ref)
        self.delays[ref] = report.delay
        self.links[ref] = actions.make_link(referral=referral, at=at)
        for number, reported in enumerate(report.children[: len(facts.children)], start=1):
            self.children[ref, number] = reported
        return referral

    def _of_school(self, report: Report) -> None:
        """Fill in a school's form: of its own pupil, with what its files hold; else of another."""
        on = report.at.date()
        for user in (self.people["sam"], self.people["tess"]):
            record = self.identity.record_of(report.children[0].child)
            try:
                pupil = pupils.pupil(user, record.ref if record else "", on=on)
            except pupils.NoPupil:
                continue
            siblings = tuple(self._siblings(pupil, report))
            report = replace(report, children=(report.children[0], *siblings))
            break
        else:
            user, pupil = self.people["sam"], None
        school = pupil.school if pupil else school_of(user)
        who = Referrer(user.name, "School secretary", "", user.email)
        answers = answers_to(report, who, self.chance, known=pupil is not None)
        for code in pupil.answered if pupil else ():
            answers.pop(code, None)
        facts = self._facts(report, answers, by=user, school=school, pupil=pupil, files=(note(),))
        self._keep(report, facts, by=user, at=report.at, address="")

    def _siblings(self, pupil: pupils.Pupil, report: Report) -> list[Reported]:
        records = Child.objects.filter(pk__in=[mate.child_id for mate in pupil.siblings[:1]])
        known = map(self.identity.child_of, records)
        return [replace(report.children[0], child=child) for child in known if child is not None]

    def _type_in(self, report: Report) -> None:
        """Type in what came some other way, with the original where there is one."""
        user = self.people[pick(self.chance, _TYPISTS)]
        channel, typed_at = next(self._channels), report.at + timedelta(minutes=35)
        who = pick(self.chance, PROFESSIONALS)
        answers = with_post(answers_to(report, who, self.chance), channel, user.name, report.at)
        files = {"letter": (letter("To the council"),), "person": (note(),)}.get(channel, ())
        files = files or ((letter("Printed e-mail"),) if channel == "email" else ())
        facts = self._facts(report, answers, by=user, files=files, at=typed_at)
        came_at = moment_of(answers, now=typed_at)
        self._keep(report, facts, by=user, at=came_at, address="")

    def _flood(self, report: Report) -> None:
        """Let very many forms come from one address, a real one among them."""
        address = "198.51.100.7"
        spam = ReferralFacts(
            relation="not_said",
            worry=pick(self.chance, _SPAM),
            children=(ChildWords(forename="Xx"),),
        )
        for number in range(settings.SENDER_FORMS + 2):
            at = report.at + timedelta(seconds=20 * number)
            if number == 4:
                self._fill_in(replace(report, at=at), address=address)
            else:
                empty = replace(report, children=())
                self._keep(empty, spam, by=None, at=at, address=address)

    def _about_a_case(self, report: Report) -> Report:
        """Return a referral of a child with an open case about one; there is mostly one by now."""
        if report.situation is not Situation.WITH_CASE:
            return report
        for case in open_cases(self.chance):
            child = self.identity.child_of(case.child)
            if child is not None:
                reported = replace(report.children[0], child=child, situation=report.situation)
                return replace(report, children=(reported,))
        return replace(report, situation=report.children[0].situation)

    def _send_case(self, report: Report) -> None:
        """Let an officer send an open case to the hub."""
        for case in open_cases(self.chance):
            ref, worry = speakable(), pick(self.chance, TO_THE_HUB)
            why = worry if report.is_urgent else ""
            try:
                actions.send_to_hub(
                    case=case, ref=ref, worry=worry, urgent_why=why, by=case.owner, at=report.at
                )
            except Refused:
                continue
            self.sent.append(ref)
            return
