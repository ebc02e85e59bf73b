"""Every way by which somebody may try to change a record's stage, and what each is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.identity import actions as identity
from closeloop.identity.actor import ActorKind
from closeloop.identity.models import User
from closeloop.process.blueprints import current_of
from closeloop.records.models import Record
from closeloop.transfer.models import Import
from tests.builders.asking import Asker, client_as
from tests.builders.people import actor_of
from tests.transfer.running import csv_of, imported


@dataclass(frozen=True)
class Attempt:
    """A move of one record that somebody tries."""

    record_type: str
    record_id: int
    to_stage: str
    user: User
    browser: Asker
    program: Asker


def attempt_of(user: User, record_type: str, record_id: int, to_stage: str) -> Attempt:
    """A move that the person may try in the browser or by a program with their key."""
    _, secret = identity.create_key(user, name="接口", actor=actor_of(user))
    return Attempt(
        record_type, record_id, to_stage, user, client_as(user), Asker(None, api_key=secret)
    )


@dataclass(frozen=True)
class Told:
    """What the path answered: the refusal's code and the keys of the missing items."""

    code: str
    missing: tuple[str, ...]


def by_screen(attempt: Attempt) -> Told:
    return _move(attempt.browser, attempt, via="screen")


def by_drag(attempt: Attempt) -> Told:
    return _move(attempt.browser, attempt, via="drag")


def by_sheet(attempt: Attempt) -> Told:
    """The sheet sends values with the move; a shut lock leaves them unsaved too."""
    return _move(attempt.browser, attempt, via="screen", values={"name": "改名"})


def by_key(attempt: Attempt) -> Told:
    return _move(attempt.program, attempt, via="api")


def by_patch(attempt: Attempt) -> Told:
    return _patch(attempt, stage=attempt.to_stage)


def by_patch_of_values(attempt: Attempt) -> Told:
    """The stage as if it were one of the values, with another value beside it."""
    return _patch(attempt, values={"stage": attempt.to_stage, "name": "改名"})


def by_bulk(attempt: Attempt) -> Told:
    return _bulk(attempt, ids=[attempt.record_id])


def by_filter(attempt: Attempt) -> Told:
    title = Record.objects.get(pk=attempt.record_id).title
    rule = {"field": "name", "operator": "=", "value": title}
    return _bulk(attempt, filter={"combinator": "and", "rules": [rule]})


def by_conversion(attempt: Attempt) -> Told:
    answer = attempt.browser.post(
        f"/leads/{attempt.record_id}/convert", {"deal": {"name": "新商机"}}
    )
    return _told(answer.json())


def by_import(attempt: Attempt) -> Import:
    """A table that names the record by its title and gives it another stage."""
    title = Record.objects.get(pk=attempt.record_id).title
    return imported(
        csv_of(["名称", "阶段"], [title, stage_name(attempt)]),
        {"名称": "name", "阶段": "@stage"},
        record_type=attempt.record_type,
        policy="update",
        match_on=["name"],
    )


def stage_name(attempt: Attempt) -> str:
    """The stage as people write it."""
    version = current_of(attempt.record_type)
    assert version is not None
    return version.blueprint.stage(attempt.to_stage).name["zh-CN"]


def by_command(attempt: Attempt) -> Told:
    """A program in the server: the action itself, without the edge."""
    actor = actor_of(attempt.user, kind=ActorKind.COMMAND)
    ask = MoveAsk(to_stage=attempt.to_stage, via="command")
    try:
        work.perform(
            lambda: desk.move_record(attempt.record_type, attempt.record_id, ask, actor=actor)
        )
    except Refusal as refusal:
        return _told({"code": refusal.code, **refusal.data})
    return Told("done", ())


PATHS: dict[str, Callable[[Attempt], Told]] = {
    "screen": by_screen,
    "drag": by_drag,
    "sheet": by_sheet,
    "api": by_key,
    "patch": by_patch,
    "values": by_patch_of_values,
    "bulk": by_bulk,
    "filter": by_filter,
    "command": by_command,
}
VIA = {"sheet": "screen", "values": "patch", "filter": "bulk"}
"""The path's name in the recorded attempt where it differs."""


def _move(asker: Asker, attempt: Attempt, **body: Any) -> Told:
    path = f"/records/{attempt.record_type}/{attempt.record_id}/move"
    answer = asker.post(path, {"to_stage": attempt.to_stage, **body})
    return _told(answer.json())


def _patch(attempt: Attempt, **body: Any) -> Told:
    path = f"/records/{attempt.record_type}/{attempt.record_id}"
    version = attempt.browser.get(path).json()["version"]
    return _told(attempt.browser.patch(path, body, version=version).json())


def _bulk(attempt: Attempt, **chosen: Any) -> Told:
    body = {"action": "move", "to_stage": attempt.to_stage, **chosen}
    found = attempt.browser.post(f"/records/{attempt.record_type}/bulk", body).json()
    return _told(found["refused"][0] if found["refused"] else {})


def _told(body: dict[str, Any]) -> Told:
    missing = body.get("missing") or ()
    return Told(body.get("code", "done"), tuple(item["item"] for item in missing))
