"""Entries of the library, as tests need them."""

from closeloop.identity.actor import SYSTEM
from closeloop.playbooks import actions, queries
from closeloop.playbooks.content import Content


def content(title="先问预算来源", body="「这笔钱走设备科还是信息科？」", **more):
    said = {"title": {"zh-CN": title}, "body": {"zh-CN": body}, **more}
    return Content.model_validate(said)


def publish(title="先问预算来源", body="「这笔钱走设备科还是信息科？」", kind="talk_track", **more):
    """A published entry."""
    entry = actions.propose(kind, content(title, body, **more), actor=SYSTEM)
    actions.publish(entry.pk, actor=SYSTEM)
    return queries.published(entry.pk)


def as_body(given):
    return given.model_dump(mode="json")
