"""The grounds on which a name may be deleted from an admission register, question by question.

Source: Regs 2024 reg 9(1)(a)-(o), 9(2) and 9(3), with reg 9(4)-(5) for the meaning of the words;
EA96 s.434A(9) and 434B(1)(e) from the days they begin. Grounds and consents are rows, and the day
of the deletion chooses which of them hold.
"""

from dataclasses import dataclass, replace
from datetime import date

from onroll.rules.commencement import PROVISIONS, Provisions
from onroll.rules.conditions import All, Ask, Condition, Either, Question
from onroll.rules.dated import Dated, in_force, row_on
from onroll.rules.ground_questions import QUESTIONS

REGS_2024 = "regs_2024"
"""The provision that begins them; before it Regs 2006 decided."""


@dataclass(frozen=True, kw_only=True)
class Ground(Dated):
    """One ground: its code such as `9(1)(h)`, a title in plain words, and what must hold."""

    title: str
    condition: All

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions this ground asks, each once, in the order to ask them."""
        return tuple(dict.fromkeys(leaf.question for leaf in self.condition.leaves()))


@dataclass(frozen=True, kw_only=True)
class Consent(Dated):
    """Whose consent a deletion needs as well, and on which grounds, by their codes."""

    title: str
    condition: Condition
    grounds: frozenset[str]
    source: str


def _yes(code: str, clause: str) -> Ask:
    return Ask(QUESTIONS[code], True, f"Regs 2024 reg {clause}")


def _no(code: str, clause: str) -> Ask:
    return Ask(QUESTIONS[code], False, f"Regs 2024 reg {clause}")


def _not_found_or_agreed(ground: str) -> Condition:
    """Return condition (iii) of the grounds 9(1)(h) and (i), by the ground's code.

    School and authority looked for the child jointly, and did not find it or agree on the deletion.
    """
    agreed = ("was_found", "steps_weighed", "school_agrees", "authority_agrees")
    return All(
        (
            _yes("joint_efforts", f"{ground}(iii)"),
            Either(
                (
                    _no("was_found", f"{ground}(iii)(aa)"),
                    All(tuple(_yes(code, f"{ground}(iii)(bb)") for code in agreed)),
                )
            ),
        )
    )


def _unless(question: str, answer: str, clause: str) -> Condition:
    """Return that the one is not so, or the other is, by a section of EA96."""
    pairs = ((question, False), (answer, True))
    return Either(tuple(Ask(QUESTIONS[code], wanted, clause) for code, wanted in pairs))


CONSENTS = (
    Consent(
        code="special_school",
        title="The authority that placed the child in a special school",
        condition=Either(
            (
                _no("placed_in_special_school", "9(2)"),
                _yes("placing_authority_consents", "9(2)(b)"),
                _yes("minister_directs", "9(2)(c)"),
            )
        ),
        # Reg 9(2)(a) leaves out (d), (e), (k) and (o).
        grounds=frozenset(f"9(1)({letter})" for letter in "abcfghijlmn"),
        source="Regs 2024 reg 9(2)",
        begins_with=REGS_2024,
    ),
    Consent(
        code="withdrawal",
        title="The authority, to a child being withdrawn to be taught otherwise",
        condition=_unless("needs_consent_to_withdraw", "withdrawal_consented", "EA96 s.434A(9)"),
        grounds=frozenset({"9(1)(f)"}),
        source="EA96 s.434A",
        begins_with="s434A",
    ),
    Consent(
        code="meeting",
        title="A meeting with the authority, where its pilot covers the child",
        condition=_unless("in_meeting_pilot", "meeting_held", "EA96 s.434B(1)(e)"),
        grounds=frozenset({"9(1)(f)"}),
        source="EA96 s.434B",
        begins_with="s434B",
    ),
)
"""Every consent as a row; the day of the deletion chooses which are needed."""


def _of_age(letter: str, title: str, *parts: Condition) -> Ground:
    condition = All((_yes("of_school_age", "9(1)"), *parts))
    return Ground(code=f"9(1)({letter})", title=title, condition=condition, begins_with=REGS_2024)


def _not_of_age(letter: str, title: str, *parts: Condition) -> Ground:
    condition = All((_no("of_school_age", "9(3)"), *parts))
    return Ground(code=f"9(3)({letter})", title=title, condition=condition, begins_with=REGS_2024)


ROWS = (
    _of_age(
        "a",
        "Registered at another school",
        _yes("registered_elsewhere", "9(1)(a)"),
        _no("order_names_school", "9(1)(a)(i)"),
        _no("is_main_school", "9(1)(a)(ii)"),
        _no("dual_agreed", "9(1)(a)(iii)"),
    ),
    _of_age(
        "b",
        "Finished nursery, and not coming back",
        _yes("came_for_nursery", "9(1)(b)"),
        _yes("nursery_finished", "9(1)(b)(i)"),
        _no("may_return", "9(1)(b)(ii)"),
    ),
    _of_age(
        "c",
        "Registered at several schools, and not coming back to this one",
        _yes("is_dual", "9(1)(c)"),
        _no("may_return", "9(1)(c)(i)"),
        _yes("others_consent", "9(1)(c)(ii)"),
        _no("order_names_school", "9(1)(c)(iii)"),
        _no("is_main_school", "9(1)(c)(iv)"),
    ),
    _of_age("d", "Attendance order now names another school", _yes("order_changed", "9(1)(d)")),
    _of_age("e", "Attendance order revoked: educated otherwise", _yes("order_revoked", "9(1)(e)")),
    _of_age(
        "f",
        "A parent wrote that the child will be educated otherwise",
        _yes("parent_wrote", "9(1)(f)"),
        _yes("day_passed", "9(1)(f)(i)"),
        _no("order_names_school", "9(1)(f)(ii)"),
    ),
    _of_age(
        "g",
        "No longer lives a reasonable distance away",
        _yes("lives_far", "9(1)(g)"),
        _no("may_return", "9(1)(g)(i)"),
        _no("is_boarder", "9(1)(g)(ii)"),
    ),
    _of_age(
        "h",
        "Did not return within ten school days of leave",
        _yes("had_leave", "9(1)(h)"),
        _yes("absent_10_after_leave", "9(1)(h)(i)"),
        _no("may_be_unable", "9(1)(h)(ii)"),
        _not_found_or_agreed("9(1)(h)"),
    ),
    _of_age(
        "i",
        "Absent without a break for twenty school days",
        _yes("absent_20", "9(1)(i)"),
        _yes("only_gno", "9(1)(i)(i)"),
        _no("may_be_unable", "9(1)(i)(ii)"),
        _not_found_or_agreed("9(1)(i)"),
    ),
    _of_age(
        "j",
        "Under a sentence of detention",
        _yes("is_detained", "9(1)(j)"),
        _no("may_return_after", "9(1)(j)"),
    ),
    _of_age("k", "Died", _yes("has_died", "9(1)(k)")),
    _of_age(
        "l",
        "Over compulsory school age when the school next meets",
        _yes("over_age_next", "9(1)(l)"),
        Either((_no("may_return", "9(1)(l)(i)"), _no("meets_sixth_form", "9(1)(l)(ii)"))),
    ),
    _of_age(
        "m",
        "Boarder at a state school whose board is unpaid",
        _yes("is_boarder", "9(1)(m)"),
        _yes("is_state_school", "9(1)(m)(i)"),
        _yes("board_payable", "9(1)(m)(ii)"),
        _yes("board_unpaid", "9(1)(m)(iii)"),
    ),
    _of_age(
        "n",
        "Ceased to be a pupil at an independent school",
        _yes("has_ceased", "9(1)(n)"),
        _no("is_state_school", "9(1)(n)"),
    ),
    _of_age(
        "o",
        "Permanently excluded",
        _yes("is_excluded", "9(1)(o)"),
        _yes("exclusion_final", "9(5)(c), (d)"),
    ),
    _not_of_age(
        "a",
        "Not of school age, and not coming back",
        _no("is_boarder", "9(3)(a)"),
        _no("may_return", "9(3)(a)"),
    ),
    _not_of_age(
        "b",
        "Not of school age: a boarder who is no longer a pupil",
        _yes("is_boarder", "9(3)(b)"),
        _yes("has_ceased", "9(3)(b)"),
    ),
    _not_of_age(
        "c",
        "Not of school age, and absent for twenty school days",
        _yes("absent_20", "9(3)(c)"),
        _no("had_leave_in_absence", "9(3)(c)(i)"),
        _no("may_be_unable", "9(3)(c)(ii)"),
        _yes("school_efforts", "9(3)(c)(iii)"),
        Either((_no("was_found", "9(3)(c)(iii)(aa)"), _no("may_return", "9(3)(c)(iii)(bb)"))),
    ),
    _not_of_age("d", "Not of school age: died", _yes("has_died", "9(3)(d)")),
    _not_of_age(
        "e",
        "Not of school age: permanently excluded",
        _yes("is_excluded", "9(3)(e)"),
        _yes("exclusion_final", "9(5)(c), (d)"),
    ),
)

"""Every ground as a row, without the consents."""


def ground_on(code: str, *, on: date, provisions: Provisions = PROVISIONS) -> Ground | None:
    """Return a ground as it stands on a day, with the consents it then needs; None: not yet."""
    row = row_on(ROWS, code, on=on, provisions=provisions)
    if row is None:
        return None
    consents = in_force(CONSENTS, on=on, provisions=provisions)
    needed = (consent.condition for consent in consents if code in consent.grounds)
    return replace(row, condition=All((*row.condition.parts, *needed)))


GROUNDS: dict[str, Ground] = {
    row.code: ground for row in ROWS if (ground := ground_on(row.code, on=date.max)) is not None
}
"""The grounds in force today, with their consents."""
