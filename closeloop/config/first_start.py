"""Brings the database up to this version, and fills an empty one with the demo company.

Run by scripts/start as `python -m closeloop.config.first_start`. What `closeloop demo` writes on
standard output (the sign-ins) is kept in var/sign-ins.txt and shown at every start.
CLOSELOOP_DEMO=0 leaves an empty database empty.
"""

from __future__ import annotations

import io
import os
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands


def prepare() -> None:
    """Migrate, and load the demo company when nobody can sign in yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    is_empty = not get_user_model().objects.exists()
    if is_empty and os.environ.get("CLOSELOOP_DEMO") != "0" and "demo" in get_commands():
        sys.stdout.write("Loading the demo company ...\n")
        sys.stdout.flush()
        sign_ins = io.StringIO()
        call_command("demo", stdout=sign_ins)
        (settings.MEDIA_ROOT.parent / "sign-ins.txt").write_text(sign_ins.getvalue())


if __name__ == "__main__":
    prepare()
