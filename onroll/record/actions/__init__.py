"""Every write to what the family was told, to complaints and to the files made of a case."""

from onroll.record.actions.case_files import make_case_file
from onroll.record.actions.complaints import answer_complaint, record_complaint
from onroll.record.actions.family import Telling, tell_family
from onroll.record.actions.joins import join_record

__all__ = [
    "Telling",
    "answer_complaint",
    "join_record",
    "make_case_file",
    "record_complaint",
    "tell_family",
]
