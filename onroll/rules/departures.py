"""The places where the local policy differs from the law as it stands, and what Onroll does there.

Both are kept and shown; the law decides. Source: a reading of the policy of July 2025 against the
Education Act 1996, Regs 2024 and the statutory guidance of September 2025. What Onroll does is a
claim, with the test that shows it; where a part of the service is not built, that is said instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onroll.rules.claims import POLICY


@dataclass(frozen=True, kw_only=True)
class Departure:
    """One difference: what each says, where, and what Onroll does.

    `claim` is one of `claims.POLICY`; `waits_for` are rows of the access matrix that are not built
    and that the difference is about.
    """

    code: str
    title: str
    local: str
    page: str
    law: str
    clause: str
    claim: str = ""
    waits_for: tuple[int, ...] = ()


DEPARTURES: tuple[Departure, ...] = (
    Departure(
        code="guidance",
        title="Which guidance applies",
        local="The policy cites the guidance on children missing education of 2024.",
        page="policy p.9",
        law="The guidance of 8 September 2025 replaced it, and binds schools too.",
        clause="EA96 s.436A(2); CMEG25",
    ),
    Departure(
        code="sharing",
        title="Advice on sharing information",
        local="The policy cites the advice of July 2018.",
        page="policy p.12",
        law="The advice of May 2024 replaced it: consent is usually not the right basis.",
        clause="DfE, Information sharing, May 2024",
        claim="sharing",
    ),
    Departure(
        code="leaver_file",
        title="When the leaver file is due",
        local="The leaver file (CML) is wanted within 20 days of the child leaving.",
        page="policy p.9",
        law="The deletion return is due when the name is deleted.",
        clause="Regs 2024 reg 13(4)",
        claim="leaver_file",
    ),
    Departure(
        code="order",
        title="What a school attendance order is",
        local="The policy calls the first notice to the parent a school attendance order.",
        page="policy p.11",
        law="For a child without a plan there are three steps: the first notice, a notice that "
        "names the school, and the order, with at least 15 days after both notices. For a child "
        "with a plan there are two: the first notice and the order.",
        clause="EA96 s.437(1)-(3), 438(2), 441",
        waits_for=(23,),
    ),
    Departure(
        code="home_education_writing",
        title="Telling the school about home education",
        local="Parents are encouraged to tell the school in writing.",
        page="policy p.5, 7",
        law="The ground exists only on written notice: without it the name must stay on the roll.",
        clause="Regs 2024 reg 9(1)(f)",
        claim="home_education",
        waits_for=(22,),
    ),
    Departure(
        code="four_weeks",
        title="Four weeks or twenty school days",
        local="After four weeks the school is advised to remove the name.",
        page="policy p.10",
        law="Ten school days after leave or twenty of absence, joint efforts, and agreement if the "
        "child was found. For a pupil not of school age: twenty days without leave, and the "
        "school's own efforts.",
        clause="Regs 2024 reg 9(1)(h), (i), 9(3)(c)",
        claim="four_weeks",
        waits_for=(18, 19),
    ),
    Departure(
        code="withdrawal",
        title="The right to withdraw a child",
        local="Parents may withdraw a child at any time unless an order is in force.",
        page="policy p.5",
        law="A child whom an authority placed in a special school needs the consent of that "
        "authority. EA96 s.434A adds more cases from the day it begins.",
        clause="Regs 2024 reg 9(2)",
        waits_for=(22, 25),
    ),
    Departure(
        code="four_examples",
        title="Three examples that are four",
        local="“The above three examples” go to the lead officer; the list has four.",
        page="policy p.3",
        law="Every child of school age without a school or suitable education is to be identified.",
        clause="EA96 s.436A(1)",
        claim="four_examples",
    ),
    Departure(
        code="two_ways",
        title="Two ways to the lead officer",
        local="Referrals go to the hub first in one place, to the lead officer at once in another.",
        page="policy p.7-9",
        law="The duty is the authority's as a whole, for children in its area.",
        clause="EA96 s.436A(1)",
        claim="hub_first",
    ),
    Departure(
        code="plan",
        title="Asking before a child with a plan is removed",
        local="The team for special educational needs (SENARS) must give permission in one place. "
        "In two others it is only to be consulted. On page 15 a mainstream pupil with a plan "
        "needs no permission to be educated at home.",
        page="policy p.7, 10, 15, 16",
        law="Only a child whom an authority placed in a special school needs consent, and "
        "four grounds need none. No other removal waits for permission.",
        clause="Regs 2024 reg 9(2)",
        waits_for=(19,),
    ),
    Departure(
        code="home_education_way",
        title="Who is told of home education",
        local="Home education goes to the officer for it (SALEHE) in one place, and to the hub in "
        "another.",
        page="policy p.7, 9",
        law="The school makes a deletion return to the authority; which officer takes it is for "
        "the authority to settle.",
        clause="Regs 2024 reg 13(4)",
        claim="home_education_way",
    ),
    Departure(
        code="admissions_way",
        title="How Admissions tells the lead officer",
        local="Admissions tells the lead officer straight in one place, and through the hub in "
        "another.",
        page="policy p.10, 18",
        law="The duty is the authority's as a whole, for children in its area.",
        clause="EA96 s.436A(1)",
        claim="hub_first",
    ),
    Departure(
        code="elsewhere",
        title="A child who lives in another area",
        local="Such a child goes to the lead officer, not to the hub. A child with a worry about "
        "safety goes to the hub first.",
        page="policy p.9",
        law="The duty lies with the authority where the child is; a school's returns go to the "
        "authority of the school.",
        clause="EA96 s.436A(1); Regs 2024 reg 3, 13",
        claim="hub_first",
        waits_for=(21,),
    ),
)


def done_about(departure: Departure, *, not_built: Mapping[int, str]) -> str:
    """Return what Onroll does about a difference, and what of it is not built yet.

    `not_built` holds in words the rows of the access matrix that are not built.
    """
    done = POLICY[departure.claim].text if departure.claim else ""
    waits = "; ".join(not_built[row] for row in departure.waits_for)
    later = f"Not built yet: {waits}." if waits else ""
    return " ".join(filter(None, (done, later))) or "Nothing here depends on the difference yet."
