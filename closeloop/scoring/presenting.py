"""A record's score with its reasons, as the API gives it."""

from collections.abc import Collection, Mapping
from typing import Any

from closeloop.engine import scoring
from closeloop.engine.conditions import fact_keys
from closeloop.engine.scoring import Scorecard
from closeloop.fields import queries as fields
from closeloop.scoring import models, sentences
from closeloop.scoring.learning import columns, results
from closeloop.scoring.learning.settings import BY_STAGE
from closeloop.scoring.queries import Preview

_NO_FIGURES = frozenset({"settings", "betrayed_by"})


def score(
    kept: models.Score, language: str, *, untold: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Every part in words, by the version that it was counted by.

    A part that asks for one of the `untold` fields is left out: that it counts would tell a value.
    """
    card = scoring.parse_scorecard(kept.version.definition)
    said = sentences.of_card(card, language)
    names = {rule.key: dict(rule.name) for rule in card.facts}
    names |= {rule.key: dict(rule.name) for rule in card.behaviour}
    behaviour = {rule.key: rule for rule in card.behaviour}
    hidden = {fields.PREFIX + key for key in untold}
    shut = {rule.key for rule in card.facts if hidden & fact_keys(rule.when)}
    grade = next((each for each in card.grades if each.key == kept.grade), None)
    return {
        "score": kept.score,
        "total": kept.total,
        "floor": card.floor,
        "ceiling": card.ceiling,
        "grade": kept.grade,
        "grade_name": dict(grade.name) if grade else None,
        "grade_sentence": said[f"grade:{grade.key}"] if grade else "",
        "graded_at": kept.graded_at,
        "next_grade": _next_sentence(card, kept.grade, said),
        "version": kept.version.number,
        "scored_at": kept.scored_at,
        "parts": [
            {
                "rule": part["rule"],
                "kind": _kind(part, behaviour),
                "name": names.get(part["rule"]) or part.get("name", {}),
                "points": part["points"],
                "sentence": said.get(part["rule"], ""),
                "why": sentences.of_part(part, behaviour.get(part["rule"]), language),
            }
            for part in sorted(kept.parts, key=lambda part: -abs(part["points"]))
            if part["rule"] not in shut
        ],
    }


def _kind(part: Mapping[str, Any], behaviour: Collection[str]) -> str:
    """Whether a part comes of behaviour, of a fact, or of points that somebody gave."""
    if "name" in part:
        return "given"
    return "behaviour" if part["rule"] in behaviour else "fact"


def learned(
    kept: models.LearnedScore | None, language: str, *, untold: frozenset[str] = frozenset()
) -> dict[str, Any] | None:
    """What a model says of a record, with what speaks for and against."""
    if kept is None:
        return None
    about = kept.model.about
    return {
        "probability": kept.probability,
        "model": kept.model.number,
        "outcome": _outcome(kept.model, language),
        "trained_at": kept.model.trained_at,
        "parts": [
            {
                "name": columns.name_of(key, about, language),
                "value": columns.value_of(key, value, about, language),
                "weight": weight,
            }
            for key, value, weight in kept.parts
            if key.removeprefix(fields.PREFIX) not in untold
        ],
    }


def model_row(model: models.LearnedModel, language: str) -> dict[str, Any]:
    """A model with the figures by which it is judged and what it looks at."""
    return {
        "number": model.number,
        "is_current": model.is_current,
        "trained_at": model.trained_at,
        "since": model.since,
        "until": model.until,
        "rows": model.rows,
        "positives": model.positives,
        "outcome": _outcome(model, language),
        "columns": [columns.name_of(each["key"], model.about, language) for each in model.columns],
        "left_out": [
            columns.name_of(fields.PREFIX + key, model.about, language)
            for key in model.figures.get("betrayed_by", ())
        ],
        "figures": {key: value for key, value in model.figures.items() if key not in _NO_FIGURES},
    }


def _outcome(model: models.LearnedModel, language: str) -> str:
    """What a model foretells."""
    learned_from = (model.figures.get("settings") or {}).get("outcome", BY_STAGE)
    return results.name_of(model.about, learned_from, language)


def preview(found: Preview) -> dict[str, Any]:
    """Who would move, the largest moves first."""
    moves = sorted(found.moves.items(), key=lambda each: -each[1].count)
    bands = sorted(found.before.keys() | found.after.keys())
    return {
        "records": found.records,
        "is_partial": found.is_partial,
        "changed": found.changed,
        "moves": [
            {
                "from_grade": before,
                "to_grade": after,
                "count": move.count,
                "examples": move.examples,
            }
            for (before, after), move in moves
        ],
        "bands": [
            {"least": band, "before": found.before[band], "after": found.after[band]}
            for band in bands
        ],
    }


def _next_sentence(card: Scorecard, grade: str | None, said: dict[str, str]) -> str:
    """What the next grade above asks for."""
    keys = [each.key for each in card.grades]
    place = keys.index(grade) if grade in keys else len(keys)
    return said[f"grade:{keys[place - 1]}"] if place > 0 else ""
