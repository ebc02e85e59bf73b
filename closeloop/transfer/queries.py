"""Reading imports and exports for the person who made them, or who runs all imports."""

from typing import IO

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.transfer import plans
from closeloop.transfer.errors import ExportNotFound, ImportNotFound
from closeloop.transfer.models import ColumnMemory, Export, Import


def visible_imports(actor: Actor) -> QuerySet[Import]:
    """One's own imports, newest first; all of them for whoever reads the audit."""
    found = Import.objects.select_related("created_by").order_by("-pk")
    if org.access_of(actor).can(Capability.READ_AUDIT):
        return found
    return found.filter(created_by_id=actor.user_id)


def visible_import(import_id: int, *, actor: Actor) -> Import:
    """An import that the actor may see; raises ImportNotFound."""
    found = visible_imports(actor).filter(pk=import_id).first()
    if found is None:
        raise ImportNotFound({"id": import_id})
    return found


def locked(import_id: int) -> Import:
    """An import under a row lock."""
    return Import.objects.select_for_update().get(pk=import_id)


def own_export(export_id: int, *, actor: Actor) -> Export:
    """An export of one's own; raises ExportNotFound."""
    found = Export.objects.filter(pk=export_id, created_by_id=actor.user_id).first()
    if found is None:
        raise ExportNotFound({"id": export_id})
    return found


def remembered(job: Import) -> ColumnMemory | None:
    """The plan that the same person last used for a table with the same columns."""
    if not job.header_row:
        return None
    return ColumnMemory.objects.filter(
        record_type=job.record_type,
        signature=plans.signature(job.column_names),
        used_by_id=job.created_by_id,
    ).first()


def opened(export: Export) -> IO[bytes]:
    """The written file of an export; raises ExportNotFound where it was cleared away."""
    try:
        return default_storage.open(export.stored_as, "rb")
    except FileNotFoundError as error:
        raise ExportNotFound({"id": export.pk}) from error
