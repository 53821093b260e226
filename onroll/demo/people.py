"""The named people of the demo: one for each role, and the two deputies, at made-up addresses.

Mia and Lena are the deputies whom `harrow.toml` names: of the hub, and of the lead officer.
"""

from datetime import datetime

from onroll.accounts import actions
from onroll.accounts.models import User
from onroll.accounts.roles import Role
from onroll.demo.schools import ST_ANNS, TALLIS_WOOD
from onroll.schools.actions import add_staff
from onroll.schools.queries import find_school

TEAM = "Children missing education"
STAFF = {
    "olive": ("Olive Obi", Role.LOC, TEAM),
    "max": ("Max Marsh", Role.MGR, TEAM),
    "mo": ("Mo Malik", Role.MASH, "MASH"),
    "sam": ("Sam Sharp", Role.SCH, ""),
    "tess": ("Tess Thorn", Role.SCH, ""),
    "mat": ("Mat Moss", Role.MAT, ""),
    "ada": ("Ada Acheampong", Role.ADM, "Admissions"),
    "hal": ("Hal Hughes", Role.SAL, "Home education"),
    "cat": ("Cat Cole", Role.CAO, "Court"),
    "sen": ("Sen Sato", Role.SEN, "SENARS"),
    "dee": ("Dee Diaz", Role.ANA, "Data"),
    "ola": ("Ola Okoro", Role.OLA, ""),
    "pat": ("Pat Patel", Role.DPO, "Information governance"),
    "ari": ("Ari Aydin", Role.SYS, ""),
    "mia": ("Mia Moon", Role.MASH, "MASH"),
    "lena": ("Lena Lord", Role.LOC, TEAM),
}
WORKS_AT = {"sam": (ST_ANNS,), "tess": (TALLIS_WOOD,), "mat": (ST_ANNS, TALLIS_WOOD)}


def add_people(*, at: datetime) -> dict[str, User]:
    """Add everyone and return them by first name; Sam, Tess and Mat belong to their schools."""
    people = {
        first: actions.add_person(
            email=f"{first}@harrow.example", name=name, role=role, team=team, by=None, at=at
        )
        for first, (name, role, team) in STAFF.items()
    }
    for person in people.values():  # they sign in without a link, and may set up second factors
        actions.confirm_address(user=person, at=at)
    for first, numbers in WORKS_AT.items():
        for number in numbers:
            school = find_school(la_code=number[:3], establishment=number[3:])
            if school is not None:
                add_staff(user=people[first], school=school, on=at.date())
    return people
