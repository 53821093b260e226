"""A hash of the identity in a record, under which people's decisions are found again."""

import hashlib
import json
from typing import Any

from onroll.formats import PupilRecord
from onroll.intake.records.stored import to_json
from onroll.matching import compact
from onroll.rules.identifiers import normalise_upn


def fingerprint(record: PupilRecord) -> str:
    """Return the hash, the same however letters are cased or spaced.

    It is of the pupil numbers, names, birthday and sex; without a pupil number of the postcodes
    too. Two children may share a name and a birthday, and a decision about one must not hold for
    the other.
    """
    upns = sorted(normalise_upn(upn) for upn in (record.upn, record.former_upn) if upn)
    homes = sorted({"".join(a.postcode.upper().split()) for a in record.addresses})
    names = [compact(record.forename), compact(record.surname)]
    born = record.born.isoformat() if record.born else record.born_text
    identity: list[Any] = [upns or homes, names, born, record.sex]
    if not upns and not (all(names) and born):
        identity.append(to_json(record))  # too little to be anybody's but this record's
    return hashlib.sha256(json.dumps(identity).encode()).hexdigest()
