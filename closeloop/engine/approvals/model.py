"""What an approval flow consists of: a tree of nodes. Names are mappings from locale to words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Words = Mapping[str, str]


class NodeKind(StrEnum):
    """What a node does: asks people, tells people, or chooses a way."""

    APPROVE = "approve"
    COPY = "copy"
    BRANCH = "branch"


class Mode(StrEnum):
    """How many of several approvers decide.

    all: everybody agrees, one refusal refuses · any: one agreement is enough, only everybody's
    refusal refuses · in_order: like all, one after another · one_each: one of every source agrees
    (a double sign-off of two roles), a source refuses when all its people do.
    """

    ALL = "all"
    ONE_EACH = "one_each"
    ANY = "any"
    IN_ORDER = "in_order"


class SourceKind(StrEnum):
    """Where the people of a node come from.

    superior: the n-th above somebody · levels: one after another up to the n-th or up to a role ·
    unit_head · role: its holders, nearest first · persons: named · chosen: by the requester ·
    owner: of the record · requester: only to be told.
    """

    SUPERIOR = "superior"
    LEVELS = "levels"
    UNIT_HEAD = "unit_head"
    ROLE = "role"
    PERSONS = "persons"
    CHOSEN = "chosen"
    OWNER = "owner"
    REQUESTER = "requester"


class Whose(StrEnum):
    """From whom a source counts: the person who asks, or the owner of the record."""

    REQUESTER = "requester"
    OWNER = "owner"


class EmptyRule(StrEnum):
    """What happens where a node finds nobody to ask."""

    AGREE = "agree"
    ADMINISTRATOR = "administrator"
    PERSONS = "persons"


class Repeats(StrEnum):
    """When somebody who has agreed already is passed over: never, right after, anywhere later."""

    ASK = "ask"
    CONSECUTIVE = "consecutive"
    WHOLE = "whole"


class OwnRequest(StrEnum):
    """What happens where the requester would be the approver."""

    SUPERIOR = "superior"
    SKIP = "skip"
    ASK = "ask"


class FieldAccess(StrEnum):
    """What a node's people may do with a form field."""

    HIDDEN = "hidden"
    READ = "read"
    EDIT = "edit"


class Right(StrEnum):
    """What a node's people may do beside agreeing."""

    REFUSE = "refuse"
    RETURN = "return"
    TRANSFER = "transfer"
    ADD_SIGNER = "add_signer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of people. `level` counts from 1 (the direct superior)."""

    kind: SourceKind
    level: int = 1
    whose: Whose = Whose.REQUESTER
    role: str = ""
    persons: tuple[int, ...] = ()
    until_role: str = ""
    at_most: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One line of the form: a field of the record as it stands, or one that the requester fills."""

    key: str
    name: Words | None = None
    type: str = "text"
    field: str = ""
    is_required: bool = False
    choices: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveNode:
    """People who decide. `policy` is the clock that runs while one of them is asked."""

    key: str
    name: Words
    sources: tuple[Source, ...]
    mode: Mode = Mode.ALL
    empty: EmptyRule = EmptyRule.ADMINISTRATOR
    empty_persons: tuple[int, ...] = ()
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)
    rights: frozenset[Right] = frozenset(Right)
    policy: str = ""
    kind: NodeKind = NodeKind.APPROVE


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyNode:
    """People who are told and need not answer."""

    key: str
    name: Words
    sources: tuple[Source, ...]
    kind: NodeKind = NodeKind.COPY


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way: taken where its condition is the first that is met; the default has none."""

    key: str
    name: Words
    when: Mapping[str, object] | None
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchNode:
    """A choice of ways, tried in order; the last one is the default."""

    key: str
    name: Words
    branches: tuple[Branch, ...]
    kind: NodeKind = NodeKind.BRANCH


Node = ApproveNode | CopyNode | BranchNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A whole flow. `record_type` is empty for one that needs no record."""

    key: str
    name: Words
    record_type: str = ""
    form: tuple[FormField, ...] = ()
    nodes: tuple[Node, ...] = ()
    repeats: Repeats = Repeats.CONSECUTIVE
    own_request: OwnRequest = OwnRequest.SUPERIOR
    is_batchable: bool = False

    def walk(self) -> Iterator[Node]:
        """Run through every node, parents before what lies in their branches."""
        yield from _walk(self.nodes)

    def node(self, key: str) -> Node:
        """Give the node called `key`. Raises KeyError."""
        for node in self.walk():
            if node.key == key:
                return node
        raise KeyError(key)


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, BranchNode):
            for branch in node.branches:
                yield from _walk(branch.nodes)
