"""What a pack brings: settings, and entries that stay as they are where they are there already."""

from collections.abc import Mapping
from typing import Any

from closeloop.edge import revisions
from closeloop.fields import actions as fields
from closeloop.fields import queries
from closeloop.identity.actor import Actor
from closeloop.playbooks.actions.encoding import encode_later
from closeloop.playbooks.content import Content
from closeloop.playbooks.facets import SETTINGS
from closeloop.playbooks.models import Entry, Version
from closeloop.playbooks.shelf import REVISION

OWN = ("failures", "sayings")
"""What administrators set stays as they set it."""


def install(given: Mapping[str, Any], *, actor: Actor) -> None:
    """Bring the settings, and entries by key with their first version; packs name others by key."""
    kept = queries.settings().get(SETTINGS)
    own = {name: kept[0][name] for name in OWN if name in kept[0]} if kept else {}
    fields.define_choices(SETTINGS, [{**given["settings"], **own}], actor=actor)
    keyed = Entry.objects.exclude(key=None).values_list("key", "pk")
    known = {key or "": pk for key, pk in keyed}
    fresh = [each for each in given["entries"] if each["key"] not in known]
    if not fresh:
        return
    revisions.bump(REVISION)
    made = Entry.objects.bulk_create(Entry(key=each["key"], kind=each["kind"]) for each in fresh)
    known |= {entry.key or "": entry.pk for entry in made}
    Version.objects.bulk_create(
        Version(entry=entry, number=1, content=_content(each, known))
        for entry, each in zip(made, fresh, strict=True)
    )
    encode_later()


def _content(given: Mapping[str, Any], known: Mapping[str, int]) -> dict[str, Any]:
    held = [known[key] for key in given.get("entries", ())]
    said = {name: value for name, value in given.items() if name not in ("key", "kind", "entries")}
    return Content.model_validate({**said, "entries": held}).as_data()
