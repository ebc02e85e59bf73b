"""Random organisations and flows of random shape, for properties of approvals."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from closeloop.engine import approvals as engine
from closeloop.engine.facts import Catalogue

PEOPLE = tuple(range(1, 9))
ROLES = ("legal", "finance")
REQUESTER = 1
WORDS = {"zh-CN": "节点"}


@dataclass
class Village:
    """A small organisation: everybody's superior, who is there, who stands in, who holds roles."""

    superiors: dict[int, int] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    stand_ins: dict[int, int] = field(default_factory=dict)
    roles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    admins: tuple[int, ...] = ()

    def superiors_of(self, person):
        chain, current = [], self.superiors.get(person)
        while current is not None and current not in chain and current != person:
            chain.append(current)
            current = self.superiors.get(current)
        return tuple(each for each in chain if each not in self.gone)

    def unit_of(self, person):
        return 1

    def head_of_unit(self, unit):
        return next((each for each in (8, 7) if each not in self.gone), None)

    def holders_of(self, role, unit):
        return tuple(each for each in self.roles.get(role, ()) if each not in self.gone)

    def has_role(self, person, role):
        return person in self.roles.get(role, ())

    def is_active(self, person):
        return person not in self.gone

    def stand_in_for(self, person):
        return self.stand_ins.get(person)

    def administrators(self):
        return tuple(each for each in self.admins if each not in self.gone)


people = st.sampled_from(PEOPLE)
villages = st.builds(
    Village,
    superiors=st.dictionaries(people, people, max_size=8),
    gone=st.frozensets(people, max_size=3).map(lambda found: found - {REQUESTER}),
    stand_ins=st.dictionaries(people, people, max_size=2),
    roles=st.fixed_dictionaries(
        {role: st.lists(people, max_size=3, unique=True).map(tuple) for role in ROLES}
    ),
    admins=st.lists(people, max_size=2, unique=True).map(tuple),
)
sources = st.one_of(
    st.builds(lambda level: {"kind": "superior", "level": level}, st.integers(1, 3)),
    st.just({"kind": "unit_head"}),
    st.builds(lambda role: {"kind": "role", "role": role}, st.sampled_from(ROLES)),
    st.builds(
        lambda found: {"kind": "persons", "persons": found},
        st.lists(people, min_size=1, max_size=3, unique=True),
    ),
)
conditions = st.builds(
    lambda operator, value: {
        "combinator": "and",
        "rules": [{"field": "form.amount", "operator": operator, "value": value}],
    },
    st.sampled_from([">", "<", "="]),
    st.integers(0, 3),
)


@st.composite
def approvers(draw) -> dict[str, Any]:
    levels = draw(st.integers(0, 4)) == 0
    if levels:
        return {
            "kind": "approve",
            "sources": [{"kind": "levels", "level": draw(st.integers(1, 3))}],
        }
    return {
        "kind": "approve",
        "sources": draw(st.lists(sources, min_size=1, max_size=2)),
        "mode": draw(st.sampled_from(["all", "any", "in_order", "one_each"])),
        "empty": draw(st.sampled_from(["agree", "administrator"])),
    }


copies = st.builds(
    lambda found: {"kind": "copy", "sources": found}, st.lists(sources, min_size=1, max_size=2)
)
nodes = st.recursive(
    approvers() | copies,
    lambda inner: st.builds(
        lambda when, first, rest: {"kind": "branch", "branches": [(when, first), (None, rest)]},
        conditions,
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=2),
    ),
    max_leaves=5,
)


@st.composite
def flows(draw) -> engine.CompiledFlow:
    """A flow of random shape, with an approver at least."""
    drawn = [*draw(st.lists(nodes, max_size=4)), draw(approvers())]
    numbers = iter(range(1, 1000))
    data = {
        "key": "random",
        "name": WORDS,
        "form": [{"key": "amount", "name": WORDS, "type": "number"}],
        "rules": {
            "repeats": draw(st.sampled_from(["ask", "consecutive", "whole"])),
            "own_request": draw(st.sampled_from(["superior", "skip", "ask"])),
        },
        "nodes": [_named(node, numbers) for node in drawn],
    }
    flow = engine.parse_flow(data, record_facts=Catalogue())
    return engine.compile_flow(flow, engine.catalogue_of(flow.form, Catalogue()))


def _named(node: dict[str, Any], numbers: Any) -> dict[str, Any]:
    named = {**node, "key": f"n{next(numbers)}", "name": WORDS}
    if node["kind"] == "branch":
        named["branches"] = [
            {
                "key": f"w{place}",
                "name": WORDS,
                **({"when": when} if when else {}),
                "nodes": [_named(each, numbers) for each in inside],
            }
            for place, (when, inside) in enumerate(node["branches"])
        ]
    return named
