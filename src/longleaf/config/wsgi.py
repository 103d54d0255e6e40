"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from longleaf.config.encoding import as_utf_8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "longleaf.config.settings")
application = as_utf_8(get_wsgi_application())

from longleaf.config import checks  # noqa: E402 (settings and apps must be ready first)
from longleaf.kit import working  # noqa: E402

checks.refuse_to_start_otherwise()
working.start_in_process()
