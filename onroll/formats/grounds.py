"""What a letter in `RemovalGrounds` may mean. Two regulations letter the same grounds differently.

The 2006 Regulations (reg 8(1)) and the 2024 Regulations (reg 9(1), in force 19 August 2024) use
the same letters in another order: K is *not of school age* in one and *died* in the other. Whether
DfE re-lettered its code set is not known, so a letter is never read alone once both may apply.
Source: files.md section 8.3.
"""

from dataclasses import dataclass
from datetime import date

REGULATIONS_2024_ON = date(2024, 8, 19)

GROUNDS_2006 = {
    "A": "School attendance order changed or revoked",
    "B": "Registered at another school",
    "C": "Was registered at two schools, and the other agrees",
    "D": "Educated otherwise than at school",
    "E": "No longer lives within reasonable distance",
    "F": "Did not return within 10 days of leave",
    "G": "Not fit to attend before school-leaving age",
    "H": "Absent for 20 school days without a break",
    "I": "Detained by order of a court",
    "J": "Died",
    "K": "Not of compulsory school age",
    "L": "Left an independent school",
    "M": "Permanently excluded",
    "N": "Finished nursery, not continuing",
    "O": "Boarder whose fees are unpaid",
}

GROUNDS_2024 = {
    "A": "Registered at another school",
    "B": "Finished nursery, not continuing",
    "C": "Was registered at two schools, and the others agree",
    "D": "School attendance order changed to another school",
    "E": "School attendance order revoked",
    "F": "Educated otherwise than at school (the parent wrote)",
    "G": "No longer lives within reasonable distance",
    "H": "Did not return within 10 days of leave",
    "I": "Absent for 20 school days without a break",
    "J": "Detained under a sentence",
    "K": "Died",
    "L": "Over compulsory school age",
    "M": "Boarder whose fees are unpaid",
    "N": "Left a non-maintained or independent school",
    "O": "Permanently excluded",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a letter may mean, and by which regulations."""

    regulations: str
    clause: str
    label: str


def is_ground(letter: str) -> bool:
    """True for A to O."""
    return letter in GROUNDS_2006


def ground_readings(letter: str, version: str, leaving_on: date | None) -> tuple[Reading, ...]:
    """What `letter` may mean: nothing, one thing, or both, that of 2024 first.

    Only a pupil who left before the 2024 Regulations is sure to be lettered by those of 2006.
    `version` does not settle it: which versions re-lettered, if any, is not known. It is asked
    for so that the day it is known, only this function changes.
    """
    letter = letter.strip().upper()
    if not is_ground(letter):
        return ()
    old = Reading("2006", f"2006 Regulations reg 8(1)({letter.lower()})", GROUNDS_2006[letter])
    if leaving_on is not None and leaving_on < REGULATIONS_2024_ON:
        return (old,)
    new = Reading("2024", f"2024 Regulations reg 9(1)({letter.lower()})", GROUNDS_2024[letter])
    return (new, old)
