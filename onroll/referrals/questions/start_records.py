"""What the form of a referral offers of what was said before: on the first pages (P14), or else."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from onroll.govuk.fields import in_words
from onroll.referrals.definition import QUESTIONS
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.facts import StartWords
from onroll.rules.start_records import PROOFS, TITLES, Kind

CALL = "call"
"""What a draft that was begun from a call keeps: the reference of its record."""
Offer = dict[str, dict[str, Any]]
"""Answers by page and question; a day as its three boxes."""


def offer_of(words: StartWords, depth: Depth) -> Offer:
    """Return the answers that a form of this depth opens with."""
    return offer(_answers(words), depth)


def offer(answers: Iterable[tuple[str, Any]], depth: Depth) -> Offer:
    """Return answers, each with the code of its question, on the pages of a form of this depth."""
    pages: Offer = {}
    for code, answer in answers:
        question = QUESTIONS[code]
        if depth in question.depths and answer:
            short = answer[: question.most] if isinstance(answer, str) else answer
            pages.setdefault(question.page_at(depth), {})[code] = short
    return pages


def _answers(words: StartWords) -> Iterator[tuple[str, Any]]:
    """Yield the code of each question that is answered, and the answer."""
    yield from of_child(words.forename, words.surname, words.born_on)
    proofs = {code: _words(answer) for code, answer in words.proofs.items()}
    if words.kind is Kind.CALL:
        yield from _of_call(proofs)
        return
    yield "worry", _in_sentences(words)
    match words.kind:
        case Kind.ADMITTED_ELSEWHERE:
            yield "next_school", ", ".join(filter(None, (proofs["school"], proofs["first_day"])))
        case Kind.APPLIED_ELSEWHERE:
            yield "home_next", proofs["authority"]
        case Kind.LEFT_COUNTRY_PROVED:
            yield "abroad", "yes" if proofs["country"] else ""
            yield "abroad_country", proofs["country"]
            yield "abroad_proof", proofs["evidence"]
        case Kind.POOR_ATTENDANCE:
            seen = (proofs["place"], proofs["person"], proofs["seen"])
            yield "last_seen", ", ".join(filter(None, seen))
            yield "whereabouts", "yes" if proofs["place"] else ""


def _of_call(proofs: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield what a call tells: that it was made, about danger, and what was advised."""
    yield "danger", "yes"
    yield "called", "yes"
    facts = (proofs.get(code, "") for code in ("rang", "time", "person"))
    yield "called_about", ", ".join(filter(None, facts))
    yield "worry", f"The hub was rung, and said: {proofs['advice']}"


def of_child(forename: str, surname: str, born: date | None) -> Iterator[tuple[str, Any]]:
    """Yield the code of each question of who a child is, and the answer."""
    yield "forename", forename
    yield "surname", surname
    if born:
        yield "born", [str(born.day), str(born.month), str(born.year)]


def _in_sentences(words: StartWords) -> str:
    """Return what is known and what is not, a line each, to go on from."""
    lines = [f"{TITLES[words.kind]}?"]
    for proof in PROOFS[words.kind]:
        mark = "" if proof.words.endswith("?") else ":"
        lines.append(f"{proof.words}{mark} {_words(words.proofs[proof.code]) or 'Not known.'}")
    return "\n".join(lines)


def _words(answer: str) -> str:
    """Return an answer as people write it: a day in words."""
    try:
        return in_words(date.fromisoformat(answer))
    except ValueError:
        return answer


def as_origin(words: StartWords) -> dict[str, Any]:
    """Return what was said as a draft keeps it until the referral is sent."""
    born_on = words.born_on.isoformat() if words.born_on else ""
    return {
        "kind": words.kind.value,
        "forename": words.forename,
        "surname": words.surname,
        "born_on": born_on,
        "proofs": dict(words.proofs),
    }


def from_origin(origin: Mapping[str, Any]) -> StartWords | None:
    """Return what was said before a draft was begun; None where it was begun on its first page, or
    from a call, which is a record of its own."""
    if not origin or CALL in origin:
        return None
    return StartWords(
        kind=Kind(origin["kind"]),
        forename=origin["forename"],
        surname=origin["surname"],
        born_on=date.fromisoformat(origin["born_on"]) if origin["born_on"] else None,
        proofs=origin["proofs"],
    )
