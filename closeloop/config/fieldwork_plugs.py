"""What fieldwork is told of the apps above it: what is followed up, who waits for it; notices."""

from collections.abc import Collection, Sequence
from functools import partial

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Reactions
from closeloop.customers.catalogue import CUSTOMER
from closeloop.deals.catalogue import DEAL
from closeloop.desk import loads
from closeloop.fieldwork.actions import carrying
from closeloop.fieldwork.plugs import QUIET_DAYS, Followable, Plugs
from closeloop.identity.actor import Actor
from closeloop.leads.catalogue import LEAD
from closeloop.leads.merging.carriers import Carrier, Carriers
from closeloop.notices.actions import Message, send_all
from closeloop.notices.events import Event, Events, Group
from closeloop.org import queries as org

DOUBTED, JUDGED = "followup.doubted", "followup.doubt_judged"
EVENTS = (
    Event(DOUBTED, default_channels=("in_app",), group=Group.TASKS),
    Event(JUDGED, default_channels=("in_app",), group=Group.TASKS),
)
_VERBS = frozenset({DOUBTED, JUDGED})
_DEALS_OF_CUSTOMER = """
    SELECT d.id, rd.unit_id FROM deals_deal d JOIN records_record rd ON rd.id = d.id
    WHERE d.customer_id = c.id AND rd.owner_id = %(author)s AND rd.deleted_at IS NULL
        AND d.stage <> ALL(%(ended)s::text[])
    ORDER BY d.id
"""
_QUIET = f"d.created_at + interval '{QUIET_DAYS} days'"
_WAITING = f"""
    SELECT d.customer_id, min(d.created_at) AS since FROM deals_deal d
    WHERE d.customer_id IS NOT NULL AND (d.deleted_at IS NULL OR d.deleted_at > {_QUIET})
        AND (d.stage <> ALL(%(ended)s::text[]) OR d.stage_entered_at > {_QUIET})
    GROUP BY d.customer_id
"""
"""What ends or is removed later leaves a due date that has passed as it was."""


def plug(plugs: Plugs, activity: Reactions, events: Events, carriers: Carriers) -> None:
    """Let customers, deals and leads be followed up, also after a merge; tell of doubts."""
    deals_over = partial(loads.ended, DEAL.key)
    plugs.register(
        Followable(
            key=CUSTOMER.key,
            table=CUSTOMER.table,
            customer="id",
            concerned=_DEALS_OF_CUSTOMER,
            concerned_type=DEAL.key,
            ended=deals_over,
        )
    )
    plugs.register(
        Followable(key=DEAL.key, table=DEAL.table, customer="customer_id", ended=deals_over)
    )
    plugs.register(
        Followable(
            key=LEAD.key,
            table=LEAD.table,
            customer="customer_id",
            ended=partial(loads.ended, LEAD.key),
        )
    )
    plugs.waiting, plugs.waiting_ended = _WAITING, deals_over
    for event in EVENTS:
        events.register(event)
    activity.register(_wanted, _tell)
    carriers.register(Carrier("followups", carrying.move, carrying.move_back))


def _wanted() -> Collection[str]:
    return _VERBS


def _tell(happenings: Sequence[Happening], actor: Actor) -> None:
    """Whoever stands above the author is told of doubts, the author of the verdict."""
    messages = []
    for happening in happenings:
        data = happening.data
        author_id = data["author_id"]
        to = org.superior_of(author_id) if happening.verb == DOUBTED else author_id
        if to is None or to == actor.user_id:
            continue
        messages.append(
            Message(
                event=happening.verb,
                to=(to,),
                record_id=happening.record_id,
                record_type=happening.record_type,
                link=f"/followups/{data['followup_id']}",
                data={
                    "author": actor.name,
                    "doubts": data.get("doubts") or [data.get("doubt")],
                    "verdict": data.get("verdict", ""),
                    "note": data.get("note", ""),
                },
                dedupe_key="",
                actor=actor,
            )
        )
    send_all(messages)
