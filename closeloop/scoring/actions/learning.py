"""Training a model, keeping what it says of records, and who is shown it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.scoring import errors
from closeloop.scoring.learning import columns, history, machine, results
from closeloop.scoring.learning.machine import Machine
from closeloop.scoring.learning.settings import Settings, as_data, feature_of, settings_of
from closeloop.scoring.models import LearnedModel, LearnedScore, Release

MOST_PARTS = 8
AT_ONCE = 5000
_KEEP = """
    INSERT INTO scoring_learnedscore (record_id, model_id, probability, parts, scored_at)
    SELECT g.id, %s, g.probability, g.parts, now()
    FROM jsonb_to_recordset(%s::jsonb) AS g(id bigint, probability float8, parts jsonb)
    ON CONFLICT (record_id) DO UPDATE SET model_id = excluded.model_id, scored_at = now(),
        probability = excluded.probability, parts = excluded.parts
"""


def require_history(about: str, settings: Settings) -> history.Outcomes:
    """The records to learn from; raises TooLittleHistory."""
    found = history.outcomes_of(about, settings)
    if not found.is_enough:
        raise errors.TooLittleHistory(
            {
                "needed": history.LEAST_ROWS,
                "each": history.LEAST_OF_EACH,
                "rows": len(found.ids),
                "positives": sum(found.labels),
            }
        )
    return found


def train(about: str, *, actor: Actor) -> LearnedModel:
    """Learn a model from what became of records; it becomes the current one.

    Raises TooLittleHistory, LearningMissing.
    """
    settings = settings_of(about)
    found = require_history(about, settings)
    rows = history.known_of(about, settings, found.ids)
    chosen = columns.chosen(about, settings, rows, with_behaviour=True)
    trained = machine.train(chosen, rows, found.labels)
    earlier = LearnedModel.objects.filter(about=about)
    number = (earlier.aggregate(highest=Max("number"))["highest"] or 0) + 1
    earlier.filter(is_current=True).update(is_current=False)
    model = LearnedModel.objects.create(
        about=about,
        number=number,
        since=found.since or timezone.now(),
        until=found.until or timezone.now(),
        rows=len(found.ids),
        positives=sum(found.labels),
        columns=[each.as_data() for each in chosen],
        figures={
            **trained.figures,
            "settings": as_data(settings),
            "betrayed_by": sorted(results.result_of(about, settings.outcome).betrayed_by),
        },
        content=trained.content,
    )
    data = {"about": about, "number": number, "auc": trained.figures["auc"]}
    activity.record(Happening(verb="scoring.model_trained", data=data), actor=actor)
    return model


def foretell(model: LearnedModel, ids: Sequence[int]) -> int:
    """Keep what a model says of records; gives how many."""
    known = columns.from_data(model.columns)
    ready = Machine(bytes(model.content), known)
    settings = settings_of(model.about)
    looked_at = columns.facts_in(known, model.about)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows = history.known_of(model.about, settings, some, looked_at)
        kept = []
        for record_id, row, said in zip(some, rows, ready.ask(rows), strict=True):
            parts = sorted(zip(known, said.weights, strict=True), key=lambda each: -abs(each[1]))
            kept.append(
                {
                    "id": record_id,
                    "probability": round(said.probability, 4),
                    "parts": [
                        [column.key, _plain(row.get(column.key)), round(weight, 3)]
                        for column, weight in parts[:MOST_PARTS]
                    ],
                }
            )
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [model.pk, json.dumps(kept)])
    return len(ids)


def release(about: str, changes: dict[str, Any], *, actor: Actor) -> Settings:
    """Say who sees the learned score, and what it learns from. Raises OutcomeUnknown."""
    settings = replace(settings_of(about), **changes)
    if "outcome" in changes and settings.outcome not in _outcomes(about):
        raise errors.OutcomeUnknown({"outcome": settings.outcome})
    Release.objects.update_or_create(
        feature=feature_of(about),
        defaults={
            "state": settings.state,
            "roles": list(settings.roles),
            "settings": as_data(settings),
        },
    )
    data = {"about": about, "state": settings.state, "roles": list(settings.roles)}
    activity.record(Happening(verb="scoring.release_changed", data=data), actor=actor)
    return settings


def _outcomes(about: str) -> set[str]:
    return {each.key for each in results.results_of(about)}


def forget_scores(about: str) -> int:
    """Drop what models said of records of a type, for it is shown to nobody any more."""
    return LearnedScore.objects.filter(model__about=about).delete()[0]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
