"""The library: lists of what is published and proposed, one entry, its versions and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from closeloop.files.errors import AttachmentNotFound
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.playbooks import errors, shelf
from closeloop.playbooks.models import Entry, Material, Version
from closeloop.playbooks.shelf import Shelved

PUBLISHED, PROPOSED, ARCHIVED = "published", "proposed", "archived"


@dataclass(frozen=True)
class Asked:
    """Which entries: of a kind, with some values of facets, by some contributor."""

    kind: str = ""
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    contributor_id: int | None = None

    def fits(self, entry: Shelved) -> bool:
        """Whether a published entry is one of those: one value of each facet that is asked for."""
        if self.kind and entry.kind != self.kind:
            return False
        if self.contributor_id is not None and self.contributor_id not in entry.contributors:
            return False
        return all(
            not wanted or set(wanted) & set(entry.tags.get(facet, ()))
            for facet, wanted in self.tags.items()
        )


def listed(asked: Asked) -> list[Shelved]:
    """Published entries, newest first."""
    return [each for each in shelf.current().entries if asked.fits(each)]


def published(entry_id: int) -> Shelved:
    """A published entry; raises EntryNotFound."""
    found = shelf.current().by_id.get(entry_id)
    if found is None:
        raise errors.EntryNotFound({"id": entry_id})
    return found


def proposals(*, actor: Actor) -> QuerySet[Entry]:
    """What waits to be published: all of it for who manages the library, else one's own."""
    found = Entry.objects.filter(draft__isnull=False).select_related("drafted_by")
    if not manages(actor):
        found = found.filter(drafted_by_id=actor.user_id)
    return found.order_by(F("drafted_at").desc(nulls_last=True), "-pk")


def archived(*, actor: Actor) -> QuerySet[Entry]:
    """What was put away, newest first, for who manages the library."""
    found = Entry.objects.filter(is_archived=True, draft=None).order_by("-pk")
    return found if manages(actor) else found.none()


def entry_of(entry_id: int, *, actor: Actor) -> Entry:
    """An entry that is published, one's own proposal, or any for who manages the library.

    Raises EntryNotFound.
    """
    found = Entry.objects.select_related("drafted_by").filter(pk=entry_id).first()
    if found is None:
        raise errors.EntryNotFound({"id": entry_id})
    if entry_id in shelf.current().by_id or manages(actor):
        return found
    if found.draft is not None and found.drafted_by_id == actor.user_id:
        return found
    raise errors.EntryNotFound({"id": entry_id})


def versions_of(entry: Entry) -> list[Version]:
    """The published versions of an entry, newest first."""
    return list(entry.versions.select_related("published_by").order_by("-number"))


def material_of(material_id: int, *, actor: Actor) -> Material:
    """A file of an entry: a published version names it, or the viewer sees the proposal.

    Raises AttachmentNotFound.
    """
    found = (
        Material.objects.select_related("attachment", "entry")
        .filter(pk=material_id, attachment__deleted_at=None)
        .first()
    )
    if found is None:
        raise AttachmentNotFound({"id": material_id})
    entry = found.entry
    if manages(actor) or (entry.draft is not None and entry.drafted_by_id == actor.user_id):
        return found
    shown = shelf.current().by_id.get(entry.pk)
    named = {piece.get("file_id") for piece in shown.content["pieces"]} if shown else set()
    if material_id not in named:
        raise AttachmentNotFound({"id": material_id})
    return found


def materials_of(entry_ids: Sequence[int]) -> dict[int, Material]:
    """The files of some entries by id."""
    found = Material.objects.filter(
        Q(entry_id__in=entry_ids), attachment__deleted_at=None
    ).select_related("attachment")
    return {each.pk: each for each in found}


def may_push(actor: Actor) -> bool:
    """Whether the actor may put entries before people: they lead some, or manage the library."""
    return manages(actor) or bool(org.people_below(actor.person_id))


def manages(actor: Actor) -> bool:
    """Whether the actor manages the library."""
    return org.access_of(actor).can(Capability.MANAGE_PLAYBOOKS)


def may_write(entry: Entry, *, actor: Actor) -> bool:
    """Whether the actor may write or drop the proposal that waits for an entry."""
    return manages(actor) or entry.drafted_by_id == actor.user_id
