"""Contract approvals in the demo company: its year went by without, from now on they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from closeloop.designer import packs
from closeloop.identity.actor import Actor
from closeloop.process import actions as process

PACK = "standard"
APPROVAL = "approval"


def before_approvals(*, actor: Actor) -> None:
    """Publish the pack's processes without the approvals that their gates wait for."""
    for blueprint in packs.read_pack(PACK).blueprints:
        if _has_approvals(blueprint):
            process.publish(without_approvals(blueprint), actor=actor)


def introduce_approvals(*, actor: Actor) -> None:
    """Publish them as the pack has them: what runs keeps its version, what is new is approved."""
    for blueprint in packs.read_pack(PACK).blueprints:
        if _has_approvals(blueprint):
            process.publish(blueprint, actor=actor)


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
