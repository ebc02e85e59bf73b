"""The WSGI application that Granian serves, with every address loaded before the first request."""

import os
from importlib import import_module

import django
from django.conf import settings

from closeloop.config import loading
from closeloop.edge import serving
from closeloop.edge.postgresql.base import resting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
with loading.for_good():
    django.setup(set_prefix=False)
    application = serving.Handler()
    import_module(settings.ROOT_URLCONF)
resting.is_wanted = True
