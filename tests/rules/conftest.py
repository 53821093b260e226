"""Settings of Hypothesis: a slow machine is no wrong answer."""

from hypothesis import settings

settings.register_profile("onroll", deadline=None)
settings.load_profile("onroll")
