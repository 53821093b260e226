"""Pages that list things, written from the code: `onroll docs` writes them, a test finds drift."""

import importlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from onroll.accounts import described
from onroll.accounts.matrix import NOTHING
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.config import env
from onroll.config.postgres import CHECKOUT
from onroll.formats import page as formats
from onroll.rules import groups, outcomes, pathway, policy, reasons, sources
from onroll.rules.clocks import CLOCKS
from onroll.rules.requirements import REQUIREMENTS

PART = re.compile(r"(<!-- written from the code: (\w+) -->\n).*?(<!-- until here -->)", re.DOTALL)


def written(text: str) -> str:
    """Return a page with each of its marked parts written anew."""
    return PART.sub(lambda m: f"{m[1]}\n{PARTS[m[2]]()}\n\n{m[3]}", text)


def pages() -> Iterable[Path]:
    """Return the pages that may hold such parts."""
    return sorted((CHECKOUT / "docs").rglob("*.md"))


def write() -> int:
    """Write all pages anew; return how many changed."""
    wanted = {CHECKOUT / "docs" / name: make() for name, make in WHOLE.items()}
    for page in pages():
        wanted.setdefault(page, written(page.read_text(encoding="utf-8")))
    stale = {page: text for page, text in wanted.items() if _kept(page) != text}
    for page, text in stale.items():
        page.write_text(text, encoding="utf-8")
    return len(stale)


def _kept(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


WHOLE: dict[str, Callable[[], str]] = {
    "law.md": sources.render,
    "formats.md": formats.page,
    "access.md": described.render,
}
"""Pages that are written from the code from their first line to their last."""


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *(map(_cell, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def requirements() -> str:
    """List what the policy asks, and the tests that name it."""
    named: dict[str, list[str]] = {}
    for path in sorted((CHECKOUT / "tests").rglob("test_*.py")):
        for cited in set(re.findall(r"\bP\d\d\b", path.read_text(encoding="utf-8"))):
            named.setdefault(cited, []).append(path.relative_to(CHECKOUT).as_posix())
    return table(
        ("Id", "What is asked", "Policy", "Proved by"),
        (
            (code, words, page, ", ".join(f"`{p}`" for p in named.get(code, ())) or "not built")
            for code, (words, page) in REQUIREMENTS.items()
        ),
    )


def environment() -> str:
    """List the variables of the environment."""
    importlib.import_module("onroll.config.settings")
    rows = sorted(env.KNOWN.values(), key=lambda known: known.name)
    return table(
        ("Variable", "When not set", "What it is"),
        ((f"`{v.name}`", f"`{v.default}`" if v.default else "nothing", v.about) for v in rows),
    )


def local_policy() -> str:
    """List what an authority's policy file sets."""
    return table(
        ("Setting", "Harrow", "What it is", "Source"),
        (
            (f"`{s.section}.{s.name}`", s.value, s.says, s.source)
            for s in policy.settings(policy.HARROW)
        ),
    )


def clocks() -> str:
    """List every clock."""
    return table(
        ("Clock", "Length", "Counted from", "Then", "Source"),
        (
            (
                clock.title,
                f"{clock.length(policy.HARROW)} {clock.unit.replace('_', ' ')} ({clock.basis})",
                clock.counts_from,
                clock.then,
                " ".join((clock.source, clock.clause)).strip(),
            )
            for clock in CLOCKS.values()
        ),
    )


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
        ("Outcome", "Basis", "All of these are stated", "Source"),
        ((o.title, o.basis, o.proof, o.source) for o in outcomes.OUTCOMES.values()),
    )


def risk_groups() -> str:
    """List the groups of children at more risk."""
    return table(
        ("Group", "Basis", "Source"),
        ((group.name, group.basis, group.source) for group in groups.RISK_GROUPS.values()),
    )


def access() -> str:
    """List who may do what."""
    roles = [role for role in Role if any(p.cell(role).text != NOTHING for p in Permission)]
    return table(
        ("Permission", *(role.words for role in roles)),
        ((f"`{p}`", *(p.cell(role).text for role in roles)) for p in Permission),
    )


PARTS: dict[str, Callable[[], str]] = {
    function.__name__: function
    for function in (
        *(environment, local_policy, clocks, moves, case_reasons, case_outcomes, risk_groups),
        requirements,
        access,
    )
}
