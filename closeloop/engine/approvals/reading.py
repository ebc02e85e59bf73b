"""A flow read from plain data; every fault is told at once, each with its place and its node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from closeloop.engine import conditions, facts
from closeloop.engine.approvals import checks
from closeloop.engine.approvals.model import (
    ApproveNode,
    Branch,
    BranchNode,
    CopyNode,
    EmptyRule,
    FieldAccess,
    Flow,
    FormField,
    Mode,
    NodeKind,
    OwnRequest,
    Repeats,
    Right,
    Source,
    SourceKind,
    Whose,
    Words,
)
from closeloop.engine.approvals.model import Node as FlowNode
from closeloop.engine.approvals.refusals import FlowInvalid
from closeloop.engine.blueprint.fields import Node
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.problems import ProblemList

MAX_DEPTH = 8
MOST_LEVELS = 12
FORM = "form."
REQUESTER_ROLES = "requester.roles"
FORM_TYPES: Mapping[str, FactType] = {
    "text": FactType.TEXT,
    "long_text": FactType.TEXT,
    "number": FactType.NUMBER,
    "money": FactType.MONEY,
    "date": FactType.DATE,
    "boolean": FactType.BOOLEAN,
    "choice": FactType.CHOICE,
}
_FLOW_KEYS = ("$schema", "key", "name", "record_type", "form", "rules", "nodes")
_FORM_KEYS = ("key", "name", "type", "field", "required", "choices")
_RULE_KEYS = ("repeats", "own_request", "batch")
_SOURCE_KEYS = ("kind", "level", "whose", "role", "persons", "until_role", "at_most")
_APPROVE_KEYS = (
    *("key", "kind", "name", "sources", "mode", "empty", "empty_persons"),
    *("fields", "rights", "policy"),
)
_COPY_KEYS = ("key", "kind", "name", "sources")
_BRANCH_KEYS = ("key", "kind", "name", "branches")
_WAY_KEYS = ("key", "name", "when", "nodes")
_Read = TypeVar("_Read")


def parse_flow(
    data: Mapping[str, object],
    *,
    record_facts: Catalogue | None = None,
    check: Callable[[Flow, ProblemList], None] | None = None,
) -> Flow:
    """Give the flow that `data` describes. Raises FlowInvalid with every problem.

    With `record_facts` (the fields of its record type) conditions and record fields are checked;
    `check` adds what only the caller can know (roles, people, policies that exist).
    """
    problems = ProblemList()
    flow = _Reader(problems, record_facts).flow(Node(data, "", problems))
    checks.check(flow, problems)
    if check is not None:
        check(flow, problems)
    if problems.found:
        raise FlowInvalid(problems.found)
    return flow


def catalogue_of(form: tuple[FormField, ...], record_facts: Catalogue) -> Catalogue:
    """Give every fact that a condition of the flow may name."""
    own = [
        Fact(
            FORM + line.key,
            FORM_TYPES.get(line.type, FactType.TEXT),
            line.name or {},
            tuple(key for key, _ in line.choices) or None,
        )
        for line in {line.key: line for line in form}.values()
        if not line.field
    ]
    roles = Fact(
        REQUESTER_ROLES, FactType.CHOICES, {"zh-CN": "申请人角色", "en-US": "Requester's roles"}
    )
    return Catalogue([*own, roles]).joined(record_facts)


class _Reader:
    """Reads what it can, so that one fault does not hide the next."""

    def __init__(self, problems: ProblemList, record_facts: Catalogue | None) -> None:
        self.problems = problems
        self.record_facts = record_facts
        self.catalogue: Catalogue | None = None

    def flow(self, node: Node) -> Flow:
        node.only(_FLOW_KEYS)
        form = _each(node, "form", self.line)
        if self.record_facts is not None:
            self.catalogue = catalogue_of(form, self.record_facts)
        rules = Node(node.raw("rules") or {}, node.at("rules"), self.problems)
        rules.only(_RULE_KEYS)
        return Flow(
            key=node.slug("key"),
            name=node.words("name"),
            record_type=node.slug("record_type") if node.has("record_type") else "",
            form=form,
            nodes=self.nodes(node, "nodes", 1),
            repeats=rules.one_of("repeats", Repeats, Repeats.CONSECUTIVE),
            own_request=rules.one_of("own_request", OwnRequest, OwnRequest.SUPERIOR),
            is_batchable=rules.flag("batch", False),
        )

    def line(self, node: Node) -> FormField:
        node.only(_FORM_KEYS)
        field = node.slug("field") if node.has("field") else ""
        known = self.record_facts is None or facts.field_key(field) in self.record_facts
        if field and not known:
            node.problem("form.field_unknown", "field", field=field)
        kind = node.text("type") if node.has("type") else "text"
        if kind not in FORM_TYPES:
            node.problem("form.type_unknown", "type", type=kind, choices=list(FORM_TYPES))
        return FormField(
            key=node.slug("key"),
            name=node.words_or_none("name") if field else node.words("name"),
            type=kind,
            field=field,
            is_required=node.flag("required", False),
            choices=_each(node, "choices", lambda each: (each.slug("key"), each.words("name"))),
        )

    def nodes(self, node: Node, name: str, depth: int) -> tuple[FlowNode, ...]:
        if depth > MAX_DEPTH:
            node.problem("flow.too_deep", name, limit=MAX_DEPTH)
            return ()
        read = [self.node(each, depth) for each in node.nodes(name)]
        return tuple(each for each in read if each is not None)

    def node(self, node: Node, depth: int) -> FlowNode | None:
        kind = node.text("kind")
        if kind == NodeKind.APPROVE:
            return self.approve(node)
        if kind == NodeKind.COPY:
            node.only(_COPY_KEYS)
            return CopyNode(
                key=node.slug("key"), name=node.words("name"), sources=self.sources(node)
            )
        if kind == NodeKind.BRANCH:
            node.only(_BRANCH_KEYS)
            return BranchNode(
                key=node.slug("key"),
                name=node.words("name"),
                branches=tuple(self.way(each, depth) for each in node.nodes("branches")),
            )
        node.problem("node.kind_unknown", "kind", kind=kind)
        return None

    def approve(self, node: Node) -> ApproveNode:
        node.only(_APPROVE_KEYS)
        rights = node.slugs("rights") if node.has("rights") else tuple(Right)
        for right in rights:
            if right not in list(Right):
                node.problem("node.right_unknown", "rights", right=right)
        sources = self.sources(node)
        in_turn = any(source.kind is SourceKind.LEVELS for source in sources)
        return ApproveNode(
            key=node.slug("key"),
            name=node.words("name"),
            sources=sources,
            mode=node.one_of("mode", Mode, Mode.IN_ORDER if in_turn else Mode.ALL),
            empty=node.one_of("empty", EmptyRule, EmptyRule.ADMINISTRATOR),
            empty_persons=_ids(node, "empty_persons"),
            fields=_accesses(node),
            rights=frozenset(Right(right) for right in rights if right in list(Right)),
            policy=node.slug("policy") if node.has("policy") else "",
        )

    def sources(self, node: Node) -> tuple[Source, ...]:
        return _each(node, "sources", self.source)

    def source(self, node: Node) -> Source:
        node.only(_SOURCE_KEYS)
        if node.text("kind") not in list(SourceKind):
            node.problem("source.kind_unknown", "kind", kind=node.raw("kind"))
        kind = node.quiet().one_of("kind", SourceKind, SourceKind.SUPERIOR)
        return Source(
            kind=kind,
            level=node.whole("level", at_least=1, at_most=MOST_LEVELS)
            or (MOST_LEVELS if kind is SourceKind.LEVELS else 1),
            whose=node.one_of("whose", Whose, Whose.REQUESTER),
            role=node.slug("role") if kind is SourceKind.ROLE or node.has("role") else "",
            persons=_ids(node, "persons"),
            until_role=node.slug("until_role") if node.has("until_role") else "",
            at_most=node.whole("at_most", at_least=1, at_most=50) or 5,
        )

    def way(self, node: Node, depth: int) -> Branch:
        node.only(_WAY_KEYS)
        tree = node.raw("when")
        if tree is not None:
            path = node.at("when")
            self.problems.found += conditions.find_problems(tree, self.catalogue, path=path)
        return Branch(
            key=node.slug("key"),
            name=node.words("name"),
            when=tree if isinstance(tree, Mapping) else None,
            nodes=self.nodes(node, "nodes", depth + 1),
        )


def _accesses(node: Node) -> dict[str, FieldAccess]:
    given = node.raw("fields")
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        node.problem("value.not_an_object", "fields")
        return {}
    found: dict[str, FieldAccess] = {}
    for key, access in given.items():
        if access in list(FieldAccess):
            found[str(key)] = FieldAccess(access)
        else:
            node.problem("value.not_a_choice", f"fields/{key}", choices=list(FieldAccess))
    return found


def _ids(node: Node, name: str) -> tuple[int, ...]:
    given = node.raw(name)
    if given is None:
        return ()
    if not isinstance(given, list | tuple):
        node.problem("value.not_a_list", name)
        return ()
    whole = [each for each in given if isinstance(each, int) and not isinstance(each, bool)]
    if len(whole) < len(given):
        node.problem("value.not_whole", name)
    return tuple(dict.fromkeys(whole))


def _each(node: Node, name: str, read: Callable[[Node], _Read]) -> tuple[_Read, ...]:
    return tuple(read(each) for each in node.nodes(name))


__all__ = ["FORM", "REQUESTER_ROLES", "Words", "catalogue_of", "parse_flow"]
