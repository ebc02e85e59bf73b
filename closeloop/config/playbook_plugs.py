"""What playbooks are told of what happens: moves back and losses; what people are told of them."""

from collections.abc import Collection, Mapping, Sequence

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import NOTHING, Aboard, Reactions, Written
from closeloop.edge import messages
from closeloop.edge.statements import Row, Statement
from closeloop.identity.actor import Actor
from closeloop.notices.events import Event, Events, Group
from closeloop.playbooks import actions
from closeloop.playbooks import queries as playbooks
from closeloop.playbooks.content import EVENT, said
from closeloop.playbooks.facets import facets
from closeloop.playbooks.plugs import plugs
from closeloop.playbooks.queries import streaks
from closeloop.playbooks.queries.planning import line_of
from closeloop.records.types import registry
from closeloop.saleslog import setups
from closeloop.saleslog.plugs import Plugs as LogPlugs
from closeloop.saleslog.plugs import Situation, Suggestion

Name = Mapping[str, str]


def plug(activity: Reactions, events: Events, log: LogPlugs) -> None:
    """Join the library to the record of what happens, to notices, and to the sales log."""
    plugs.events = _events
    log.suggest = _suggest
    aboard = Aboard("playbook_streaks", read=_read, write=_write)
    activity.register(_moves, actions.push_for_streaks, aboard)
    for key in (actions.PUSHED, actions.PUSHED_BY_RULE):
        events.register(Event(key, default_channels=("in_app", "wecom"), group=Group.TASKS))


def _moves() -> Collection[str]:
    return {f"{each.key}.stage_entered" for each in registry}


def _read(verb: str, _record_id: int) -> Statement | None:
    return NOTHING if verb.endswith(".stage_entered") else None


def _write(happening: Happening, _actor: Actor, _rows: Sequence[Row]) -> Written | None:
    """Nothing follows from a move on; from others it waits until the entry is written."""
    return None if streaks.is_failure(happening) else Written([])


def _events() -> Mapping[str, Name]:
    """The events of the sales log; none before it is set up."""
    return {key: each.name for key, each in setups.current().types.items()}


def _suggest(situation: Situation, actor: Actor, limit: int) -> Sequence[Suggestion]:
    """Entries for an event, those tagged with it first."""
    found = playbooks.suggest(
        viewer=actor,
        situation=situation.text,
        tags={EVENT: [situation.event, *situation.tags]},
        limit=limit,
    )
    language = actor.locale
    return [
        Suggestion(
            each.entry.entry_id,
            said(each.entry.title, language),
            line_of(each.entry, language),
            "、".join(dict.fromkeys(_reason(why.by, language) for why in each.why)),
            f"/playbooks/{each.entry.entry_id}?from=log",
        )
        for each in found
    ]


def _reason(by: str, language: str) -> str:
    code = f"playbook_why.{by}"
    known = messages.say(code, language)
    if known != code:
        return known
    return next((said(dict(each.name), language) for each in facets() if each.key == by), by)
