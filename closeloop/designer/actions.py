"""Installing a pack: record types, fields, choices, then its calendar, policies and processes."""

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.approvals import actions as approvals
from closeloop.designer.packs import Pack, TypeDefinition
from closeloop.fields import actions as fields
from closeloop.fieldwork import actions as fieldwork
from closeloop.identity.actor import Actor
from closeloop.metrics import actions as metrics
from closeloop.nurture import actions as nurture
from closeloop.org import actions as org
from closeloop.playbooks import actions as playbooks
from closeloop.pool import actions as pool
from closeloop.privacy import actions as privacy
from closeloop.process import actions as process
from closeloop.routing import actions as routing
from closeloop.saleslog import actions as saleslog
from closeloop.scoring import actions as scoring
from closeloop.sla import actions as sla
from closeloop.support import actions as support

INSTALLED = "pack:"
_SHOWN = 5


def install_pack(pack: Pack, *, actor: Actor) -> None:
    """Define everything in a pack; installing it again changes only what the pack changed."""
    fields.define_choices(f"{INSTALLED}{pack.key}", [{"digest": pack.digest}], actor=actor)
    for key, items in pack.choice_sets.items():
        fields.define_choices(key, items, actor=actor)
    for definition in pack.types:
        _install_type(definition, actor)
    if pack.calendar:
        sla.install_calendar(pack.calendar, actor=actor)
    for policy in pack.policies:
        sla.publish(policy, actor=actor)
    if pack.flows:
        # Flows name policies, and the roles that the product brings.
        org.install_roles()
    for flow in pack.flows:
        approvals.publish(flow, actor=actor)
    for blueprint in pack.blueprints:
        process.publish(blueprint, actor=actor)
    for scorecard in pack.scorecards:
        scoring.install(scorecard, actor=actor)
    _install_rules(pack, actor)
    _install_help(pack, actor)
    activity.record(
        Happening(verb="pack.installed", data={"pack": pack.key, "version": pack.version}),
        actor=actor,
    )


def _install_help(pack: Pack, actor: Actor) -> None:
    """What helps people beside records: paths, purposes, support, the library."""
    if pack.nurture:
        nurture.install(pack.nurture, actor=actor)
    privacy.install(pack.purposes, actor=actor)
    if pack.support:
        # Its rules name roles that the product brings.
        org.install_roles()
        support.install(pack.support, actor=actor)
    if pack.saleslog:
        # Its events name kinds of support.
        saleslog.install(pack.saleslog, actor=actor)
    if pack.playbooks:
        playbooks.install(pack.playbooks, actor=actor)
    metrics.install(pack.metrics, actor=actor)


def _install_rules(pack: Pack, actor: Actor) -> None:
    """Pools, routing, and what makes a follow-up count."""
    for each in pack.pools:
        pool.install(each, actor=actor)
    for given in pack.routing:
        routing.install(given, actor=actor)
    for standard in pack.followups:
        fieldwork.install(standard, actor=actor)


def _install_type(definition: TypeDefinition, actor: Actor) -> None:
    if definition.is_user_defined:
        shown = [field["key"] for field in definition.fields][:_SHOWN]
        fields.define_user_type(
            {
                "key": definition.key,
                "name": definition.name,
                "icon": "tool",
                "list_columns": shown,
                "card_fields": shown[1:4],
            },
            actor=actor,
        )
    fields.define_fields(definition.key, definition.fields, actor=actor)
    fields.define_choices(f"sections:{definition.key}", definition.sections, actor=actor)
    fields.define_choices(
        f"smart_defaults:{definition.key}", definition.related_defaults, actor=actor
    )
