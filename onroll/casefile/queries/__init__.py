"""What pages of several features show."""

from onroll.casefile.features import coming
from onroll.casefile.queries.today import Today, is_late, today, waiting_for_review, whole_day

__all__ = ["Today", "coming", "is_late", "today", "waiting_for_review", "whole_day"]
