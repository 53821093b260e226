"""What packages above add to the pages of a case; none of them is imported.

Each adds its own in its `AppConfig.ready`.
"""

from collections.abc import Callable, Sequence

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.cases.offers import Event

EVENTS: list[Callable[[Case, User], Sequence[Event]]] = []
"""What happened on a case, of every feature, as far as a person may know it."""
