"""`closeloop import FILE --type lead --mapping RECIPE`: a table into records, without the screen.

A recipe is YAML: type, policy, match_on, opening, layout, columns, constants, empties (see
docs/imports.md). `--dry-run` tells what would happen and writes nothing; `--revert` and
`--resume` take the number of an earlier import.
"""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from closeloop.edge import messages, work
from closeloop.engine.refusals import Refusal
from closeloop.identity import queries as identity
from closeloop.identity.actor import SYSTEM, Actor, ActorKind
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.transfer import actions, checking, reporting
from closeloop.transfer.models import Import, ImportState

_SETTINGS = ("policy", "match_on", "opening")


class Command(BaseCommand):
    help = "Import a CSV or XLSX table, or take an earlier import back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--type", help="record type, or org for units and people")
        parser.add_argument("--mapping", type=Path, help="recipe (YAML)")
        parser.add_argument("--policy", choices=["create", "update", "both"])
        parser.add_argument("--match-on", nargs="+", metavar="FIELD")
        parser.add_argument("--opening", action="store_true", default=None)
        parser.add_argument("--as", dest="as_user", help="act as this person, with their rights")
        parser.add_argument("--owner", help="who owns rows that name nobody")
        parser.add_argument("--unit", help="the unit of rows that belong to nobody")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--errors", type=Path, help="where to write the refused rows")
        parser.add_argument("--resume", type=int, metavar="NUMBER")
        parser.add_argument("--revert", type=int, metavar="NUMBER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(options)
        except Refusal as refusal:
            raise CommandError(_sentences(refusal)) from refusal

    def _handle(self, options: dict[str, Any]) -> None:
        actor = _actor(options["as_user"])
        if options["revert"]:
            job = Import.objects.get(pk=options["revert"])
            if job.state != ImportState.REVERTING:
                work.perform(lambda: actions.start_revert(job, actor=actor, defer=_nobody))
            self._tell(actions.revert(job.pk, actor=actor))
        elif options["resume"]:
            job = Import.objects.get(pk=options["resume"])
            if job.state != ImportState.RUNNING:
                work.perform(lambda: actions.resume(job, actor=actor, defer=_nobody))
            self._run(job, actor, options)
        elif options["file"]:
            self._import(actor, options)
        else:
            raise CommandError("Name a file, or --resume or --revert with a number.")

    def _import(self, actor: Actor, options: dict[str, Any]) -> None:
        recipe = yaml.safe_load(options["mapping"].read_text("utf-8")) if options["mapping"] else {}
        record_type = options["type"] or recipe.get("type")
        if not record_type:
            raise CommandError("Name the record type: --type, or `type` in the recipe.")
        job = work.perform(lambda: _draft(actor, record_type, recipe, options))
        if options["dry_run"]:
            self._forecast(job, actor)
            work.perform(lambda: actions.discard(job))
            return
        work.perform(lambda: actions.start(job, actor=actor, defer=_nobody))
        self._run(job, actor, options)

    def _run(self, job: Import, actor: Actor, options: dict[str, Any]) -> None:
        done = actions.run(job.pk, actor=actor, progress=self._progress)
        self._tell(done)
        if options["errors"] and done.refused:
            with options["errors"].open("wb") as target:
                target.writelines(reporting.error_file(done, locale=messages.DEFAULT))
            self.stdout.write(f"Refused rows: {options['errors']}")

    def _forecast(self, job: Import, actor: Actor) -> None:
        with reporting.opened(job) as stream:
            found = checking.forecast(job, stream, actor=actor)
        self.stdout.write(
            f"Dry run: {found.rows} rows, {found.created} new, {found.updated} known,"
            f" {found.refused} refused"
        )
        for (key, code), count in found.reasons.most_common():
            self.stdout.write(f"  {count:>8}  {key or '-'}  {code}")
        for key, labels in found.new_choices.items():
            self.stdout.write(f"  new choices of {key}: {', '.join(labels)}")
        for key, titles in found.missing_records.items():
            self.stdout.write(f"  {len(titles)} records would be made for {key}")

    def _progress(self, job: Import) -> None:
        self.stderr.write(f"\r{job.rows_done}/{job.rows_total}", ending="")

    def _tell(self, job: Import) -> None:
        counts = actions.counts_of(job)
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        self.stderr.write("")
        self.stdout.write(f"Import {job.pk} {job.state}: {told}")
        if job.state == ImportState.REVERTED:
            self.stdout.write(f"removed {job.removed}, restored {job.restored}, kept {job.kept}")


def _draft(
    actor: Actor, record_type: str, recipe: dict[str, Any], options: dict[str, Any]
) -> Import:
    with options["file"].open("rb") as stream:
        job = actions.create_import(
            stream,
            name=options["file"].name,
            record_type=record_type,
            actor=actor,
            layout=recipe.get("layout"),
        )
    wanted: dict[str, Any] = {key: recipe.get(key) for key in _SETTINGS}
    wanted |= {key: options[key] for key in _SETTINGS if options[key] is not None}
    if "columns" in recipe:
        wanted["plan"] = {
            key: recipe[key] for key in ("columns", "constants", "empties") if key in recipe
        }
    if options["owner"]:
        wanted["owner_id"] = User.objects.get_by_natural_key(options["owner"]).pk
    if options["unit"]:
        wanted["unit_id"] = Unit.objects.get(name=options["unit"]).pk
    return actions.change_import(job, wanted, actor=actor)


def _actor(username: str | None) -> Actor:
    if username is None:
        return SYSTEM.acting_as(ActorKind.COMMAND)
    user = User.objects.get_by_natural_key(username)
    return identity.actor_of_user(user, kind=ActorKind.COMMAND)


def _nobody(_import_id: int) -> None:
    """The command runs the import itself."""


def _sentences(refusal: Refusal) -> str:
    lines = [messages.say(refusal.code, messages.ENGLISH, refusal.data)]
    errors = refusal.data.get("errors")
    for error in errors if isinstance(errors, list) else []:
        sentence = messages.say(f"value.{error['code']}", messages.ENGLISH, error)
        lines.append(f"  {error.get('field', '')}: {sentence}")
    return "\n".join(lines)
