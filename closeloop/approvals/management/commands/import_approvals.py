"""`closeloop import_approvals FILE --mapping FILE`: load an event log as approvals of the past."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandParser

from closeloop.approvals import actions, importing
from closeloop.edge import work
from closeloop.identity.actor import SYSTEM


class Command(BaseCommand):
    help = "Load an event log (CSV, also .xz and .gz) as approvals of the past, by a mapping."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, required=True, help="see docs/imports")

    def handle(self, *args: Any, **options: Any) -> None:
        how = importing.mapped(yaml.safe_load(options["mapping"].read_text(encoding="utf-8")))
        made = work.perform(lambda: actions.import_log(options["file"], how, actor=SYSTEM))
        self.stdout.write(", ".join(f"{number} {what}" for what, number in made.items()))
