"""Published versions, compiled once and kept: they are frozen, so only their facts may change."""

from dataclasses import dataclass
from functools import lru_cache

from closeloop.edge import revisions
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import stages
from closeloop.engine.blueprint import Blueprint, Stage, parse_blueprint
from closeloop.engine.stages import CompiledBlueprint
from closeloop.fields import queries as fields
from closeloop.process import facts
from closeloop.process.models import Version

REVISION = "process"


@dataclass(frozen=True)
class Loaded:
    """A published version, ready to decide."""

    version_id: int
    number: int
    key: str
    compiled: CompiledBlueprint

    @property
    def blueprint(self) -> Blueprint:
        """What the version says."""
        return self.compiled.blueprint

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Its stages, in working order."""
        return self.compiled.blueprint.stages


def loaded(version_id: int) -> Loaded:
    """A published version by id; recompiled when the fields of its record type change."""
    return _loaded(version_id, revisions.number(fields.REVISION))


def current_of(record_type: str) -> Loaded | None:
    """The version that a new record of a type enters, or None where the type has no process."""
    version_id = _current.get().get(record_type)
    return None if version_id is None else loaded(version_id)


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _current.clear()
    _loaded.cache_clear()


def _load_current() -> dict[str, int]:
    rows = Version.objects.filter(is_current=True).values_list("blueprint__record_type", "pk")
    return dict(rows)


_current = CachedByRevision(REVISION, _load_current)


@lru_cache(maxsize=256)
def _loaded(version_id: int, _fields_revision: int) -> Loaded:
    version = Version.objects.select_related("blueprint").get(pk=version_id)
    blueprint = parse_blueprint({**version.definition, "version": version.number})
    catalogue = facts.catalogue_of(blueprint.record_type)
    return Loaded(
        version_id=version.pk,
        number=version.number,
        key=version.blueprint.key,
        compiled=stages.compile_blueprint(blueprint, catalogue),
    )
