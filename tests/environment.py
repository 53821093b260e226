"""Loaded by pytest before anything else: the settings read the environment once."""

import os

os.environ["ONROLL_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "onroll.config.settings"
os.environ.pop("ONROLL_POLICY", None)
# Which database is decided in conftest.py, when the first test asks for one.
OWNER_URL = os.environ.pop("DATABASE_OWNER_URL", "")
APP_URL = os.environ.pop("DATABASE_URL", "")
