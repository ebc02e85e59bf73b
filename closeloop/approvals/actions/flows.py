"""Writing flows: drafts, checks, publishing; a pack's flows are installed the same way."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.approvals import errors, flows
from closeloop.approvals.documents import ABOUT
from closeloop.approvals.models import Flow, FlowDraft, FlowVersion
from closeloop.edge import revisions
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import ApproveNode, SourceKind
from closeloop.engine.approvals.refusals import FlowInvalid
from closeloop.engine.problems import Problem, ProblemList
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org.models import Role
from closeloop.records.types import UnknownRecordType, registry
from closeloop.sla.queries import policies


def create_flow(key: str, *, name: Mapping[str, str], record_type: str = "", actor: Actor) -> Flow:
    """A new flow with an empty draft; it can be used once it is published. Raises FlowKeyTaken."""
    definition = {"key": key, "name": dict(name), "nodes": []}
    if record_type:
        registry.get(record_type)
        definition["record_type"] = record_type
    try:
        with transaction.atomic():
            flow = Flow.objects.create(key=key, name=dict(name), record_type=record_type)
    except IntegrityError as error:
        raise errors.FlowKeyTaken({"key": key}) from error
    FlowDraft.objects.create(flow=flow, definition=definition, saved_by_id=actor.user_id)
    activity.record(Happening(verb="flow.created", data={"flow": key}), actor=actor)
    return flow


def save_draft(key: str, definition: Mapping[str, Any], *, actor: Actor) -> Flow:
    """Keep what is being written, faults and all. Raises FlowNotFound."""
    flow = _locked_flow(key)
    FlowDraft.objects.update_or_create(
        flow=flow,
        defaults={
            "definition": {**_plain(definition), "key": key},
            "saved_by_id": actor.user_id,
            "saved_at": timezone.now(),
        },
    )
    return flow


def discard_draft(key: str) -> Flow:
    """Drop what was being written. Raises FlowNotFound, FlowNotDrafted."""
    flow = _locked_flow(key)
    if not FlowDraft.objects.filter(flow=flow).delete()[0]:
        raise errors.FlowNotDrafted({"flow": key})
    return flow


def publish_draft(key: str, *, actor: Actor) -> FlowVersion:
    """Publish the draft as the next version. Raises FlowNotDrafted, FlowInvalid."""
    flow = _locked_flow(key)
    draft = FlowDraft.objects.filter(flow=flow).first()
    if draft is None:
        raise errors.FlowNotDrafted({"flow": key})
    version = publish(draft.definition, actor=actor)
    draft.delete()
    return version


def publish(definition: Mapping[str, Any], *, actor: Actor) -> FlowVersion:
    """Publish a definition as the next version; unchanged content gives the current version.

    Raises FlowInvalid with every problem. Running cases keep the version they entered.
    """
    parsed = checked(definition)
    content = _plain(definition)
    flow, _ = Flow.objects.get_or_create(
        key=parsed.key, defaults={"name": dict(parsed.name), "record_type": parsed.record_type}
    )
    flow = _locked_flow(flow.key)
    newest = flow.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest
    highest = flow.versions.aggregate(highest=Max("number"))["highest"] or 0
    flow.versions.filter(is_current=True).update(is_current=False)
    flow.name, flow.record_type = dict(parsed.name), parsed.record_type
    flow.save(update_fields=["name", "record_type"])
    version = FlowVersion.objects.create(
        flow=flow,
        number=highest + 1,
        definition=content,
        published_at=timezone.now(),
        published_by_id=actor.user_id,
    )
    revisions.bump(flows.REVISION)
    data = {"flow": flow.key, "name": flow.name, "version": version.number}
    activity.record(Happening(verb="flow.published", data=data), actor=actor)
    return version


def switch_flow(key: str, *, is_active: bool, actor: Actor) -> Flow:
    """Let new cases enter a flow, or not; running ones go on. Raises FlowNotFound."""
    flow = _locked_flow(key)
    if flow.is_active is not is_active:
        flow.is_active = is_active
        flow.save(update_fields=["is_active"])
        revisions.bump(flows.REVISION)
        verb = "flow.switched_on" if is_active else "flow.switched_off"
        activity.record(Happening(verb=verb, data={"flow": key, "name": flow.name}), actor=actor)
    return flow


def problems_of(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Everything that is wrong with a definition."""
    try:
        checked(definition)
    except FlowInvalid as invalid:
        return invalid.problems
    return ()


def warnings_of(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What may be published and had better not: steps that no clock watches."""
    try:
        flow = checked(definition)
    except FlowInvalid:
        return ()
    return tuple(
        Problem("node.without_clock", f"/node/{node.key}", {"node": node.key})
        for node in flow.walk()
        if isinstance(node, ApproveNode) and not node.policy
    )


def checked(definition: Mapping[str, Any]) -> engine.Flow:
    """The flow that a definition describes, checked against fields, roles, people, policies."""
    record_type = str(definition.get("record_type") or "")
    try:
        if record_type:
            registry.get(record_type)
    except UnknownRecordType as error:
        problem = Problem("flow.record_type_unknown", "/record_type", {"record_type": record_type})
        raise FlowInvalid([problem]) from error
    return engine.parse_flow(
        definition, record_facts=flows.record_facts(record_type), check=_check_names
    )


def _check_names(flow: engine.Flow, problems: ProblemList) -> None:
    _check_people(flow, problems)
    asking = [node for node in flow.walk() if isinstance(node, ApproveNode) and node.policy]
    known = policies.published(ABOUT) if asking else {}
    for node in asking:
        if node.policy not in known:
            data = {"node": node.key, "policy": node.policy}
            problems.add("node.policy_unknown", f"/node/{node.key}", **data)


def _check_people(flow: engine.Flow, problems: ProblemList) -> None:
    roles = set(Role.objects.values_list("key", flat=True))
    named: set[int] = set()
    for node in flow.walk():
        sources = getattr(node, "sources", ())
        named |= {person for source in sources for person in source.persons}
        named |= set(node.empty_persons) if isinstance(node, ApproveNode) else set()
    active = set(User.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True))
    for node in flow.walk():
        path = f"/node/{node.key}"
        people = set(node.empty_persons) if isinstance(node, ApproveNode) else set()
        for source in getattr(node, "sources", ()):
            people |= set(source.persons)
            wanted = source.role if source.kind is SourceKind.ROLE else source.until_role
            if wanted and wanted not in roles:
                problems.add("source.role_unknown", path, node=node.key, role=wanted)
        for person in sorted(people - active):
            problems.add("source.person_gone", path, node=node.key, person=person)


def _locked_flow(key: str) -> Flow:
    found = Flow.objects.select_for_update().filter(key=key).first()
    if found is None:
        raise errors.FlowNotFound({"flow": key})
    return found


def _plain(definition: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(definition))
    return plain
