"""Several rankings as one: reciprocal ranks, weighted; what fits by tag or phrase counts more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Weights:
    """How much each ranking counts, tuned on questions that are not those of the measure.

    `offset` is the constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009).
    `tag` and `phrase` are in units of a first place in one ranking.
    """

    words: float = 0.5
    sayings: float = 1.0
    meaning: float = 1.0
    offset: float = 20.0
    tag: float = 0.08
    phrase: float = 2.0
    depth: int = 100


WEIGHTS = Weights()


@dataclass(frozen=True)
class Ranked:
    """One find: its place in each ranking (from 1), how many tags and phrases fit, its score."""

    item: int
    score: float
    places: Mapping[str, int] = field(default_factory=dict)


def fuse(
    rankings: Mapping[str, Sequence[int]],
    *,
    tags: Mapping[int, float],
    phrases: Mapping[int, int],
    weights: Weights = WEIGHTS,
) -> list[Ranked]:
    """Items best first. `tags` and `phrases` say how many of them fit an item."""
    scores: dict[int, float] = {}
    places: dict[int, dict[str, int]] = {}
    by_name = {
        "words": weights.words,
        "sayings": weights.sayings,
        "meaning": weights.meaning,
    }
    for name, ranking in rankings.items():
        for place, item in enumerate(ranking[: weights.depth], start=1):
            scores[item] = scores.get(item, 0.0) + by_name[name] / (weights.offset + place)
            places.setdefault(item, {})[name] = place
    first = 1 / (weights.offset + 1)
    for item, count in phrases.items():
        scores[item] = scores.get(item, 0.0) + weights.phrase * first * min(count, 2)
    for item, share in tags.items():
        scores[item] = scores.get(item, 0.0) + weights.tag * first * share
    ordered = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
    return [Ranked(item, score, places.get(item, {})) for item, score in ordered]
