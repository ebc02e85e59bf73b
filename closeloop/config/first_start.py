"""Brings the database up to this version, and fills an empty one with the demo company.

Run by scripts/start as `python -m closeloop.config.first_start`. What `closeloop demo` writes on
standard output (the sign-ins) is kept in var/sign-ins.txt and shown at every start.
CLOSELOOP_DEMO=0 leaves an empty database empty. It notes which version it was, so that the next
start of the same need not do it again (config/preparation).
"""

from __future__ import annotations

import io
import os
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from closeloop.config import preparation


def prepare() -> None:
    """Migrate, install what the version ships, and fill a database that nobody can sign in to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    digest = preparation.digest_of_product()
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    if not get_user_model().objects.exists():
        _fill()
    call_command("setup", prepared_by=digest, verbosity=0)


def _fill() -> None:
    """Make the first administrator, or the demo company, and keep their sign-ins."""
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
