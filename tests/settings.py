"""The settings that tests run with: an installation of its own on the engine that `GONGKAI_TEST_DATABASE` names.

The engine is chosen here, for the whole process, as it is in a real installation: libraries ask once which one it is.
`make test` runs everything on SQLite, and once more on PostgreSQL what uses the database and is not marked `any_engine`.
"""

import os

from tests import installation

installation.prepare(os.environ.get("GONGKAI_TEST_DATABASE", "sqlite"))

from gongkai.config.settings import *  # noqa: E402, F403  read only now, from the prepared environment
from gongkai.config.settings import DATABASES, STORAGES  # noqa: E402

installation.make_fast(DATABASES["default"])
# A code may be shown at the end of its half minute and come to a slow machine after it; `test_sign_in` keeps the product's.
MFA_TOTP_TOLERANCE = 1
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Pages of tests name static files as they are; names with a hash are tested with a served site.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
