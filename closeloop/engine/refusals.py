"""The business "no": one exception class per reason, told to the user once, at the edge.

The docstring of a class is the advice the user reads: it says what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

from closeloop.engine.problems import Problem


class RefusalKind(StrEnum):
    """What sort of "no" it is; the edge turns it into a status."""

    INVALID = "invalid"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LOCKED = "locked"
    PRECONDITION = "precondition"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"


class Refusal(Exception):
    """The request cannot be done as asked; read the reason and change the request."""

    code: ClassVar[str] = "refused"
    kind: ClassVar[RefusalKind] = RefusalKind.INVALID

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        """Keep `data`, the facts behind the refusal, ready for JSON."""
        self.data: dict[str, object] = dict(data or {})
        super().__init__(self.code)

    def __str__(self) -> str:
        """Give the code and the facts, for logs."""
        return f"{self.code} {self.data}" if self.data else self.code


class StageLocked(Refusal):
    """Supply every item on the missing list, or ask your superior for an exception.

    `data`: from_stage, to_stage, missing (one row per item, in gate order), blueprint, version.
    """

    code = "stage_locked"
    kind = RefusalKind.LOCKED


class StepBackNeedsReason(Refusal):
    """Say why the record goes back or is opened again, then repeat the move.

    `data`: from_stage, to_stage, move_kind.
    """

    code = "step_back_needs_reason"
    kind = RefusalKind.INVALID


class MoveNotAllowed(Refusal):
    """Choose one of the moves listed: the process has no such move from this stage.

    `data`: from_stage, to_stage, allowed (stage keys), why (a code).
    """

    code = "move_not_allowed"
    kind = RefusalKind.PRECONDITION


class OutcomeReasonRequired(Refusal):
    """Choose one of the listed outcome reasons, then close the record again.

    `data`: to_stage, outcome_reasons (keys to choose from), given.
    """

    code = "outcome_reason_required"
    kind = RefusalKind.INVALID


class Faulty(Refusal):
    """Mend the listed problems and send it again; what each kind of document refuses with."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep every problem found, in document order."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__({"problems": [problem.as_data() for problem in self.problems]})


class ConditionInvalid(Faulty):
    """Mend the condition rows that are marked: each names a field, an operator and a value.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the tree.
    """

    code = "condition_invalid"
    kind = RefusalKind.INVALID


class BlueprintInvalid(Faulty):
    """Mend the listed places of the process, then check it again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the blueprint.
    """

    code = "blueprint_invalid"
    kind = RefusalKind.INVALID


class StandardInvalid(Faulty):
    """Mend the listed places of the follow-up standard, then check it again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the standard.
    """

    code = "standard_invalid"
    kind = RefusalKind.INVALID
