"""The made-up people without an account who refer children to the council."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who fills the form in: a name, a job, an organisation, and how to reach them."""

    name: str = ""
    job: str = ""
    agency: str = ""
    contact: str = ""


PROFESSIONALS = (
    Referrer("Holly Visser", "Health visitor", "Health services", "h.visser@health.example"),
    Referrer("Amir Practice", "Practice nurse", "Larkmead Surgery", "020 7946 0812"),
    Referrer("Dora Desk", "Housing officer", "Housing", "d.desk@housing.example"),
    Referrer("Seb Socha", "Social worker", "Children’s services", "s.socha@social.example"),
    Referrer("Yma Young", "Youth worker", "Youth Offending Service", "020 7946 0177"),
)
NEIGHBOURS = (
    Referrer("Nora Nextdoor", contact="nora@example.com"),
    Referrer("Ravi Relative", contact="020 7946 0354"),
    Referrer("Petra Park", contact="petra@example.com"),
    Referrer("Ben Shop"),
)
