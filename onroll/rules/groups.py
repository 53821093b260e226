"""Groups of children at particular risk of missing education (P06).

Source: DfE, Children missing education (the seven national groups); policy p.4 (Harrow's sixteen).
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class RiskGroup:
    """One group: its code, the name on a flag, and whether England or the authority named it."""

    code: str
    name: str
    basis: Literal["national", "local"]
    source: str


_NATIONAL = (
    ("harm_or_neglect", "At risk of harm or neglect"),
    ("gypsy_roma_traveller", "Gypsy, Roma or Traveller family"),
    ("service_family", "Service family"),
    ("missing_or_runaway", "Missing or has run away"),
    ("youth_justice", "Supervised by the youth justice system"),
    ("ceased_to_attend", "Has ceased to attend school"),
    ("new_migrant", "New migrant family"),
)

_HARROW = (
    ("looked_after", "Looked after, or a care leaver"),
    ("child_protection", "Child protection plan or concern"),
    ("sexual_exploitation", "At risk of sexual exploitation or trafficking"),
    ("unlawful_practices", "At risk of forced marriage, FGM or another unlawful practice"),
    ("long_term_health", "Long-term medical, emotional or behavioural difficulty"),
    ("bullied", "Victim of bullying"),
    ("domestic_abuse", "Domestic abuse, conflict or breakdown in the family"),
    ("homeless", "Homeless or in temporary accommodation, a refuge or a hostel"),
    ("mobile_family", "Mobile or transient family"),
    ("parent_ill", "Parent with long-term illness, mental ill-health or addiction"),
    ("crime", "At risk of crime, or a parent involved in crime"),
    ("young_carer", "Young carer"),
    ("teenage_parent", "Teenage parent, or the child of one"),
    ("excluded_or_not_attending", "Excluded, persistently absent or otherwise missing school"),
    ("alternative_provision", "On the roll of an alternative education provider"),
    ("unmet_sen", "Unrecognised or unmet special educational needs"),
)

NEEDS = {
    "sen_support": "Special educational needs: gets support at school",
    "ehcp": "Special educational needs: has an education, health and care plan",
}
"""What a school's file says of a child's needs; not a risk group, but said beside them."""

RISK_GROUPS: dict[str, RiskGroup] = {
    **{c: RiskGroup(c, n, "national", "DfE CME guidance; policy p.4") for c, n in _NATIONAL},
    **{c: RiskGroup(c, n, "local", "policy p.4") for c, n in _HARROW},
}
