"""`closeloop export TYPE FILE`: a list into a CSV or XLSX file, as somebody may see it."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from closeloop.desk.listing import Ask
from closeloop.edge import messages, work
from closeloop.engine.refusals import Refusal
from closeloop.identity import queries as identity
from closeloop.identity.actor import SYSTEM, Actor, ActorKind
from closeloop.identity.models import User
from closeloop.transfer import actions, queries


class Command(BaseCommand):
    help = "Write the records of a type to a CSV or XLSX file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("type")
        parser.add_argument("file", type=Path, help="ends with .csv or .xlsx")
        parser.add_argument("--columns", nargs="+", metavar="FIELD")
        parser.add_argument("--filter", type=json.loads, help="conditions as JSON")
        parser.add_argument("--as", dest="as_user", help="act as this person, with their rights")

    def handle(self, *args: Any, **options: Any) -> None:
        form = options["file"].suffix.lstrip(".").lower()
        if form not in ("csv", "xlsx"):
            raise CommandError("The file's name ends with .csv or .xlsx.")
        try:
            written = self._write(form, options, _actor(options["as_user"]))
        except Refusal as refusal:
            raise CommandError(
                messages.say(refusal.code, messages.ENGLISH, refusal.data)
            ) from refusal
        self.stdout.write(f"{written} rows: {options['file']}")

    def _write(self, form: str, options: dict[str, Any], actor: Actor) -> int:
        export = work.perform(
            lambda: actions.create_export(
                options["type"],
                form=form,
                columns=options["columns"],
                ask=Ask(filter=options["filter"]),
                actor=actor,
                defer=_nobody,
            )
        )
        export = actions.write_export(export.pk, actor=actor)
        with queries.opened(export) as source, options["file"].open("wb") as target:
            shutil.copyfileobj(source, target)
        return export.rows_done


def _actor(username: str | None) -> Actor:
    if username is None:
        return SYSTEM.acting_as(ActorKind.COMMAND)
    user = User.objects.get_by_natural_key(username)
    return identity.actor_of_user(user, kind=ActorKind.COMMAND)


def _nobody(_export_id: int) -> None:
    """The command writes the file itself."""
