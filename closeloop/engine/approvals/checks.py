"""Whether a flow makes sense as a whole: names, people to ask, a default on every choice."""

from __future__ import annotations

from closeloop.engine.approvals.model import (
    ApproveNode,
    BranchNode,
    CopyNode,
    EmptyRule,
    FieldAccess,
    Flow,
    Mode,
    Node,
    Source,
    SourceKind,
)
from closeloop.engine.problems import ProblemList

MOST_NODES = 100


def check(flow: Flow, problems: ProblemList) -> None:
    """Note every fault that needs the whole flow to be seen; `data.node` names its node."""
    keys: set[str] = set()
    for line in flow.form:
        _once(line.key, keys, "/form", problems, node="")
        if line.field and not flow.record_type:
            problems.add("form.field_without_record", "/form", node="", field=line.field)
    _check_nodes(flow, flow.nodes, "/nodes", set(), problems)
    count = sum(1 for _ in flow.walk())
    if not any(isinstance(node, ApproveNode) for node in flow.walk()):
        problems.add("flow.nobody_approves", "/nodes", node="")
    if count > MOST_NODES:
        problems.add("flow.too_many_nodes", "/nodes", node="", limit=MOST_NODES)


def _check_nodes(
    flow: Flow, nodes: tuple[Node, ...], path: str, keys: set[str], problems: ProblemList
) -> None:
    for index, node in enumerate(nodes):
        place = f"{path}/{index}"
        _once(node.key, keys, place, problems, node=node.key)
        if isinstance(node, BranchNode):
            _check_branches(flow, node, place, keys, problems)
        else:
            _check_people(node, place, problems)
        if isinstance(node, ApproveNode):
            _check_approve(flow, node, place, problems)


def _check_branches(
    flow: Flow, node: BranchNode, path: str, keys: set[str], problems: ProblemList
) -> None:
    if len(node.branches) < 2:
        problems.add("branch.needs_two", f"{path}/branches", node=node.key)
    ways: set[str] = set()
    for index, branch in enumerate(node.branches):
        place = f"{path}/branches/{index}"
        is_last = index == len(node.branches) - 1
        _once(branch.key, ways, place, problems, node=node.key)
        if is_last and branch.when is not None:
            problems.add("branch.default_missing", place, node=node.key)
        if not is_last and branch.when is None:
            problems.add("branch.condition_missing", f"{place}/when", node=node.key)
        _check_nodes(flow, branch.nodes, f"{place}/nodes", keys, problems)


def _check_people(node: ApproveNode | CopyNode, path: str, problems: ProblemList) -> None:
    if not node.sources:
        problems.add("node.nobody", f"{path}/sources", node=node.key)
    for index, source in enumerate(node.sources):
        place = f"{path}/sources/{index}"
        if source.kind is SourceKind.PERSONS and not source.persons:
            problems.add("source.persons_missing", f"{place}/persons", node=node.key)
        if source.kind is SourceKind.REQUESTER and isinstance(node, ApproveNode):
            problems.add("source.requester_decides", f"{place}/kind", node=node.key)


def _check_approve(flow: Flow, node: ApproveNode, path: str, problems: ProblemList) -> None:
    lines = {line.key: line for line in flow.form}
    for key, access in node.fields.items():
        line = lines.get(key)
        if line is None:
            problems.add("node.field_unknown", f"{path}/fields/{key}", node=node.key, field=key)
        elif line.field and access is FieldAccess.EDIT:
            problems.add("node.field_of_record", f"{path}/fields/{key}", node=node.key, field=key)
    if node.empty is EmptyRule.PERSONS and not node.empty_persons:
        problems.add("node.empty_persons_missing", f"{path}/empty_persons", node=node.key)
    if _in_turn(node.sources) and node.mode is not Mode.IN_ORDER:
        problems.add("node.levels_in_order", f"{path}/mode", node=node.key)


def _in_turn(sources: tuple[Source, ...]) -> bool:
    return any(source.kind is SourceKind.LEVELS for source in sources)


def _once(key: str, seen: set[str], path: str, problems: ProblemList, *, node: str) -> None:
    if key and key in seen:
        problems.add("key.duplicate", f"{path}/key", node=node, key=key)
    seen.add(key)
