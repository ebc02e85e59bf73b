"""Paths, templates and leads for tests, made by the product's own actions; time that goes by."""

from datetime import timedelta

from django.db import connection, transaction

from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import actions
from closeloop.nurture.models import Enrolment, Message
from closeloop.nurture.sweeping import sweep

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_JOBS = """
    DELETE FROM procrastinate_jobs WHERE task_name = 'nurture.deliver' AND status = 'todo'
    RETURNING (args->'message_ids')::text
"""


def words(text):
    """A name in both languages."""
    return {"zh-CN": text, "en-US": text}


def where(*rows, combinator="and"):
    """A condition of (field, operator, value) rows."""
    listed = [
        {"field": field, "operator": operator, **({"value": value[0]} if value else {})}
        for field, operator, *value in rows
    ]
    return {"combinator": combinator, "rules": listed}


def wait(key, amount=1, **more):
    return {"key": key, "kind": "wait", "amount": amount, "unit": "days", **more}


def mail(key, template="hello"):
    return {"key": key, "kind": "send", "channel": "mail", "template": template}


def send(key, channel, template):
    return {"key": key, "kind": "send", "channel": channel, "template": template}


def branch(key, when, then, otherwise=()):
    return {"key": key, "kind": "branch", "when": when, "then": then, "else": list(otherwise)}


@transaction.atomic
def make_template(key="hello", channel="mail", body="您好 {{name}}", **more):
    """A published template."""
    text = {"body": body, **({"subject": "给{{name}}"} if channel == "mail" else {})}
    definition = {
        "key": key, "name": words(key), "channel": channel,
        "texts": {"zh-CN": text, **more.pop("texts", {})},
        **({"sms": {"tencent": "1001", "aliyun": "SMS_1", "params": ["name"]}}
           if channel == "sms" else {}),
        **more,
    }  # fmt: skip
    return actions.publish_template(definition, actor=SYSTEM)


@transaction.atomic
def make_path(*steps, key="path", leaves=(), on=("lead.created",), when=None, again=None):
    """A published path that takes leads in."""
    definition = {
        "key": key,
        "name": words(key),
        "record_type": "lead",
        "starts": {"on": list(on), "when": when, "again_after_days": again},
        "leaves": list(leaves),
        "steps": list(steps),
    }
    version = actions.publish(definition, actor=SYSTEM)
    actions.switch(key, is_active=True, actor=SYSTEM)
    return version


@transaction.atomic
def new_lead(**values):
    """A lead that comes from a channel, without an owner."""
    given = {"name": "王女士", "source": "website", "email": "wang@clinic.example", **values}
    return desk.create_record("lead", given, actor=SYSTEM, via="capture")


def enrolment_of(record_id):
    """The newest enrolment of a lead."""
    return Enrolment.objects.filter(record_id=record_id).order_by("-pk").first()


def messages_of(record_id):
    """(step, state, reason) of each message to a lead, in order."""
    found = Message.objects.filter(record_id=record_id).order_by("pk")
    return list(found.values_list("step", "state", "error_code"))


def queued():
    """Take the jobs that wait; gives the messages that they name."""
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        rows = cursor.fetchall()
    return sorted(int(each) for row in rows for each in row[0].strip("[]").split(",") if each)


def work():
    """Be the sweeper and the worker until nothing is due; gives how many messages left."""
    sent = 0
    while True:
        swept = sweep()
        ids = queued()
        sent += actions.deliver(ids)
        if not ids and not swept.is_busy and not swept.walked and not swept.queued:
            return sent


def after(clock, lapse):
    """Let time pass, then work."""
    clock.tell(clock.now + lapse)
    return work()
