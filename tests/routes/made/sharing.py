"""A request about each of the two children, and a line that somebody wrote by hand."""

from django.utils import timezone

from onroll.cases.models import Case
from onroll.clocks import actions as clocks
from onroll.rules.requests import KINDS
from onroll.sharing import actions as sharing
from onroll.sharing.actions import Line
from onroll.sharing.content import Asking
from tests.people import People


def share(everyone: People, ours: Case, theirs: Case) -> None:
    """Ask the police about each child by itself, and write down what nobody shared of ours."""
    at, first = timezone.localtime(), ours.deadlines.get(clock="first_enquiries_5")
    asking = Asking(kind=KINDS["police"], whom="Police desk", method="email")
    for case in (ours, theirs):
        sharing.make_pack(asking=asking, cases=[case], by=everyone.max, at=at)
        line = Line(
            is_shared=False,
            on=at.date(),
            whom="A landlord",
            contents="The new address.",
            why="He has no need of it.",
        )
        sharing.write_line(case=case, line=line, by=everyone.max, at=at)
    first.refresh_from_db()
    clocks.run_again(deadline=first)  # tests of clocks need one of ours that runs
