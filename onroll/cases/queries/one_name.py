"""Reasons in words where only one name was given, which is compared with both names of a child."""

from dataclasses import replace

from onroll.cases.queries.typed import Typed
from onroll.matching import Reason, Verdict

WORDS = {
    Verdict.AGREES: "One name was given. It is this child’s {}.",
    Verdict.NEAR: "One name was given. It is like this child’s {}.",
}


def of_one_name(reason: Reason, typed: Typed) -> Reason:
    """Return a reason as it stands, or of the one name that was given what it is like.

    A name given as a forename that is a surname here agrees nearly, and not wholly.
    """
    if typed.is_whole_name or reason.field not in ("forename", "surname"):
        return reason
    if reason.verdict not in WORDS:
        return reason
    words = WORDS[reason.verdict].format(reason.field)
    is_in_its_box = bool(getattr(typed, reason.field))
    return replace(reason, words=words, verdict=reason.verdict if is_in_its_box else Verdict.NEAR)
