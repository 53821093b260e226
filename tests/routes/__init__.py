"""What the crawler puts into addresses, and the small world it walks through.

Whoever adds a page with something in its address adds a line to the ROUTES of its part: the route's
name, and what goes into the address for (1) a thing the person can see, (2) a thing that is there
but out of their sight, (3) a thing that never was. Whoever adds something secret to the world
(`made`) adds a Canary (`canaries`).
"""

from tests.routes import (
    case_audits,
    casework,
    enquiries,
    hub,
    intake,
    letters,
    meetings,
    office,
    partners,
    record,
    referrers,
    review,
    sharing,
)
from tests.routes.made import build
from tests.routes.route import Arguments, Route
from tests.routes.sides import MAY_BE_GONE, PUBLIC, SIDES
from tests.routes.world import (
    AT_THE_HUB,
    HANDED_OVER,
    OF_SCHOOL,
    RECEIVED,
    SENT_ON,
    TO_WORKER,
    World,
)

PARTS = (
    case_audits,
    casework,
    enquiries,
    hub,
    intake,
    letters,
    meetings,
    office,
    partners,
    record,
    referrers,
    review,
    sharing,
)
ROUTES: dict[str, Route] = {name: route for part in PARTS for name, route in part.ROUTES.items()}

__all__ = [
    "AT_THE_HUB",
    "HANDED_OVER",
    "MAY_BE_GONE",
    "OF_SCHOOL",
    "PUBLIC",
    "RECEIVED",
    "ROUTES",
    "SENT_ON",
    "SIDES",
    "TO_WORKER",
    "Arguments",
    "Route",
    "World",
    "build",
]
