"""Approvals as gates of the demo company: until now people asked by themselves, now gates wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from closeloop.designer import packs
from closeloop.identity.actor import Actor
from closeloop.process import actions as process
from closeloop.process import migrating

PACK = "standard"
APPROVAL = "approval"


def before_approvals(*, actor: Actor) -> None:
    """Publish the pack's processes without the approvals that their gates wait for."""
    for blueprint in packs.read_pack(PACK).blueprints:
        if _has_approvals(blueprint):
            process.publish(without_approvals(blueprint), actor=actor)


def introduce_approvals(*, actor: Actor) -> None:
    """Publish them as the pack has them, and let what runs go on by them: all is approved now."""
    for blueprint in packs.read_pack(PACK).blueprints:
        if _has_approvals(blueprint):
            number = process.publish(blueprint, actor=actor).number
            plan = migrating.plan_of(
                blueprint["key"], from_number=number - 1, to_number=number, mapping=None
            )
            process.migrate_running(plan, actor=actor)


def without_approvals(blueprint: Mapping[str, Any]) -> dict[str, Any]:
    """A blueprint whose gates wait for nobody's agreement."""
    stages = [
        {
            **stage,
            **{
                side: [item for item in stage[side] if item["kind"] != APPROVAL]
                for side in ("entry", "exit")
                if side in stage
            },
        }
        for stage in blueprint["stages"]
    ]
    return {**blueprint, "stages": stages}


def _has_approvals(blueprint: Mapping[str, Any]) -> bool:
    items = (item for stage in blueprint["stages"] for item in stage.get("exit", ()))
    return any(item["kind"] == APPROVAL for item in items)


def gates() -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any], str]]:
    """Every stage of the pack that an approval lets out of: its blueprint, it, and the flow."""
    for blueprint in packs.read_pack(PACK).blueprints:
        for stage in blueprint["stages"]:
            for item in stage.get("exit", ()):
                if item["kind"] == APPROVAL:
                    yield blueprint, stage, item["flow"]
