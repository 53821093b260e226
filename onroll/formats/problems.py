"""What can be wrong with a file: each rule once, with its severity and the sentences people read.

A problem is kept as its facts and worded for who reads it: a school, or an officer of the council.
The sentences are in `problems.toml`; `docs/formats.md` is made from them. An *error* means that a
record cannot be used as it stands; a *warning* that someone should look; *info* that we noticed
and could cope. Source: files.md section 13.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

from onroll.formats.words import columns_words, element_words
from onroll.tables.refusal import WRONG, NoTable

Severity = Literal["error", "warning", "info"]
Audience = Literal["school", "council"]
Facts = Mapping[str, str | int]
"""Values of the file that go into a sentence."""

TO_MEND = ("error", "warning")
"""How bad a thing is that somebody should put right; the rest is for information."""

FORMER = frozenset({"zip-not-xml"})
"""Rules that no file is checked by any more; old files keep their problems."""

THE_SCHOOL = "the school"
WHOEVER_MADE_IT = "whoever made it"
"""Whom to ask about a list that is no school's."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a file can break: what is wrong, and what each reader can do about it.

    The sentences are templates, filled from the file. `about` is the field.
    """

    severity: Severity
    wrong: str
    school: str
    council: str
    about: str = "The whole file"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its severity, rule, place in the file, and facts."""

    severity: Severity
    rule: str
    path: str
    facts: Facts = field(default_factory=dict, hash=False)
    pupil: int | None = None

    def words(self, audience: Audience = "school", *, whom: str = THE_SCHOOL) -> str:
        """Return what is wrong and what to do, for an audience."""
        return words(self.rule, self.facts, self.path, audience=audience, whom=whom)

    @property
    def message(self) -> str:
        """Return the sentences for a school."""
        return self.words()


LONGEST_GAP = 120
"""At most so many characters of a value are quoted; the record holds all of it."""


class Unreadable(ValueError):
    """The file cannot be read at all, or not to its end. Nothing of it may be used."""

    def __init__(self, rule: str, path: str = "/", /, **facts: str | int) -> None:
        self.rule = rule
        self.path = path
        self.facts: Facts = _short(facts)
        super().__init__(words(rule, self.facts, path))

    def words(self, audience: Audience = "school", *, whom: str = THE_SCHOOL) -> str:
        """What is wrong and what to do, for who reads it."""
        return self.problem().words(audience, whom=whom)

    def problem(self) -> Problem:
        """The same refusal as a problem, for lists that hold both."""
        return Problem("error", self.rule, self.path, self.facts)


@contextmanager
def as_unreadable(name: str) -> Iterator[None]:
    """Turn the refusal of a list into that of a school's file."""
    try:
        yield
    except NoTable as refusal:
        raise Unreadable(refusal.rule, name, **refusal.facts) from None


def new_problem(rule: str, path: str, pupil: int | None = None, /, **facts: str | int) -> Problem:
    """Return the problem of a rule, with the facts of the file."""
    return Problem(RULES[rule].severity, rule, path, _short(facts), pupil)


def words(
    rule: str,
    facts: Facts,
    path: str = "",
    *,
    audience: Audience = "school",
    whom: str = THE_SCHOOL,
) -> str:
    """What is wrong and what to do about it, in sentences for a school or for the council."""
    return f"{wrong_words(rule, facts, path)} {to_do(rule, facts, path, audience, whom=whom)}"


def wrong_words(rule: str, facts: Facts, path: str = "") -> str:
    """What is wrong, in a sentence for everyone."""
    return _filled(RULES[rule].wrong, facts, path)


def to_do(rule: str, facts: Facts, path: str, audience: Audience, *, whom: str = THE_SCHOOL) -> str:
    """Return what the reader can do. `whom` an officer has to ask: the school, or another."""
    rule_ = RULES[rule]
    sentence = rule_.school if audience == "school" else rule_.council
    return _filled(sentence, {**facts, "whom": whom, "Whom": _capital(whom)}, path)


def field_words(rule: str, facts: Facts, path: str = "") -> str:
    """The field a rule is about, as a heading: `Date of birth`."""
    return _filled(RULES[rule].about, facts, path)


def _filled(sentence: str, facts: Facts, path: str) -> str:
    gaps = dict(facts)
    if "element" in gaps:
        gaps["element"] = element_words(str(gaps["element"]), path)
        gaps["Element"] = _capital(str(gaps["element"]))
    if "missing" in gaps:
        gaps["missing"] = columns_words(str(gaps["missing"]).split(", "))
    return sentence.format(**gaps)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(facts: Facts) -> Facts:
    return {name: _cut(value) for name, value in facts.items()}


def _cut(value: str | int) -> str | int:
    is_long = isinstance(value, str) and len(value) > LONGEST_GAP
    return f"{str(value)[:LONGEST_GAP]}…" if is_long else value


def _rules() -> dict[str, dict[str, Rule]]:
    text = files("onroll.formats").joinpath("problems.toml").read_text("utf-8")
    return {
        part: {name: Rule(**_whole(name, rule)) for name, rule in rules.items()}
        for part, rules in tomllib.loads(text).items()
    }


def _whole(name: str, rule: dict[str, Any]) -> dict[str, Any]:
    """Return a rule with its first sentence; those of lists stand in `onroll.tables`."""
    return rule if "wrong" in rule else {"wrong": WRONG[name], **rule}


PARTS = _rules()
"""The rules by what they are about: `unreadable`, `file`, `pupil`, `known`."""

RULES = {name: rule for rules in PARTS.values() for name, rule in rules.items()}
