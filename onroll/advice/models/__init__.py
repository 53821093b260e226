"""What others ask us: whether a child is on a roll, further checks, and after missing pupils."""

from onroll.advice.models.pupil_message import PupilMessage, PupilMessageQuerySet
from onroll.advice.models.question import FurtherCheck, FurtherCheckQuerySet, RollQuestion

__all__ = [
    "FurtherCheck",
    "FurtherCheckQuerySet",
    "PupilMessage",
    "PupilMessageQuerySet",
    "RollQuestion",
]
