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
from django.core.management import call_command


def prepare() -> None:
    """Migrate, install what the version ships, and fill a database that nobody can sign in to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    if get_user_model().objects.exists():
        call_command("setup", verbosity=0)
        return
    sign_ins = io.StringIO()
    if os.environ.get("CLOSELOOP_DEMO") == "0":
        call_command("setup", admin="admin", stdout=sign_ins)
    else:
        call_command("setup", verbosity=0)
        sys.stdout.write("Loading the demo company ...\n")
        sys.stdout.flush()
        call_command("demo", stdout=sign_ins)
    (settings.MEDIA_ROOT.parent / "sign-ins.txt").write_text(sign_ins.getvalue())


if __name__ == "__main__":
    prepare()
