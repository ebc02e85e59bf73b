"""Flows: drafts, checks, versions, and whom a request would pass."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Status

from closeloop.approvals import actions, flows, forms, presenting, queries, reading
from closeloop.approvals.actions.flows import checked, problems_of, warnings_of
from closeloop.approvals.api.routing import router
from closeloop.approvals.documents import ABOUT
from closeloop.approvals.flows import Loaded
from closeloop.approvals.models import Case, Flow, FlowVersion
from closeloop.approvals.organisation import Organisation
from closeloop.approvals.schemas import flows as schemas
from closeloop.edge import messages, problems
from closeloop.edge.router import SIGNED_IN
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import ApproveNode, SourceKind
from closeloop.engine.approvals.model import Mode, Right
from closeloop.engine.approvals.reading import FORM_TYPES
from closeloop.engine.conditions import OPERATORS_BY_TYPE
from closeloop.engine.problems import Problem
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.records import queries as records
from closeloop.records.types import registry
from closeloop.sla.queries import policies

MANAGE = f"admin:{Capability.MANAGE_APPROVALS}"
FlowKey = Annotated[str, Path(max_length=63)]


@router.get("/flows", permission=SIGNED_IN, response=list[schemas.FlowRow])
def list_flows(request: HttpRequest) -> Any:
    """Every flow; whoever manages approvals sees those that are switched off or drafts too."""
    manages = _manages(actor_of(request))
    running = _running()
    rows = [_row(each, running) for each in queries.flows(with_inactive=manages)]
    return [row for row in rows if manages or row["version"] is not None]


@router.get("/flows/catalogue", permission=SIGNED_IN, response=schemas.FlowCatalogue)
def read_flow_catalogue(
    request: HttpRequest, record_type: Annotated[str, Query(max_length=100)] = ""
) -> Any:
    """What flows may be made of, and the facts of a record type for their conditions."""
    record_type = record_type if record_type in {each.key for each in registry} else ""
    known = engine.catalogue_of((), flows.record_facts(record_type))
    specs = fields.specs_of(record_type) if record_type else {}
    return {
        "record_types": [{"key": each.key, "name": dict(each.name)} for each in registry],
        "roles": [{"key": role.key, "name": role.name} for role in org.roles()],
        "policies": [{"key": key, "name": name} for key, name in policies.published(ABOUT).items()],
        "sources": list(SourceKind),
        "modes": list(Mode),
        "rights": list(Right),
        "form_types": list(FORM_TYPES),
        "facts": [
            {
                "key": fact.key,
                "name": dict(fact.label),
                "type": fact.type.value,
                "operators": sorted(OPERATORS_BY_TYPE[fact.type]),
                "choices": _choices(specs, fact.key),
            }
            for fact in known.values()
        ],
    }


@router.get("/flows/{key}", permission=SIGNED_IN, response=schemas.FlowDetail)
def read_flow(request: HttpRequest, key: FlowKey) -> Any:
    """A flow with its versions; the draft for whoever manages approvals."""
    return _detail(key, actor_of(request))


@router.get("/flows/{key}/versions/{number}", permission=SIGNED_IN, response=schemas.FlowVersionOut)
def read_flow_version(
    request: HttpRequest, key: FlowKey, number: Annotated[int, Path(ge=1, lt=2**31)]
) -> Any:
    """One published version and what it says."""
    found = queries.version(key, number)
    return {
        **_version(found, _running()),
        "key": key,
        "name": found.flow.name,
        "definition": found.definition,
    }


@router.post("/flows", permission=MANAGE, response={201: schemas.FlowDetail})
def create_flow(request: HttpRequest, payload: schemas.FlowIn) -> Any:
    """A new flow, as a draft."""
    actor = actor_of(request)
    record_type = payload.record_type or ""
    actions.create_flow(
        payload.key,
        name={str(language): text for language, text in payload.name.items()},
        record_type=record_type,
        actor=actor,
    )
    return Status(201, _detail(payload.key, actor))


@router.put("/flows/{key}/draft", permission=MANAGE, response=schemas.FlowDetail)
def save_flow_draft(request: HttpRequest, key: FlowKey, payload: schemas.FlowDefinitionIn) -> Any:
    """Keep what is being written, faults and all."""
    actor = actor_of(request)
    actions.save_draft(key, payload.definition, actor=actor)
    return _detail(key, actor)


@router.delete("/flows/{key}/draft", permission=MANAGE, response=schemas.FlowDetail)
def discard_flow_draft(request: HttpRequest, key: FlowKey) -> Any:
    """Drop what was being written."""
    actions.discard_draft(key)
    return _detail(key, actor_of(request))


@router.post("/flows/{key}/check", permission=MANAGE, response=schemas.CheckOut)
def check_flow(request: HttpRequest, key: FlowKey, payload: schemas.FlowDefinitionIn) -> Any:
    """Everything that is wrong with a definition, each fault at its node, and what is risky."""
    language, definition = problems.language_of(request), {**payload.definition, "key": key}
    return {
        "problems": [_told(each, definition, language) for each in problems_of(definition)],
        "warnings": [_told(each, definition, language) for each in warnings_of(definition)],
    }


@router.post("/flows/{key}/publish", permission=MANAGE, response=schemas.FlowDetail)
def publish_flow(request: HttpRequest, key: FlowKey) -> Any:
    """Publish the draft as the next version; running cases keep theirs."""
    actor = actor_of(request)
    actions.publish_draft(key, actor=actor)
    return _detail(key, actor)


@router.post("/flows/{key}/switch", permission=MANAGE, response=schemas.FlowDetail)
def switch_flow(request: HttpRequest, key: FlowKey, payload: schemas.FlowSwitchIn) -> Any:
    """Let new cases enter, or not."""
    actor = actor_of(request)
    actions.switch_flow(key, is_active=payload.is_active, actor=actor)
    return _detail(key, actor)


@router.post("/flows/{key}/preview", permission=SIGNED_IN, response=schemas.PathOut)
def preview_flow(request: HttpRequest, key: FlowKey, payload: schemas.PreviewIn) -> Any:
    """The way that a request would take: whose, about what, with which form."""
    actor = actor_of(request)
    version = flows.current_of(key) if payload.definition is None else _draft(payload.definition)
    manages = _manages(actor)
    requester = payload.requester_id if manages and payload.requester_id else actor.person_id
    record = None
    if payload.record_id is not None:
        record = records.visible_record(payload.record_id, actor=actor)
    copied = forms.copied(version.flow, record.pk if record else None)
    form = {**forms.cleaned(version.flow, payload.form, only=payload.form.keys()), **copied}
    around = reading.around_of(
        version,
        requester_id=requester,
        record_id=record.pk if record else None,
        form=form,
        organisation=Organisation(timezone.now()),
    )
    case = engine.Case(
        requester=requester,
        owner=record.owner_id if record else None,
        unit=record.unit_id if record else org.home_unit_of(requester),
        chosen={node: tuple(people) for node, people in payload.chosen.items()},
    )
    ahead = engine.rehearse(engine.start(case, around), around)
    hidden = fields.hidden_from(version.flow.record_type, org.access_of(actor))
    return {
        "path": presenting.path_of(ahead, version.compiled),
        "needs_choice": _to_choose(version, {visit.node for visit in ahead.visits}),
        "state": ahead.state.value,
        "form": forms.rows(version.flow, form, access={}, hidden=hidden),
    }


def _draft(definition: Mapping[str, Any]) -> Loaded:
    flow = checked(definition)
    catalogue = engine.catalogue_of(flow.form, flows.record_facts(flow.record_type))
    return Loaded(0, 0, 0, engine.compile_flow(flow, catalogue))


def _to_choose(version: Loaded, passed: set[str]) -> list[str]:
    return [
        node.key
        for node in version.flow.walk()
        if isinstance(node, ApproveNode)
        and node.key in passed
        and any(source.kind is SourceKind.CHOSEN for source in node.sources)
    ]


def _told(problem: Problem, definition: Mapping[str, Any], language: str) -> dict[str, str]:
    return {
        "code": problem.code,
        "path": problem.path,
        "node": _node_at(definition, problem.path, problem.data),
        "message": messages.say(f"flow_problem.{problem.code}", language, problem.data),
    }


def _node_at(definition: Mapping[str, Any], path: str, data: Mapping[str, object]) -> str:
    """The key of the innermost node that a JSON Pointer leads into."""
    if data.get("node"):
        return str(data["node"])
    place: Any = definition
    found = ""
    for part in path.split("/")[1:]:
        if isinstance(place, list):
            place = place[int(part)] if part.isdigit() and int(part) < len(place) else None
        elif isinstance(place, dict):
            place = place.get(part)
        if isinstance(place, dict) and "kind" in place and isinstance(place.get("key"), str):
            found = place["key"] if "name" in place or "sources" in place else found
    return found


def _manages(actor: Actor) -> bool:
    return org.access_of(actor).can(Capability.MANAGE_APPROVALS)


def _choices(specs: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    spec = specs.get(key.removeprefix(fields.PREFIX))
    return [{"key": each.key, "name": dict(each.name)} for each in spec.choices] if spec else []


def _running() -> dict[int, int]:
    rows = Case.objects.filter(state="running").values_list("version_id")
    return dict(rows.annotate(count=Count("pk")))


def _detail(key: str, actor: Actor) -> dict[str, Any]:
    flow = queries.flow(key)
    running = _running()
    versions = list(flow.versions.all())
    current = next((each for each in versions if each.is_current), None)
    draft = getattr(flow, "draft", None) if _manages(actor) else None
    return {
        **_row(flow, running),
        "versions": [_version(each, running) for each in versions],
        "current": current.definition if current else None,
        "draft": draft.definition if draft else None,
        "draft_saved_at": draft.saved_at if draft else None,
    }


def _row(flow: Flow, running: Mapping[int, int]) -> dict[str, Any]:
    versions = list(flow.versions.all())
    return {
        "key": flow.key,
        "name": flow.name,
        "record_type": flow.record_type,
        "is_active": flow.is_active,
        "version": next((each.number for each in versions if each.is_current), None),
        "has_draft": hasattr(flow, "draft"),
        "running": sum(running.get(each.pk, 0) for each in versions),
    }


def _version(version: FlowVersion, running: Mapping[int, int]) -> dict[str, Any]:
    return {
        "number": version.number,
        "is_current": version.is_current,
        "published_at": version.published_at,
        "published_by": presenting.person_of(version.published_by),
        "running": running.get(version.pk, 0),
    }
