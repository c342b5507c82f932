"""Settings for the tests of the web: a data folder of their own, quick password hashes, mail into memory."""

import os
import tempfile

os.environ["OTKLIK_DATA"] = tempfile.mkdtemp(prefix="otklik-tests-")

from otklik.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # a live server and the test share one connection to a database in memory; its cache of statements is not for two
    DATABASES["default"].setdefault("OPTIONS", {})["cached_statements"] = 0  # noqa: F405
