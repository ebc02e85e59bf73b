"""A flow ready to run: what follows each node, and its conditions as closures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from closeloop.engine import conditions
from closeloop.engine.approvals.model import BranchNode, Flow, Node
from closeloop.engine.conditions import Condition, Verdict
from closeloop.engine.facts import Catalogue
from closeloop.engine.problems import Problem
from closeloop.engine.refusals import ConditionInvalid


@dataclass(frozen=True, slots=True, eq=False)
class CompiledFlow:
    """A flow ready to run; immutable. `problems` name conditions that no longer fit: never met."""

    flow: Flow
    first: str | None
    nodes: Mapping[str, Node]
    after: Mapping[str, str | None]
    tests: Mapping[tuple[str, str], Condition]
    problems: tuple[Problem, ...]

    def fact_keys(self) -> frozenset[str]:
        """Give the keys of the facts that its conditions name."""
        return frozenset(key for test in self.tests.values() for key in test.fact_keys)

    def way(self, node: BranchNode, facts: Mapping[str, object]) -> str:
        """Give the key of the branch that is taken: unknown never counts as yes."""
        for branch in node.branches[:-1]:
            test = self.tests.get((node.key, branch.key))
            if test is not None and test.closure(facts) is Verdict.MET:
                return branch.key
        return node.branches[-1].key

    def into(self, node: BranchNode, way: str) -> str | None:
        """Give the node that comes first on a way; an empty way goes on behind the branch."""
        for branch in node.branches:
            if branch.key == way and branch.nodes:
                return branch.nodes[0].key
        return self.after[node.key]


def compile_flow(flow: Flow, catalogue: Catalogue) -> CompiledFlow:
    """Give the flow with its order and its conditions."""
    after: dict[str, str | None] = {}
    tests: dict[tuple[str, str], Condition] = {}
    problems: list[Problem] = []

    def follow(nodes: tuple[Node, ...], last: str | None) -> None:
        for index, node in enumerate(nodes):
            after[node.key] = nodes[index + 1].key if index + 1 < len(nodes) else last
            if isinstance(node, BranchNode):
                for branch in node.branches:
                    follow(branch.nodes, after[node.key])

    follow(flow.nodes, None)
    for node in flow.walk():
        for branch in node.branches if isinstance(node, BranchNode) else ():
            if branch.when is None:
                continue
            try:
                tests[node.key, branch.key] = conditions.compile_condition(branch.when, catalogue)
            except ConditionInvalid as invalid:
                problems += invalid.problems
    first = flow.nodes[0].key if flow.nodes else None
    return CompiledFlow(
        flow, first, {node.key: node for node in flow.walk()}, after, tests, tuple(problems)
    )
