"""The ASGI application that Granian serves: the small live process beside the API."""

import os

import django
from django.utils.module_loading import import_string

from closeloop.config import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
with loading.for_good():
    django.setup()
    application = import_string("closeloop.config.live.application")
