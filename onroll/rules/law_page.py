"""The page `docs/law.md`, written by `onroll docs` from the rules and their sources."""

from collections.abc import Collection, Iterable, Mapping

from onroll.rules import clocks, duties, grounds, orders
from onroll.rules.clock import Clock
from onroll.rules.commencement import PROVISIONS
from onroll.rules.conditions import All, Ask, Condition
from onroll.rules.dated import holds_from, in_words
from onroll.rules.departures import DEPARTURES, done_about
from onroll.rules.policy import Setting, settings
from onroll.rules.policy_file import HARROW
from onroll.rules.sources import DATED, RULES

_GROUNDS = grounds.GROUNDS.values()

_HEAD = """\
# The law, and where each rule of it stands

Written from the code by `onroll.rules.law_page`; a test fails when it drifts. Change the rule, not
this page.

EA96 is the Education Act 1996. Regs 2024 are the School Attendance (Pupil Registration) (England)
Regulations 2024, SI 2024/208, in force from 19 August 2024; Regs 2006 are those before them.
CMEG25 is the Department's guidance on children missing education of 8 September 2025. “Policy” is
Harrow's *Children Missing Education (CME) 2025*. This page is not legal advice.
"""


def render(
    *,
    used: Collection[str],
    started: Collection[str],
    read: Collection[str],
    not_built: Mapping[int, str],
) -> str:
    """Return the whole page in Markdown.

    `asked` are the modules of rules that something in the service asks, `started` the clocks that
    something starts, `read` the settings that something reads: the page says so of the others.
    `not_built` holds in words the rows of the access matrix that are not built.
    """
    parts = (
        *(_rules(used), _grounds(), _consents(), _clocks(started), _orders(), _duties()),
        *(_departures(not_built), _to_come()),
    )
    return "\n".join((_HEAD, *parts, _policy(read)))


NOT_YET = "by nothing yet"


def holds_locally(source: str) -> str:
    """Return in words from when what no law asks holds: with the policy, or with its source."""
    is_of_policy = source.startswith("policy p.") or "Harrow" in source
    return f"{HARROW.policy_dated}, with the policy" if is_of_policy else "as its source stands"


def _rules(used: Collection[str]) -> str:
    words = (
        "A rule that nothing asks yet is tested, and no user meets it. *(local)* stands where no "
        "law is behind a rule: it is the policy's, a standard's or Onroll's."
    )
    rows = (
        (
            rule.rule if rule.from_on else f"{rule.rule} *(local)*",
            f"`{rule.where}`",
            rule.source,
            in_words(rule.from_on) if rule.from_on else holds_locally(rule.source),
            "<br>".join(f"`{test}`" for test in rule.tests),
            "yes" if rule.where.partition(".")[0] in used else NOT_YET,
        )
        for rule in RULES
    )
    heads = ("Rule", "In `onroll/rules`", "Source", "Holds from", "Tests", "Asked")
    return _section("Rules", words, heads, rows)


def _grounds() -> str:
    words = "Each question, the answer it must have, and the paragraph that asks it."
    rows = (
        (g.code, g.title, holds_from(g), "<br>".join(map(_condition, _parts(g.condition))))
        for g in _GROUNDS
    )
    heads = ("Reg", "Ground", "Holds from", "Questions")
    return _section("Grounds for deletion", words, heads, rows)


def _consents() -> str:
    rows = (
        (c.title, ", ".join(sorted(c.grounds)), holds_from(c), _condition(c.condition), c.source)
        for c in grounds.CONSENTS
    )
    heads = ("Whose", "On grounds", "Holds from", "Questions", "Source")
    return _section("Consents to a deletion", "", heads, rows)


def _orders() -> str:
    words = "The first and the last column say when; the steps stand in their order."
    plans = {None: "either", True: "with a plan", False: "without a plan"}
    steps = (
        (step.title, step.to, plans[step.for_plan], step.clause, holds_from(step))
        for step in orders.STEPS
    )
    rules = (
        (rule.words, rule.about, "either", rule.clause, holds_from(rule)) for rule in orders.RULES
    )
    heads = ("Step or rule", "To or about", "Child", "Source", "Holds from")
    return _section("School attendance orders", words, heads, (*steps, *rules))


def _duties() -> str:
    rows = ((d.words, d.moment.replace("_", " "), d.source, holds_from(d)) for d in duties.DUTIES)
    heads = ("What is asked", "When", "Source", "Holds from")
    return _section("What the law asks at a moment", "", heads, rows)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that must all hold, each on a line of its own."""
    if not isinstance(condition, All):
        return (condition,)
    return tuple(inner for part in condition.parts for inner in _parts(part))


def _condition(condition: Condition) -> str:
    if isinstance(condition, Ask):
        where = condition.clause.removeprefix("Regs 2024 reg ")
        return f"{condition.question.text} **{'Yes' if condition.wanted else 'No'}** ({where})"
    if isinstance(condition, All):
        return "; and ".join(map(_condition, condition.parts))
    return "Either: " + "<br>or: ".join(map(_condition, condition.parts))


def _clocks(started: Collection[str]) -> str:
    words = (
        "Local clocks are settings; no setting changes a clock of the law. “Reported” sources have "
        "not been read in their own text."
    )
    rows = (
        (
            *(_clock_title(clock), _length(clock), clock.counts_from, clock.then, _source(clock)),
            holds_from(clock) if clock.basis == "law" else holds_locally(clock.source),
            "yes" if clock.code in started else NOT_YET,
        )
        for clock in clocks.ROWS
    )
    heads = ("Clock", "Length", "Counts from", "Then", "Source", "Holds from", "Started")
    return _section("Clocks", words, heads, rows)


def _clock_title(clock: Clock) -> str:
    return clock.title if clock.basis == "law" else f"{clock.title} *(local)*"


def _length(clock: Clock) -> str:
    n = clock.length(HARROW)
    return f"{n} {clock.unit.words.removesuffix('s' if n == 1 else '')}"


def _source(clock: Clock) -> str:
    evidence = "" if clock.evidence == "read" else f", {clock.evidence}"
    return f"{clock.source} {clock.clause}".strip() + f" ({clock.basis}{evidence})"


def _departures(not_built: Mapping[int, str]) -> str:
    rows = (
        (
            *(d.title, f"{d.local} ({d.page})", f"{d.law} ({d.clause})"),
            done_about(d, not_built=not_built),
        )
        for d in DEPARTURES
    )
    heads = ("Matter", "Policy", "Law", "Onroll")
    return _section("Where the policy and the law differ", "The law decides.", heads, rows)


def _to_come() -> str:
    rows = (
        (p.title, p.source, in_words(p.from_on) if p.from_on else "no day known", _begins(p.code))
        for p in PROVISIONS.values()
    )
    words = (
        "One provision a section. Two sets of commencement regulations have been made and not been "
        "read: read *Commencement No. 1* and *No. 2* (SI 2026/803) before you take a section "
        "without a day to be out of force."
    )
    heads = ("Provision", "Source", "In force from", "What begins or ends with it")
    return _section("In force from", words, heads, rows)


def _begins(code: str) -> str:
    """Return in words the rows that begin or end with a provision."""
    named = [
        (table, row)
        for table, rows in DATED.items()
        for row in rows
        if code in (row.begins_with, row.ends_with)
    ]
    lines = (
        f"{table} `{row.code}` {'begins' if row.begins_with == code else 'ends'}"
        for table, row in named
    )
    return "<br>".join(lines)


def _policy(read: Collection[str]) -> str:
    rows = (
        (
            *(
                s.says,
                f"`{s.section}.{s.name}`",
                shown_over_time(s),
                holds_locally(s.source),
                s.source,
            ),
            "yes" if s.name in read else NOT_YET,
        )
        for s in settings(HARROW)
    )
    words = (
        "A setting of `days`, `working` or `keeping` may change on a day: the policy's file says "
        "so in `[[changes]]`, and what happened before keeps the rule of its day."
    )
    heads = ("What it sets *(local)*", "Setting", "Harrow", "Holds from", "Source", "Read")
    return _section("Local settings", words, heads, rows)


def shown_over_time(setting: Setting) -> str:
    """Return the value of a setting, and what it is from a later day on."""
    later = (f"from {in_words(day)}: {in_cell(value)}" for day, value in setting.later)
    return "; ".join((in_cell(setting.value), *later))


def in_cell(value: object) -> str:
    """Return the value of a setting as people read it."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "not set"


def _section(
    title: str, words: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    return f"## {title}\n\n" + (f"{words}\n\n" if words else "") + f"{table}\n"
