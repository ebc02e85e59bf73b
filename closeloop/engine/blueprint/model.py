"""What a process consists of. Every name is a mapping from locale to words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

Words = Mapping[str, str]
"""Words on the screen by locale: zh-CN and en-US."""


class StageKind(StrEnum):
    """Whether work goes on in a stage, and how it ended otherwise."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"

    @property
    def is_terminal(self) -> bool:
        """Tell whether a record in such a stage is finished."""
        return self is not StageKind.OPEN


class MoveKind(StrEnum):
    """What a move means; the gates it must pass follow from it.

    forward: exit gate and the entry gate of the next stage · skip: those and the gates of the
    stages passed over · back: a reason, no gate · close: an outcome reason and the entry gate ·
    reopen: a reason, and only into a stage that the record has stood in.
    """

    FORWARD = "forward"
    BACK = "back"
    SKIP = "skip"
    CLOSE = "close"
    REOPEN = "reopen"

    @property
    def is_return(self) -> bool:
        """Tell whether the move goes back, so that it needs a reason and no gate."""
        return self in (MoveKind.BACK, MoveKind.REOPEN)


class GateSide(StrEnum):
    """Whether a gate stands before a stage or behind it."""

    ENTRY = "entry"
    EXIT = "exit"


class ItemKind(StrEnum):
    """What a gate item asks for."""

    FIELD = "field"
    DOCUMENT = "document"
    CHECKLIST = "checklist"
    ROLES = "roles"
    CONDITION = "condition"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Option:
    """One row to tick or to choose: a checklist row, a waiting reason, an outcome reason."""

    key: str
    name: Words
    guidance: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateItem:
    """One thing a gate asks for.

    `key` is unique in the blueprint; exceptions and statistics name it. `supplier` is the
    relation that can supply it (owner, superior, presales, finance, legal, sales_ops ...).
    `where` says where it is done: field:<key>, files:<kind>, checklist:<stage>, contacts,
    approval:<flow>. `applies_when` is a condition tree: records that do not meet it are not asked
    for the item, those of which it cannot be told are.
    """

    kind: ClassVar[ItemKind]
    key: str
    name: Words
    why: Words | None = None
    supplier: str = "owner"
    where: str = ""
    applies_when: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldItem(GateItem):
    """A field of the record must be filled."""

    kind: ClassVar[ItemKind] = ItemKind.FIELD
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentItem(GateItem):
    """At least so many files of a kind must be there; `types` are endings, none: any type."""

    kind: ClassVar[ItemKind] = ItemKind.DOCUMENT
    document: str
    at_least: int = 1
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem(GateItem):
    """These rows of the checklist of the stage must be ticked."""

    kind: ClassVar[ItemKind] = ItemKind.CHECKLIST
    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesItem(GateItem):
    """The contacts must fill at least so many different decision-chain roles."""

    kind: ClassVar[ItemKind] = ItemKind.ROLES
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionItem(GateItem):
    """A condition tree over facts must be met; `name` is the message when it is not."""

    kind: ClassVar[ItemKind] = ItemKind.CONDITION
    condition: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalItem(GateItem):
    """People must have granted exactly this move by an approval flow."""

    kind: ClassVar[ItemKind] = ItemKind.APPROVAL
    flow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage. `probability` is the chance of winning in percent, `expected_days` the stay."""

    key: str
    name: Words
    kind: StageKind = StageKind.OPEN
    probability: int | None = None
    expected_days: int | None = None
    guidance: Words | None = None
    checklist: tuple[Option, ...] = ()
    waiting_reasons: tuple[Option, ...] = ()
    entry: tuple[GateItem, ...] = ()
    exit: tuple[GateItem, ...] = ()
    outcome_reasons: tuple[Option, ...] = ()
    exception_flow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An allowed move. `through` are the stages whose gates a skip must pass as well."""

    from_stage: str
    to_stage: str
    kind: MoveKind
    needs_reason: bool = False
    through: tuple[str, ...] = ()
    name: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """A whole process. `stages` stand in working order; a draft has no `version`.

    `exception_flow` is the approval flow that decides about exceptions, a stage's own one about
    those to enter it; without one that is on, the superior of whoever asks decides.
    """

    key: str
    record_type: str
    name: Words
    initial: str
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    version: int | None = None
    exception_flow: str = ""

    def exception_flow_into(self, stage: str) -> str:
        """Give the flow that decides about exceptions to enter `stage`; empty for none."""
        return self.stage(stage).exception_flow or self.exception_flow

    def stage(self, key: str) -> Stage:
        """Give the stage called `key`. Raises KeyError."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        """Give the moves that leave `stage`, in the order of the blueprint."""
        return tuple(move for move in self.moves if move.from_stage == stage)

    def move(self, from_stage: str, to_stage: str) -> Move | None:
        """Give the move between two stages, or None when the process has none."""
        for move in self.moves:
            if move.from_stage == from_stage and move.to_stage == to_stage:
                return move
        return None
