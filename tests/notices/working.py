"""Doing what the worker and the sweeper do, by hand."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from closeloop.notices import actions
from closeloop.notices.actions import Message
from closeloop.notices.models import Delivery
from closeloop.notices.sweeping import Swept, sweep
from tests.builders.people import make_user
from tests.twins.smtp import SmtpTwin

_JOBS = """
    DELETE FROM procrastinate_jobs WHERE task_name = 'notices.deliver' AND status = 'todo'
    RETURNING args
"""


@dataclass(frozen=True)
class Post:
    """Mail as people get it."""

    server: SmtpTwin

    def subjects(self) -> list[str]:
        """What arrived, in order."""
        return [str(mail["Subject"]).strip() for mail in self.server.mails]


def reader(**more):
    """Somebody with a mailbox."""
    person = make_user(**more)
    person.email = f"{person.username}@corp.example"
    person.save()
    return person


def tell(*people, comment="请看", **options):
    """Tell people by mail; gives the ids of the mail deliveries."""
    data = {"actor": "王经理", "record": "江苏省人民医院", "comment": comment}
    options.setdefault("channels", ("mail",))
    to = tuple(person.pk for person in people)
    made = actions.send(Message(event="mention", to=to, data=data, **options))
    found = Delivery.objects.filter(notice__in=made, channel="mail").order_by("pk")
    return list(found.values_list("pk", flat=True))


def queued() -> list[int]:
    """Take the jobs that wait; gives the deliveries that they name."""
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        rows = cursor.fetchall()
    found = [json.loads(row[0]) for row in rows]
    return sorted(delivery for args in found for delivery in args["delivery_ids"])


def work() -> int:
    """Be the worker until no job is left; gives how many deliveries left."""
    done = 0
    while ids := queued():
        done += actions.deliver(ids)
    return done


def after(clock, pause: timedelta) -> Swept:
    """Let time pass, then be the sweeper and the worker once."""
    clock.tell(clock.now + pause)
    swept = sweep()
    work()
    return swept


def state_of(delivery_id: int) -> str:
    return str(Delivery.objects.get(pk=delivery_id).state)
