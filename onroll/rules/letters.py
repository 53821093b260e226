"""Letters to families: their kinds and words, and what follows from what families tell (P62).

Source: policy p.5 (parents are asked for evidence of the new school, the new address and contact
details). What a letter says and how long it waits is no policy's: a council puts its own file in
place of `letters.toml`.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from onroll.rules.enquiry_log import Lead
from onroll.rules.policy import LocalPolicy
from onroll.rules.policy_file import HARROW
from onroll.rules.policy_words import PolicyWords

LONGEST = 20
"""So many words has a sentence of a letter at most."""
PLACEHOLDERS = frozenset({"child", "answer_by", "phone", "reference", "wrote_on", "called_on"})
"""What is filled into a letter. Of the child it is the first name alone."""
_BRACES = re.compile(r"\{([^{}]*)\}")


class LetterError(ValueError):
    """A file of letters that cannot be used; the message says what to correct."""


class LetterKind(StrEnum):
    """What a letter is for."""

    FIRST = "first"
    CHASER = "chaser"
    VISIT = "visit"
    CLOSE = "close"


KIND_TITLES = {
    LetterKind.FIRST: "First letter: where is the child?",
    LetterKind.CHASER: "Second letter: we have not heard yet",
    LetterKind.VISIT: "Visit notice: we called",
    LetterKind.CLOSE: "Last letter: what happened",
}
ASKING = frozenset({LetterKind.FIRST, LetterKind.CHASER, LetterKind.VISIT})
"""The kinds that wait for an answer, and hold a private link."""
_NEEDED = {
    LetterKind.FIRST: {"child", "answer_by", "phone", "reference"},
    LetterKind.CHASER: {"child", "answer_by", "phone", "reference"},
    LetterKind.VISIT: {"answer_by", "phone", "reference"},
    LetterKind.CLOSE: {"phone", "reference"},
}
_ONLY_OF = {"wrote_on": LetterKind.CHASER, "called_on": LetterKind.VISIT}


@dataclass(frozen=True)
class LetterWords:
    """The words of a kind of letter: its subject, and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> "LetterWords":
        """Return the words with what is filled in."""
        filled = tuple(_fill(text, values) for text in self.paragraphs)
        return LetterWords(_fill(self.subject, values), filled)


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda brace: values[brace.group(1)], text)


def load(path: Path) -> dict[LetterKind, LetterWords]:
    """Return the letters of a TOML file. Raises LetterError where it cannot be used."""
    try:
        return parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise LetterError(f"The file of letters cannot be read: {problem}.") from problem


def parse(text: str) -> dict[LetterKind, LetterWords]:
    """Return the letters of a TOML text. Raises LetterError where it cannot be used."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise LetterError(f"The file of letters is not TOML: {problem}.") from problem
    if set(tables) != {kind.value for kind in LetterKind}:
        kinds = ", ".join(kind.value for kind in LetterKind)
        raise LetterError(f"The file of letters must have these, and no others: {kinds}.")
    return {kind: _words(kind, tables[kind.value]) for kind in LetterKind}


def _words(kind: LetterKind, table: Any) -> LetterWords:
    subject, paragraphs = (
        table.get(name) if isinstance(table, dict) else None for name in ("subject", "paragraphs")
    )
    texts = [subject, *paragraphs] if isinstance(paragraphs, list) and paragraphs else [None]
    if not all(isinstance(text, str) for text in texts):
        raise LetterError(f"{kind}: give a subject and a list of paragraphs, each a text.")
    words = LetterWords(str(subject), tuple(map(str, texts[1:])))
    _check(kind, (words.subject, *words.paragraphs))
    return words


def _check(kind: LetterKind, texts: tuple[str, ...]) -> None:
    names = {name for text in texts for name in _BRACES.findall(text)}
    for name in sorted(names - PLACEHOLDERS):
        raise LetterError(f"{kind}: nothing is filled in for {{{name}}}.")
    for name in sorted(names & _ONLY_OF.keys()):
        if _ONLY_OF[name] != kind:
            raise LetterError(f"{kind}: {{{name}}} stands in the kind “{_ONLY_OF[name]}” alone.")
    if lacks := sorted(_NEEDED[kind] - names):
        raise LetterError(f"{kind}: {{{lacks[0]}}} must stand in it.")
    if kind not in ASKING and "answer_by" in names:
        raise LetterError(f"{kind}: it waits for no answer, so {{answer_by}} has no day.")
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(texts)):
        if len(sentence.split()) > LONGEST:
            raise LetterError(f"{kind}: more than {LONGEST} words: “{sentence}”")


OURS = parse((files("onroll.rules") / "letters.toml").read_text("utf-8"))
"""The letters shipped with Onroll."""


POLICY = PolicyWords(
    "5",
    "Parents will be asked to provide evidence of a new school, their new address and contact "
    "details.",
)


def policy_words(policy: LocalPolicy) -> PolicyWords | None:
    """Return what the policy says of asking parents; None under another authority's policy."""
    return POLICY if policy.policy_title == HARROW.policy_title else None


class Way(StrEnum):
    """How a letter goes out."""

    POST = "post"
    HAND = "hand"
    EMAIL = "email"
    TEXT = "text"


WAY_TITLES = {
    Way.POST: "By post",
    Way.HAND: "By hand",
    Way.EMAIL: "By email",
    Way.TEXT: "By text message",
}
AT_A_DOOR = frozenset({Way.POST, Way.HAND})
"""The ways that need an address."""


class Fate(StrEnum):
    """What became of a letter."""

    ARRIVED = "arrived"
    RETURNED = "returned"
    NOT_SENT = "not_sent"


FATE_TITLES = {
    Fate.ARRIVED: "It arrived",
    Fate.RETURNED: "It came back, or was not delivered",
    Fate.NOT_SENT: "It was not sent after all",
}
_AFTER_RETURN = ("home_visit", "neighbours", "council_tax", "housing")


def after_return(on_list: Collection[str]) -> str:
    """Return the step that a letter which came back asks for; `on_list` are those that wait.

    "" where all of them are: a person thinks about what else there is.
    """
    return next((step for step in _AFTER_RETURN if step not in on_list), "")


class Where(StrEnum):
    """Where a family says that their child is."""

    SCHOOL = "school"
    HOME_EDUCATED = "home_educated"
    MOVED = "moved"
    ABROAD = "abroad"
    OTHER = "not_listed"


WHERE_TITLES = {
    Where.SCHOOL: "At another school",
    Where.HOME_EDUCATED: "Taught at home",
    Where.MOVED: "Moved, to a new address",
    Where.ABROAD: "In another country",
    Where.OTHER: "Something else",
}
_LEADS = {Where.SCHOOL: Lead.SCHOOL, Where.MOVED: Lead.ADDRESS}
_NEXT = {Where.HOME_EDUCATED: "education_records", Where.ABROAD: "abroad"}


def lead_of(where: Where) -> Lead:
    """Return what kind of lead it is."""
    return _LEADS.get(where, Lead.UNSORTED)


def next_step(where: Where) -> str:
    """Return the step that what they say asks for beside that of its lead; "" for none."""
    return _NEXT.get(where, "")


class Means(StrEnum):
    """By which way a family told us."""

    LINK = "link"
    TELEPHONE = "telephone"
    VISIT = "visit"
    PERSON = "person"
    LETTER = "letter"
    EMAIL = "email"


MEANS_TITLES = {
    Means.LINK: "By the private link",
    Means.TELEPHONE: "By telephone",
    Means.VISIT: "At a visit",
    Means.PERSON: "In person",
    Means.LETTER: "By letter",
    Means.EMAIL: "By email or text",
}
TO_CHOOSE = tuple(means for means in Means if means is not Means.LINK)
STEP_OF = {Means.VISIT: "home_visit", Means.LETTER: "letter", Means.LINK: "letter"}
"""The step that an answer belongs to where no letter waits for one; else `all_contacts`."""


def step_of(means: Means) -> str:
    """Return the step of the enquiry that such an answer belongs to."""
    return STEP_OF.get(means, "all_contacts")
