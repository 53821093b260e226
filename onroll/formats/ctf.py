"""Common transfer files we write: to a known school, and for a pupil nobody can find.

Source: files.md sections 2, 6.4 and 7; S2S guide 2019 p.15 (one pupil in each lost-pupil file).
"""

from collections.abc import Sequence
from datetime import datetime

from onroll.formats.layout import CURRENT_VERSION, LOST
from onroll.formats.records import PupilRecord, SchoolId
from onroll.formats.writing import Unwritable, header_of, must_have, write

_KNOWN_TO_HAVE_GONE = frozenset({"EL", "LC", "PI", "II", "PM", "IM", "PF", "IF", "DD"})


def write_ctf(
    pupils: Sequence[PupilRecord],
    *,
    source: SchoolId,
    destination: SchoolId,
    made_at: datetime,
    version: int = CURRENT_VERSION,
) -> bytes:
    """A full CTF to a known school. Raises `Unwritable` where a pupil lacks what it needs."""
    if destination.is_unknown:
        raise Unwritable("For a pupil whose school is not known, make a lost-pupil file.")
    for pupil in pupils:
        must_have(pupil, upn=True)
    header = header_of(source=source, destination=destination, made_at=made_at, version=version)
    return write(header, pupils)


def write_lost_pupil_ctf(
    pupil: PupilRecord, *, source: SchoolId, made_at: datetime, version: int = CURRENT_VERSION
) -> bytes:
    """A CTF to XXXXXXX for the one pupil whose destination nobody knows.

    Raises `Unwritable` where the pupil lacks what it needs, or where the file itself says where
    the pupil went: such a file would put a child who is not lost among the lost.
    """
    must_have(pupil, upn=True)
    sender = pupil.sender
    if sender is None or sender.leaving_on is None:
        raise Unwritable("A lost-pupil file must say when the pupil left the school sending it.")
    if sender.leaving_reason in _KNOWN_TO_HAVE_GONE:
        raise Unwritable(
            f"The leaving reason is {sender.leaving_reason}, so it is known what became of the "
            "pupil. A lost-pupil file is for a pupil nobody can find (MI or UK)."
        )
    header = header_of(source=source, destination=SchoolId(*LOST), made_at=made_at, version=version)
    return write(header, [pupil])
