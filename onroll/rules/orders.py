"""The steps of a school attendance order, with a plan and without, as they stand on a day.

Source: EA96 ss.437 to 443 and 572, read with casework 3; ss.436H to 436Q from the days they begin.
For a child without an education, health and care plan an order takes three steps towards the
parent: the first notice, the notice that names the school, and the order.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.dated import Dated, in_force

FROM_EA96 = date(1996, 11, 1)


@dataclass(frozen=True, kw_only=True)
class OrderStep(Dated):
    """One step: whom it goes to, its clause, and the clocks that it starts.

    `for_plan` is true where only a child with a plan needs it, false where only one without does.
    """

    title: str
    to: Literal["parent", "school"]
    clause: str
    clocks: tuple[str, ...] = ()
    for_plan: bool | None = None


STEPS: tuple[OrderStep, ...] = (
    OrderStep(
        code="first_notice",
        title="Notice to the parent to show that the child is suitably educated",
        to="parent",
        clause="EA96 s.437(1), (2)",
        clocks=("sao_15",),
        from_on=FROM_EA96,
        ends_with="s436H",
    ),
    OrderStep(
        code="preliminary_notice",
        title="Preliminary notice, which says on which conditions it rests",
        to="parent",
        clause="EA96 s.436H",
        clocks=("preliminary_5", "preliminary_answer_15"),
        begins_with="s436H",
    ),
    OrderStep(
        code="school_consulted",
        title="The school that may be named is consulted, and told when it is to be",
        to="school",
        clause="EA96 s.439(5), (6)",
        clocks=("sao_direction_15",),
        for_plan=False,
        from_on=FROM_EA96,
        ends_with="s436N",
    ),
    OrderStep(
        code="school_notice",
        title="The school that may be named is consulted, and told when it is to be",
        to="school",
        clause="EA96 s.436N(1), (2)",
        clocks=("decision_notice_15", "direction_10", "nomination_5"),
        for_plan=False,
        begins_with="s436N",
    ),
    OrderStep(
        code="second_notice",
        title="Notice to the parent that names the school and the alternatives",
        to="parent",
        clause="EA96 s.438(2)",
        clocks=("sao_choice_15",),
        for_plan=False,
        from_on=FROM_EA96,
        ends_with="s436L",
    ),
    OrderStep(
        code="nomination_notice",
        title="School nomination notice to the parent",
        to="parent",
        clause="EA96 s.436L",
        clocks=("nomination_choice_15",),
        for_plan=False,
        begins_with="s436L",
    ),
    OrderStep(
        code="order",
        title="The order, in the prescribed form",
        to="parent",
        clause="EA96 s.437(3); SI 1995/2090",
        for_plan=False,
        from_on=FROM_EA96,
        ends_with="s436I",
    ),
    OrderStep(
        code="order_2026",
        title="The order, in the form to be prescribed; an academy named in it must admit",
        to="parent",
        clause="EA96 s.436I",
        clocks=("order_5",),
        for_plan=False,
        begins_with="s436I",
    ),
    OrderStep(
        code="order_with_plan",
        title="The order, in the prescribed form, naming the school in the plan",
        to="parent",
        clause="EA96 s.437(3), 441; SI 1995/2090",
        for_plan=True,
        from_on=FROM_EA96,
        ends_with="s436J",
    ),
    OrderStep(
        code="order_with_plan_2026",
        title="The order, naming the school in the plan; a plan that names none is amended first",
        to="parent",
        clause="EA96 s.436J",
        clocks=("order_5",),
        for_plan=True,
        begins_with="s436J",
    ),
)


@dataclass(frozen=True, kw_only=True)
class OrderRule(Dated):
    """A rule about an order, by what it is about."""

    about: Literal["form", "serving", "naming", "changing", "revoking", "breach"]
    words: str
    clause: str


RULES: tuple[OrderRule, ...] = (
    OrderRule(
        code="form",
        about="form",
        words="The order is in the form that is prescribed; an administrator holds the form used "
        "against the regulations before the first is served.",
        clause="EA96 s.437(3), SI 1995/2090",
        from_on=FROM_EA96,
    ),
    OrderRule(
        code="serving_electronically",
        about="serving",
        words="By e-mail or other electronic means only where the parent has agreed in writing "
        "beforehand, to that kind of document and that address.",
        clause="EA96 s.572(2)",
        from_on=FROM_EA96,
    ),
    OrderRule(
        code="naming",
        about="naming",
        words="No school that has permanently excluded the child, whose infant classes would be "
        "too large, or that is full, unless the authority sets its admissions or no other is near.",
        clause="EA96 s.439(1)-(4A)",
        from_on=FROM_EA96,
        ends_with="s436M",
    ),
    OrderRule(
        code="naming_2026",
        about="naming",
        words="The same holds of academies: none that has permanently excluded the child, whose "
        "infant classes would be too large, or that is full, unless no other is near.",
        clause="EA96 s.436M",
        begins_with="s436M",
    ),
    OrderRule(
        code="changing",
        about="changing",
        words="At the parent's request when another school offers a place.",
        clause="EA96 s.440",
        from_on=FROM_EA96,
        ends_with="s436O",
    ),
    OrderRule(
        code="changing_2026",
        about="changing",
        words="At the parent's request when another school or academy offers a place.",
        clause="EA96 s.436O",
        begins_with="s436O",
    ),
    OrderRule(
        code="revoking",
        about="revoking",
        words="At the parent's request when suitable education otherwise is arranged; not where a "
        "plan names a school.",
        clause="EA96 s.442",
        from_on=FROM_EA96,
        ends_with="s436P",
    ),
    OrderRule(
        code="revoking_2026",
        about="revoking",
        words="The authority must revoke an order that rests on child protection alone once that "
        "is over; otherwise at the parent's request.",
        clause="EA96 s.436P",
        begins_with="s436P",
    ),
    OrderRule(
        code="breach",
        about="breach",
        words="An offence, with a fine up to level 3.",
        clause="EA96 s.443",
        from_on=FROM_EA96,
        ends_with="s436Q",
    ),
    OrderRule(
        code="breach_2026",
        about="breach",
        words="An offence, with a fine up to level 4 or prison; to take the child off that "
        "school's roll is one too.",
        clause="EA96 s.436Q",
        begins_with="s436Q",
    ),
)


def steps(
    *, has_plan: bool, on: date, provisions: Provisions = PROVISIONS
) -> tuple[OrderStep, ...]:
    """Return the steps of an order begun on a day, in their order."""
    holding = in_force(STEPS, on=on, provisions=provisions)
    return tuple(step for step in holding if step.for_plan in (None, has_plan))


def rules_on(*, on: date, provisions: Provisions = PROVISIONS) -> tuple[OrderRule, ...]:
    """Return what holds of an order: its form, serving, the school, changes and a breach."""
    return in_force(RULES, on=on, provisions=provisions)
