"""Which rule says who helps with a problem: exact kinds first, then the nearest unit (I13, F06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SupportRule:
    """Whom a kind of problem in a unit (and all below it) goes to; None stands for any.

    `target` is person, role or head; `value` the person's id, the role's key, or the unit whose
    head is meant (None: the unit of the problem itself).
    """

    number: int
    kind: str | None
    unit_id: int | None
    target: str
    value: int | str | None = None


def fitting(rules: Sequence[SupportRule], *, kind: str, line: Sequence[int]) -> list[SupportRule]:
    """The rules that fit, the most specific first.

    `line` is the unit of the problem and its ancestors, the nearest first. A rule for the kind goes
    before one for any kind, then the nearer unit before the farther, then the order as written.
    """
    far = {unit_id: place for place, unit_id in enumerate(line)}
    fits = [
        rule
        for rule in rules
        if rule.kind in (None, kind) and (rule.unit_id is None or rule.unit_id in far)
    ]
    return sorted(
        fits,
        key=lambda rule: (
            rule.kind is None,
            len(far) if rule.unit_id is None else far[rule.unit_id],
            rule.number,
        ),
    )
