"""Two officers record an answer of one enquiry for brothers and sisters at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.clocks.models import Deadline
from onroll.enquiries import actions
from onroll.enquiries.actions import EntryFacts
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiry_log import Act, Result
from tests.cases import world as worlds
from tests.people import People

ROUNDS = 4


def test_two_who_answer_from_two_cases_wait_for_each_other_in_one_order(
    transactional_db: None, people: People
) -> None:
    """Each begins at another of the cases; both answers stand on both, and nobody is refused."""
    borough = worlds.build()
    today = timezone.localdate()
    pair = [borough.case(borough.child(name), owner=people.olive) for name in ("Rowan", "Wren")]
    for case in pair:
        cases.add_member(case=case, user=people.max, by=people.olive, at=timezone.now())
    for number in range(ROUNDS):
        rows = actions.record_enquiry(
            on_cases=pair,
            step="housing",
            entries={Act.ASK: EntryFacts(on=today, words=f"Question {number}")},
            by=people.olive,
            at=timezone.localtime(),
        )
        _answer_at_once(rows, (people.olive, people.max))
        for row in rows:
            said = [entry.words for entry in row.entries.all() if entry.result]
            assert sorted(said) == sorted((people.olive.name, people.max.name))
    assert not Deadline.objects.filter(subject="enquiry").running().exists()


def _answer_at_once(rows: list[Enquiry], who: tuple[User, User]) -> None:
    start = threading.Barrier(2)

    def answer(row: Enquiry, by: User) -> None:
        start.wait()
        try:
            facts = EntryFacts(on=row.at.date(), words=by.name, result=Result.NOTHING_KNOWN)
            actions.add_entry(
                enquiry=row, act=Act.ANSWER, facts=facts, by=by, at=timezone.localtime()
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answer, rows, who))
