"""The load of `WALK=referral`: people refer, the hub hands over, the lead officer accepts.

Each person is at a network address of their own, so that the flood protection lets them in.
"""

from collections.abc import Callable

from bench.kill.ledger import Answer, Ledger
from bench.kill.load import answer_of, surname_of
from bench.kill.visitor import Broken, Page, Visitor

MARK = "Killed referral"
RECEIVED = "/refer/received/"
KEY = "form_key"
CHILD = {"forename": "Made-up", "home": "Elm Road"}
WORRY = {"worry": "Plays outside all day.", "danger": "no"}
YOU = {"relation": "neighbour", "gives_name": "no"}
CHECKED = {
    "whereabouts": "yes",
    "risk": "no",
    "police": "none",
    "greater_risks": "none",
    "serious": "no",
    "social": "no",
    "grade": "green",
}
AT_THE_HUB = """SELECT r.ref FROM referrals_referral r
    JOIN referrals_referredchild c ON c.referral_id = r.id
    WHERE r.stage IN ('contact', 'screening') AND c.forename = 'Made-up'
    ORDER BY random() LIMIT 1"""
HANDED_OVER = AT_THE_HUB.replace("IN ('contact', 'screening')", "= 'handed_over'")
Find = Callable[[str], str]
"""Asks the database for one value; empty when there is none, or it does not answer."""


class Referrer:
    """People without an account, one after another, who each refer one child."""

    def __init__(self, root: str, ledger: Ledger, name: int) -> None:
        self._root, self._ledger, self._name = root, ledger, name

    def refer(self, number: int) -> None:
        """Fill in the form page by page and send it; send it once more if no answer came."""
        address = f"10.{self._name}.{number // 250}.{number % 250}"
        visitor = Visitor(self._root, "", address=address)
        surname = surname_of(f"{MARK} {self._name} {number}")
        try:
            page = visitor.open(visitor.open("/refer/").leads_to)
            for answers in (WORRY, {**CHILD, "surname": surname}, YOU):
                page = self._next(visitor, page, answers)
        except Broken:
            return
        if page.form(KEY) is None:
            return
        answer = self._send(visitor, page)
        if answer is Answer.UNKNOWN:
            answer = self._send(visitor, page)
        self._ledger.add("referral", surname, answer)

    def _next(self, visitor: Visitor, page: Page, answers: dict[str, str]) -> Page:
        """Send one page of the form and open the next; what is not taken stays where it is."""
        form = page.form(KEY)
        if form is None:
            return page
        sent = visitor.send(page.address, form, answers)
        return visitor.open(sent.leads_to) if sent.leads_to else sent

    def _send(self, visitor: Visitor, page: Page) -> Answer:
        try:
            return answer_of(visitor.send(page.address, page.form(KEY), {}), RECEIVED)
        except Broken:
            return Answer.UNKNOWN


class Decider:
    """Somebody who decides about referrals: the hub hands over, or the lead officer accepts."""

    def __init__(
        self, root: str, ledger: Ledger, find: Find, *, email: str, address: str = "10.250.0.1"
    ) -> None:
        self._visitor = Visitor(root, email, address=address)
        self._ledger, self._find = ledger, find
        self._is_in = False

    def hand_over(self, _number: int) -> None:
        """Hand one referral over to the lead officer."""
        answers = {**CHECKED, "decision": "lead_officer", "why": "Not on any roll."}
        self._do("hand-over", AT_THE_HUB, "decide/", answers, leads_to="/referrals/")

    def accept(self, _number: int) -> None:
        """Accept one child who was handed over, as a new record."""
        answers = {"child": "new", "sex": "U", "because": "Not on any roll."}
        self._do("acceptance", HANDED_OVER, "accept/1/", answers, leads_to="/cases/")

    def _do(
        self, kind: str, which: str, page_of: str, answers: dict[str, str], *, leads_to: str
    ) -> None:
        ref = self._find(which)
        if not ref:
            return
        try:
            self._is_in = self._is_in or self._visitor.sign_in()
            page = self._visitor.open(f"/referrals/{ref}/{page_of}")
        except Broken:
            return
        form = page.form("version")
        if form is None:
            self._is_in = "sign-in" not in page.leads_to and "login" not in page.leads_to
            return
        try:
            answer = answer_of(self._visitor.send(page.address, form, answers), leads_to)
        except Broken:
            answer = Answer.UNKNOWN
        self._ledger.add(kind, ref, answer)
