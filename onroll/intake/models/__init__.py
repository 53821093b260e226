"""Files as they came, their records, what was wrong with them, and who decided what."""

from onroll.intake.effects import Effect
from onroll.intake.kinds import Purpose
from onroll.intake.list_kinds import LIST_TYPES, ListKind
from onroll.intake.models.row import Decision, Problem, Row, RowStage
from onroll.intake.models.transfer import Arrival, Transfer, TransferStage
from onroll.intake.models.upload import Attachment, Upload, UploadItem

__all__ = [
    "LIST_TYPES",
    "Arrival",
    "Attachment",
    "Decision",
    "Effect",
    "ListKind",
    "Problem",
    "Purpose",
    "Row",
    "RowStage",
    "Transfer",
    "TransferStage",
    "Upload",
    "UploadItem",
]
