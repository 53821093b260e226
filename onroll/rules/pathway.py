"""The stages of a case and the moves between them (P30).

Buttons, permissions, drawings and tests all come from this table. `needs` names the permission
that the table of access gives to those who triage (row 16) or close (row 20).
"""

from dataclasses import dataclass
from enum import StrEnum

from onroll.rules.refusal import Refused


class Stage(StrEnum):
    """Where a case stands."""

    REPORTED = "reported"
    ENQUIRIES = "enquiries"
    LOCATED = "located"
    UNTRACED = "untraced"
    CLOSED = "closed"


STAGE_TITLES: dict[Stage, str] = {
    Stage.REPORTED: "Reported",
    Stage.ENQUIRIES: "Enquiries under way",
    Stage.LOCATED: "Found, not yet in education",
    Stage.UNTRACED: "Not traced, under review",
    Stage.CLOSED: "Closed",
}

OPEN: frozenset[Stage] = frozenset(set(Stage) - {Stage.CLOSED})


@dataclass(frozen=True)
class Move:
    """A thing someone does that takes a case from one stage to the next."""

    verb: str
    title: str
    needs: str
    starts: frozenset[Stage]
    ends: Stage


START = Move(
    "start enquiries",
    "Start enquiries",
    "case_triage",
    frozenset({Stage.REPORTED}),
    Stage.ENQUIRIES,
)
LOCATE = Move(
    "record that the child is found",
    "Child found",
    "case_triage",
    frozenset({Stage.REPORTED, Stage.ENQUIRIES, Stage.UNTRACED}),
    Stage.LOCATED,
)
LOSE = Move(
    "record that the child is lost again",
    "Child lost again",
    "case_triage",
    frozenset({Stage.LOCATED}),
    Stage.ENQUIRIES,
)
GIVE_UP = Move(
    "record that the child is not traced",
    "Not traced: go over to reviews",
    "case_close",
    frozenset({Stage.ENQUIRIES}),
    Stage.UNTRACED,
)
RESUME = Move(
    "take enquiries up again",
    "Take enquiries up again",
    "case_triage",
    frozenset({Stage.UNTRACED}),
    Stage.ENQUIRIES,
)
CLOSE = Move("close the case", "Close the case", "case_close", OPEN, Stage.CLOSED)
REOPEN = Move(
    "re-open the case",
    "Re-open the case",
    "case_close",
    frozenset({Stage.CLOSED}),
    Stage.ENQUIRIES,
)

MOVES: tuple[Move, ...] = (START, LOCATE, LOSE, GIVE_UP, RESUME, CLOSE, REOPEN)


def after(move: Move, stage: Stage) -> Stage:
    """Return the stage a case reaches by a move. Raises Refused from any other stage."""
    if stage not in move.starts:
        raise Refused(f"You cannot {move.verb}: the case is “{STAGE_TITLES[stage].lower()}”.")
    return move.ends


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """Return the moves open at a stage; a page shows one button for each."""
    return tuple(move for move in MOVES if stage in move.starts)
