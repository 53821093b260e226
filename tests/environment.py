"""Loaded by pytest before anything else: the settings read the environment once."""

import os

for name in [name for name in os.environ if name.startswith("ONROLL_")]:
    del os.environ[name]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each process of hundreds compiles all our code
os.environ["ONROLL_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "onroll.config.settings"
# Which database is decided in conftest.py, when the first test asks for one.
OWNER_URL = os.environ.pop("DATABASE_OWNER_URL", "")
APP_URL = os.environ.pop("DATABASE_URL", "")
TEST_DATABASE = "_".join(filter(None, ("test_onroll", os.environ.get("PYTEST_XDIST_WORKER"))))
"""Each process that runs tests has its own, though the server that was given is one for all."""
