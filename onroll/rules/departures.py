"""The places where the local policy differs from the law as it stands, and what Onroll does there.

Both are kept and shown; the law decides. Source: a reading of the policy of July 2025 against the
Education Act 1996, Regs 2024 and the statutory guidance of September 2025.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Departure:
    """One difference: what each says, where, and what Onroll does."""

    code: str
    title: str
    local: str
    page: str
    law: str
    clause: str
    onroll: str


DEPARTURES: tuple[Departure, ...] = (
    Departure(
        code="guidance",
        title="Which guidance applies",
        local="The policy cites the CME guidance of 2024.",
        page="policy p.9",
        law="The guidance of 8 September 2025 replaced it, and binds schools too.",
        clause="EA96 s.436A(2); CMEG25",
        onroll="The rules are written from the guidance of 2025.",
    ),
    Departure(
        code="sharing",
        title="Advice on sharing information",
        local="The policy cites the advice of July 2018.",
        page="policy p.12",
        law="The advice of May 2024 replaced it: consent is usually not the right basis.",
        clause="DfE, Information sharing, May 2024",
        onroll="No rule rests on consent.",
    ),
    Departure(
        code="leaver_file",
        title="When the leaver file is due",
        local="A CML is wanted within 20 days of the child leaving.",
        page="policy p.9",
        law="The deletion return is due when the name is deleted.",
        clause="Regs 2024 reg 13(4)",
        onroll="Keeps both clocks: the law's decides, the 20 days are a local note.",
    ),
    Departure(
        code="order",
        title="What a school attendance order is",
        local="The policy calls the first notice to the parent a school attendance order.",
        page="policy p.11",
        law="The notice and the order are two steps, with at least 15 days between them.",
        clause="EA96 s.437(1)-(3)",
        onroll="Calls the notice a notice, and counts its 15 days by a clock of its own.",
    ),
    Departure(
        code="home_education_writing",
        title="Telling the school about home education",
        local="Parents are encouraged to tell the school in writing.",
        page="policy p.5, 7",
        law="The ground exists only on written notice: without it the name must stay on the roll.",
        clause="Regs 2024 reg 9(1)(f)",
        onroll="Finds a removal for home education not lawful without a parent's writing.",
    ),
    Departure(
        code="four_weeks",
        title="Four weeks or twenty school days",
        local="After four weeks the school is advised to remove the name.",
        page="policy p.10",
        law="Twenty school days' absence, joint efforts, and agreement if the child was found.",
        clause="Regs 2024 reg 9(1)(h), (i)",
        onroll="Keeps both clocks; only the school days and joint efforts make a removal lawful.",
    ),
    Departure(
        code="withdrawal",
        title="The right to withdraw a child",
        local="Parents may withdraw a child at any time unless an order is in force.",
        page="policy p.5",
        law="A special school's pupil needs the authority's consent; s.434A will add more cases.",
        clause="Regs 2024 reg 9(2); EA96 s.434A, not yet in force",
        onroll="Asks for consent at special schools; s.434A waits for its date in `commencement`.",
    ),
    Departure(
        code="four_examples",
        title="Three examples that are four",
        local="“The above three examples” go to the LOCME; the list has four.",
        page="policy p.3",
        law="Every child of school age without a school or suitable education is to be identified.",
        clause="EA96 s.436A(1)",
        onroll="Takes all four to the LOCME, but sends absence of a located child to attendance.",
    ),
    Departure(
        code="two_ways",
        title="Two ways to the LOCME",
        local="Referrals go to the MASH first in one place, straight to the LOCME in another.",
        page="policy p.7-9",
        law="The duty is the authority's as a whole, for children in its area.",
        clause="EA96 s.436A(1)",
        onroll="Routes by stated rules: the MASH first, the LOCME for children who live elsewhere.",
    ),
)
