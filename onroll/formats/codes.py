"""The small code sets a CTF uses.

Source: files.md section 8; DfE Common Basic Data Set, 2018 and May 2026.
"""

import tomllib
from importlib.resources import files

SEXES = frozenset({"M", "F", "U"})  # CS001, and U from CS119

PHONE_KINDS = {  # CS011
    "H": "Home",
    "A": "Other home",
    "M": "Mobile",
    "W": "Work",
    "F": "Fax",
    "D": "Minicom",
}

RELATIONSHIPS = {  # CS012
    "CAR": "Carer",
    "CHM": "Childminder",
    "DOC": "Doctor",
    "FAM": "Other family member",
    "FOF": "Foster father",
    "FOM": "Foster mother",
    "HTC": "Head teacher",
    "OTH": "Other contact",
    "PAF": "Father",
    "PAM": "Mother",
    "REL": "Other relative",
    "RLG": "Religious or spiritual contact",
    "STF": "Step father",
    "STM": "Step mother",
    "SWR": "Social worker",
    "TCH": "Teacher",
}
FATHERS = frozenset({"PAF", "STF", "FOF"})
MOTHERS = frozenset({"PAM", "STM", "FOM"})

YEAR_GROUPS = frozenset(  # CS086, without M, which is for classes
    {"E1", "E2", "N1", "N2", "R", "X", *(str(year) for year in range(1, 15))}
)

SEN_PROVISIONS = {  # CS096; S, A and P are history
    "N": "No special educational need",
    "K": "SEN support",
    "E": "Education, health and care plan",
    "S": "Statement",
    "A": "School Action",
    "P": "School Action Plus",
}

LEAVING_REASONS = {  # CS097, those written today
    "PM": "End of phase, to a maintained school",
    "PI": "End of phase, to an independent school",
    "PF": "End of phase, to further education or a sixth form college",
    "IM": "In year, to a maintained school",
    "II": "In year, to an independent school",
    "IF": "In year, to further education or a sixth form college",
    "NH": "Higher education",
    "NT": "Training",
    "NE": "Employment",
    "NU": "Unemployed",
    "AT": "Apprenticeship, training or employment at 16 to 18",
    "EL": "Elective home education",
    "PE": "Permanently excluded",
    "LC": "Left the country",
    "DD": "Died",
    "OR": "Other reason",
    "MI": "Missing pupil",
    "UK": "Unknown",
}

HISTORIC_LEAVING_REASONS = {  # CS097, accepted and never written
    "NI": "Nursery to infant",
    "IJ": "Infant to junior",
    "FM": "First to middle",
    "JS": "Junior to secondary",
    "MS": "Middle to secondary",
    "ST": "School transfer in mid-year",
    "EO": "Education other than at school or college",
    "EM": "Emigration",
    "MD": "Military deployment of a parent",
    "FE": "Further education",
    "HE": "Higher education",
    "TR": "Training",
    "WK": "Employment",
    "UN": "Unemployment",
    "OS": "Other school sixth form",
    "OT": "Other or unknown",
}

DATA_QUALIFIERS = {  # CS065
    "CML": "Pupils who left the school",
    "CMJ": "Pupils who joined the school",
    "FPH": "Welsh Foundation Phase",
    "FSM": "Free school meals",
    "FSP": "Early Years Foundation Stage",
    "KS1": "Key Stage 1",
    "KS2": "Key Stage 2",
    "KS3": "Key Stage 3",
    "OTH": "Items chosen by the user",
    "PHO": "Phonics check",
    "ULN": "Unique Learner Numbers",
    "WNT": "Welsh National Tests",
}

# Reasons that contradict an X (nobody knows where) or an M (outside the maintained sector)
# destination.
REASONS_FOR_MMM = frozenset({"EL", "LC", "PI", "II"})
REASONS_FOR_XXX = frozenset({"MI", "UK"})

_SETS: dict[str, dict[str, str]] = tomllib.loads(
    (files("onroll.formats") / "code_sets.toml").read_text("utf-8")
)
ETHNICITIES = _SETS["ethnicity"]  # CS080, those written today
LANGUAGES = _SETS["language"]  # CS005, those written today
NO_LANGUAGE = frozenset({"ENB", "NOT", "OTB", "OTH", "REF", "ZZZ"})
"""The codes for no language in particular."""


def ethnicity_words(code: str) -> str:
    """Return the words of a CS080 code, current or finer; an unknown code is named."""
    return _words(code, "ethnicity")


def language_words(code: str) -> str:
    """Return the words of a CS005 code, current or finer; an unknown code is named."""
    return _words(code, "language")


def _words(code: str, name: str) -> str:
    words = _SETS[name] | _SETS[f"finer_{name}"]
    return words.get(code, f"Code {code}, which is not on DfE’s list")
