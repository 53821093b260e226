"""How long a fuzz test looks: a moment in the suite, for hours with `make fuzz`."""

from hypothesis import HealthCheck, settings

USUAL = 100
"""How many examples Hypothesis tries by itself; `--hypothesis-profile=fuzz` says more."""


def examples(number: int) -> settings:
    """Try so many examples in the suite, and in a longer run as many times more as it is longer."""
    times = max(1, settings().max_examples // USUAL)
    unmoved = (
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    )
    return settings(
        max_examples=number * times, deadline=None, suppress_health_check=unmoved, print_blob=True
    )
