"""Each stored code has its row in one table, so that pages, actions and reports agree."""

from onroll.formats import FORMATS, FileKind
from onroll.intake.actions.batches import ACTIONS
from onroll.intake.effects import EFFECTS, Effect
from onroll.intake.kinds import USES, Purpose
from onroll.intake.list_kinds import LIST_TYPES, ListKind
from onroll.rules import confirmations, leavers


def test_every_code_has_its_row_in_the_table() -> None:
    assert set(FORMATS) == set(FileKind)
    assert set(USES) - set(FileKind) == {"LIST"}
    assert set(FileKind) <= set(USES)
    assert set(ACTIONS) == set(Purpose) == {use.purpose for use in USES.values()}
    assert set(EFFECTS) == set(Effect)
    assert set(LIST_TYPES) == set(ListKind)


def test_what_the_rules_say_of_leavers_is_an_effect_of_a_record() -> None:
    assert set(leavers.KINDS) <= set(Effect)
    assert set(confirmations.FACTS) <= set(Effect)


def test_a_stored_code_fits_its_column() -> None:
    assert max(map(len, Effect)) <= 24
    assert max(map(len, USES)) <= 8
    assert max(map(len, Purpose)) <= 8
    assert max(map(len, ListKind)) <= 14
