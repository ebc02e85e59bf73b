"""Inputs that the description alone does not lead to: real field keys, filters, places in lists."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from closeloop.edge import cursors
from closeloop.engine.conditions import Operator
from closeloop.fields import queries as fields
from closeloop.records.types import registry

_ODD = ["", "%", "_", "\\", "'", '"', "null", "2026-02-30", "1e400", "NaN", "\0", "９", "-1"]
_FITTING = ["2026-11-21", "2026-11-21T08:00:00+08:00", "13812345678", "9" * 19, "high", "CNY"]
WORDS = st.text(max_size=12) | st.sampled_from([*_ODD, *_FITTING])
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | WORDS | st.integers(-(2**70), 2**70) | FLOATS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)


def supplied(record_ids: list[int]) -> Mapping[str, st.SearchStrategy[Any]]:
    """By parameter name, what may stand there beside what the description says."""
    keys = sorted({key for kind in registry for key in fields.specs_of(kind.key)})
    columns = ["id", "created_at", "updated_at", "last_activity_at", "stage_entered_at"]
    names = st.sampled_from([*keys, *columns, "stage"])
    known = ANYTHING | st.sampled_from(record_ids)
    stages = st.sampled_from(["first_contact", "first_talk", "lost", "contacted", "converted", ""])
    return {
        "record_type": st.sampled_from(registry.keys()),
        "values": st.dictionaries(st.sampled_from(keys), known, max_size=5),
        "customer": st.dictionaries(st.sampled_from(keys), known, max_size=3),
        "contact": st.dictionaries(st.sampled_from(keys), known, max_size=3),
        "deal": st.dictionaries(st.sampled_from(keys), known, max_size=3),
        "filter": trees(names, known),
        "sort": st.builds("{}{}".format, st.sampled_from(["", "-"]), names),
        "cursor": st.lists(SCALARS, max_size=3).map(lambda place: cursors.encode(*place)),
        "stage": stages,
        "to_stage": stages,
        "ids": st.lists(st.sampled_from(record_ids), max_size=4),
        "q": WORDS,
        "name": WORDS,
    }


def trees(names: st.SearchStrategy[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Filters as the screen sends them, with any operator and any value."""
    rule = st.fixed_dictionaries(
        {
            "field": names,
            "operator": st.sampled_from([each.value for each in Operator]),
            "value": values,
        }
    )
    return st.recursive(
        rule,
        lambda inner: st.fixed_dictionaries(
            {"combinator": st.sampled_from(["and", "or"]), "rules": st.lists(inner, max_size=3)},
            optional={"not": st.booleans()},
        ),
        max_leaves=4,
    ).filter(lambda tree: "rules" in tree)


def put_in(case: Any, draw: Callable[[Any], Any], known: Mapping[str, Any]) -> None:
    """Replace some of a made-up request's parts by what is known to lead further in."""
    for place in (case.query, case.body):
        for name in _names(case, place):
            if name in known and draw(st.booleans()):
                value = draw(known[name])
                is_text = place is case.query and not isinstance(value, str)
                place[name] = json.dumps(value) if is_text else value


def _names(case: Any, place: Any) -> list[str]:
    if place is case.query and place is not None:
        return [parameter.name for parameter in case.operation.query]
    return list(place) if isinstance(place, dict) else []
