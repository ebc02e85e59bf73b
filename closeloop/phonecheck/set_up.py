"""Which sources are asked, as one cached row; the key opened."""

from dataclasses import dataclass

from closeloop.edge import sealing
from closeloop.edge.revisions import CachedByRevision
from closeloop.phonecheck.models import SetUp

REVISION = "phonecheck"
PURPOSE = "phonecheck.registry"


@dataclass(frozen=True)
class Ways:
    """The sources and how they count. `key` is opened and never leaves the process."""

    uses_wecom: bool = False
    uses_registry: bool = False
    is_strict: bool = True
    provider: str = ""
    base_url: str = ""
    key: str = ""

    @property
    def is_on(self) -> bool:
        """Whether any source is asked."""
        return self.uses_wecom or self.uses_registry

    @property
    def asks_provider(self) -> bool:
        """Whether a provider of the registry may be asked."""
        return self.uses_registry and bool(self.provider and self.key)


def ways() -> Ways:
    """How phones are checked now."""
    return _held.get()


def _load() -> Ways:
    row = SetUp.objects.order_by("pk").first()
    if row is None:
        return Ways()
    key = sealing.unseal(row.sealed_key, purpose=PURPOSE) if row.sealed_key else ""
    return Ways(row.uses_wecom, row.uses_registry, row.is_strict, row.provider, row.base_url, key)


_held: CachedByRevision[Ways] = CachedByRevision(REVISION, _load)
