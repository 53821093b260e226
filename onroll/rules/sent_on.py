"""Who has a child whom the hub sends to attendance.

Source: policy p.3 names the court officer and the officer for home education, p.5 sends a child on
a roll who does not attend to either; an authority sets which.
"""

from enum import StrEnum


class AttendanceDesk(StrEnum):
    """Who has what is sent to attendance."""

    COURT_OFFICER = "court_officer"
    HOME_EDUCATION = "home_education"


ATTENDANCE_DESKS = tuple(desk.value for desk in AttendanceDesk)
"""What `attendance_to` can be set to."""
