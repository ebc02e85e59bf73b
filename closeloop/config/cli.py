"""The `closeloop` command: Django's management commands on this installation's database."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from closeloop.config import programs


def main() -> None:
    """Run the management command named on the command line."""
    site = programs.site_from_environment()
    os.environ["CLOSELOOP_VAR"] = str(site.var)
    os.environ["DATABASE_URL"] = site.database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    execute_from_command_line(["closeloop", *sys.argv[1:]])


if __name__ == "__main__":
    main()
