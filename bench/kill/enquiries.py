"""The load of `WALK=enquiry`: officers record enquiries on a case, chase them, and are answered."""

from bench.kill.ledger import Answer, Ledger
from bench.kill.load import answer_of
from bench.kill.visitor import Broken, Page, Visitor

MARK = "Killed enquiry"
"""How each enquiry of the load, and each entry, is known again."""
ASKED = {"step": "other", "state": "asked", "method": "telephone", "asked_words": "Where to?"}
SAID = {"method": "email"}


class Enquirer:
    """An officer who makes enquiries on one case, one after another, each in three pages."""

    def __init__(self, root: str, case: str, ledger: Ledger, name: str) -> None:
        self._visitor = Visitor(root, "olive@harrow.example")
        self._case, self._ledger, self._name = f"/cases/{case}/", ledger, name
        self._is_in = False

    def enquire(self, number: int) -> None:
        """Record that somebody was asked, that they were chased, and what they answered."""
        words = f"{MARK}: {self._name}, {number}"
        recorded = self._do("enquiry", "enquiries/add/", "step", {**ASKED, "step_words": words})
        if recorded is None:
            return
        page = recorded.removeprefix(self._case)
        chased = self._do("chase", f"{page}chase/", "words", {**SAID, "words": f"{words}, chased"})
        if chased is not None:
            answer = {**SAID, "result": "nothing_known", "words": f"{words}, answered"}
            self._do("answer", f"{page}answer/", "words", answer)

    def _do(self, kind: str, address: str, field: str, answers: dict[str, str]) -> str | None:
        """Fill in and send a page, once more if no answer came; return where it leads if done."""
        page = self._open(address)
        if page is None or page.form(field) is None:
            return None
        answer, leads_to = self._send(page, field, answers)
        if answer is Answer.UNKNOWN:
            answer, leads_to = self._send(page, field, answers)
        self._ledger.add(kind, answers.get("step_words") or answers["words"], answer)
        return leads_to if answer is Answer.DONE else None

    def _open(self, address: str) -> Page | None:
        try:
            self._is_in = self._is_in or self._visitor.sign_in()
            page = self._visitor.open(f"{self._case}{address}")
        except Broken:
            return None
        self._is_in = page.status != 302
        return page

    def _send(self, page: Page, field: str, answers: dict[str, str]) -> tuple[Answer, str]:
        try:
            sent = self._visitor.send(page.address, page.form(field), answers)
        except Broken:
            return Answer.UNKNOWN, ""
        return answer_of(sent, f"{self._case}enquiries/"), sent.leads_to
