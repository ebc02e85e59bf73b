"""LightGBM behind three functions; kept models are text, never pickles."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from closeloop.engine.scoring import figures
from closeloop.engine.scoring.figures import Steps
from closeloop.scoring import errors
from closeloop.scoring.learning.columns import Column

TRAINED_ON = 0.7
"""Of the records by time: the first are learned from, the rest judge."""
FOLDS = 5
"""Each part is foretold by a model of the others; by these the final model is calibrated."""
ROUNDS = 300
PARAMETERS: Mapping[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "cat_smooth": 20,
    "min_data_per_group": 30,
    "num_threads": 1,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


@dataclass(frozen=True)
class Trained:
    """A model as text, and the figures that it reached on records it had not seen."""

    content: bytes
    figures: Mapping[str, Any]


def is_installed() -> bool:
    """Whether models can be trained and asked here."""
    return find_spec("lightgbm") is not None


def train(
    columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], labels: Sequence[int]
) -> Trained:
    """Learn from the oldest rows, judge by the newest.

    `rows` in the order of time. Raises LearningMissing.
    """
    matrix, given = _matrix(columns, rows), list(labels)
    known = round(len(rows) * TRAINED_ON)
    apart = [0.0] * known
    for fold in range(FOLDS):
        others = [place for place in range(known) if place % FOLDS != fold]
        part = list(range(fold, known, FOLDS))
        foretold = _fitted(columns, matrix[others], [given[each] for each in others]).predict(
            matrix[part], raw_score=True
        )
        for place, raw in zip(part, foretold, strict=True):
            apart[place] = float(raw)
    steps = figures.calibrated(given[:known], apart)
    booster = _fitted(columns, matrix[:known], given[:known])
    chances = [steps.at(float(raw)) for raw in booster.predict(matrix[known:], raw_score=True)]
    content = {
        "model": booster.model_to_string(),
        "raw": list(steps.raw),
        "chance": list(steps.chance),
    }
    return Trained(json.dumps(content).encode(), _figures(given[known:], chances))


def _fitted(columns: Sequence[Column], matrix: Any, labels: Sequence[int]) -> Any:
    lightgbm = _lightgbm()
    categories = [place for place, each in enumerate(columns) if each.kind == "category"]
    given = lightgbm.Dataset(matrix, label=list(labels), categorical_feature=categories)
    ways = [each.rising for each in columns]
    parameters = {**PARAMETERS, **({"monotone_constraints": ways} if any(ways) else {})}
    return lightgbm.train(parameters, given, num_boost_round=ROUNDS)


@dataclass(frozen=True)
class Said:
    """How likely a record is to be won, and what each column adds (in log-odds)."""

    probability: float
    weights: tuple[float, ...]


class Machine:
    """A kept model, ready to be asked."""

    def __init__(self, content: bytes, columns: Sequence[Column]) -> None:
        kept = json.loads(content)
        self._booster = _lightgbm().Booster(model_str=kept["model"])
        self._steps = Steps(tuple(kept["raw"]), tuple(kept["chance"]))
        self._columns = columns

    def ask(self, rows: Sequence[Mapping[str, Any]]) -> list[Said]:
        """What it says of records; its weights and a constant sum up to the raw value."""
        if not rows:
            return []
        matrix = _matrix(self._columns, rows)
        weights = self._booster.predict(matrix, pred_contrib=True)
        return [
            Said(self._steps.at(float(sum(each))), tuple(float(one) for one in each[:-1]))
            for each in weights
        ]


def _figures(labels: Sequence[int], chances: Sequence[float]) -> dict[str, Any]:
    bins = figures.calibration(labels, chances)
    return {
        "judged_on": len(labels),
        "won": sum(labels),
        "auc": round(figures.auc(labels, chances), 4),
        "brier": round(figures.brier(labels, chances), 4),
        "lift_20": round(figures.lift(labels, chances), 2),
        "calibration": [
            {"foretold": round(b.foretold, 3), "came": round(b.came, 3), "count": b.count}
            for b in bins
        ],
        "calibration_error": round(
            sum(abs(b.foretold - b.came) * b.count for b in bins) / max(1, len(labels)), 4
        ),
    }


def _matrix(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> Any:
    numpy = import_module("numpy")
    filled = [[_number(each, row) for each in columns] for row in rows]
    return numpy.array(filled, dtype=float).reshape(len(rows), len(columns))


def _number(column: Column, row: Mapping[str, Any]) -> float:
    try:
        return column.number(row.get(column.key))
    except (TypeError, ValueError):
        return math.nan


def _lightgbm() -> Any:
    if not is_installed():
        raise errors.LearningMissing
    return import_module("lightgbm")
