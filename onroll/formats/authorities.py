"""England's local authorities, open and closed, and the codes that stand for none.

Source: DfE's published lists; `local_authorities.csv` beside this file says which for each row.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority. `status` is live, closed, listed or special.

    `successor_codes`, parted by semicolons, are those of the authorities that took over.
    """

    code: str
    name: str
    nation: str
    status: str
    region: str
    gss_code: str
    successor_codes: str

    @property
    def is_open(self) -> bool:
        """True while the authority exists (in England) or is listed (elsewhere)."""
        return self.status in {"live", "listed"}


@cache
def authorities() -> dict[str, Authority]:
    """Every authority by its three-character code."""
    text = files("onroll.formats").joinpath("local_authorities.csv").read_text("utf-8")
    return {row["la_code"]: _authority(row) for row in csv.DictReader(text.splitlines())}


def _authority(row: dict[str, str]) -> Authority:
    return Authority(
        code=row["la_code"],
        name=row["name"],
        nation=row["nation"],
        status=row["status"],
        region=row["region"],
        gss_code=row["gss_code_latest"],
        successor_codes=row["successor_codes"],
    )


AUTHORITIES = authorities()
