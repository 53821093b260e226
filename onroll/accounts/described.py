"""Write `docs/access.md` from the code, for `onroll docs`."""

from onroll.accounts.access import is_denied
from onroll.accounts.matrix import Cell, matrix
from onroll.accounts.permissions import BUILT_IN_PART, NOT_BUILT, ROWS, Permission
from onroll.accounts.roles import ROLES_TO_HOLD, Role

TOP = """# Who may do what

Made from `onroll/accounts/access_matrix.csv` and `onroll/accounts/permissions.py`; a test fails
when it drifts. The matrix is a draft for the council's information-governance lead to sign: several
cells are choices.

A page names the permissions it needs (`@needs`), and the crawler (`tests/test_crawler.py`) asks
every page as every role with every method. What is out of a person's reach is not there for them
(404); what they may never do is refused (403) and recorded. A person who holds several roles acts
in one at a time.

Each address says on which side of a wall it stands (`onroll/accounts/sides.py`), and one that says
none is refused to everybody. Without an account a person reaches the side of anyone, and nothing
else. School staff reach pages under `/school/`; the council's people reach all other pages.
`tests/routes/sides.py` lists what stands on the side of anyone, of schools, and of both who sign
in.

**Cells.** – no · Y all · A the cases they are assigned to or on the team of · O their school's
children, on roll or left within twelve months · T the same for the schools of a trust · \\* their
own · M some fields hidden · J after stating a reason, which holds for an hour and is kept with
every record opened. In brackets, and denied until it is built: S what was shared · B after
break-glass, on that case alone · 2 a second person · P may propose · F that there is something, and
no detail · Σ suppressed figures.
"""
SEALED = """**Sealed cases.** Every cell drops to nothing for who neither has the sealed case nor is
on its team: no list, search, alert, report or message shows it or its child
(`cases.models.seal.sealed_off`). Statistics count it. Who may break the glass (row 34) opens it for
60 minutes in one session, to read: there `A`, `J` and `B` of rows 5 to 7, 9 to 11, 15 and 38 open
as `Y` does. Nothing is changed by break-glass, and a protected address (row 8) stays with who works
on the case. Each time is reviewed (decision 0042), what a data protection officer opened by a
manager as well.

A declared conflict of interest, and expiry of what was shared, are not built: the matrix says every
cell then drops to nothing. Nor is the alert to a manager when the data protection officer opens a
record; the entry itself is kept.
"""


def render() -> str:
    """Return the page."""
    parts = [
        TOP,
        "## Roles\n",
        *(f"- **{role.name}** {role.words}" for role in ROLES_TO_HOLD),
        "\nMembers of the public (PUB) and professionals who refer (PRO) have no account.\n",
        "## Permissions\n",
        _table(),
        "\n## Conditions written beside a cell\n",
        "The code that does the thing has to keep these; the matrix alone cannot.\n",
        *_conditions(),
        "\n## Not built\n",
        *(f"- Row {n}, {matrix()[n].action}: {why}." for n, why in NOT_BUILT.items()),
        "\nOf these rows a part is not built:\n",
        *(f"- Row {n}, {matrix()[n].action}: {why}." for n, why in BUILT_IN_PART.items()),
        f"\n{SEALED}",
    ]
    return "\n".join(parts)


def _table() -> str:
    head = f"| permission | row | {' | '.join(role.name for role in ROLES_TO_HOLD)} |"
    rule = f"|---|---|{'---|' * len(ROLES_TO_HOLD)}"
    rows = [
        f"| `{p.value}` | {ROWS[p]} {matrix()[ROWS[p]].action} | "
        f"{' | '.join(_cell_words(p.cell(role), p) for role in ROLES_TO_HOLD)} |"
        for p in Permission
    ]
    return "\n".join([head, rule, *rows])


def _cell_words(cell: Cell, permission: Permission) -> str:
    """Return a cell as in the matrix, in brackets if it is denied for now."""
    text = cell.text.replace("*", "\\*")
    is_bracketed = is_denied(cell, permission) and cell.text != "\N{EN DASH}"
    return f"({text})" if is_bracketed else text


def _conditions() -> list[str]:
    return [
        f"- `{p.value}`, {role.name}: {cell.note}"
        for p in Permission
        for role in Role
        if (cell := p.cell(role)).note and not is_denied(cell, p)
    ]
