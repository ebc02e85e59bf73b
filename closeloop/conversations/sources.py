"""The kinds of sources, and one as it is set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.conversations.errors import SourceNotFound
from closeloop.conversations.models import Source
from closeloop.edge import sealing

MAILBOX = "mailbox"


@dataclass(frozen=True)
class Shape:
    """The settings of a kind: which there are, which it needs, which are secret."""

    fields: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    MAILBOX: Shape(
        ("host", "port", "security", "user", "folder", "sent_folder", "address"),
        ("password",),
        ("host", "user", "address", "password"),
    ),
    "wecom": Shape(),
    "dingtalk": Shape(),
}


def purpose(source_id: int) -> str:
    """What a source's secrets are sealed for."""
    return f"conversations.source.{source_id}"


def source(source_id: int) -> Source:
    """A source by its id; raises SourceNotFound."""
    found = Source.objects.select_related("owner").filter(pk=source_id).first()
    if found is None:
        raise SourceNotFound({"id": source_id})
    return found


def opened(row: Source) -> dict[str, Any]:
    """Its settings with the secrets opened; they never leave the process."""
    secrets = {
        name: sealing.unseal(text, purpose=purpose(row.pk)) for name, text in row.sealed.items()
    }
    return {**row.settings, **secrets}
