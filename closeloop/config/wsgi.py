"""The WSGI application that Granian serves, with every address loaded before the first request."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from closeloop.config import loading
from closeloop.edge.postgresql.base import resting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
with loading.for_good():
    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)
resting.is_wanted = True
