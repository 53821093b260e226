"""How often a page without an account may be opened (ACCOUNT_RATE_LIMITS, `…_look`; docs/adr/0010).

Such pages are opened far more often than a password is tried, so that one look is one statement:
allauth, which counts the tries, holds a lock and asks the cache nine times.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.core.internal.ratelimit import parse_rate
from django.conf import settings
from django.db import connection

COUNT = """
INSERT INTO onroll_cache AS looks (cache_key, value, expires)
VALUES (%(key)s, %(now)s, to_timestamp(%(now)s::float8 + %(seconds)s))
ON CONFLICT (cache_key) DO UPDATE SET expires = EXCLUDED.expires, value = (
    WITH fresh AS (
        SELECT look FROM unnest(string_to_array(looks.value, ' ')) AS look
        WHERE look::float8 > %(now)s::float8 - %(seconds)s
    ), one_more AS (
        SELECT look FROM fresh
        UNION ALL SELECT %(now)s WHERE (SELECT count(*) FROM fresh) < %(most)s
    )
    SELECT string_agg(look, ' ' ORDER BY look::float8) FROM one_more
)
RETURNING value
"""
"""Adds a moment to those of the last `seconds`, if they are fewer than `most`; the oldest first."""


@dataclass(frozen=True)
class Looks:
    """What one look leaves of a limit."""

    is_allowed: bool
    left: int
    more_at: datetime
    """When the oldest look is forgotten, so that there is one more."""


def count_look(page: str, key: str, *, at: datetime) -> Looks:
    """Count one look at a page; `page` is the name of its limit, `key` what is looked at."""
    rate = parse_rate(settings.ACCOUNT_RATE_LIMITS[page])
    now = f"{at.timestamp():.6f}"
    named = hashlib.sha256(key.encode()).hexdigest()
    values = {"key": f"{page}:{named}", "now": now, "seconds": rate.duration, "most": rate.amount}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        moments = cursor.fetchone()[0].split()
    more_at = datetime.fromtimestamp(float(moments[0]) + rate.duration, tz=UTC)
    return Looks(now in moments, rate.amount - len(moments), more_at)
