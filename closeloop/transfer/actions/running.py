"""Running an import: 5,000 rows a transaction, each batch once, whatever is killed meanwhile.

The number of the last row that was handled is written by the transaction that writes the rows, so
a run that begins again goes on exactly behind it.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.identity.actor import Actor, ActorKind
from closeloop.transfer import preparing, tables
from closeloop.transfer.actions import applying, organisation
from closeloop.transfer.interpreting import Interpreter
from closeloop.transfer.models import Import, ImportState
from closeloop.transfer.plans import ORG
from closeloop.transfer.tables import Row

ROWS_PER_BATCH = 5000
MOST_TRIES = 3
Progress = Callable[[Import], None]


class _MovedOn(Exception):
    """Another run has handled these rows meanwhile."""


def run(import_id: int, *, actor: Actor, progress: Progress = lambda _job: None) -> Import:
    """Handle all rows that are left; gives the import as it then stands.

    Whoever cancels it meanwhile ends it behind the batch that is under way.
    """
    job = _begin(import_id)
    if job.record_type == ORG and job.state == ImportState.RUNNING:
        return organisation.run(job, actor=actor)
    failed_at, tries = -1, 0
    while job.state == ImportState.RUNNING:
        try:
            return _pass(job, actor=actor.acting_as(ActorKind.IMPORT), progress=progress)
        except (_MovedOn, IntegrityError) as error:
            # Somebody made the same record, or handled the same rows, at the same moment.
            job = Import.objects.get(pk=import_id)
            tries = tries + 1 if job.cursor == failed_at else 1
            failed_at = job.cursor
            if tries >= MOST_TRIES and isinstance(error, IntegrityError):
                raise
    return job


def _begin(import_id: int) -> Import:
    with transaction.atomic():
        job = Import.objects.select_for_update().get(pk=import_id)
        if job.state == ImportState.QUEUED:
            job.state = ImportState.RUNNING
            job.started_at = job.started_at or timezone.now()
            job.save(update_fields=["state", "started_at"])
    return job


def _pass(job: Import, *, actor: Actor, progress: Progress) -> Import:
    """One reading of the file from the cursor to its end."""
    revisions.refresh()
    with default_storage.open(job.stored_as, "rb") as stream:
        interpreter = preparing.interpreter_for(job, stream, actor=actor)
        rows = tables.rows(stream, preparing.layout_of(job), after=job.cursor)
        for batch in _batches(rows):
            job = _handle(job, batch, interpreter, actor=actor)
            if job.state != ImportState.RUNNING:
                return job
            progress(job)
    return _finish(job, actor=actor)


def _handle(job: Import, rows: list[Row], interpreter: Interpreter, *, actor: Actor) -> Import:
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=job.pk)
        if locked.state != ImportState.RUNNING:
            return locked
        if locked.cursor != job.cursor:
            raise _MovedOn
        revisions.refresh()
        applying.apply_rows(locked, rows, interpreter, actor=actor)
        locked.cursor = rows[-1][0]
        locked.rows_done += len(rows)
        locked.save()
    return locked


def _finish(job: Import, *, actor: Actor) -> Import:
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=job.pk)
        if locked.state != ImportState.RUNNING:
            return locked
        if locked.cursor != job.cursor:
            raise _MovedOn
        applying.link_pending(locked, actor=actor)
        locked.state = ImportState.DONE
        locked.finished_at = timezone.now()
        locked.save(update_fields=["state", "finished_at"])
        activity.record(
            Happening(
                verb="import.finished",
                record_type=locked.record_type,
                data={"import_id": locked.pk, "name": locked.name, **counts_of(locked)},
            ),
            actor=actor,
        )
    return locked


def counts_of(job: Import) -> dict[str, int]:
    """What became of the rows so far."""
    return {
        "rows": job.rows_done,
        "created": job.created,
        "updated": job.updated,
        "unchanged": job.unchanged,
        "opened": job.opened,
        "refused": job.refused,
        "made_beside": job.made_beside,
    }


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, ROWS_PER_BATCH)):
        yield batch
