"""The learned score beside the rules: who sees it, what it learns from, training, its figures."""

from typing import Any

from django.http import HttpRequest

from closeloop.edge import problems
from closeloop.fields import queries as fields
from closeloop.identity.queries import actor_of
from closeloop.scoring import actions, errors, jobs, presenting, queries
from closeloop.scoring.api.routes import MANAGE, router
from closeloop.scoring.api.scorecards import CardKey
from closeloop.scoring.learning import columns, history, machine, results
from closeloop.scoring.learning.settings import settings_of
from closeloop.scoring.schemas import LearnedChange, LearnedSettingsOut


@router.get("/scorecards/{key}/learned", permission=MANAGE, response=LearnedSettingsOut)
def read_learned(request: HttpRequest, key: CardKey) -> Any:
    """Who sees the learned score, what it learns from, and how good its models were."""
    return _shown(key, request)


@router.patch("/scorecards/{key}/learned", permission=MANAGE, response=LearnedSettingsOut)
def change_learned(request: HttpRequest, key: CardKey, payload: LearnedChange) -> Any:
    """Show the learned score to nobody, to some roles or to all; say what it learns from."""
    about = queries.scorecard(key).about
    given = payload.dict(exclude_unset=True)
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    for name, kind in (("roles", tuple), ("excluded", frozenset)):
        if name in changes:
            changes[name] = kind(changes[name])
    settings = actions.release(about, changes, actor=actor_of(request))
    if settings.is_used and machine.is_installed() and queries.current_model(about) is not None:
        jobs.foretell_later(about)
    return _shown(key, request)


@router.post("/scorecards/{key}/learned/train", permission=MANAGE, response=LearnedSettingsOut)
def train_learned(request: HttpRequest, key: CardKey) -> Any:
    """Have a model learned by the worker, where enough has become of records."""
    about = queries.scorecard(key).about
    actions.require_history(about, settings_of(about))
    if not machine.is_installed():
        raise errors.LearningMissing
    jobs.train_later(about)
    return _shown(key, request)


def _shown(key: str, request: HttpRequest) -> dict[str, Any]:
    about, language = queries.scorecard(key).about, problems.language_of(request)
    settings = settings_of(about)
    found = history.outcomes_of(about, settings)
    used = {spec.key for spec in columns.offered(about, settings)}
    offered = results.results_of(about)
    told = results.result_of(about, settings.outcome).betrayed_by
    return {
        "is_installed": machine.is_installed(),
        "state": settings.state,
        "roles": list(settings.roles),
        "outcome": settings.outcome,
        "outcomes": [{"key": each.key, "name": dict(each.name)} for each in offered],
        "columns": [
            {
                "key": spec.key,
                "name": dict(spec.name),
                "is_excluded": spec.key not in used,
                "is_outcome": spec.key in told,
            }
            for spec in fields.specs_of(about).values()
            if spec.key in used or spec.key in settings.excluded or spec.key in told
        ],
        "history": {
            "rows": len(found.ids),
            "positives": sum(found.labels),
            "needed": history.LEAST_ROWS,
            "needed_of_each": history.LEAST_OF_EACH,
        },
        "models": [presenting.model_row(each, language) for each in queries.models_of(about)],
    }
