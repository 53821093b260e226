"""The made-up people without an account who refer children to the council."""

from dataclasses import dataclass, replace

from onroll.referrals.codes import Relation


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
OF_RELATION = {
    Relation.NEIGHBOUR: (
        Referrer("Nora Nextdoor", contact="nora@example.com", other_contact="020 7946 0318"),
        Referrer("Petra Park", contact="petra@example.com", other_contact="020 7946 0336"),
    ),
    Relation.RELATIVE: (
        Referrer("Ravi Relative", contact="020 7946 0354", other_contact="ravi@example.com"),
        RELATIVE,
    ),
    Relation.SOMEBODY_ELSE: (Referrer("Ben Shop", other_contact="ben@example.com"),),
    Relation.PARENT: (Referrer("Robin", contact="020 7946 0372", other_contact="rob@example.com"),),
}
"""Who may be what to a child; a parent has the child’s surname."""
NEIGHBOURS = (
    OF_RELATION[Relation.NEIGHBOUR][0],
    OF_RELATION[Relation.RELATIVE][0],
    OF_RELATION[Relation.NEIGHBOUR][1],
    OF_RELATION[Relation.SOMEBODY_ELSE][0],
)
"""Who is drawn to fill in the public form, before it is known what they are to the child."""
