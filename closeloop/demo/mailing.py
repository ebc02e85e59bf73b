"""Figures that come by mail in the demo company: a team's Monday, a director's month."""

from __future__ import annotations

from closeloop.demo.organising import Organisation
from closeloop.engine.metrics.rhythm import Rhythm
from closeloop.metrics.mailing import actions
from closeloop.metrics.mailing.plans import Plan

MONDAYS = Rhythm("week", 8, weekdays=(1,), is_workdays_only=True)
MONTHLY = Rhythm("month", 9, month_day=1, is_workdays_only=True)
READERS = 3


def mail_figures(organisation: Organisation) -> None:
    """A manager has the board of last week sent to the team, a director the month to managers."""
    team, director = organisation.teams[0], [*organisation.directors, organisation.chief][0]
    to_team = [each.actor.person_id for each in (team.manager, *team.sellers[:READERS])]
    managers = [each.manager for each in organisation.teams[:READERS]]
    actions.begin(
        Plan("上周晨会看板", {"board": "morning", "period": "last_week"}, to_team, MONDAYS),
        actor=team.manager.actor,
    )
    actions.begin(
        Plan(
            "各区域上月过程健康",
            {"board": "process_health", "period": "last_month"},
            [each.actor.person_id for each in (director, *managers)],
            MONTHLY,
        ),
        actor=director.actor,
    )
