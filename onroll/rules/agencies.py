"""The partner agencies whom the policy names, and when each is told (P63).

A list to begin with: each authority keeps its own on a page, with names and numbers. Source: policy
p.3, 12, 17.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Partner:
    """An agency: its name, when it is told, and the page of the policy that names it."""

    name: str
    tell_when: str
    source: str = "policy p.17"


PARTNERS = (
    Partner(
        "Police",
        "A child is in danger now, or is missing from home or care.",
        "policy p.4, 12, 17",
    ),
    Partner(
        "Missing Person Co-ordinator",
        "A child is reported missing, or has been found again.",
        "policy p.12",
    ),
    Partner("Runaway project", "A child has run away, or is likely to.", "policy p.12"),
    Partner(
        "Violence, Vulnerability and Exploitation Team",
        "There are signs of violence, gangs or exploitation.",
    ),
    Partner("Child Sexual Exploitation Co-ordinator", "There are signs of sexual exploitation."),
    Partner("Traveller Education", "The family is Gypsy, Roma or Traveller and wants help."),
    Partner("Youth Offending Service", "Youth justice supervises the child."),
    Partner("Virtual School", "The child is looked after, or was."),
    Partner("Health services", "Health may know the family, or must know that it moved."),
    Partner("Housing", "The family moved, lost its home, or is in a refuge or hostel."),
    Partner("Early Support", "The family needs help before things get worse."),
    Partner("Prospects", "A young person of 16 or over has no education, work or training."),
    Partner("Alternative education providers", "The child goes there, or has stopped going."),
)
