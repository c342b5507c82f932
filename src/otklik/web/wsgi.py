"""What a web server calls."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.web.settings")

from otklik.web.database import take_current_sqlite

take_current_sqlite()

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
