"""What can be wrong with a file: each rule once, with its severity and the sentence people read.

The sentences are in `problems.toml`; `docs/formats.md` is made from them. An *error* means that a
record cannot be used as it stands; a *warning* that someone should look; *info* that we noticed
and could cope. Source: files.md section 13.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: how bad, by which rule, where in the file, and what to do about it."""

    severity: Severity
    rule: str
    path: str
    message: str
    pupil: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule a file can break. `sentence` is a template; its gaps are filled from the file."""

    severity: Severity
    sentence: str


LONGEST_GAP = 120
"""No more of what a file says is put into a sentence; the record holds all of it."""


class Unreadable(ValueError):
    """A file that cannot be read at all, or not to its end. Nothing of it may be used."""

    def __init__(self, rule: str, path: str = "/", /, **gaps: object) -> None:
        self.rule = rule
        self.path = path
        super().__init__(_filled(RULES[rule], gaps))

    def problem(self) -> Problem:
        """The same refusal as a problem, for lists that hold both."""
        return Problem("error", self.rule, self.path, str(self))


def found(rule: str, path: str, pupil: int | None = None, /, **gaps: object) -> Problem:
    """Make the problem of a rule, its sentence filled in."""
    known = RULES[rule]
    return Problem(known.severity, rule, path, _filled(known, gaps), pupil)


def _filled(rule: Rule, gaps: dict[str, object]) -> str:
    return rule.sentence.format(**{name: _short(value) for name, value in gaps.items()})


def _short(value: object) -> object:
    is_long = isinstance(value, str) and len(value) > LONGEST_GAP
    return f"{str(value)[:LONGEST_GAP]}…" if is_long else value


def _rules() -> dict[str, dict[str, Rule]]:
    text = files("onroll.formats").joinpath("problems.toml").read_text("utf-8")
    return {
        part: {name: Rule(rule["severity"], rule["sentence"]) for name, rule in rules.items()}
        for part, rules in tomllib.loads(text).items()
    }


PARTS = _rules()
"""The rules by what they are about: `unreadable`, `file`, `pupil`."""

RULES = PARTS["unreadable"] | PARTS["file"] | PARTS["pupil"]
