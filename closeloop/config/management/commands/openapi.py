"""`closeloop openapi`: the API's description, the single source of the TypeScript client."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from closeloop.config.api import api


class Command(BaseCommand):
    """Write the description to a file or to standard output, the same bytes on every machine."""

    help = "Writes the OpenAPI description of the API."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to write it; else stdout")

    def handle(self, *_args: Any, file: Path | None = None, **_options: Any) -> None:
        text = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1) + "\n"
        if file is None:
            self.stdout.write(text, ending="")
        else:
            file.write_text(text, encoding="utf-8")
