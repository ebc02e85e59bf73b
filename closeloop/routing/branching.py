"""Which branch fits a record; the same facts are asked once."""

from collections.abc import Mapping
from typing import Any

from closeloop.engine.routing import Branch, Compiled


class Branches:
    """The branch for some facts of a rule set, kept by the facts that it asks for."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._keys = sorted(compiled.fact_keys)
        self._found: dict[tuple[Any, ...], Branch] = {}
        self._of_same: dict[int, tuple[Mapping[str, Any], Branch]] = {}

    def of(self, known: Mapping[str, Any]) -> Branch:
        """The first branch that fits."""
        held = self._of_same.get(id(known))
        if held is None:
            # Kept with the facts, so that their id is given to nothing else meanwhile.
            held = self._of_same[id(known)] = (known, self._of(known))
        return held[1]

    def _of(self, known: Mapping[str, Any]) -> Branch:
        values = tuple(map(known.get, self._keys))
        try:
            found = self._found.get(values)
        except TypeError:
            values = tuple(tuple(each) if isinstance(each, list) else each for each in values)
            found = self._found.get(values)
        if found is None:
            found = self._found[values] = self._compiled.branch_for(known)
        return found
