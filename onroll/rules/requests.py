"""Requests for information: what each kind of agency is asked, and the least that it needs (P31).

Source: policy p.9 and 17 name whom to ask; law 2.6 the steps. The least for each purpose is
Onroll's reading of UK GDPR Article 5(1)(c), which asks for no more than is needed: `inferred`, as
are the routes.
"""

from dataclasses import dataclass

from onroll.rules.enquiries import ENQUIRY_STEPS, OTHER
from onroll.rules.sharing import ITEMS, Evidence

WAYS = (("email", "Secure email"), ("letter", "Letter"))
"""How a request goes out, by code of `rules.enquiries.METHODS`: it is written."""
MOST_IN_A_PACK = 50
"""So many children stand in one pack at most."""


@dataclass(frozen=True, kw_only=True)
class RequestKind:
    """What the agencies of one step are asked, on what basis, and what they are told for it.

    `step` is a code of `rules.enquiries`; `bases` are codes of `rules.sharing.BASES`, of
    which those that hold on the day are named; `least` is what they cannot answer without,
    `further` what may be added for a reason: codes of `rules.sharing.ITEMS`. Nothing else is
    ever in a request.
    """

    step: str
    question: str
    bases: tuple[str, ...]
    least: tuple[str, ...]
    further: tuple[str, ...]
    route: str
    evidence: Evidence = "inferred"
    partner: str = ""
    """The agency of `rules.agencies.PARTNERS` that is usually asked, where it is one of them."""
    has_one_agency: bool = True
    """Whether one agency is asked about all children, so that a pack begins with all of them."""

    @property
    def title(self) -> str:
        """Return whom it asks, as the list of enquiries names the step."""
        return ENQUIRY_STEPS[self.step].title


_DUTY = ("find_children", "joint_efforts", "guidance", "public_task")
_SENSITIVE = (*_DUTY, "welfare", "safeguarding", "duty_to_share")
_INSIDE = "By the council’s own email, within the council, or in its own system."
_SECURE = "By secure email, or the agency’s own secure form. Never by ordinary email."
_KNOWN = "Do you know the child, since when, and at which address or school is the child now?"
_WHO = ("name", "born_on")


def _inside(step: str, question: str, partner: str = "") -> RequestKind:
    """Return a request to a team of the council, which has records of its own of the child."""
    return RequestKind(
        step=step,
        question=question,
        bases=_DUTY,
        least=_WHO,
        further=("home", "parents", "upn", "other_names"),
        route=_INSIDE,
        partner=partner,
    )


def _council(step: str) -> RequestKind:
    """Return a request to another authority, or a school of one."""
    return RequestKind(
        step=step,
        question="Is the child on a roll, taught elsewhere or known to you, and at which address? "
        "If a school of yours applied for or received the file, which one and when?",
        bases=_DUTY,
        least=(*_WHO, "upn", "school"),
        further=("other_names", "sex", "home", "homes_before", "parents", "missing_since"),
        route="To the officer for children missing education there, by secure email or S2S.",
        has_one_agency=False,
    )


def _careful(
    step: str,
    least: tuple[str, ...],
    *further: str,
    question: str = _KNOWN,
    partner: str = "",
    has_one_agency: bool = True,
) -> RequestKind:
    """Return a request to an agency whose answer may be of a special category."""
    return RequestKind(
        step=step,
        question=question,
        bases=_SENSITIVE,
        least=least,
        further=further,
        route=_SECURE,
        partner=partner,
        has_one_agency=has_one_agency,
    )


_KINDS = (
    _inside(
        "admissions",
        "Has anyone applied for a school place for the child, or been offered one; where, and "
        "from which address?",
    ),
    _inside("sen", "Has the child a plan or an assessment, and with which authority or school?"),
    _inside("early_support", _KNOWN, "Early Support"),
    _inside(
        "virtual_school",
        "Is or was the child looked after, by which authority, and where?",
        "Virtual School",
    ),
    _careful("social_care", (*_WHO, "home"), "parents", "other_names", "school", "missing_since"),
    _careful(
        "youth_offending",
        _WHO,
        *("home", "parents", "other_names"),
        partner="Youth Offending Service",
    ),
    RequestKind(
        step="council_tax",
        question="Who pays council tax at this address, since when? If these adults left, when, "
        "and to which address?",
        bases=_DUTY,
        least=("parents", "home"),
        further=("homes_before", "name", "contacts"),
        route=_INSIDE,
    ),
    RequestKind(
        step="housing",
        question="Do you house this family, or did you; from when to when, and where did it go?",
        bases=_DUTY,
        least=(*_WHO, "parents", "home"),
        further=("homes_before", "other_names", "contacts"),
        route=_SECURE,
        partner="Housing",
    ),
    _careful(
        "health",
        (*_WHO, "nhs_number"),
        *("home", "parents", "other_names", "sex"),
        question="With which practice is the child registered, since when, and at which address; "
        "when was the child last seen? No other health information is asked for.",
        partner="Health services",
        has_one_agency=False,
    ),
    _careful(
        "police",
        (*_WHO, "home", "missing_since"),
        *("sex", "parents", "other_names", "school", "contacts"),
        question="Is the child or the family known to you since the day below, where, and is there "
        "a report of a missing person? Please see whether a welfare check is due.",
        partner="Police",
    ),
    _careful(
        "refuges",
        _WHO,
        "other_names",
        question="Is this child safe with you and taught? Answer yes, no or cannot say. Do not "
        "tell us where.",
        has_one_agency=False,
    ),
    RequestKind(
        step="hmrc",
        question="Is child benefit paid for the child, to whom, at which address, and since when? "
        "If it ended, when and why? Please answer with one of the codes below.",
        bases=(*_DUTY, "child_at_risk"),
        least=(*_WHO, "parents", "home"),
        further=("other_names", "homes_before", "sex"),
        route="By the route agreed with HM Revenue and Customs. They ask for your department and a "
        "switchboard number. Never by ordinary email.",
        evidence="reported",
    ),
    RequestKind(
        step="border",
        question="Has the child left or entered the country since the day below; when, from where "
        "and to where?",
        bases=_SENSITIVE,
        least=(*_WHO, "sex", "missing_since"),
        further=("other_names", "parents", "home"),
        route="By the Home Office’s own form, sent by secure email.",
        evidence="reported",
    ),
    _council("former_authority"),
    _council("next_authority"),
    _council("home_authority"),
    RequestKind(
        step="forces",
        question="Is a parent in the armed forces, and where was the family posted?",
        bases=_DUTY,
        least=(*_WHO, "parents"),
        further=("school", "home"),
        route=_SECURE,
    ),
    RequestKind(
        step="abroad",
        question="Is the child on your roll and attending, since when? Please answer on the "
        "school’s paper.",
        bases=(*_DUTY, "abroad"),
        least=_WHO,
        further=("parents", "school", "other_names"),
        route="By letter, or email with a password told by telephone.",
        has_one_agency=False,
    ),
    RequestKind(
        step=OTHER,
        question=_KNOWN,
        bases=_SENSITIVE,
        least=_WHO,
        further=tuple(code for code in ITEMS if code not in _WHO),
        route=_SECURE,
        has_one_agency=False,
    ),
)
KINDS: dict[str, RequestKind] = {kind.step: kind for kind in _KINDS}
"""By step: the steps that ask an agency. What is looked up or visited needs no request."""
