"""The ASGI application that Granian serves: the small live process beside the API."""

import os

import django
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
django.setup()
application = import_string("closeloop.config.live.application")
