"""A blueprint read from plain data; every fault is told at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from closeloop.engine import conditions, facts, refusals
from closeloop.engine.blueprint import checks
from closeloop.engine.blueprint.fields import Node
from closeloop.engine.blueprint.model import (
    ApprovalItem,
    Blueprint,
    ChecklistItem,
    ConditionItem,
    DocumentItem,
    FieldItem,
    GateItem,
    ItemKind,
    Move,
    MoveKind,
    Option,
    RolesItem,
    Stage,
    StageKind,
)
from closeloop.engine.problems import ProblemList

_COMMON = ("key", "kind", "name", "why", "supplier", "where", "applies_when")
_BLUEPRINT_KEYS = (
    *("$schema", "key", "record_type", "name", "version", "initial", "stages", "moves"),
    "exception_flow",
)
_STAGE_KEYS = (
    *("key", "name", "kind", "probability", "expected_days", "guidance", "checklist"),
    *("waiting_reasons", "entry", "exit", "outcome_reasons", "exception_flow"),
)
_MOVE_KEYS = ("from", "to", "kind", "needs_reason", "through", "name")
_Read = TypeVar("_Read")


def parse_blueprint(
    data: Mapping[str, object], catalogue: facts.Catalogue | None = None
) -> Blueprint:
    """Give the blueprint that `data` describes. Raises BlueprintInvalid with every problem.

    With a catalogue, fields and conditions are checked against it (the built-in gate facts
    are always known); without one only their shape is.
    """
    problems = ProblemList()
    known = facts.GATE_FACTS.joined(catalogue) if catalogue is not None else None
    blueprint = _Reader(problems, known).blueprint(Node(data, "", problems))
    checks.check(blueprint, problems)
    if problems.found:
        raise refusals.BlueprintInvalid(problems.found)
    return blueprint


class _Reader:
    """Reads what it can, so that one fault does not hide the next."""

    def __init__(self, problems: ProblemList, catalogue: facts.Catalogue | None) -> None:
        self.problems = problems
        self.catalogue = catalogue

    def blueprint(self, node: Node) -> Blueprint:
        node.only(_BLUEPRINT_KEYS)
        return Blueprint(
            key=node.slug("key"),
            record_type=node.slug("record_type"),
            name=node.words("name"),
            version=node.whole("version", at_least=1),
            initial=node.slug("initial"),
            stages=_each(node, "stages", self.stage, required=True),
            moves=checks.with_through(
                _each(node, "moves", self.move, required=True),
                [each.slug("key") for each in node.quiet().nodes("stages")],
                skips_given=frozenset(
                    index
                    for index, each in enumerate(node.quiet().nodes("moves"))
                    if each.has("through")
                ),
            ),
            exception_flow=_slug_or_empty(node, "exception_flow"),
        )

    def stage(self, node: Node) -> Stage:
        node.only(_STAGE_KEYS)
        checklist = _each(node, "checklist", _option)
        ticks = tuple(option.key for option in checklist)
        return Stage(
            key=node.slug("key"),
            name=node.words("name"),
            kind=node.one_of("kind", StageKind, StageKind.OPEN),
            probability=node.whole("probability", at_least=0, at_most=100),
            expected_days=node.whole("expected_days", at_least=1),
            guidance=node.words_or_none("guidance"),
            checklist=checklist,
            waiting_reasons=_each(node, "waiting_reasons", _option),
            entry=self.gate(node, "entry", ticks),
            exit=self.gate(node, "exit", ticks),
            outcome_reasons=_each(node, "outcome_reasons", _option),
            exception_flow=_slug_or_empty(node, "exception_flow"),
        )

    def move(self, node: Node) -> Move:
        node.only(_MOVE_KEYS)
        kind = node.one_of("kind", MoveKind, MoveKind.FORWARD)
        needs_reason = node.flag("needs_reason", kind.is_return)
        if kind.is_return and not needs_reason:
            node.problem("move.reason_required", "needs_reason")
        if kind is not MoveKind.SKIP and node.has("through"):
            node.problem("move.through_without_skip", "through")
        return Move(
            from_stage=node.slug("from"),
            to_stage=node.slug("to"),
            kind=kind,
            needs_reason=needs_reason,
            through=node.slugs("through"),
            name=node.words_or_none("name"),
        )

    def gate(self, stage: Node, side: str, ticks: tuple[str, ...]) -> tuple[GateItem, ...]:
        items = [self.item(node, stage.quiet().slug("key"), ticks) for node in stage.nodes(side)]
        return tuple(item for item in items if item is not None)

    def item(self, node: Node, stage: str, ticks: tuple[str, ...]) -> GateItem | None:
        kind = node.text("kind")
        if kind not in list(ItemKind):
            node.problem("item.kind_unknown", "kind", kind=kind)
            return None
        if node.has("applies_when"):
            self.condition_problems(node, "applies_when")
        if kind == ItemKind.CHECKLIST:
            return self.checklist_item(node, stage, ticks)
        readers: Mapping[str, Callable[[Node], GateItem]] = {
            ItemKind.FIELD: self.field_item,
            ItemKind.DOCUMENT: self.document_item,
            ItemKind.ROLES: self.roles_item,
            ItemKind.CONDITION: self.condition_item,
            ItemKind.APPROVAL: self.approval_item,
        }
        return readers[kind](node)

    def field_item(self, node: Node) -> FieldItem:
        node.only((*_COMMON, "field"))
        field = node.slug("field")
        known = self.catalogue is None or facts.field_key(field) in self.catalogue
        if field and not known:
            node.problem("item.field_unknown", "field", field=field)
        return _place(node, f"field:{field}", FieldItem, field=field)

    def document_item(self, node: Node) -> DocumentItem:
        node.only((*_COMMON, "document", "at_least", "types"))
        document = node.slug("document")
        at_least = node.whole("at_least", at_least=1) or 1
        types = node.slugs("types")
        return _place(
            node,
            f"files:{document}",
            DocumentItem,
            document=document,
            at_least=at_least,
            types=types,
        )

    def checklist_item(self, node: Node, stage: str, ticks: tuple[str, ...]) -> ChecklistItem:
        node.only((*_COMMON, "ticks"))
        chosen = node.slugs("ticks") if node.has("ticks") else ticks
        if not chosen:
            node.problem("item.checklist_empty", "ticks")
        for tick in chosen:
            if tick not in ticks:
                node.problem("item.tick_unknown", "ticks", tick=tick)
        return _place(node, f"checklist:{stage}", ChecklistItem, ticks=chosen)

    def roles_item(self, node: Node) -> RolesItem:
        node.only((*_COMMON, "at_least"))
        if not node.has("at_least"):
            node.problem("value.missing", "at_least")
        at_least = node.whole("at_least", at_least=1) or 1
        return _place(node, "contacts", RolesItem, at_least=at_least)

    def approval_item(self, node: Node) -> ApprovalItem:
        node.only((*_COMMON, "flow"))
        flow = node.slug("flow")
        return _place(node, f"approval:{flow}", ApprovalItem, flow=flow)

    def condition_item(self, node: Node) -> ConditionItem:
        node.only((*_COMMON, "condition"))
        tree = node.raw("condition")
        self.condition_problems(node, "condition")
        named = sorted(conditions.fact_keys(tree))
        where = named[0].replace("field.", "field:", 1) if named else ""
        condition = tree if isinstance(tree, Mapping) else {}
        return _place(node, where, ConditionItem, condition=condition)

    def condition_problems(self, node: Node, name: str) -> None:
        found = conditions.find_problems(node.raw(name), self.catalogue, path=node.at(name))
        self.problems.found += found


def _place(node: Node, where: str, kind: Callable[..., _Read], **special: object) -> _Read:
    """Give an item of `kind` with the fields that all items share."""
    scope = node.raw("applies_when")
    return kind(
        key=node.slug("key"),
        name=node.words("name"),
        why=node.words_or_none("why"),
        supplier=node.slug("supplier") if node.has("supplier") else "owner",
        where=node.text("where") if node.has("where") else where,
        applies_when=scope if isinstance(scope, Mapping) else None,
        **special,
    )


def _slug_or_empty(node: Node, name: str) -> str:
    return node.slug(name) if node.has(name) else ""


def _option(node: Node) -> Option:
    node.only(("key", "name", "guidance"))
    return Option(node.slug("key"), node.words("name"), node.words_or_none("guidance"))


def _each(
    node: Node, name: str, read: Callable[[Node], _Read], *, required: bool = False
) -> tuple[_Read, ...]:
    nodes = node.nodes(name)
    if required and not nodes:
        node.problem("value.missing", name)
    return tuple(read(each) for each in nodes)
