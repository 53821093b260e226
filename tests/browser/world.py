"""A small council at work, with something on every page. Every child in it is made up."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from onroll.accounts.actions import confirm_address
from onroll.accounts.models import User
from onroll.audit.actions import acting
from onroll.cases import actions as casework
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.models import PlaceKind
from onroll.demo.upns import with_letter, with_wrong_letter
from onroll.duplicates import actions as duplicates
from onroll.intake import actions as intake
from onroll.intake.models import ListKind, Row, Transfer
from onroll.intake.tasks import take_through
from onroll.referrals import actions as referrals
from onroll.referrals.codes import Decision
from onroll.referrals.facts import (
    ChildWords,
    EnquiryWords,
    FileWords,
    GroupWords,
    ReferralFacts,
    RiskWords,
)
from onroll.referrals.models import Referral
from onroll.referrals.tasks import look_over
from onroll.reports.actions import issue_weekly
from onroll.reports.queries.issued import last_finished
from onroll.rules import pathway
from onroll.rules.school_reports import Concern
from tests import files
from tests.browser import asked
from tests.documents.made import PDF, bomb, photo
from tests.journeys import world as schools
from tests.journeys.world import WEEK
from tests.people import People
from tests.proof import facts
from tests.referrals.made import decide, flood
from tests.world import take_in

PASSWORD = "correct horse battery staple"
MANY = 60
SURNAMES = ("Wanderley", "Ferrywell", "Quillby", "Brackenhall", "Saltmarsh", "Hollowridge")
OTHER_SURNAMES = ("Tarnbrook", "Ellershaw", "Pinfolder")
FORENAMES = ("Robin", "Ash", "Rowan", "Jules", "Linden", "Perri")


@dataclass(frozen=True)
class Places:
    """Where things are: addresses that the tests open."""

    mine: str
    found: str
    several: str
    cover: str
    closed: str
    review: str
    clock: str
    alert: str
    file: str
    refused: str
    record: str
    unsure: tuple[str, ...]
    claims: tuple[str, ...]
    held: str
    report: str
    school_file: str
    school_upload: str
    settled: str
    school: str
    others: str
    pair: str
    proposed: str
    merged: str
    apart: str
    compared: str
    finding: str
    child: str
    pupil: str
    referral: str
    sent_on: str
    to_take: str
    to_answer: str
    at_attendance: str
    again: str
    to_hub: str
    handed_over: str
    at_work: str
    received: str
    status: str
    finished: str
    flooder: str
    agency: str
    family: str
    check: str
    answered: str
    roll_answer: str
    start_record: str
    long: tuple[str, ...]
    long_at_school: str


@dataclass(frozen=True)
class Sent:
    """Files that were sent."""

    leavers: Transfer
    of_school: Transfer
    unsure: Transfer
    claims: Transfer
    held: Transfer
    refused: Transfer


def build_empty() -> dict[str, User]:
    """Make schools and people, and nothing that anybody sent."""
    world = schools.build()
    people = vars(world.people)
    hashed = make_password(PASSWORD)  # slow on purpose: once for all of them
    for person in people.values():
        person.password = hashed
        person.save()
        confirm_address(user=person, at=timezone.now())
    return {**people}


def cookies(people: dict[str, User]) -> dict[str, str]:
    """Sign everyone in and return each one's session, by first name."""
    found = {}
    for name, person in people.items():
        client = Client()
        client.force_login(person)
        found[name] = client.cookies["sessionid"].value
    return found


class Filling:
    """Fills the council with what a fortnight brings."""

    def __init__(self, people: dict[str, User]) -> None:
        self.people, self.today, self.now = people, timezone.localdate(), timezone.now()
        self.week_ago = self.now - WEEK
        self.world = schools.World(
            people=People(**people),
            st_anns=schools.school("3102001"),
            mill_lane=schools.school("3102002"),
            today=self.today,
        )

    def pupil(self, n: int, **said: Any) -> str:
        """Return the record of the n-th child, who left St Ann's for nobody knows where."""
        facts: dict[str, Any] = {
            "surname": SURNAMES[n % len(SURNAMES)] + "abcdefghijkl"[n // len(SURNAMES)],
            "forename": FORENAMES[(n // 2) % len(FORENAMES)],
            "born": self.world.born + timedelta(days=13 * n),
            "upn": with_letter(f"3102001250{n:02}"),
            "entry_on": self.world.ago(40),
            "left_on": self.world.ago(2),
            "reason": "UK",
        }
        return files.pupil(**(facts | said))

    def take_in(self, name: str, content: bytes, *, by: str = "olive", at: Any = None) -> Transfer:
        """Put one file through the pipeline."""
        return take_in(content, name, at=at or self.week_ago, by=self.people[by])

    def fill(self) -> Places:
        """Send files, work on cases, issue the report; return where everything is."""
        sent = self._send_files()
        mine, found, closed = self._work_on_cases(sent.leavers)
        compared = self._compare()
        report, _ = issue_weekly(week_starts_on=last_finished(self.today), at=self.now)
        return Places(
            **_of_cases(mine, found, closed),
            cover=f"/cases/officers/{self.people['olive'].pk}/cover/",
            **_of_files(sent),
            school_upload=self._upload(),
            settled=self._settled(),
            report=f"/reports/weekly/{report.ref}/",
            school="/schools/3102001/",
            compared=f"/files/{compared.ref}/",
            finding=f"/review/findings/{compared.findings.order_by('pk')[0].pk}/",
            **self._pairs(mine, sent.leavers),
            **self._referrals(mine),
            **asked.ask(self.people, schools.school("3102001"), surname=SURNAMES[0]),
            **self._long_names(),
        )

    def _send_files(self) -> Sent:
        """Send leavers and joiners: right, in doubt, of a school not on file, and none at all."""
        made = self.week_ago.date()
        sloppy = self.pupil(61, upn=with_wrong_letter(with_letter("310200125061")))
        return Sent(
            leavers=self.take_in(
                "3102001_CML_310LLLL_001.xml",
                files.cml(*(self.pupil(n) for n in range(MANY)), made=made),
            ),
            of_school=self.take_in(
                "3102001_CML_310LLLL_002.xml",
                files.cml(sloppy, made=self.today),
                by="sam",
                at=self.now,
            ),
            unsure=self._joiners(made),
            claims=self._home_educated(made),
            held=self.take_in(
                "3102998_CML_310LLLL_001.xml",
                files.cml(self.pupil(68, estab="2998"), made=made, estab="2998"),
            ),
            refused=self.take_in("leavers (1).xml", b"<html><body>Sign in</body></html>"),
        )

    def _joiners(self, made: date) -> Transfer:
        """Send who joined Mill Lane: one leaver of St Ann's, and four who may be leavers."""
        nearly = (
            self.pupil(n, **self.joined, upn="", surname=SURNAMES[n] + "e") for n in (1, 2, 3, 4)
        )
        return self.take_in(
            "3102002_CMJ_310LLLL_001.xml",
            files.cmj(self.pupil(0, **self.joined), *nearly, made=made),
        )

    def _home_educated(self, made: date) -> Transfer:
        """Send leavers of whom the school says that they are taught at home."""
        leavers = (
            self.pupil(65 + n, surname=surname, postcode="HA3 9ZZ", reason="EL", ground="F")
            for n, surname in enumerate(OTHER_SURNAMES)
        )
        return self.take_in("3102001_CML_310LLLL_003.xml", files.cml(*leavers, made=made))

    @property
    def joined(self) -> dict[str, Any]:
        """Return what a record says of a child who has joined Mill Lane."""
        return {"estab": "2002", "entry_on": self.world.ago(1), "left_on": None, "reason": ""}

    def _long_names(self) -> dict[str, Any]:
        """Bring names no page was made for: a leaver's, and one that fills a cell of a roll."""
        name = "W" * 500
        leaver = self.take_in(
            "3102001_CML_310LLLL_004.xml",
            files.cml(self.pupil(64, forename=name, surname=name), made=self.today),
            at=self.now,
        )
        roll = "LA,Estab,UPN,Surname,Forename,Date of birth\n310,2001,,{0},{1},2015-03-04\n"
        content = roll.format(name, "W" * 32_767).encode()
        listed = self.take_in("long.csv", content, by="sam", at=self.now)
        row = leaver.rows.get()
        assert row.case is not None
        files_of = [f"/files/{one.ref}/" for one in (leaver, listed)]
        case = f"/cases/{row.case.ref}/"
        pages = (case, f"{case}child/", f"{case}chronology/", f"{case}team/")
        return {
            "long": (*pages, *files_of, *(f"{one}records/1/" for one in files_of)),
            "long_at_school": f"/school/files/{listed.ref}/",
        }

    def _upload(self) -> str:
        """Send what a school may send at once: right, wrong, cut off, empty; return its page."""
        wrong = files.cml(self.pupil(62), self.pupil(63, sex="Q"), made=self.today)
        sent = {
            "wrong.xml": wrong.replace(b"<DOB>20", b"<DOB>1/1/20", 1),
            "cut_off.xml": wrong[:900],
            "roll.csv": b"Surname,Forename,DOB\nMadeup,Sal,04/03/15\n",
            "empty.xml": b"",
        }
        with acting(actor="test"):
            upload = intake.receive_upload(
                files=[
                    intake.inspect_file(content=content, name=name, megabytes=1)
                    for name, content in sent.items()
                ],
                by=self.people["sam"],
                at=self.now,
                is_from_school=True,
            )
        for item in upload.items.exclude(transfer=None):
            take_through(item.transfer_id or 0, at=self.now, actor="test")
        return f"/school/files/uploads/{upload.ref}/"

    def _settled(self) -> str:
        """Settle an unsure record; return its page."""
        row = self.take_in(
            "3102002_CMJ_310LLLL_009.xml",
            files.cmj(
                self.pupil(4, **self.joined, upn="", forename="Robyn"),
                made=self.today,
            ),
        ).rows.get()
        with acting(actor="test"):
            intake.settle_row(
                row=row, child=None, why="Cousins.", by=self.people["olive"], at=self.now
            )
        return f"/review/{row.transfer.ref}/{row.number}/"

    def _pairs(self, mine: Case, leavers: Transfer) -> dict[str, str]:
        """Propose one merge, carry out another, tell two apart; return where each is."""
        rows = leavers.rows.order_by("number").select_related("child")[20:27]
        one, two, three, four, five, six, seven = (row.child for row in rows if row.child)
        now, olive, max_ = self.now, self.people["olive"], self.people["max"]
        why = "The school sent one birth certificate for both records, and one address."
        with acting(actor="test"):
            proposed = duplicates.propose_merge(target=one, merged=two, why=why, by=olive, at=now)
            merged = duplicates.propose_merge(target=three, merged=four, why=why, by=olive, at=now)
            duplicates.agree_merge(merge=merged, by=max_, at=now)
            apart = duplicates.tell_apart(
                first=five, second=six, why="Two births.", by=olive, at=now
            )
        return {
            "others": f"/review/merges/of/{seven.ref}/",
            "pair": f"/review/merges/of/{seven.ref}/and/{mine.child.ref}/",
            "proposed": f"/review/merges/{proposed.pk}/",
            "merged": f"/review/merges/{merged.pk}/",
            "apart": f"/review/merges/apart/{apart.pk}/",
        }

    def _referrals(self, mine: Case) -> dict[str, str]:
        """Refer a child who has a case and one nobody knows; hand over and send on the second.

        What nobody decides in time is passed on, and the hub is told of cases that files opened.
        """
        made, mo = self._refer(mine), self.people["mo"]
        decide(made["handed_over"], by=mo, at=self.now)
        for name in ("sent_on", "at_attendance"):
            decide(made[name], Decision.ATTENDANCE, by=mo, at=self.now)
        to_take, to_answer = (
            made[name].children.get().decision for name in ("sent_on", "at_attendance")
        )
        referrals.enter_receipt(
            decision=to_answer, name="C. Court", on=timezone.localdate(), by=mo, at=self.now
        )
        look_over(timezone.localtime())
        flooded = flood("898-898-898", "898-898-899", at=timezone.localtime())
        return {
            **{name: f"/referrals/{referral.ref}/" for name, referral in made.items()},
            "to_take": f"/sent-to-you/{to_take.ref}/",
            "to_answer": f"/sent-to-you/{to_answer.ref}/",
            "flooder": f"/referrals/quarantine/{flooded[0].quarantine.sender}/",
            "to_hub": f"/referrals/of-case/{mine.ref}/",
            **self._private_links(made["referral"]),
        }

    def _refer(self, mine: Case) -> dict[str, Referral]:
        """Refer as a neighbour, and as somebody who works with the family; return each by name."""
        child = ChildWords(forename=mine.child.forename, surname=mine.child.surname, age=9)
        stranger = ChildWords(home="The blue house in Elm Road, opposite the park", age=7)
        known = ChildWords(forename=mine.child.forename, record=mine.child.pk)
        facts = {
            ("referral", "456-456-456"): by_neighbour(child, urgent_why="He was hit."),
            ("handed_over", "567-567-567"): by_neighbour(stranger),
            ("sent_on", "678-678-678"): by_neighbour(stranger),
            ("at_attendance", "678-678-679"): by_neighbour(stranger),
            ("again", "567-567-568"): by_neighbour(known),
            ("at_work", "789-789-789"): at_work(self.today),
        }
        return {
            name: referrals.refer(ref=ref, facts=words, by=None, at=self.week_ago)
            for (name, ref), words in facts.items()
        }

    def _of_school(self) -> None:
        """Refer children as a school's own staff, one that the hub has handed over."""
        for ref, surname in (("787-787-787", SURNAMES[3]), ("787-787-78A", SURNAMES[4])):
            child = ChildWords(forename="Rowan", surname=surname, school_words="St Ann’s School")
            facts = ReferralFacts(
                relation="professional",
                worry="Gone.",
                children=(child,),
                concerns=frozenset({Concern.HOME_EDUCATION}),
                school=schools.school("3102001").pk,
            )
            sam = self.people["sam"]
            referral = referrals.refer(ref=ref, facts=facts, by=sam, at=self.week_ago)
        decide(
            referral=referral,
            decision=Decision.LEAD_OFFICER,
            why="Nobody knows where she is.",
            by=self.people["mo"],
            at=self.now,
        )

    def _private_links(self, referral: Referral) -> dict[str, str]:
        """Add something to a referral by its private link, and finish another one."""
        picture = ("A very long name of a photo that a phone has made up.jpeg", photo())
        self._of_school()
        text = "He was in the park again, and says that he has no school."
        referrals.add_update(referral=referral, text=text, file=picture, by=None, at=self.now)
        child = ChildWords(home="The red house in Elm Road")
        facts = ReferralFacts(relation="not_said", worry="Shouts at night.", children=(child,))
        over = referrals.refer(ref="798-798-798", facts=facts, by=None, at=self.week_ago)
        decide(
            referral=over,
            decision=Decision.NO_ACTION,
            why="A grown man lives there alone.",
            by=self.people["mo"],
            at=self.now,
        )
        key, last = (referrals.make_link(referral=one, at=self.now) for one in (referral, over))
        return {
            "received": f"/refer/received/{key}/",
            "status": f"/refer/status/{key}/",
            "finished": f"/refer/status/{last}/",
        }

    def _compare(self) -> Transfer:
        """Bring two whole rolls of Mill Lane: of those on the first some are gone, one is new."""
        self._list(range(70, 82), self.today - 3 * WEEK)
        return self._list(range(75, 83), self.today)

    def _list(self, which: range, on: date) -> Transfer:
        lines = ["LA,Estab,Surname,Forename,DOB,Sex,Entry Date"]
        for n in which:
            born = self.world.born + timedelta(days=7 * n)
            surname, forename = SURNAMES[n % 6] + "mnopqrst"[n // 6 - 11], FORENAMES[n // 2 % 6]
            lines.append(f"310,2002,{surname},{forename},{born},F,{self.world.ago(30)}")
        content = "\n".join(lines).encode()
        with acting(actor="test"):
            received = intake.receive_list(
                content=content,
                name="mill lane.csv",
                kind=ListKind.ROLL,
                on=on,
                how="upload",
                at=self.now,
                by=self.people["olive"],
            )
        return take_through(received.transfer.pk, at=self.now, actor="test")

    def _work_on_cases(self, leavers: Transfer) -> tuple[Case, Case, Case]:
        """Assign cases; work on one, and close one. Return these two and one that is found."""
        olive, max_ = self.people["olive"], self.people["max"]
        rows = leavers.rows.order_by("number").select_related("case")
        cases = [row.case for row in rows[:7] if row.case is not None]
        found, mine, closed = cases[0], cases[5], cases[6]
        with acting(actor="test"):
            for case in cases:
                casework.assign_case(case=case, owner=olive, by=max_, at=self.week_ago)
            self._work_on(mine, by=olive)
            casework.close_case(
                case=closed,
                outcome="on_roll",
                facts=facts(on=self.today, school=self.world.mill_lane),
                why="The office rang back.",
                by=olive,
                at=self.now,
            )
        return mine, found, closed

    def _work_on(self, case: Case, *, by: User) -> None:
        """Start enquiries, write notes, ask a colleague onto the team, write down an offer."""
        step: dict[str, Any] = {"case": case, "by": by, "at": self.now}
        casework.move_case(move=pathway.START, why="Asked the school.", **step)
        casework.add_note(text="Rang both numbers.\nNobody answered.", **step)
        casework.add_note(text="A worry from the neighbour.", is_safeguarding=True, **step)
        casework.add_member(user=self.people["cat"], **step)
        children.start_place(
            child=case.child,
            kind=PlaceKind.OFFERED,
            from_on=self.today,
            source=case.opened_from,
            school=self.world.mill_lane,
        )


def _of_cases(mine: Case, found: Case, closed: Case) -> dict[str, str]:
    """Return the pages of three cases."""
    return {
        "mine": f"/cases/{mine.ref}/",
        "found": f"/cases/{found.ref}/",
        "several": f"/cases/assign/?case={mine.ref}&case={found.ref}",
        "closed": f"/cases/{closed.ref}/",
        "review": f"/cases/{closed.ref}/clock/{closed.deadlines.running().get().pk}/review/",
        "clock": f"/cases/{mine.ref}/clock/{_local_clock(mine)}/",
        "alert": f"/cases/{found.ref}/alert/{found.alerts.latest('pk').pk}/",
        "child": f"/children/{mine.child.ref}/",
    }


def _of_files(sent: Sent) -> dict[str, Any]:
    """Return the pages of files, and of what is to be settled of their records."""
    return {
        "file": f"/files/{sent.leavers.ref}/",
        "refused": f"/files/{sent.refused.ref}/",
        "record": f"/files/{sent.leavers.ref}/records/1/",
        "unsure": tuple(_places(sent.unsure, "review/{ref}/{number}/", stage="unsure")),
        "claims": tuple(_places(sent.claims, "review/{ref}/{number}/claim/", is_to_confirm=True)),
        "held": f"/files/{sent.held.ref}/records/1/",
        "school_file": f"/school/files/{sent.of_school.ref}/",
        "pupil": f"/children/{_without_a_case(sent.claims)}/",
    }


def _local_clock(case: Case) -> int:
    clock: int = case.deadlines.running().get(clock="first_enquiries_5").pk
    return clock


def _places(transfer: Transfer, pattern: str, **which: Any) -> list[str]:
    rows = Row.objects.filter(transfer=transfer, **which).order_by("number")
    assert rows, f"{transfer.name} was meant to leave something to do"
    return ["/" + pattern.format(ref=transfer.ref, number=row.number) for row in rows]


def _without_a_case(file: Transfer) -> str:
    """Return the reference of a child of a file who has no case."""
    row = file.rows.filter(child__isnull=False, child__cases=None).select_related("child")[0]
    assert row.child is not None
    return str(row.child.ref)


def by_neighbour(child: ChildWords, *, urgent_why: str = "") -> ReferralFacts:
    """Return what a neighbour tells of a child."""
    return ReferralFacts(
        relation="neighbour",
        worry="Plays outside all day, and says that he has no school.",
        referrer_name="Nora Nextdoor",
        referrer_contact="020 7946 0000",
        urgent_why=urgent_why,
        children=(child,),
    )


def at_work(today: date) -> ReferralFacts:
    """Return a referral of a professional with everything that the form asks."""
    return ReferralFacts(
        depth="professional",
        relation="professional",
        worry="Seen at a clinic in school hours.",
        children=(
            ChildWords(forename="Rowan", surname="Merlinton", home="12 Elm Road"),
            ChildWords(forename="Wren", surname="Merlinton", home="12 Elm Road"),
        ),
        referrer_name="Hana Healthvisitor",
        referrer_contact="020 7946 0001",
        answers={
            "reason": "no_school_named",
            "home_next": "Perhaps Leeds",
            "adults": [{"adult_name": "Mira Merlinton", "adult_relation": "Mother"}],
        },
        enquiries=(
            EnquiryWords(
                step="neighbours", on=today, outcome="Nobody knows a school.", method="visit"
            ),
        ),
        groups=(GroupWords(group="new_migrant", said_by="The mother", said_on=today),),
        risk=RiskWords(
            answers={
                "sexual_exploitation": ("not_sure", "Older friends."),
                "looked_after": ("no", ""),
            },
        ),
        files=(
            FileWords(name="letter.pdf", read=lambda: PDF),
            FileWords(name="IMG_0001.jpg", read=photo, words="The letter from Leeds"),
            FileWords(name="IMG_0002.png", read=bomb),
        ),
        missing=("talk", "exploitation"),
        missing_why="It could not wait.",
    )
