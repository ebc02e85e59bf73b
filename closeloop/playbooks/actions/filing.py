"""Files of an entry: videos, slides, documents."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from closeloop.files import actions as files
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.playbooks.actions.writing import locked
from closeloop.playbooks.models import Material

KIND = "playbook"


def add_file(entry_id: int, upload: UploadedFile[bytes], *, actor: Actor) -> Material:
    """Keep a file with an entry; a draft names it, and who may read the draft may read it.

    Raises EntryNotFound and what `files.actions.keep` refuses.
    """
    entry = locked(entry_id)
    attachment = files.keep(
        upload, kind=KIND, unit_id=org.home_unit_of(actor.person_id), actor=actor
    )
    return Material.objects.create(entry=entry, attachment=attachment)
