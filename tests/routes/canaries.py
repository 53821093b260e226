"""What is secret in the world, and who may ever be shown it."""

from onroll.accounts.models import User
from tests.people import People
from tests.routes.world import SEES_ALL, Canary


def canaries(everyone: People) -> list[Canary]:
    """Return the texts that stand once in the world."""
    team = SEES_ALL | {"cao", "sal", "sen"}
    at_ours = {everyone.sam, everyone.mat}
    return [
        Canary("Zebedeeson", lambda u: _is_among(u, SEES_ALL, {everyone.tess})),
        Canary("Yaffleton", lambda u: _is_among(u, SEES_ALL, {everyone.tess})),
        Canary("Oystercatch", lambda u: _is_among(u, SEES_ALL, at_ours)),
        Canary("Wrenfield", lambda u: _is_among(u, SEES_ALL, set())),
        Canary("Quillfether", lambda u: _is_among(u, SEES_ALL, {*at_ours, everyone.tess})),
        # Admissions are on the team, and see initials: row 6 says AM.
        Canary("Quillfeather", lambda u: _is_among(u, team, at_ours)),
        Canary("Owlbarn", lambda u: _is_among(u, team | {"adm"}, at_ours)),
        Canary("Vexillology", lambda u: _is_among(u, SEES_ALL, set())),
        Canary("Jackdawson", lambda u: _is_among(u, SEES_ALL | {"sal"}, at_ours)),
        Canary("Kingfisherly", lambda u: _is_among(u, SEES_ALL, set())),
        # Who referred: the lead officer states a reason first (row 10).
        Canary("Nightjarrow", lambda u: _is_among(u, {"mash", "mgr"}, set())),
        # What a school wrote of an enquiry: who reads the log of the case (row 11).
        Canary("Goldcresting", lambda u: _is_among(u, team | {"adm"}, at_ours)),
        # What was said at a meeting: who reads the log of the case (row 11).
        Canary("Sandmartin", lambda u: _is_among(u, team | {"adm"}, at_ours)),
        # What an audit says of a case: who reads the log of the case (row 11).
        Canary("Redwinging", lambda u: _is_among(u, team | {"adm"}, at_ours)),
        # To which school a new file goes: the council's people, and no other school.
        Canary("Ammonite", lambda u: _is_among(u, team | {"adm"}, set())),
        Canary("Xanthippe", lambda u: u is not None and u == everyone.olive),
        # A sealed case: who has it, and nobody else (row 33), whatever they may see of others.
        Canary("Sandpipering", lambda u: u is not None and u == everyone.olive),
        Canary("Turnstonely", lambda u: u is not None and u == everyone.olive),
        Canary("Dunlinworth works here", lambda u: u is not None and u == everyone.olive),
        # A protected address, of a case on which nobody works: nobody's to see (row 8).
        Canary("Zincwharf", lambda _user: False),
    ]


def _is_among(user: User | None, roles: set[str], people: set[User]) -> bool:
    return user is not None and (user.role in roles or user in people)
