"""Settings for the tests of the web: a data folder of their own, quick password hashes, mail into memory."""

import os
import tempfile

os.environ["OTKLIK_DATA"] = tempfile.mkdtemp(prefix="otklik-tests-")

from otklik.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
