"""The made-up people without an account who refer children to the council."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who fills the form in: a name, a job, an organisation, and how to reach them."""

    name: str = ""
    job: str = ""
    agency: str = ""
    contact: str = ""
    other_contact: str = ""
    """By telephone where `contact` is an email address, and the other way round."""

    def reached_like(self, other: "Referrer") -> "Referrer":
        """Return this person, reached by email exactly where another is."""
        is_alike = ("@" in self.contact) == ("@" in other.contact)
        return self if is_alike else replace(self, contact=self.other_contact)


PROFESSIONALS = (
    Referrer(
        "Holly Visser",
        "Health visitor",
        "Health services",
        "h.visser@health.example",
        "020 7946 0633",
    ),
    Referrer(
        "Amir Practice",
        "Practice nurse",
        "Larkmead Surgery",
        "020 7946 0812",
        "a.practice@larkmead.example",
    ),
    Referrer("Dora Desk", "Housing officer", "Housing", "d.desk@housing.example", "020 7946 0455"),
    Referrer("Seb Socha", "Social worker", "Children’s services", "s.socha@social.example"),
    Referrer("Yma Young", "Youth worker", "Youth Offending Service", "020 7946 0177"),
)
OF_JOB = {referrer.job: referrer for referrer in PROFESSIONALS}
SECRETARY = Referrer(
    "Tina Register",
    "School secretary",
    "A school outside the borough",
    "office@outside.example",
    "020 7946 0588",
)
RELATIVE = Referrer("Greta Gran", contact="020 7946 0921", other_contact="greta@example.com")
NEIGHBOURS = (
    Referrer("Nora Nextdoor", contact="nora@example.com"),
    Referrer("Ravi Relative", contact="020 7946 0354"),
    Referrer("Petra Park", contact="petra@example.com"),
    Referrer("Ben Shop"),
)
