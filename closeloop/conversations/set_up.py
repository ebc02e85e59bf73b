"""How conversations are filed, and which document a conversation is besides."""

from typing import Any

from closeloop.conversations.models import SetUp
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine.promises.filing import DEFAULT_THRESHOLD
from closeloop.fields import queries as fields

REVISION = "conversations"


def threshold() -> float:
    """How sure it must be whose a conversation is."""
    return _held.get()


def document_kind(kind: str) -> str:
    """The kind of document that a conversation of this kind is to its record; empty: none.

    The pack says it: a document kind with `of: minutes` takes the minutes of conversations.
    """
    kinds: list[dict[str, Any]] = fields.settings().get("document_kinds", [])
    return next((str(each["key"]) for each in kinds if each.get("of") == kind), "")


def _load() -> float:
    row = SetUp.objects.order_by("pk").first()
    return row.threshold if row else DEFAULT_THRESHOLD


_held: CachedByRevision[float] = CachedByRevision(REVISION, _load)
