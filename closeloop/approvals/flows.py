"""Published flows, read and compiled once and kept: a version is frozen, only facts may change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from closeloop.approvals.errors import FlowNotFound
from closeloop.approvals.models import FlowVersion
from closeloop.edge import revisions
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import ApproveNode, CompiledFlow, Flow
from closeloop.engine.facts import Catalogue
from closeloop.fields import queries as fields

REVISION = "approvals"


@dataclass(frozen=True)
class Loaded:
    """A published version, ready to run."""

    version_id: int
    number: int
    flow_id: int
    compiled: CompiledFlow

    @property
    def flow(self) -> Flow:
        """What the version says."""
        return self.compiled.flow

    @property
    def key(self) -> str:
        """The flow's key."""
        return self.compiled.flow.key


def loaded(version_id: int) -> Loaded:
    """A published version by id; compiled again when fields change."""
    return _loaded(version_id, revisions.number(fields.REVISION))


def current_of(flow_key: str) -> Loaded:
    """The version that a new case enters; raises FlowNotFound where the flow is off or unknown."""
    version_id = _current.get().get(flow_key)
    if version_id is None:
        raise FlowNotFound({"flow": flow_key})
    return loaded(version_id)


def find_current(flow_key: str) -> Loaded | None:
    """The same, or None."""
    version_id = _current.get().get(flow_key)
    return None if version_id is None else loaded(version_id)


def record_facts(record_type: str) -> Catalogue:
    """The facts of a record type that conditions may name; none without one."""
    return fields.fact_catalogue(record_type) if record_type else Catalogue()


def shown_fields(record_type: str) -> frozenset[str]:
    """The fields of a record type that any version of any flow shows to approvers."""
    return _shown.get().get(record_type, frozenset())


def step_names() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The words of every flow and its approver nodes by their keys, as the newest version has them.

    A flow's own stand under the empty key.
    """
    return _steps.get()


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _current.clear()
    _shown.clear()
    _steps.clear()
    _loaded.cache_clear()


def _load_current() -> dict[str, int]:
    rows = FlowVersion.objects.filter(is_current=True, flow__is_active=True)
    return dict(rows.values_list("flow__key", "pk"))


def _load_shown() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for definition in FlowVersion.objects.values_list("definition", flat=True):
        of_type = found.setdefault(definition.get("record_type", ""), set())
        of_type |= {line["field"] for line in definition.get("form", ()) if line.get("field")}
    return {record_type: frozenset(names) for record_type, names in found.items()}


def _load_steps() -> dict[str, dict[str, Mapping[str, str]]]:
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    for definition in FlowVersion.objects.order_by("pk").values_list("definition", flat=True):
        flow = engine.parse_flow(definition)
        steps = found.setdefault(flow.key, {})
        steps[""] = flow.name
        steps |= {node.key: node.name for node in flow.walk() if isinstance(node, ApproveNode)}
    return found


_current = CachedByRevision(REVISION, _load_current)
_shown = CachedByRevision(REVISION, _load_shown)
_steps = CachedByRevision(REVISION, _load_steps)


@lru_cache(maxsize=256)
def _loaded(version_id: int, _fields_revision: int) -> Loaded:
    version = FlowVersion.objects.select_related("flow").get(pk=version_id)
    flow = engine.parse_flow(version.definition)
    catalogue = engine.catalogue_of(flow.form, record_facts(flow.record_type))
    return Loaded(
        version_id=version.pk,
        number=version.number,
        flow_id=version.flow_id,
        compiled=engine.compile_flow(flow, catalogue),
    )
