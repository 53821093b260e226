"""Every write to cases. Nothing leaves the register without an outcome, proved or believed."""

from onroll.cases.actions.alerts import raise_alert, settle_alert
from onroll.cases.actions.clocks import meet_deadline, move_deadline, start_clocks
from onroll.cases.actions.closing import close_case, reopen_case
from onroll.cases.actions.locking import CaseChanged
from onroll.cases.actions.merging import join_cases, part_cases
from onroll.cases.actions.nightly import open_for_never_arrived, raise_ageing_out, raise_due
from onroll.cases.actions.opening import open_case, report_child
from onroll.cases.actions.register import NameTaken, forget_view, save_view
from onroll.cases.actions.working import add_member, add_note, assign_case, move_case, note_sighting

__all__ = [
    "CaseChanged",
    "NameTaken",
    "add_member",
    "add_note",
    "assign_case",
    "close_case",
    "forget_view",
    "join_cases",
    "meet_deadline",
    "move_case",
    "move_deadline",
    "note_sighting",
    "open_case",
    "open_for_never_arrived",
    "part_cases",
    "raise_ageing_out",
    "raise_alert",
    "raise_due",
    "reopen_case",
    "report_child",
    "save_view",
    "settle_alert",
    "start_clocks",
]
