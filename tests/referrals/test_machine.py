"""A referral is never lost, and never in two places: whatever people do, in whatever order (P15).

Invariants T18 and T30 of the domain's notes on trust. People send, send again, take on, decide,
accept, give back and confirm receipts at random, also on pages that are out of date; days go by.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as Settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from onroll.cases.models import Case
from onroll.children.actions import ChildFacts
from onroll.referrals import actions, queries
from onroll.referrals.actions.steps import ACCEPT, DECIDE, RECEIPT, day_of
from onroll.referrals.codes import SENT_ON, Decision, Quarantined, Stage
from onroll.referrals.facts import ChildWords
from onroll.referrals.models import HubDecision, Quarantine, Referral, ReferralStep, ReferredChild
from onroll.rules.grades import Grade
from onroll.rules.references import ALPHABET
from onroll.rules.refusal import Refused
from onroll.schools.actions import load_authorities
from onroll.schools.models import Authority
from tests.cases.world import AT
from tests.people import People
from tests.referrals.made import CALM, send

OVER = {Stage.ACCEPTED.value, Stage.CLOSED.value}


class Machine(RuleBasedStateMachine):
    """What people may do with referrals, and what must hold after each thing they do."""

    referrals: Bundle[str] = Bundle("referrals")

    def __init__(self, people: People, other: Authority) -> None:
        super().__init__()
        self.people, self.other, self.at = people, other, AT
        self.sent: dict[str, int] = {}
        self.steps = 0
        self.reached: set[str] = set()

    @initialize(target=referrals, children=st.integers(1, 3))
    def begin(self, children: int) -> str:
        """Somebody refers: every run begins with a referral."""
        self._send("234-567-777", children, address="203.0.113.20")
        self.sent["234-567-777"] = children
        return "234-567-777"

    @rule(
        target=referrals,
        children=st.integers(1, 3),
        is_urgent=st.booleans(),
        address=st.sampled_from(["203.0.113.9", "198.51.100.7"]),
    )
    def send(self, children: int, is_urgent: bool, address: str) -> str:
        """Somebody refers one, two or three children; the fourth form in an hour is too many."""
        ref = f"234-567-8{ALPHABET[len(self.sent) // 20]}{ALPHABET[len(self.sent) % 20]}"
        urgent_why = "He was hit." if is_urgent else ""
        self._send(ref, children, address=address, urgent_why=urgent_why)
        self.sent[ref] = children
        return ref

    def _send(self, ref: str, children: int, *, address: str, **more: Any) -> None:
        names = ("Sam", "Kim", "Lou")[:children]
        words = tuple(ChildWords(forename=name, surname=ref[-2:]) for name in names)
        send(ref, address=address, at=self.at, children=words, **more)

    @precondition(lambda self: Quarantine.objects.exists())
    @rule(is_let_in=st.booleans())
    def answer_quarantine(self, is_let_in: bool) -> None:
        """A person lets what is in quarantine into the queue, or refuses it."""
        rows = list(Quarantine.objects.all())
        answer = actions.release if is_let_in else actions.refuse
        self._try(answer, quarantined=rows, why="Read.", by=self.people.mo)

    @rule(ref=referrals)
    def send_again(self, ref: str) -> None:
        """A browser sends the same form a second time."""
        self._send(ref, 1, address="203.0.113.10", worry="Other words")

    @rule(hours=st.integers(1, 30))
    def let_time_pass(self, hours: int) -> None:
        """Hours or a night go by, and what waits too long is passed on."""
        self.at += timedelta(hours=hours)
        actions.escalate(at=self.at)

    @rule(
        ref=referrals,
        who=st.sampled_from(["mo", "max"]),
        act=st.sampled_from([actions.take_on, actions.put_down]),
    )
    def take_on_or_put_down(self, ref: str, who: str, act: Any) -> None:
        """Somebody of the hub says that they look at it, or look at it no longer."""
        self._try(act, referral=_get(ref), by=getattr(self.people, who))

    @rule(
        ref=referrals,
        decision=st.sampled_from([*Decision]),
        only=st.sampled_from([set(), set(), {1}, {2, 3}]),
        is_old=st.sampled_from([False, False, False, True]),
    )
    def decide(self, ref: str, decision: Decision, only: set[int], is_old: bool) -> None:
        """The hub decides about some children or all, sometimes on a page that is out of date."""
        referral = _get(ref)
        case = Case.objects.open().first() if decision is Decision.OPEN_CASE else None
        way = actions.Way(
            decision=decision,
            why="Because.",
            case=case,
            authority=self.other if decision is Decision.OTHER_AUTHORITY else None,
            passed_how="By telephone." if decision.value in SENT_ON else "",
            grade=Grade.AMBER,
            contradicts_why="He was not hit.",
        )
        version = referral.version - 1 if is_old else referral.version
        is_kept = self._try(
            actions.decide,
            referral=referral,
            way=way,
            checks=CALM,
            by=self.people.mo,
            only=only,
            version=version,
        )
        assert not (is_kept and is_old)

    @rule(ref=referrals, decision=st.sampled_from([Decision.LEAD_OFFICER, Decision.ADVICE]))
    def decide_all(self, ref: str, decision: Decision) -> None:
        """The hub hands all children over who are not decided, or gives advice about them."""
        self.decide(ref, decision, set(), is_old=False)

    @precondition(lambda self: HubDecision.objects.to_accept().exists())
    @rule(number=st.integers(0, 9), is_old=st.booleans())
    def accept(self, number: int, is_old: bool) -> None:
        """The lead officer accepts a child by name; a second page may do so a second time."""
        for _ in range(1 + is_old):
            if entry := self._waiting(number):
                child = ChildFacts(forename=entry.forename, surname=entry.surname, sex="U")
                self._try(
                    actions.accept_child,
                    entry=entry,
                    child=child,
                    because="Off roll.",
                    by=self.people.olive,
                )

    @precondition(lambda self: HubDecision.objects.to_accept().exists())
    @rule(number=st.integers(0, 9))
    def turn_back(self, number: int) -> None:
        """The lead officer gives a child back to the hub."""
        if entry := self._waiting(number):
            self._try(actions.turn_back, entry=entry, why="Not ours.", by=self.people.olive)

    @rule(ref=referrals)
    def open_again(self, ref: str) -> None:
        """The hub opens a child again; refused where a named person accepted them."""
        entry = _get(ref).children.get(number=1)
        self._try(actions.open_again, entry=entry, why="A slip.", by=self.people.mo)

    @rule(ref=referrals)
    def accept_what_does_not_wait(self, ref: str) -> None:
        """Somebody accepts a child of whom nothing was decided, or who has been accepted."""
        entry = _get(ref).children.get(number=1)
        if not HubDecision.objects.to_accept().filter(entry=entry).exists():
            child = ChildFacts(forename="Sam", surname="Twice", sex="U")
            assert not self._try(
                actions.accept_child, entry=entry, child=child, because="x", by=self.people.max
            )

    def _waiting(self, number: int) -> ReferredChild | None:
        """Return one of the children who wait to be accepted."""
        waiting = HubDecision.objects.to_accept().order_by("pk").select_related("entry__referral")
        rows = list(waiting)
        return rows[number % len(rows)].entry if rows else None

    @precondition(lambda self: HubDecision.objects.sent_on().exists())
    @rule(ref=referrals, days=st.integers(-1, 1))
    def receive(self, ref: str, days: int) -> None:
        """Somebody outside says since when they have a child, or what came of it."""
        for decision in HubDecision.objects.sent_on().filter(entry__referral__ref=ref):
            on = day_of(self.at) + timedelta(days=days)
            mo = self.people.mo
            self._try(actions.enter_receipt, decision=decision, name="Pat", on=on, by=mo)
            self._try(actions.enter_outcome, decision=decision, words="Back.", by=mo)

    @invariant()
    def none_is_lost_or_doubled(self) -> None:
        """Each referral sent is there once, with all its children and its first words."""
        rows = Referral.objects.prefetch_related("children")
        assert {row.ref: len(row.children.all()) for row in rows} == self.sent
        assert {row.worry for row in rows} <= {"He plays outside all day."}
        self.reached.update(row.stage for row in rows)
        if HubDecision.objects.filter(turned_back_at__isnull=False).exists():
            self.reached.add("turned back")

    @invariant()
    def each_waits_before_somebody_or_is_over(self) -> None:
        """A referral stands on a list of those who can act until all its children are settled."""
        user = self.people.max
        hub = {row.ref for row in queries.hub_queue(user, at=self.at)}
        accept = {row.entry.referral.ref for row in queries.hand_overs(user)}
        on_its_way = {row.entry.referral.ref for row in queries.on_its_way(user)}
        over = {row.ref for row in queries.decided(user)}
        apart = set(Quarantine.objects.waiting().values_list("referral__ref", flat=True))
        refused = Quarantine.objects.filter(answer=Quarantined.REFUSED.value)
        out = set(refused.values_list("referral__ref", flat=True))
        assert hub | accept | on_its_way | over | apart | out == set(self.sent)
        assert not (over | apart | out) & (hub | accept | on_its_way)

    @invariant()
    def what_waits_has_a_clock(self) -> None:
        """Who waits for the hub, a hand-over and a receipt each have a clock that runs."""
        for referral in Referral.objects.exclude(stage__in=OVER):
            is_at_the_hub = referral.stage in (Stage.CONTACT.value, Stage.SCREENING.value)
            if referral.stage != Stage.QUARANTINE.value:
                assert _runs(referral, DECIDE) == is_at_the_hub
        for decision in HubDecision.objects.standing():
            waits = decision.decision == Decision.LEAD_OFFICER.value and not decision.accepted_at
            assert _runs(decision, ACCEPT) == waits
            if decision.receipt_on is None and decision.decision in SENT_ON:
                assert _runs(decision, (RECEIPT,))

    @invariant()
    def who_is_accepted_has_a_case_from_the_day_it_was_first_reported(self) -> None:
        """An accepted child has a case; its clocks count from the day the referral came."""
        accepted = HubDecision.objects.filter(accepted_at__isnull=False)
        for decision in accepted.select_related("entry__case", "entry__referral"):
            entry = decision.entry
            assert entry.case is not None
            assert decision.accepted_by is not None
            assert entry.case.opened_on <= day_of(entry.referral.sent_at)

    @invariant()
    def history_only_grows(self) -> None:
        """What happened is never taken back."""
        steps = ReferralStep.objects.count()
        assert steps >= self.steps
        self.steps = steps

    def _try(self, action: Callable[..., object], **facts: Any) -> bool:
        """Say whether it was done; what is refused leaves nothing behind."""
        try:
            with transaction.atomic():
                action(at=self.at, **facts)
        except Refused:
            return False
        return True


def _get(ref: str) -> Referral:
    return Referral.objects.get(ref=ref)


def _runs(of: Referral | HubDecision, clocks: tuple[str, ...]) -> bool:
    return of.deadlines.running().filter(clock__in=clocks).exists()


@pytest.mark.django_db
def test_no_order_of_deeds_loses_a_referral(people: People, settings: Any) -> None:
    settings.SENDER_FORMS = 3
    load_authorities()
    other = Authority.objects.get(code="304")
    reached: set[str] = set()

    class Undone(Machine):
        """A machine whose rows are gone after each run."""

        def __init__(self) -> None:
            super().__init__(people, other)
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()

        def teardown(self) -> None:
            reached.update(self.reached)
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    run_state_machine_as_test(
        Undone,
        settings=Settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,  # the same orders each time
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
    assert reached >= {Stage.HANDED_OVER, Stage.ACCEPTED, "turned back"}, "little was shown"
