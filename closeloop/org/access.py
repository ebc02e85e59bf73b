"""What one person may do and how far it reaches (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from closeloop.engine.refusals import Refusal, RefusalKind


class Verb(StrEnum):
    """What a grant allows with records of a type."""

    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    MOVE = "move"
    ASSIGN = "assign"
    EXPORT = "export"


class Capability(StrEnum):
    """What a role allows beside records."""

    MANAGE_ORG = "org.manage"
    MANAGE_USERS = "users.manage"
    MANAGE_ROLES = "roles.manage"
    MANAGE_FIELDS = "fields.manage"
    VIEW_PROCESS = "process.view"
    MANAGE_PROCESS = "process.manage"
    RUN_IMPORT = "import.run"
    IMPORT_OPENING = "import.opening"
    READ_AUDIT = "audit.read"
    SHARE_VIEWS = "views.share"
    MANAGE_CLOCKS = "sla.manage"
    MANAGE_APPROVALS = "approvals.manage"
    MANAGE_NOTICES = "notices.manage"
    MANAGE_INTEGRATIONS = "integrations.manage"
    HAND_OVER = "people.hand_over"
    MANAGE_ROUTING = "routing.manage"
    MANAGE_SCORING = "scoring.manage"
    MANAGE_POOL = "pool.manage"
    MANAGE_CAPTURE = "capture.manage"
    MANAGE_NURTURE = "nurture.manage"
    MANAGE_CHANNELS = "channels.manage"
    MANAGE_FOLLOWUPS = "followups.manage"
    MANAGE_PLAYBOOKS = "playbooks.manage"
    MANAGE_CONVERSATIONS = "conversations.manage"
    MANAGE_SUPPORT = "support.manage"
    MANAGE_SALES_LOG = "saleslog.manage"
    MANAGE_PRIVACY = "privacy.manage"
    MANAGE_LANGUAGE = "language.manage"
    MANAGE_METRICS = "metrics.manage"


class NotAllowed(Refusal):
    """Ask your administrator for the permission named in the answer."""

    code = "not_allowed"
    kind = RefusalKind.FORBIDDEN


@dataclass(frozen=True)
class Reach:
    """Which rows a verb reaches: all, or one's own, those of some units, or both."""

    everything: bool = False
    own_of: int | None = None
    unit_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or self.own_of is not None or bool(self.unit_ids)

    def covers(self, *, owner_id: int | None, unit_id: int | None) -> bool:
        """Whether a row of that owner and unit is within reach."""
        if self.everything:
            return True
        return (self.own_of is not None and owner_id == self.own_of) or unit_id in self.unit_ids

    def where(self, alias: str) -> tuple[str, list[Any]]:
        """The reach as SQL over a table with owner_id and unit_id; TRUE at top scope."""
        if self.everything:
            return "TRUE", []
        parts: list[str] = []
        params: list[Any] = []
        if self.own_of is not None:
            parts.append(f"{alias}.owner_id = %s")
            params.append(self.own_of)
        if self.unit_ids:
            parts.append(f"{alias}.unit_id = ANY(%s)")
            params.append(sorted(self.unit_ids))
        return (f"({' OR '.join(parts)})", params) if parts else ("FALSE", [])

    def merged(self, other: "Reach") -> "Reach":
        """The wider of two reaches, as a person with two positions has it."""
        return Reach(
            everything=self.everything or other.everything,
            own_of=self.own_of if self.own_of is not None else other.own_of,
            unit_ids=self.unit_ids | other.unit_ids,
        )


NOTHING = Reach()
EVERYTHING = Reach(everything=True)


@dataclass(frozen=True)
class Access:
    """Everything that one person may do. `scopes` holds the widest scope's name for the screen."""

    user_id: int | None
    capabilities: frozenset[str] = frozenset()
    reaches: Mapping[tuple[str, str], Reach] = field(default_factory=dict)
    scopes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    home_unit_id: int | None = None
    role_ids: tuple[int, ...] = ()
    is_system: bool = False
    _merged: dict[tuple[str, str], Reach] = field(default_factory=dict, repr=False, compare=False)

    def reach(self, record_type: str, verb: str) -> Reach:
        """How far a verb reaches on a record type."""
        if self.is_system:
            return EVERYTHING
        key = (record_type, verb)
        held = self._merged.get(key)
        if held is None:
            own = self.reaches.get(key, NOTHING)
            held = self._merged[key] = own.merged(self.reaches.get(("*", verb), NOTHING))
        return held

    def scope(self, record_type: str, verb: str) -> str:
        """The widest scope's name: none, self, unit, subtree, custom, all."""
        names = [self.scopes.get((key, verb), "none") for key in (record_type, "*")]
        return max(names, key=SCOPE_ORDER.index)

    def can(self, capability: str) -> bool:
        """Whether a capability is held."""
        return self.is_system or capability in self.capabilities

    def require(self, record_type: str, verb: str) -> Reach:
        """The reach of a verb; raises NotAllowed where there is none at all."""
        reach = self.reach(record_type, verb)
        if not reach:
            raise NotAllowed({"permission": f"record:{verb}:{record_type}"})
        return reach

    def require_capability(self, capability: str) -> None:
        """Raise NotAllowed unless the capability is held."""
        if not self.can(capability):
            raise NotAllowed({"permission": f"admin:{capability}"})


SCOPE_ORDER = ["none", "self", "unit", "custom", "subtree", "all"]
SYSTEM_ACCESS = Access(user_id=None, is_system=True)
