"""Which app meets which: the one place where what lies below is told of what lies above."""

from functools import partial

from closeloop.activity.reactions import reactions as activity
from closeloop.agenda import actions as agenda
from closeloop.behaviour.hearers import followers, hearers
from closeloop.capture.plugs import provided as capture
from closeloop.config import (
    approval_figures,
    approval_plugs,
    board_plugs,
    capture_plugs,
    clock_plugs,
    fieldwork_plugs,
    figure_mail_plugs,
    holding_plugs,
    live_address,
    metrics_plugs,
    nurture_plugs,
    pace_plugs,
    paper_plugs,
    phonecheck_plugs,
    playbook_plugs,
    pool_plugs,
    privacy_plugs,
    privacy_work_plugs,
    routing_plugs,
    saleslog_plugs,
    scoring_plugs,
    state_plugs,
    support_plugs,
    talk_plugs,
)
from closeloop.customers.catalogue import CONTACT, CUSTOMER
from closeloop.customrecords import catalogue as customrecords
from closeloop.deals.catalogue import DEAL
from closeloop.demo import company, telling
from closeloop.desk import learnable
from closeloop.desk import telling as desk
from closeloop.documents.kinds import kinds
from closeloop.edge.router import policy
from closeloop.fieldwork.plugs import plugs as fieldwork
from closeloop.integrations import presenting as integrations
from closeloop.integrations import queries as linked
from closeloop.leads.catalogue import LEAD
from closeloop.leads.merging.carriers import carriers
from closeloop.metrics.panels.feeds import feeds as panels
from closeloop.metrics.sources import sources as measured
from closeloop.notices import catalogue as notices
from closeloop.notices import configuration as channels
from closeloop.notices import reactions as notice_reactions
from closeloop.notices.actions.receipts import others as receipts
from closeloop.notices.addresses import addresses
from closeloop.notices.events import events
from closeloop.notices.outgoing import provided as outgoing
from closeloop.nurture.plugs import plugs as nurture
from closeloop.org import me
from closeloop.org.handover import holdings
from closeloop.org.policy import check_permission
from closeloop.phonecheck.plugs import plugs as phonecheck
from closeloop.pool.plugs import plugs as pool
from closeloop.privacy.registry import registry as personal
from closeloop.products.catalogue import PRODUCT
from closeloop.recognition.plugs import plugs as recognition
from closeloop.records.kin import kin
from closeloop.records.searching import provided as searching
from closeloop.records.types import registry
from closeloop.routing.plugs import plugs as routing
from closeloop.saleslog.plugs import plugs as saleslog
from closeloop.scoring.plugs import plugs as scoring
from closeloop.sla.subjects import subjects


def join() -> None:
    """Plug record types, their facts and the permission check together."""
    for record_type in (LEAD, CUSTOMER, CONTACT, DEAL, PRODUCT):
        registry.register(record_type)
    registry.user_defined = customrecords.user_defined
    policy.check = check_permission
    me.provided.record_type_keys = registry.keys
    searching.shut = learnable.shut_rows
    me.provided.demo_password = lambda: company.PASSWORD
    _join_integrations()
    me.provided.live_url = live_address.live_url
    _join_notices()
    paper_plugs.plug(kinds, outgoing)
    holding_plugs.plug(holdings)
    clock_plugs.plug(subjects, activity, events)
    scoring_plugs.plug(activity, hearers)
    routing_plugs.plug(routing, subjects, activity, events)
    pool_plugs.plug(pool, activity, events)
    approval_plugs.plug(events, kinds, subjects, activity)
    capture_plugs.plug(capture, events, kin, carriers)
    pace_plugs.plug(activity, events)
    nurture_plugs.plug(nurture, activity, events, carriers)
    playbook_plugs.plug(activity, events, saleslog)
    nurture_plugs.plug_below(scoring, followers, receipts)
    privacy_work_plugs.plug(personal)
    phonecheck_plugs.plug(phonecheck, activity, personal)
    privacy_plugs.plug(personal)
    support_plugs.plug(subjects, events, holdings)
    fieldwork_plugs.plug(fieldwork, activity, events, carriers)
    saleslog_plugs.plug(saleslog, events)
    talk_plugs.plug(recognition, activity, carriers)
    metrics_plugs.plug(measured)
    board_plugs.plug(panels, measured)
    figure_mail_plugs.plug(events, outgoing)
    state_plugs.plug(measured)
    approval_figures.plug(measured)


def _join_notices() -> None:
    """Bring what people are told about, and what follows from the record at once."""
    for event in (*notices.EVENTS, *desk.EVENTS, telling.WELCOME, agenda.WEEK):
        events.register(event)
    activity.register(notice_reactions.wanted, notice_reactions.react)
    activity.register(desk.wanted, desk.react)


def _join_integrations() -> None:
    """Bring ways in, accounts with providers, and the ids of people there."""
    me.provided.sign_ins = integrations.sign_in_buttons
    channels.provided.vendor_settings = linked.vendor_settings
    for key in ("wecom", "dingtalk", "feishu"):
        addresses.register(key, partial(linked.addresses_at, key))
