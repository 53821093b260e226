"""What schools write when a pupil leaves: leaving reasons, and two letterings of grounds.

Source: DfE common basic data set CS097 (leaving reasons) and CS099 (grounds, lettered as Regs 2006
reg 8(1)); Regs 2024 reg 9(1). The same letter means different things in the two letterings, and
which one the files of 2024 and later use is not known; so a letter alone never decides anything.
"""

from dataclasses import dataclass
from datetime import date

from onroll.rules.commencement import PROVISIONS


@dataclass(frozen=True)
class LeavingReason:
    """A leaving reason: its code, title, and what it claims about the child."""

    code: str
    title: str
    claim: str
    is_historic: bool = False


_NOW = (
    ("PM", "End of phase, to a maintained school", "phase"),
    ("PI", "End of phase, to an independent school", "phase"),
    ("PF", "End of phase, to further education or a sixth form college", "phase"),
    ("IM", "In-year move to a maintained school", "school"),
    ("II", "In-year move to an independent school", "school"),
    ("IF", "In-year move to further education or a sixth form college", "school"),
    ("NH", "Leaving age, to higher education", "finished"),
    ("NT", "Leaving age, to training", "finished"),
    ("NE", "Leaving age, to employment", "finished"),
    ("NU", "Leaving age, unemployed", "finished"),
    ("AT", "Apprenticeship, training or employment at 16 to 18", "finished"),
    ("EL", "Elective home education", "home"),
    ("PE", "Permanent exclusion", "excluded"),
    ("LC", "Left the country", "abroad"),
    ("DD", "Died", "died"),
    ("OR", "Other reason", ""),
    ("MI", "Missing pupil", "missing"),
    ("UK", "Unknown", "unknown"),
)

_HISTORIC = (
    ("NI", "Nursery to infant", "phase"),
    ("IJ", "Infant to junior", "phase"),
    ("FM", "First to middle", "phase"),
    ("JS", "Junior or primary to secondary", "phase"),
    ("MS", "Middle to secondary", "phase"),
    ("ST", "School transfer during the year", "school"),
    ("EO", "Education otherwise than at school or college", ""),
    ("EM", "Emigration", "abroad"),
    ("MD", "Parent deployed by the armed forces", ""),
    ("FE", "Further education", "finished"),
    ("HE", "Higher education", "finished"),
    ("TR", "Training", "finished"),
    ("WK", "Employment", "finished"),
    ("UN", "Unemployment", "finished"),
    ("OS", "Sixth form of another school", "school"),
    ("OT", "Other or unknown", "unknown"),
)

LEAVING_REASONS: dict[str, LeavingReason] = {
    **{row[0]: LeavingReason(*row) for row in _NOW},
    **{row[0]: LeavingReason(*row, is_historic=True) for row in _HISTORIC},
}


@dataclass(frozen=True)
class Reading:
    """One way to read a ground's letter: under which regulation, in words, and what it claims."""

    regulation: str
    label: str
    claim: str


_LETTERS_2006 = {
    "A": ("School attendance order changed or revoked", "order"),
    "B": ("Registered at another school", "school"),
    "C": ("Was dual registered, and the other school consents", "school"),
    "D": ("Educated otherwise than at school", "home"),
    "E": ("No longer lives a reasonable distance away", "moved"),
    "F": ("Did not return within ten days of leave", "no_answer"),
    "G": ("Medically unfit until past school age", "health"),
    "H": ("Twenty days' continuous absence", "no_answer"),
    "I": ("Detained by order of a court", "detained"),
    "J": ("Died", "died"),
    "K": ("Not of compulsory school age", "finished"),
    "L": ("Left an independent school", "left"),
    "M": ("Permanently excluded", "excluded"),
    "N": ("Completed nursery", "phase"),
    "O": ("Boarder whose fees are unpaid", "left"),
}

_LETTERS_2024 = {
    "A": ("Registered at another school", "school"),
    "B": ("Finished nursery and not continuing", "phase"),
    "C": ("Was dual registered, and the other schools consent", "school"),
    "D": ("School attendance order changed to another school", "order"),
    "E": ("School attendance order revoked", "order"),
    "F": ("A parent wrote that the child will be educated otherwise", "home"),
    "G": ("No longer lives a reasonable distance away", "moved"),
    "H": ("Did not return within ten school days of leave", "no_answer"),
    "I": ("Twenty school days' continuous absence", "no_answer"),
    "J": ("Under a sentence of detention", "detained"),
    "K": ("Died", "died"),
    "L": ("Over compulsory school age", "finished"),
    "M": ("Boarder whose fees are unpaid", "left"),
    "N": ("Left an independent school", "left"),
    "O": ("Permanently excluded", "excluded"),
}

_LETTERINGS = {
    "2006": ("Regs 2006 reg 8(1)", _LETTERS_2006),
    "2024": ("Regs 2024 reg 9(1)", _LETTERS_2024),
}


def readings(letter: str, *, left_on: date | None, lettering: str = "") -> tuple[Reading, ...]:
    """Return every way a letter may be read; none for no letter or one in neither lettering.

    A pupil who left before Regs 2024 can only have gone under Regs 2006. Later, both readings stand
    unless `lettering` says which one this sender is known to use.
    """
    if left_on is not None and not PROVISIONS["regs_2024"].is_in_force(on=left_on):
        names: tuple[str, ...] = ("2006",)
    else:
        names = (lettering,) if lettering in _LETTERINGS else ("2024", "2006")
    tables = ((*_LETTERINGS[name], letter.strip().upper()) for name in names)
    return tuple(
        Reading(f"{where}({key.lower()})", *table[key])
        for where, table, key in tables
        if key in table
    )
