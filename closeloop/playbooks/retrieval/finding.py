"""A question and its context looked up: one ranking of several, each find with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.engine.playbooks import (
    WEIGHTS,
    Heard,
    Ranked,
    Saying,
    Weights,
    fuse,
    heard,
    meant,
    shared_words,
    told,
)
from closeloop.playbooks.retrieval.loading import encoder
from closeloop.playbooks.retrieval.texts import Text

NEAR_PLACES = 20
"""Meaning is named as a reason only so near the top of its ranking: it always ranks something."""

SAME_WORDING, FIRST, LOOKED_AT = 0.4, 10, 80
"""Entries from so much shared wording on say the same; so many places are kept for different ones.
Tuned together with the weights (`scripts/bench retrieval --tune`)."""


@dataclass(frozen=True)
class Question:
    """What is asked: words of one's own, tags that the situation has by facet, and the everyday
    words that this company has noted (they stand for words of the library)."""

    text: str = ""
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sayings: Sequence[Saying] = ()


@dataclass(frozen=True)
class Why:
    """A reason: by a facet (its key), `phrase`, `words`, `saying` or `meaning`, and what fitted."""

    by: str
    what: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """An entry, how well it fits, and why."""

    entry_id: int
    score: float
    why: Sequence[Why]


def find(
    index: Any,
    texts: Sequence[Text],
    question: Question,
    *,
    allowed: Sequence[bool] | None = None,
    uses: Sequence[str] = ("words", "sayings", "meaning"),
    weights: Weights = WEIGHTS,
) -> list[Found]:
    """Entries best first; `uses` names the rankings that are asked (to measure each alone)."""
    asked = question.text.strip()
    rankings: dict[str, list[int]] = {}
    if asked and "words" in uses:
        scores = index.by_words(asked)
        rankings["words"] = index.best(scores, at_most=weights.depth, above=0.0)
    said = heard(asked, question.sayings)
    if said and "sayings" in uses:
        scores = index.by_words(" ".join(meant(said, asked)))
        rankings["sayings"] = index.best(scores, at_most=weights.depth, above=0.0)
    if asked and "meaning" in uses and index.has_vectors:
        scores = index.by_meaning(encoder().encode([asked])[0])
        rankings["meaning"] = index.best(scores, at_most=weights.depth, above=index.UNKNOWN)
    fitting = _fitting(texts, question.tags)
    spoken = _spoken(texts, asked)
    ranked = fuse(
        rankings,
        tags={place: _share(tags, question.tags) for place, tags in fitting.items()},
        phrases={place: len(each) for place, each in spoken.items()},
        weights=weights,
    )
    fit = [each for each in ranked if allowed is None or allowed[each.item]]
    return [
        Found(
            texts[each.item].entry_id,
            each.score,
            _why(
                asked,
                texts[each.item],
                fitting.get(each.item, {}),
                spoken.get(each.item, ()),
                said=said if "sayings" in each.places else (),
                places=each.places,
            ),
        )
        for each in (_told_once(index, fit) if asked else fit)
    ]


def _told_once(index: Any, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The same finds; what reads like one before it makes room for others on the first page."""
    looked_at, rest = list(ranked[:LOOKED_AT]), list(ranked[LOOKED_AT:])
    first: list[Ranked] = []
    alike: set[int] = set()
    for each in looked_at:
        if each.item in alike:
            continue
        first.append(each)
        if len(first) == FIRST:
            break
        others = [other.item for other in looked_at]
        likeness = index.likeness(each.item, others)
        alike |= {
            item for item, share in zip(others, likeness, strict=True) if share >= SAME_WORDING
        }
    chosen = {each.item for each in first}
    return first + [each for each in looked_at if each.item not in chosen] + rest


def _fitting(
    texts: Sequence[Text], wanted: Mapping[str, Sequence[str]]
) -> dict[int, dict[str, list[str]]]:
    """The values that texts share with the situation, by facet."""
    if not any(wanted.values()):
        return {}
    found: dict[int, dict[str, list[str]]] = {}
    for place, text in enumerate(texts):
        shared = {
            facet: [value for value in values if value in text.tags.get(facet, ())]
            for facet, values in wanted.items()
        }
        kept = {facet: values for facet, values in shared.items() if values}
        if kept:
            found[place] = kept
    return found


def _share(fitting: Mapping[str, Sequence[str]], wanted: Mapping[str, Sequence[str]]) -> float:
    return float(len(fitting)) if wanted else 0.0


def _spoken(texts: Sequence[Text], asked: str) -> dict[int, list[str]]:
    if not asked:
        return {}
    folded = asked.lower()
    found = {
        place: [phrase for phrase in text.phrases if phrase.lower() in folded]
        for place, text in enumerate(texts)
        if text.phrases
    }
    return {place: phrases for place, phrases in found.items() if phrases}


def _why(
    asked: str,
    text: Text,
    fitting: Mapping[str, Sequence[str]],
    spoken: Sequence[str],
    *,
    said: Sequence[Heard],
    places: Mapping[str, int],
) -> list[Why]:
    found = [Why(facet, tuple(values)) for facet, values in fitting.items()]
    if spoken:
        found.append(Why("phrase", tuple(spoken)))
    whole = f"{text.title} {text.body} {text.english}"
    if asked and "words" in places:
        shared = shared_words(asked, whole)
        if shared:
            found.append(Why("words", tuple(shared)))
    if stood := told(said, whole):
        found.append(Why("saying", tuple(stood)))
    if places.get("meaning", NEAR_PLACES + 1) <= NEAR_PLACES:
        found.append(Why("meaning"))
    return found
