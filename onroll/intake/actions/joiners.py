"""What a joiner's record does."""

from collections.abc import Sequence
from dataclasses import replace

from onroll.formats import SchoolSpell
from onroll.formats.standing import Stand, standing
from onroll.intake.actions.effects import Applying, hold, own_spell
from onroll.intake.actions.registration import keep_unregistered, register, words_for_guest
from onroll.intake.models import Row


def join(applying: Applying, rows: Sequence[Row]) -> None:
    """Apply joiners' records: the gap a leaver left is closed, and what was hoped for is over."""
    for row in rows:
        spell = own_spell(row.record, applying.school) or SchoolSpell()
        entry = replace(spell, leaving_on=None, leaving_text="")
        stand = standing(entry, row.record.enrol_status, on=applying.on)
        if stand.stand is Stand.GUEST:
            keep_unregistered(applying, row, applying.school, words_for_guest(applying.school))
        elif stand.stand is Stand.UNCLEAR:
            hold(
                row,
                f"Says that the child joined, but {stand.words}: it may lie ahead. Ask the school "
                "to send the right day.",
            )
        else:
            register(applying, row, applying.school, spell.entry_on or applying.source.said_on)
