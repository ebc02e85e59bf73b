"""Documents of a case: sent before the help that they belong to, or of the problem itself."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from closeloop.files import actions as files
from closeloop.identity.actor import Actor
from closeloop.support import errors, queries
from closeloop.support.actions import turning
from closeloop.support.models import CaseFile, CaseState

KIND = "support"


def add_file(case_id: int, upload: UploadedFile[bytes], *, actor: Actor) -> CaseFile:
    """Add a document to a case that goes on. Raises CaseNotFound, CaseNotYours, CaseMovedOn."""
    case = turning.locked(case_id)
    if not (queries.may_answer(case, actor=actor) or queries.may_judge(case, actor=actor)):
        raise errors.CaseNotYours({"id": case_id})
    turning.require_state(case, CaseState.OPEN, CaseState.SUPPORTED)
    kept = files.keep(upload, kind=KIND, unit_id=case.unit_id, actor=actor)
    return CaseFile.objects.create(case=case, attachment=kept, added_by_id=actor.user_id)


def remove_file(case_id: int, file_id: int, *, actor: Actor) -> None:
    """Take one's own document back that no help holds yet. Raises CaseNotFound, CaseNotYours."""
    case = turning.locked(case_id)
    found = CaseFile.objects.filter(case=case, pk=file_id, help=None).first()
    if found is None:
        raise errors.CaseNotFound({"id": file_id})
    if found.added_by_id != actor.user_id:
        raise errors.CaseNotYours({"id": case_id})
    attachment = found.attachment
    found.delete()
    files.discard(attachment, unit_id=case.unit_id, actor=actor)
