"""Scoring that may wait a moment: after new rules, after much behaviour, and each night."""

from collections.abc import Sequence
from functools import partial

from django import db
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.identity.actor import SYSTEM
from closeloop.scoring import actions, queries, scorecards
from closeloop.scoring.learning.settings import settings_of
from closeloop.scoring.models import LearnedModel

_HEALS = RetryStrategy(
    max_attempts=8,
    exponential_wait=2,
    retry_exceptions={db.OperationalError, db.InterfaceError},
)


@app.task(name="scoring.rescore", retry=_HEALS)
def rescore(record_type: str | None = None, record_ids: Sequence[int] | None = None) -> int:
    """Score records again; gives how many have another grade. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        types = [record_type] if record_type else list(scorecards.scored_types())
        graded = 0
        for about in types:
            if record_ids is None:
                graded += actions.rescore_all(about, actor=SYSTEM).graded
            else:
                work = partial(actions.rescore, about, list(record_ids), actor=SYSTEM)
                graded += perform(work).graded
        return graded
    finally:
        db.close_old_connections()


@app.task(name="scoring.train", retry=_HEALS)
def train(about: str) -> int:
    """Learn a model and let it speak of every record; gives its number."""
    db.close_old_connections()
    try:
        revisions.refresh()
        model = perform(partial(actions.train, about, actor=SYSTEM))
        _foretell_all(model)
        return model.number
    finally:
        db.close_old_connections()


@app.task(name="scoring.foretell", retry=_HEALS)
def foretell(about: str, record_ids: Sequence[int] | None = None) -> int:
    """Let the current model speak of records; gives of how many. It may run twice."""
    db.close_old_connections()
    try:
        revisions.refresh()
        model = queries.current_model(about)
        if model is None or not settings_of(about).is_used:
            return 0
        if record_ids is None:
            return _foretell_all(model)
        return perform(partial(actions.foretell, model, list(record_ids)))
    finally:
        db.close_old_connections()


def _foretell_all(model: LearnedModel) -> int:
    batches = actions.all_ids(model.about)
    return sum(perform(partial(actions.foretell, model, some)) for some in batches)


@app.periodic(cron="11 0 * * *")
@app.task(name="scoring.fade", queueing_lock="scoring.fade")
def fade(timestamp: int) -> int:
    """Let the day that has begun count: behaviour is worth a little less."""
    revisions.refresh()
    fading = [about for about, live in scorecards.scored_types().items() if live.card.fades]
    graded = sum(rescore(record_type=about) for about in fading)
    for about in fading:
        foretell(about=about)
    return graded


def rescore_later(
    record_type: str | None = None, *, record_ids: Sequence[int] | None = None
) -> None:
    """Have records scored again, once this transaction commits; None is all of them."""
    ids: list[JSONValue] | None = None if record_ids is None else list(record_ids)
    rescore.configure(lock="scoring.rescore").defer(record_type=record_type, record_ids=ids)


def train_later(about: str) -> None:
    """Have a model learned, once this transaction commits."""
    train.configure(lock="scoring.train", queueing_lock=f"scoring.train:{about}").defer(about=about)


def foretell_later(about: str, record_ids: Sequence[int] | None = None) -> None:
    """Have the current model speak of records, once this transaction commits."""
    ids: list[JSONValue] | None = None if record_ids is None else list(record_ids)
    foretell.configure(lock="scoring.train").defer(about=about, record_ids=ids)
