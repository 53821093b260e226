"""What packages above add to the pages of a case; none of them is imported.

Each adds its own in its `AppConfig.ready`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.offers import Event

EVENTS: list[Callable[[Case, User], Sequence[Event]]] = []
"""What happened on a case, of every feature, as far as a person may know it."""
RISKS_FOUND: list[Callable[[Case, datetime | None], Mapping[str, datetime]]] = []
"""Which of the greater risks were found of the child of a case elsewhere after a moment, by their
code, and when."""
