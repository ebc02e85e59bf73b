"""The scorecards that count now, compiled once per change; versions are frozen."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from closeloop.behaviour.kinds import KINDS
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import scoring
from closeloop.engine.facts import Catalogue
from closeloop.engine.refusals import ConditionInvalid
from closeloop.engine.scoring import Counter, Scorecard
from closeloop.scoring import facts
from closeloop.scoring.models import ScorecardVersion

REVISION = "scoring"
log = structlog.get_logger("closeloop.scoring")


@dataclass(frozen=True)
class Live:
    """The current version of a record type's scorecard."""

    version_id: int
    number: int
    card: Scorecard


_counters: dict[int, tuple[Catalogue, Counter]] = {}


def current(record_type: str) -> Live | None:
    """The version by which records of a type are scored, or None."""
    return _current.get().get(record_type)


def scored_types() -> Mapping[str, Live]:
    """Every record type that is scored."""
    return _current.get()


def counter_of(live: Live) -> Counter | None:
    """The version, ready to be used; None where it names what has gone since.

    A stage or a choice that published rules name may go. Then nothing is scored until somebody
    mends the rules, rather than every change of a record refused.
    """
    catalogue = facts.catalogue_of(live.card.about)
    held = _counters.get(live.version_id)
    if held is None or held[0] is not catalogue:
        try:
            held = (catalogue, Counter(live.card, catalogue))
        except ConditionInvalid as invalid:
            log.warning("scorecard_unreadable", scorecard=live.card.key, problem=str(invalid))
            return None
        _counters[live.version_id] = held
    return held[1]


def parsed(definition: Mapping[str, object]) -> Scorecard:
    """A definition as the engine takes it; raises ScorecardInvalid."""
    about = str(definition.get("about"))
    return scoring.parse_scorecard(definition, facts.catalogue_of(about), kinds=KINDS)


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _current.clear()
    _counters.clear()


def _load() -> dict[str, Live]:
    versions = ScorecardVersion.objects.select_related("scorecard").filter(is_current=True)
    return {
        version.scorecard.about: Live(
            version_id=version.pk,
            number=version.number,
            card=scoring.parse_scorecard(version.definition),
        )
        for version in versions
    }


_current = CachedByRevision(REVISION, _load)
