"""Templates: made, drafted, checked, looked at, sent to oneself, published, put away."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Status

from closeloop.edge import problems
from closeloop.engine.nurture import Channel
from closeloop.identity.queries import actor_of, user_of
from closeloop.nurture import actions, composing, errors, models
from closeloop.nurture import templates as definitions
from closeloop.nurture.api.routes import MANAGE, KeyIn, router
from closeloop.nurture.channels import Parcel
from closeloop.nurture.channels.outside import drawn
from closeloop.nurture.presenting import fields_in
from closeloop.nurture.queries import templates
from closeloop.nurture.queries.reach import LEAD, Sight
from closeloop.nurture.schemas.content import (
    NurtureArchiveIn,
    NurtureRendered,
    NurtureRenderIn,
    NurtureTemplate,
    NurtureTemplateChecked,
    NurtureTemplateIn,
    NurtureTemplateRow,
    NurtureTested,
    NurtureTestIn,
)
from closeloop.nurture.schemas.parts import NurtureDraftIn, NurtureTryIn
from closeloop.records import queries as records

Definition = Mapping[str, Any]
ONE_SEGMENT, EACH_SEGMENT = 70, 67
"""Characters of a text message with Chinese letters: alone, and as a part of a longer one."""


@router.get("/nurture/templates", permission=MANAGE, response=list[NurtureTemplateRow])
def list_nurture_templates(request: HttpRequest) -> Any:
    """Every template, those put away last."""
    figures, used = templates.figures(actor_of(request)), templates.used_by()
    return [_row(each, figures, used) for each in templates.all_templates()]


@router.post("/nurture/templates", permission=MANAGE, response={201: NurtureTemplate})
def create_nurture_template(request: HttpRequest, payload: NurtureTemplateIn) -> Any:
    """A template with an empty draft."""
    actions.create_template(
        payload.key,
        name=payload.name.as_data(),
        channel=payload.channel,
        actor=actor_of(request),
    )
    return Status(201, _shown(payload.key, request))


@router.get("/nurture/templates/{key}", permission=MANAGE, response=NurtureTemplate)
def read_nurture_template(request: HttpRequest, key: KeyIn) -> Any:
    """A template with its versions and its draft."""
    return _shown(key, request)


@router.put("/nurture/templates/{key}/draft", permission=MANAGE, response=NurtureTemplate)
def write_nurture_template_draft(request: HttpRequest, key: KeyIn, payload: NurtureDraftIn) -> Any:
    """Keep what is being written; it may still have problems."""
    actions.write_template_draft(
        key, payload.definition, revision=payload.revision, actor=actor_of(request)
    )
    return _shown(key, request)


@router.delete("/nurture/templates/{key}/draft", permission=MANAGE, response=NurtureTemplate)
def drop_nurture_template_draft(request: HttpRequest, key: KeyIn) -> Any:
    """Throw the draft away; what is published stays."""
    actions.drop_template_draft(key, actor=actor_of(request))
    return _shown(key, request)


@router.post("/nurture/templates/{key}/check", permission=MANAGE, response=NurtureTemplateChecked)
def check_nurture_template(request: HttpRequest, key: KeyIn, payload: NurtureTryIn) -> Any:
    """The problems of a definition and what is yet to be done; nothing is written."""
    definition = _tried(key, payload.definition)
    language = problems.language_of(request)
    return {
        "problems": templates.checked(definition, language),
        "todos": templates.todos(definition, language),
    }


@router.post("/nurture/templates/{key}/publish", permission=MANAGE, response=NurtureTemplate)
def publish_nurture_template(request: HttpRequest, key: KeyIn) -> Any:
    """Publish the draft as the next version; paths send it from their next step on."""
    actions.publish_template_draft(key, actor=actor_of(request))
    return _shown(key, request)


@router.post("/nurture/templates/{key}/preview", permission=MANAGE, response=NurtureRendered)
def preview_nurture_template(request: HttpRequest, key: KeyIn, payload: NurtureRenderIn) -> Any:
    """A template filled in for one lead, or by examples; links lead straight on."""
    definition = _tried(key, payload.definition)
    actions.require_valid(definition)
    template = definitions.read(definition)
    words = composing.sample_words(user_of(request), template, payload.language)
    if payload.record_id is not None:
        actor = actor_of(request)
        record = records.visible_record(payload.record_id, actor=actor, record_type=LEAD)
        # What the reader must not learn of this lead stays as an example.
        if not Sight(actor).shut(record.owner_id, record.unit_id) & fields_in(template):
            words = composing.words_for(record.pk, template, payload.language)
    return _rendered(template, composing.compose(template, words, payload.language))


@router.post("/nurture/templates/{key}/test-send", permission=MANAGE, response=NurtureTested)
def send_nurture_test(request: HttpRequest, key: KeyIn, payload: NurtureTestIn) -> Any:
    """Send a template to oneself now; nothing of it is kept."""
    tried = actions.send_test(
        _tried(key, payload.definition), language=payload.language, to=user_of(request)
    )
    language = problems.language_of(request)
    return {**vars(tried), "reason": templates.reason_text(tried.code, language)}


@router.post("/nurture/templates/{key}/archive", permission=MANAGE, response=NurtureTemplate)
def archive_nurture_template(request: HttpRequest, key: KeyIn, payload: NurtureArchiveIn) -> Any:
    """Put a template away, or bring it back."""
    actions.archive_template(key, is_archived=payload.is_archived, actor=actor_of(request))
    return _shown(key, request)


def _tried(key: str, given: Definition | None) -> Definition:
    """The definition to be looked at: as given, the draft, or what is published."""
    found = templates.template(key)
    if given is not None:
        return {**given, "key": found.key, "channel": found.channel}
    current = templates.current_of(found)
    definition: Definition | None = found.draft or (current.definition if current else None)
    if definition is None:
        raise errors.NoDraft({"key": key})
    return definition


def _rendered(template: definitions.Template, said: composing.Said) -> dict[str, Any]:
    text = str(said["text"])
    size = len(text)
    segments = 1 if size <= ONE_SEGMENT else -(-size // EACH_SEGMENT)
    is_mail = template.channel is Channel.MAIL
    parcel = Parcel(template.channel, "", "", said, key="", out_url="#")
    links = "".join(f"\n{title}: {url}" for title, url in said.get("links", ()))
    return {
        "language": said["language"],
        "subject": said.get("subject", ""),
        "html": drawn(parcel) if is_mail else None,
        "text": text + links,
        "characters": size,
        "segments": segments if template.channel is Channel.SMS else None,
    }


def _shown(key: str, request: HttpRequest) -> dict[str, Any]:
    found, actor = templates.template(key), actor_of(request)
    current = templates.current_of(found)
    return {
        **_row(found, templates.figures(actor), templates.used_by()),
        "versions": [
            {
                "number": each.number,
                "is_current": each.is_current,
                "published_at": each.published_at,
                "published_by": each.published_by.name if each.published_by else "",
            }
            for each in sorted(found.versions.all(), key=lambda version: -version.number)
        ],
        "current": current.definition if current else None,
        "draft": found.draft,
        "drafted_at": found.drafted_at,
        "drafted_by": found.drafted_by.name if found.drafted_by else "",
        "skips": templates.skips(key, actor=actor, language=problems.language_of(request)),
    }


def _row(
    found: models.Template,
    figures: Mapping[str, dict[str, int]],
    used: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    current = templates.current_of(found)
    definition = (current.definition if current else found.draft) or {}
    return {
        "key": found.key,
        "name": found.name,
        "channel": found.channel,
        "topic": str(definition.get("topic") or ""),
        "version": current.number if current else None,
        "has_draft": found.draft is not None,
        "revision": found.revision,
        "is_archived": found.is_archived,
        "languages": sorted(definition.get("texts") or ()),
        "used_by": used.get(found.key, []),
        "changed_at": found.changed_at,
        **figures.get(found.key, templates.no_figures()),
    }
