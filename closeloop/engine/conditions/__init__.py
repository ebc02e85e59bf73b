"""Conditions as data: one stored tree, three readers that agree (closure, SQL, explanation).

The stored form is the JSON of react-querybuilder. The logic is Kleene's: a comparison with an
unknown fact is unknown, a negative operator is NOT(positive), and null / notNull always know.
"""

from closeloop.engine.conditions.closures import (
    Condition,
    Verdict,
    compile_closure,
    compile_condition,
)
from closeloop.engine.conditions.explain import LeafResult, explain, explain_node
from closeloop.engine.conditions.operators import OPERATORS_BY_TYPE, Operator
from closeloop.engine.conditions.sql import SqlFragment, compile_sql
from closeloop.engine.conditions.tree import fact_keys, find_problems
from closeloop.engine.conditions.values import Relative

__all__ = [
    "OPERATORS_BY_TYPE",
    "Condition",
    "LeafResult",
    "Operator",
    "Relative",
    "SqlFragment",
    "Verdict",
    "compile_closure",
    "compile_condition",
    "compile_sql",
    "explain",
    "explain_node",
    "fact_keys",
    "find_problems",
]
