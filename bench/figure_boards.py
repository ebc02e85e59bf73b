"""What stands on boards, read as the screens ask for it: figures, tiles, lists, the battle map."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from django.utils import timezone

from closeloop.engine.metrics import Panel
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions
from closeloop.metrics.panels import battle, blockers, coverage, rankings, stages
from closeloop.metrics.panels.feeds import Wanted, feeds
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, figures
from closeloop.metrics.targets import grid as targets

SHOWN = 101
Reading = Callable[[], object]


def readings(actor: Actor, period: Period) -> Iterator[tuple[str, Reading]]:
    """Every panel of every board, and the battle map, by what they are called."""
    now = timezone.now()
    for board in definitions.book().boards.values():
        for place, panel in enumerate(board.panels):
            read = _reading(panel, actor, period)
            yield f"{board.key} {place} {panel.chart}", read
    wanted = Wanted(actor=actor, now=now)
    yield "battle map", partial(battle.battle, unit=None, actor=actor, wanted=wanted)


def _reading(panel: Panel, actor: Actor, period: Period) -> Reading:
    now = timezone.now()
    wanted = Wanted(actor=actor, now=now, options=panel.options)
    year = targets.Wanted(period.until.year, metric=panel.metric)
    known: dict[str, Reading] = {
        "coverage": partial(coverage.tiles, panel, unit=None, actor=actor, now=now),
        "blockers": partial(blockers.ranked, wanted, period),
        "stages": partial(stages.table, panel, period, unit=None, actor=actor, now=now),
        "ranking": partial(rankings.places, panel, person_id=actor.user_id, now=now),
        "targets": partial(targets.grid, year, today=period.until, actor=actor),
    }
    if panel.chart == "list":
        return partial(feeds.lists[panel.source], wanted, SHOWN)
    return known.get(panel.chart) or _figures(panel, actor, period)


def _figures(panel: Panel, actor: Actor, period: Period) -> Reading:
    longer = period.until - timedelta(days=(panel.days or 1) - 1)
    by = tuple(each for each in (panel.by, panel.and_by) if each)
    asked = Asked(panel.metric, Period(min(period.since, longer), period.until), by=by)
    return partial(figures, asked, actor=actor)
