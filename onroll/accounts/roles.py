"""The fifteen roles of the access matrix. Source: trust.md 4.2."""

from enum import StrEnum


class Role(StrEnum):
    """A role a person acts in, one at a time. The value is the matrix's column in lower case."""

    PUB = "pub"
    PRO = "pro"
    SCH = "sch"
    MAT = "mat"
    MASH = "mash"
    LOC = "loc"
    MGR = "mgr"
    SAL = "sal"
    CAO = "cao"
    ADM = "adm"
    SEN = "sen"
    ANA = "ana"
    OLA = "ola"
    DPO = "dpo"
    SYS = "sys"

    @property
    def words(self) -> str:
        """Return the role in the words officers use."""
        return TITLES[self]


TITLES = {
    Role.PUB: "Member of the public",
    Role.PRO: "Professional who refers",
    Role.SCH: "School staff",
    Role.MAT: "Academy trust staff",
    Role.MASH: "MASH officer",
    Role.LOC: "Children missing education officer",
    Role.MGR: "Children missing education manager",
    Role.SAL: "Home education adviser",
    Role.CAO: "Court attendance officer",
    Role.ADM: "Admissions officer",
    Role.SEN: "SENARS officer",
    Role.ANA: "Data analyst",
    Role.OLA: "Officer of another authority",
    Role.DPO: "Data protection officer",
    Role.SYS: "System administrator",
}

# Nobody signs in with these: they have no account (trust.md 1.12).
WITHOUT_ACCOUNT = frozenset({Role.PUB, Role.PRO})
ROLES_TO_HOLD = tuple(role for role in Role if role not in WITHOUT_ACCOUNT)

# Whose pages all stand under /school/ (DESIGN.md section 3, rule 3).
SCHOOL_ROLES = frozenset({Role.SCH, Role.MAT})

# A shorter time without use ends their session (trust.md 1.12).
PRIVILEGED_ROLES = frozenset({Role.DPO, Role.SYS})
