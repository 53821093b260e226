"""Pages that list things, written from the code by `onroll docs`; a test finds differences."""

import importlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from onroll.accounts import described
from onroll.accounts.permissions import LACKING
from onroll.config import catalogues, env, pathway_page, proofs, reach, referral_page
from onroll.config.postgres import CHECKOUT
from onroll.formats import page as formats
from onroll.messages import described as messages
from onroll.rules import claims, dated, groups, law_page, outcomes, pathway, policy, reasons
from onroll.rules.clocks import CLOCKS, Clock
from onroll.rules.policy_file import HARROW
from onroll.rules.requirements import REQUIREMENTS, Requirement

PART = re.compile(r"(<!-- written from the code: (\w+) -->\n).*?(<!-- until here -->)", re.DOTALL)


def rewrite(text: str) -> str:
    """Return the text of a page, each marked part in it replaced by what the code says now."""
    return PART.sub(lambda m: f"{m[1]}\n{PARTS[m[2]]()}\n\n{m[3]}", text)


def pages() -> Iterable[Path]:
    """Return the pages that may have marked parts."""
    tops = [CHECKOUT / "README.md", CHECKOUT / "SECURITY.md"]
    return [*tops, *sorted((CHECKOUT / "docs").rglob("*.md"))]


def write() -> int:
    """Write all pages; return how many changed."""
    wanted = {CHECKOUT / "docs" / name: make() for name, make in WHOLE.items()}
    for page in pages():
        wanted.setdefault(page, rewrite(page.read_text(encoding="utf-8")))
    wanted |= catalogues.pages()
    stale = {page: text for page, text in wanted.items() if _on_disk(page) != text}
    for page, text in stale.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    return len(stale)


def _on_disk(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


WHOLE: dict[str, Callable[[], str]] = {
    "law.md": lambda: law_page.render(
        used=reach.rules_asked(),
        started=reach.clocks_started(),
        read=reach.settings_read(),
        not_built=LACKING,
    ),
    "formats.md": formats.page,
    "access.md": described.render,
    "messages.md": messages.render,
    "referral-pathway.md": pathway_page.render,
    "referral-form.md": referral_page.render,
}
"""Pages written from the code as a whole."""


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *(map(_cell, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def progress() -> str:
    """Return a sentence: of all things the policy asks, how many a user can do, in part, or not."""
    whole = sum(not requirement.missing for requirement in REQUIREMENTS.values())
    parts = sum(
        bool(requirement.missing and _ways_in(code)) for code, requirement in REQUIREMENTS.items()
    )
    return (
        f"Of the {len(REQUIREMENTS)} things that the policy asks, a user can do {whole}, "
        f"{parts} more in part, and {len(REQUIREMENTS) - whole - parts} not yet."
    )


def what_it_does() -> str:
    """List the README's claims; each has a test that shows it."""
    return "\n".join(
        f"- **{claim.title}** {claim.text}" for claim in claims.README.values() if claim.title
    )


def another_authority() -> str:
    """Return how another authority would use the service."""
    return claims.README["policy"].text


def safeguards() -> str:
    """List what keeps the service safe; each has a test that shows it."""
    return "\n".join(f"- {claim.text}" for claim in claims.SECURITY.values())


def shown_claims() -> str:
    """List the claims on public pages and in the README, and what shows them."""
    return table(
        ("Said", "Where", "Shown by"),
        (
            (
                claim.text.format(authority_name="the authority"),
                code.partition(".")[0],
                _cite(test.id for test in proofs.tests() if code in test.shows),
            )
            for code, claim in claims.CLAIMS.items()
        ),
    )


def requirements() -> str:
    """List what the policy asks, the tests of its rule, and whether a user can do it."""
    return table(
        ("Id", "What is asked", "Policy", "Rule tested", "A user can do it"),
        (
            (
                code,
                requirement.words,
                requirement.page,
                _of_rules(code) or "–",
                _by_a_user(code, requirement),
            )
            for code, requirement in REQUIREMENTS.items()
        ),
    )


def _of_rules(code: str) -> str:
    """Return the test files of rules that name a requirement."""
    named = {t.path for t in proofs.tests() if t.is_of_rules and code in t.of_test | t.of_module}
    return _cite(sorted(named))


def _ways_in(code: str) -> str:
    """Return the tests that name a requirement and enter as a user does."""
    return _cite(test.id for test in proofs.tests() if code in test.of_test and test.enters)


def _cite(tests: Iterable[str]) -> str:
    return ", ".join(f"`{test.removeprefix('tests/')}`" for test in tests)


def _by_a_user(code: str, requirement: Requirement) -> str:
    """Return yes, in part or no, with what is missing and the tests that enter as a user does."""
    ways = _ways_in(code)
    if not requirement.missing:
        return f"**yes**: {ways}"
    return f"in part: {requirement.missing}. {ways}" if ways else f"no: {requirement.missing}"


def environment() -> str:
    """List the environment variables that the service reads, with their defaults."""
    importlib.import_module("onroll.config.settings")
    rows = sorted(env.VARIABLES.values(), key=lambda variable: variable.name)
    return table(
        ("Variable", "When not set", "What it is"),
        ((f"`{v.name}`", f"`{v.default}`" if v.default else "nothing", v.about) for v in rows),
    )


def local_policy() -> str:
    """List what an authority's policy file sets."""
    return table(
        ("Setting", "Harrow", "What it is", "Source", "Read"),
        (
            (
                f"`{s.section}.{s.name}`",
                law_page.shown_over_time(s),
                s.says,
                s.source,
                _whether_read(s.name),
            )
            for s in policy.settings(HARROW)
        ),
    )


def _whether_read(name: str) -> str:
    return "yes" if name in reach.settings_read() else "by nothing yet"


def clocks() -> str:
    """List every clock, and whether anything starts it."""
    started = reach.clocks_started()
    words = (
        f"{len(started)} of {len(CLOCKS)} clocks are started by something. The others are counted "
        "and tested; nothing starts them yet."
    )
    listed = table(
        ("Clock", "Length", "Counted from", "Then", "Source", "Holds from", "Started"),
        (
            (
                clock.title,
                f"{clock.length(HARROW)} {clock.unit.words} ({clock.basis})",
                clock.counts_from,
                clock.then,
                " ".join((clock.source, clock.clause)).strip(),
                _holds(clock),
                "yes" if clock.code in started else "by nothing yet",
            )
            for clock in CLOCKS.values()
        ),
    )
    return f"{words}\n\n{listed}"


def _holds(clock: Clock) -> str:
    is_law = clock.basis == "law"
    return dated.holds_from(clock) if is_law else law_page.holds_locally(clock.source)


def moves() -> str:
    """Draw the stages of a case and list the moves between them."""
    arrows = [
        f"    {stage} --> {move.ends} : {move.title}"
        for move in pathway.MOVES
        for stage in pathway.Stage
        if stage in move.starts
    ]
    drawing = "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])
    names = pathway.STAGE_TITLES
    rows = (
        (
            move.title,
            ", ".join(names[stage] for stage in pathway.Stage if stage in move.starts),
            names[move.ends],
            move.needs,
        )
        for move in pathway.MOVES
    )
    return f"{drawing}\n\n{table(('Move', 'From', 'To', 'Permission'), rows)}"


def case_reasons() -> str:
    """List why a child can be on the register."""
    return table(
        ("Reason", "Requirement", "Source"),
        (
            (reason.title, reason.requirement, reason.source)
            for reason in reasons.CASE_REASONS.values()
        ),
    )


def case_outcomes() -> str:
    """List how a case can end and what proves it."""
    return table(
        ("Outcome", "Basis", "All of these are asked", "Source"),
        ((o.title, o.basis, o.proof, o.source) for o in outcomes.OUTCOMES.values()),
    )


def risk_groups() -> str:
    """List the groups of children at more risk."""
    return table(
        ("Group", "Basis", "Source"),
        ((group.name, group.basis, group.source) for group in groups.RISK_GROUPS.values()),
    )


PARTS: dict[str, Callable[[], str]] = {
    function.__name__: function
    for function in (
        *(environment, local_policy, clocks, moves, case_reasons, case_outcomes, risk_groups),
        *(requirements, progress, what_it_does, another_authority, safeguards, shown_claims),
    )
}
