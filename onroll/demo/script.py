"""How many referrals of each kind the made-up council gets, and which of them wait too long."""

from onroll.demo.turns import Delay
from onroll.demo.worries import Door, Situation

SCRIPT = (
    (Door.PUBLIC, Situation.GONE, 7),
    (Door.PUBLIC, Situation.UNRECORDED, 4),
    (Door.PUBLIC, Situation.AT_SCHOOL, 7),
    (Door.PUBLIC, Situation.OUT_OF_SCHOOL, 2),
    (Door.PUBLIC, Situation.NEEDS_HELP, 1),
    (Door.PUBLIC, Situation.IN_DANGER, 1),
    (Door.PUBLIC, Situation.UNNAMED, 2),
    (Door.PROFESSIONAL, Situation.GONE, 5),
    (Door.PROFESSIONAL, Situation.UNRECORDED, 5),
    (Door.PROFESSIONAL, Situation.AT_SCHOOL, 1),
    (Door.PROFESSIONAL, Situation.OUT_OF_SCHOOL, 2),
    (Door.PROFESSIONAL, Situation.IN_DANGER, 1),
    (Door.PROFESSIONAL, Situation.ELSEWHERE, 2),
    (Door.PROFESSIONAL, Situation.WITH_CASE, 3),
    (Door.SIGNED_IN, Situation.GONE, 2),
    (Door.SIGNED_IN, Situation.OUT_OF_SCHOOL, 1),
    (Door.SIGNED_IN, Situation.UNRECORDED, 1),
    (Door.PUPIL, Situation.ABSENT, 6),
    (Door.PUPIL, Situation.HOME_EDUCATED, 3),
    (Door.SCHOOL, Situation.UNRECORDED, 1),
    (Door.TYPED, Situation.GONE, 3),
    (Door.TYPED, Situation.UNRECORDED, 1),
    (Door.TYPED, Situation.AT_SCHOOL, 1),
    (Door.TYPED, Situation.NEEDS_HELP, 1),
    (Door.FLOOD, Situation.GONE, 1),
    (Door.CASE, Situation.WITH_CASE, 3),
)
"""How many referrals of each kind come in the whole story, however short it is."""

TODAY = (
    (Door.PROFESSIONAL, Situation.GONE, 12),
    (Door.PUBLIC, Situation.AT_SCHOOL, 47),
    (Door.PROFESSIONAL, Situation.WITH_CASE, 85),
    (Door.PUBLIC, Situation.UNRECORDED, 130),
    (Door.FLOOD, Situation.AT_SCHOOL, 190),
    (Door.PUBLIC, Situation.GONE, 260),
)
"""What comes last: so many minutes before now. The first is urgent."""
REFERRALS = sum(number for *_, number in SCRIPT) + len(TODAY)
TO_ACCEPT = (Situation.UNRECORDED, Situation.ABSENT)
DELAYS = (Delay.HUB, Delay.DEPUTY, Delay.MANAGER)
"""Of every fourth child in these situations the first, the second and so on comes true."""
STILL = {7: Delay.ACCEPTANCE_STILL, 4: Delay.ACCEPTANCE_STILL, 3: Delay.HUB_STILL}
"""What waits still, by how many days before now it came."""
WITH_SIBLING = (Situation.GONE, Situation.UNRECORDED)
"""In these situations a brother or sister is referred too, where the form has room for one."""
