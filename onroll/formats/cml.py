"""CML: the return of pupils taken off the register.

Source: SI 2024/208 reg 13(4); files.md section 6. The places of elements are inferred (see
`layout.py`), since DfE's specification was not to be had.
"""

from collections.abc import Sequence
from datetime import datetime

from onroll.formats.kinds import FileKind
from onroll.formats.layout import AUTHORITY_ESTAB, CURRENT_VERSION
from onroll.formats.records import PupilRecord, SchoolId
from onroll.formats.writing import header_of, must_have, write


def write_cml(
    pupils: Sequence[PupilRecord],
    *,
    source: SchoolId,
    made_at: datetime,
    destination: SchoolId | None = None,
    version: int = CURRENT_VERSION,
) -> bytes:
    """Leavers of a school, to its own authority unless another is named.

    A return that is late or lacks a ground is still owed, so only names, date of birth and sex are
    insisted on. Raises `Unwritable`.
    """
    for pupil in pupils:
        must_have(pupil, upn=False)
    to = destination or SchoolId(source.la, AUTHORITY_ESTAB)
    header = header_of(
        source=source, destination=to, made_at=made_at, version=version, data=FileKind.CML
    )
    return write(header, pupils, grounds=True)
