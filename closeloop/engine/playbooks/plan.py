"""A follow-up plan in steps from what was found (requirement D12): what to say, show and name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """What a step of a plan is for: kinds of entries it says and shows; working days from now."""

    key: str
    after_days: int
    says: tuple[str, ...]
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """An entry that was found, best first; `nearness` counts shared places (region, industry)."""

    entry_id: int
    kind: str
    nearness: int = 0
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """A step with the entries chosen for it; None where the library has nothing of the kind."""

    step: Step
    says: int | None
    shows: int | None
    case: int | None


def make_plan(
    steps: Sequence[Step], found: Sequence[Candidate], *, case_kind: str
) -> list[Planned]:
    """Each step with the best entry that no step before it uses; cases of the same place first."""
    cases = sorted(
        (each for each in found if each.kind == case_kind),
        key=lambda each: -each.nearness,
    )
    used: set[int] = set()
    planned = []
    for step in steps:
        says = _next(found, step.says, used)
        shows = _next(found, step.shows, used)
        case = next((each.entry_id for each in cases if each.entry_id not in used), None)
        used |= {each for each in (case,) if each is not None}
        planned.append(Planned(step, says, shows, case))
    return planned


def _next(found: Sequence[Candidate], kinds: Sequence[str], used: set[int]) -> int | None:
    """The best unused entry of the first of the kinds of which there is one."""
    for kind in kinds:
        for each in found:
            if each.kind == kind and each.entry_id not in used:
                used.add(each.entry_id)
                return each.entry_id
    return None
