"""A process as data: stages, gates and moves, read, checked and written back.

A blueprint is frozen once published; running records keep the version they entered.
"""

from closeloop.engine.blueprint.dumping import dump_blueprint
from closeloop.engine.blueprint.model import (
    ApprovalItem,
    Blueprint,
    ChecklistItem,
    ConditionItem,
    DocumentItem,
    FieldItem,
    GateItem,
    GateSide,
    ItemKind,
    Move,
    MoveKind,
    Option,
    RolesItem,
    Stage,
    StageKind,
)
from closeloop.engine.blueprint.paths import (
    PlacedItem,
    fact_keys,
    facts_of,
    forward_path,
    item_fact_keys,
    items_of_move,
    items_on_path,
    scope_facts_of,
)
from closeloop.engine.blueprint.reading import parse_blueprint
from closeloop.engine.blueprint.schema import read_schema

__all__ = [
    "ApprovalItem",
    "Blueprint",
    "ChecklistItem",
    "ConditionItem",
    "DocumentItem",
    "FieldItem",
    "GateItem",
    "GateSide",
    "ItemKind",
    "Move",
    "MoveKind",
    "Option",
    "PlacedItem",
    "RolesItem",
    "Stage",
    "StageKind",
    "dump_blueprint",
    "fact_keys",
    "facts_of",
    "forward_path",
    "item_fact_keys",
    "items_of_move",
    "items_on_path",
    "parse_blueprint",
    "read_schema",
    "scope_facts_of",
]
