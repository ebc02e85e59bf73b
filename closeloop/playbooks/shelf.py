"""What is published, kept in the memory of each process until something of it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from closeloop.edge.revisions import CachedByRevision
from closeloop.playbooks.content import LABEL, said
from closeloop.playbooks.models import Entry, Version
from closeloop.playbooks.retrieval import Text, index_of

REVISION = "playbooks"


@dataclass(frozen=True)
class Shelved:
    """A published entry with its current version."""

    entry_id: int
    kind: str
    number: int
    content: Mapping[str, Any]
    published_at: Any
    contributors: Sequence[int]

    @property
    def title(self) -> dict[str, str]:
        """Its title by language."""
        return dict(self.content["title"])

    @property
    def tags(self) -> Mapping[str, Sequence[str]]:
        """Its tags by facet."""
        found: Mapping[str, Sequence[str]] = self.content["tags"]
        return found


class Shelf:
    """Everything published, newest first, and its index, which is made when first asked for."""

    def __init__(self, entries: Sequence[Shelved], texts: Sequence[Text]) -> None:
        self.entries = entries
        self.texts = texts
        self.by_id = {each.entry_id: each for each in entries}

    @cached_property
    def index(self) -> Any:
        """The index over the texts."""
        return index_of(self.texts)


def current() -> Shelf:
    """The shelf as of the latest change."""
    return _shelf.get()


def text_of(entry_id: int, content: Mapping[str, Any], vectors: Sequence[bytes] = ()) -> Text:
    """An entry as finding sees it."""
    title, body = content["title"], content["body"]
    return Text(
        entry_id=entry_id,
        title=said(title, "zh-CN"),
        body=said(body, "zh-CN"),
        english=f"{title.get('en-US', '')}\n{body.get('en-US', '')}",
        tags=content["tags"],
        labels=" ".join(content["tags"].get(LABEL, ())),
        phrases=content["phrases"],
        vectors=vectors,
    )


def _load() -> Shelf:
    found = (
        Version.objects.filter(is_current=True, entry__is_archived=False)
        .annotate(packed=ArrayAgg("vectors__numbers", filter=Q(vectors__isnull=False)))
        .select_related("entry")
        .order_by("-published_at", "-pk")
    )
    entries, texts = [], []
    for version in found:
        entry: Entry = version.entry
        entries.append(
            Shelved(
                entry.pk,
                entry.kind,
                version.number,
                version.content,
                version.published_at,
                version.contributors,
            )
        )
        texts.append(text_of(entry.pk, version.content, [bytes(v) for v in version.packed or ()]))
    return Shelf(entries, texts)


_shelf = CachedByRevision(REVISION, _load)


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _shelf.clear()
