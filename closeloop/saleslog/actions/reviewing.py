"""A week in which a type of event jumped gives the unit's manager a review (F08)."""

from datetime import date, timedelta

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import messages
from closeloop.edge.setups import LANGUAGES
from closeloop.identity.actor import SYSTEM
from closeloop.org import queries as org
from closeloop.saleslog import clock, queries, setups
from closeloop.saleslog.models import Surge
from closeloop.saleslog.queries.surges import Found
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask

TASK = "surge_review"
TO_REVIEW = timedelta(days=3)


def review_surges(week: date) -> list[Surge]:
    """Look at a week (its Monday); gives the surges that are new, none twice."""
    live = setups.current()
    there = set(Surge.objects.filter(week=week).values_list("unit_id", "type"))
    found = [
        each for each in queries.jumps_of(week, live.jump) if (each.unit_id, each.type) not in there
    ]
    units = org.unit_names()
    return [_review(each, week, units.get(each.unit_id, "—")) for each in found]


def _review(found: Found, week: date, unit: str) -> Surge:
    name = setups.name_of(found.type)
    now = timezone.now()
    said = {"unit": unit, "count": found.count, "before": found.before}
    surge = Surge.objects.create(
        week=week,
        unit_id=found.unit_id,
        type=found.type,
        count=found.count,
        before=found.before,
        found_at=now,
    )
    surge.events.set(found.event_ids)
    link = f"/saleslog/surges/{surge.pk}"
    task = NewTask(
        kind=TASK,
        title={
            language: messages.say(
                "saleslog.review",
                language,
                {**said, "name": name[language]},
            )
            for language in LANGUAGES
        },
        owner_id=found.head_id,
        due_at=clock.moment(clock.today(now) + TO_REVIEW, setups.current().due),
        origin={"surge_id": surge.pk, "link": link},
    )
    surge.task = tasks.create_task(task, actor=SYSTEM)
    surge.save(update_fields=["task"])
    activity.record(
        Happening(
            verb="saleslog.surged",
            unit_id=found.unit_id,
            data={
                "surge_id": surge.pk,
                "week": week.isoformat(),
                "type": found.type,
                "name": name,
                "unit": unit,
                "count": found.count,
                "before": found.before,
                "events": list(found.event_ids),
                "task_id": surge.task_id,
            },
        ),
        actor=SYSTEM,
    )
    return surge
