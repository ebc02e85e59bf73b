"""`closeloop publish FILE`: check a blueprint (YAML or JSON) and publish it as the next version."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from closeloop.edge import work
from closeloop.engine.refusals import BlueprintInvalid
from closeloop.identity.actor import SYSTEM
from closeloop.process import actions


class Command(BaseCommand):
    help = "Publish a blueprint file as the next version of its process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        definition = yaml.safe_load(options["file"].read_text(encoding="utf-8"))
        try:
            version = work.perform(lambda: actions.publish(definition, actor=SYSTEM))
        except BlueprintInvalid as invalid:
            lines = [f"{problem.path or '/'}: {problem.code}" for problem in invalid.problems]
            raise CommandError("\n".join(lines)) from invalid
        self.stdout.write(f"{version.blueprint.key} version {version.number} is current")
