"""How speech is read, as one cached row; the key opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.edge import sealing
from closeloop.edge.revisions import CachedByRevision
from closeloop.recognition.models import SpeechSetUp

REVISION = "recognition"
PURPOSE = "recognition.speech"
OFF, SERVICE, LOCAL = "off", "service", "local"
BACKENDS = (OFF, SERVICE, LOCAL)
NEEDED = {OFF: (), SERVICE: ("base_url",), LOCAL: ("model_path",)}
FIELDS = ("base_url", "model", "model_path", "language", "words")


@dataclass(frozen=True)
class Speech:
    """The backend and its settings. `settings` hold the opened key and never leave the process."""

    backend: str = OFF
    settings: Mapping[str, Any] = field(default_factory=dict)
    has_key: bool = False

    @property
    def is_on(self) -> bool:
        """Whether an engine is configured."""
        return self.backend != OFF


def speech() -> Speech:
    """How speech is read now."""
    return _held.get()


def _load() -> Speech:
    row = SpeechSetUp.objects.order_by("pk").first()
    if row is None:
        return Speech()
    key = sealing.unseal(row.sealed_key, purpose=PURPOSE) if row.sealed_key else ""
    return Speech(row.backend, {**row.settings, "key": key}, has_key=bool(key))


_held: CachedByRevision[Speech] = CachedByRevision(REVISION, _load)
